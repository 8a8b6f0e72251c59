"""Who answers for what not everybody may do: the operator, or somebody called who gives a PIN.

Somebody called doesn't sign in: the operator and the sale stay (complaint 37 of the peers).
"""

from __future__ import annotations

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.operator import Operator, Right
from pos.till.desk import Desk
from pos.till.signing import identify


class Approval(Struct, frozen=True):
    """Why something should be allowed, and by whom; without an approver by the operator."""

    reason: str = ""
    approver: str = ""
    pin: str = ""


NO_APPROVAL = Approval()


def answerable(desk: Desk, right: Right, approval: Approval) -> Operator:
    """The person whose right counts; raises Refusal "right_missing" or as signing in does."""
    operator = desk.who()
    if approval.approver:
        operator = identify(desk, approval.approver, approval.pin)
    if not operator.may(right):
        raise Refusal("right_missing", right=desk.texts.get(f"right.{right}"))
    return operator
