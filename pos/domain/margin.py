"""What a price leaves over its cost, for those who may know."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pos.domain.money import round_half_up, rounded_quotient

_WHOLE = 10_000
"""Basis points in one."""


class Margin(Struct, frozen=True):
    """The margin of one unit: in major currency units to the cent, and of the net price."""

    amount: Decimal
    share: int


def margin_of(price: Decimal, cost: Decimal, tax_rate: int, *, tax_included: bool) -> Margin:
    """The margin of a unit price over a cost without tax.

    Args:
        price: of one unit, in major currency units.
        tax_rate: basis points; taken out of the price where it is in it.
    """
    whole = _WHOLE + tax_rate if tax_included else _WHOLE
    net_cents = rounded_quotient(price * 100 * _WHOLE, Decimal(whole))
    amount = net_cents - round_half_up(cost * 100)
    share = rounded_quotient(Decimal(amount) * _WHOLE, Decimal(net_cents)) if net_cents else 0
    return Margin(Decimal(amount).scaleb(-2), share)
