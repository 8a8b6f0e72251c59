"""Whose wallet it is: its owner buys, and nobody else while it is in the sale (T-123, W-17)."""

from __future__ import annotations

from pos.domain.card_moves import loaded_lines, redeeming
from pos.domain.errors import Refusal
from pos.domain.sale import SaleState
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.programme import Programme
from pos.till import buying, selling, tendering
from pos.till.desk import Desk


def attach_owner(desk: Desk, card: Card, programme: Programme) -> None:
    """Make the owner of a card the customer of the sale, where nobody is yet.

    Raises Refusal "wallet_of_other" where somebody else buys with a card that isn't transferable.
    """
    if not card.customer or (programme.transferable and not programme.is_wallet):
        return
    buyer = desk.sale.customer if desk.sale else None
    if buyer is None:
        buying.set_customer(desk, card.customer)
    elif buyer.number != card.customer:
        owner = desk.catalogue.customer(card.customer)
        name = owner.name if owner else card.customer
        raise Refusal("wallet_of_other", owner=name, buyer=buyer.name, number=card.customer)


def replace_customer(desk: Desk, number: str) -> None:
    """Another customer, or nobody, and the wallets of the one before go out of the sale, in one
    step (W-17). Where that changes what is to be paid, paying begins anew.
    """
    buyer = buying.active_customer(desk, number) if number else None
    sale = desk.open_sale()
    struck = [
        line.number
        for line in loaded_lines(sale)
        if line.loads and line.loads.customer not in ("", number)
    ]
    if sale.state is SaleState.TENDERING:
        wanted = buying.on_terms(desk, sale, buyer, sale.price_list)
        if struck or wanted.total != sale.total:
            tendering.back_to_sale(desk)
    for tender in redeeming(desk.open_sale()):
        if tender.redeems and tender.redeems.customer not in ("", number):
            tendering.remove_tender(desk, tender.number)
    for line in struck:
        selling.remove_line(desk, line)
    if number:
        buying.set_customer(desk, number)
    else:
        buying.clear_customer(desk)
