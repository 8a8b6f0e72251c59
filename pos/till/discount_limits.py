"""What all discounts by hand take off a line together, against the limit of who answers for them.

Each discount alone within 10 % can make 19 % in two steps, and 1.00 off ten pieces is all of one
piece. So limits count for what stands on a line by then: when a discount is given, and again when
the customer pays.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal

from msgspec.structs import replace

from pos.domain.balance import shares_by_hand
from pos.domain.errors import Refusal
from pos.domain.money import EXACT
from pos.domain.sale import LineItem, Sale
from pos.till.desk import Desk

WHOLE = Decimal(100)


def demand_within(desk: Desk, sale: Sale, limit: Decimal) -> None:
    """Refuse what somebody with this limit would answer for, if it is too much by now.

    What was given by those who may give more stays their business: a manager's markdown leaves a
    cashier's own limit as it was.
    """
    limits, shares = _limits(desk), shares_by_hand(sale)
    if any(
        _is_beyond(
            sale,
            line,
            shares.get(line.number, 0),
            limit,
            lambda by: limits.get(by, WHOLE) <= limit,
        )
        for line in sale.active_lines
    ):
        raise Refusal("discount_limit_together", limit=limit)


def demand_payable(desk: Desk, sale: Sale) -> None:
    """Refuse to take money for a discount that has outgrown its giver, for lines or pieces left.

    Somebody with the right gives it anew, or it is taken back.
    """
    givers = {line.discount.by for line in sale.active_lines if line.discount}
    givers |= {sale.discount.by} if sale.discount else set()
    limits = _limits(desk)
    for limit in sorted({limits.get(by, WHOLE) for by in givers}):
        demand_within(desk, sale, limit)


def _limits(desk: Desk) -> dict[str, Decimal]:
    return {operator.number: operator.discount_limit for operator in desk.catalogue.operators()}


def _is_beyond(
    sale: Sale, line: LineItem, share: int, limit: Decimal, answers: Callable[[str], bool]
) -> bool:
    """`share` is of the discount by hand alone: nobody answers for coupons and points."""
    if limit >= WHOLE or not (line.discount or share):
        return False
    bare = replace(line, discount=None, share=0).amount(sale.currency).minor
    reduced = replace(line, share=0).amount(sale.currency).minor
    own = line.discount is not None and answers(line.discount.by)
    shared = share if sale.discount is not None and answers(sale.discount.by) else 0
    price, off = (bare, bare - reduced + shared) if own else (reduced, shared)
    exact = EXACT.multiply(Decimal(price), limit.scaleb(-2))
    # Shares of a discount on the sale are whole cents: one line may bear the cent of another.
    most = int(exact.to_integral_value(ROUND_CEILING)) + (1 if shared else 0)
    return price > 0 and off > most
