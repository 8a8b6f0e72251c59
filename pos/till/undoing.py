"""Taking the newest change back."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.till import buying, deducting, discounting, selling
from pos.till.desk import Desk
from pos.till.undo import DeductionsChanged, DiscountChanged, LineRemoved, TermsChanged


def undo(desk: Desk) -> None:
    """Bring back the line removed last, or the customer, list or discount there was before."""
    if not desk.undos:
        raise Refusal("nothing_to_undo")
    match desk.undos[-1]:
        case LineRemoved(line=line):
            # It takes itself off the list: lines come back out of order too.
            selling.restore_line(desk, line)
            return
        case TermsChanged() as before:
            buying.go_back(desk, before)
        case DiscountChanged() as before_that:
            discounting.put_back(desk, before_that)
        case DeductionsChanged(before=deductions):
            deducting.put_back(desk, deductions)
    desk.undos.pop()
