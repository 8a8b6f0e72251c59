"""Whether equal goods share a line, or each piece has a line of its own (T-049).

The back office says it for each till place; the till's own switch goes before it.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import MAX_LINES, LineItem
from pos.till.desk import Desk

SETTING = "merge_lines"


def merges(desk: Desk) -> bool:
    """Whether equal goods share a line at this till."""
    if SETTING not in desk.switches:
        desk.switches[SETTING] = desk.store.setting(SETTING) or ""
    if own := desk.switches[SETTING]:
        return own == "1"
    profile = desk.catalogue.till(desk.till)
    return profile is None or profile.merge_lines


def set_merging(desk: Desk, on: bool) -> None:
    """Switch it at this till, for what is rung up from now on."""
    desk.who()
    with desk.writing() as work:
        work.set_setting(SETTING, "1" if on else "0")
    desk.switches.pop(SETTING, None)


def apart(desk: Desk, draft: LineItem) -> tuple[LineItem, ...]:
    """The lines a draft is rung up as: one, or one for each piece or packaging.

    What is weighed or measured, and empties, stay one line; what waits for serial numbers never
    shares one. Raises Refusal "too_many_lines".
    """
    each = draft.content or ONE
    count = _count(draft.quantity, each)
    shared = draft.weighed or draft.goods.price_unit or merges(desk)
    if count <= 1 or (shared and not draft.goods.is_single):
        return (draft,)
    there = len(desk.sale.lines) if desk.sale else 0
    if there + count > MAX_LINES:
        raise Refusal("too_many_lines", limit=MAX_LINES)
    return (replace(draft, quantity=each),) * count


def _count(quantity: Quantity, each: Quantity) -> int:
    """How many whole pieces; 0 where a remainder is left or nothing is sold."""
    whole, rest = divmod(quantity.thousandths, each.thousandths)
    return 0 if rest else whole
