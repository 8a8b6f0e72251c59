"""The programme of a card, and its code for those who may have it."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.programme import Programme
from pos.till.desk import Desk


def known_programme(desk: Desk, number: str) -> Programme | None:
    """A programme; None for one that is gone."""
    return next((each for each in desk.catalogue.programmes() if each.number == number), None)


def programme_of(desk: Desk, number: str) -> Programme:
    """A programme; raises Refusal "voucher_inactive" for one that is gone."""
    found = known_programme(desk, number)
    if found is None:
        raise Refusal("voucher_inactive", programme=number)
    return found


def is_service(desk: Desk, product: str) -> bool:
    """Whether a product is the service behind a programme."""
    return any(each.product == product for each in desk.catalogue.programmes())


def clear_code(desk: Desk, card: Card) -> str:
    """The code of a card the shop made; raises Refusal "voucher_code_foreign" or "_code_lost"."""
    if not card.salt:
        raise Refusal("voucher_code_foreign")
    if card.key != desk.code_key.name:
        raise Refusal("voucher_code_lost")
    return desk.code_key.code(card.salt, programme_of(desk, card.programme).group)
