"""Empties: a deposit is taken back by its own key, whatever was bought before."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity
from pos.till import lookup, selling
from pos.till.desk import Desk


def deposits(desk: Desk) -> Sequence[Product]:
    """What empties are taken back as, the cheapest first."""
    return desk.catalogue.deposits()


def take_back(desk: Desk, number: str, count: Quantity | None) -> None:
    """Give a deposit back: a line below zero, taxed as the deposit is.

    `number` is a deposit, or goods that come with one. A sale of nothing but empties is paid out.
    """
    desk.open_session()
    selling.demand_no_checkout(desk)
    deposit = _deposit(desk, number)
    wanted = count or ONE
    draft = lookup.draft_line(desk, deposit, wanted)
    goods = replace(draft.goods, take_back=True)
    selling.add(desk, replace(draft, quantity=-draft.quantity, goods=goods))


def _deposit(desk: Desk, number: str) -> Product:
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("no_deposit", name=number)
    for deposit in deposits(desk):
        if deposit.number in (product.number, product.deposit):
            return deposit
    raise Refusal("no_deposit", name=product.name)
