"""What lines were asked for when they were rung up, asked once more before a sale gets its number.

Meanwhile their like may have been sold: lines come back after they were removed, and sales wait
parked while others close.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.card_moves import loaded_lines
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.stored_value.programme import Programme
from pos.ports.stored_value import Unreachable
from pos.till.desk import Desk


def demand_serials(desk: Desk, sale: Sale) -> None:
    """Each serial number is sold once (T-032); raises Refusal "serial_twice" or "serial_sold"."""
    seen: set[tuple[str, str]] = set()
    for line in sale.active_lines:
        serial = line.goods.serial
        if not serial or line.is_negative:
            continue
        if (line.product, serial) in seen:
            raise Refusal("serial_twice", serial=serial)
        seen.add((line.product, serial))
        if desk.store.is_sold(line.product, serial) and not _comes_back(sale, line):
            raise Refusal("serial_sold", serial=serial, name=line.name)


def _comes_back(sale: Sale, line: LineItem) -> bool:
    """Whether the same piece comes back in the same sale."""
    return any(
        each.is_negative and (each.product, each.goods.serial) == (line.product, line.goods.serial)
        for each in sale.active_lines
    )


def demand_room(desk: Desk, sale: Sale) -> None:
    """A customer has one wallet in a programme (ETRON-42), and no card holds more than it may.

    Raises Refusal "wallet_exists" or "voucher_full".
    """
    lines = loaded_lines(sale)
    if not lines:
        return
    programmes = {each.number: each for each in desk.catalogue.programmes()}
    _demand_one_wallet(desk, lines, programmes)
    cards = {line.loads.card: line.loads.programme for line in lines if line.loads}
    for card, number in cards.items():
        if number in programmes:
            _demand_below(desk, lines, card, programmes[number])


def _demand_one_wallet(
    desk: Desk, lines: Sequence[LineItem], programmes: dict[str, Programme]
) -> None:
    made: set[tuple[str, str]] = set()
    for loads in (line.loads for line in lines):
        programme = programmes.get(loads.programme) if loads else None
        if loads is None or not loads.digest or programme is None or not programme.is_wallet:
            continue
        key = (loads.customer, loads.programme)
        if key in made or desk.store.cards.wallet_of(*key) is not None:
            owner = desk.catalogue.customer(loads.customer)
            name = owner.name if owner else loads.customer
            raise Refusal("wallet_exists", name=name, programme=programme.name)
        made.add(key)


def _demand_below(desk: Desk, lines: Sequence[LineItem], card: str, programme: Programme) -> None:
    mine = [line for line in lines if line.loads and line.loads.card == card]
    if not any(line.loads and line.loads.kind in LOADS for line in mine):
        return
    currency = programme.currency
    coming = Money.total((line.amount(currency) for line in mine), currency)
    new = any(line.loads and line.loads.digest for line in mine)
    balance = Money(0, currency) if new else _balance(desk, card)
    full = Money(programme.maximum, currency)
    if balance + coming > full:
        raise Refusal("voucher_full", maximum=full, balance=balance)


LOADS = frozenset({EntryKind.ISSUE, EntryKind.TOP_UP})


def _balance(desk: Desk, card: str) -> Money:
    try:
        return desk.balances.confirm(card).balance
    except Unreachable:
        return desk.store.cards.confirm(card).balance
