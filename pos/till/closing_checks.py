"""What lines were asked for when they were rung up, asked once more before a sale gets its number.

Meanwhile their like may have been sold: lines come back after they were removed, and sales wait
parked while others close.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pos.domain.card_moves import loaded_lines, redeeming
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.in_sale import CardLine, Redemption
from pos.domain.stored_value.ledger import Account, EntryKind
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
    """A customer has one wallet in a programme (ETRON-42), which is still this customer's, and no
    card holds more than it may.

    Raises Refusal "wallet_exists", "wallet_of_other", "voucher_full", or "voucher_inactive" where
    the programme is gone since the line was rung up: nobody could make its code any more.
    """
    lines = loaded_lines(sale)
    if not lines and not redeeming(sale):
        return
    programmes = {each.number: each for each in desk.catalogue.programmes()}
    _demand_owners(desk, sale, programmes)
    _demand_one_wallet(desk, lines, programmes)
    for line in lines:
        if line.loads and line.loads.kind in LOADS and line.loads.programme not in programmes:
            raise Refusal("voucher_inactive", programme=line.name)
    cards = {line.loads.card: line.loads.programme for line in lines if line.loads}
    for card, number in cards.items():
        if number in programmes:
            _demand_below(desk, lines, card, programmes[number])


def first_loads(desk: Desk, sale: Sale) -> Sale:
    """The sale with the first money on each card as its issue and all other as top-ups: while a
    line waited another may have brought the first.
    """
    issued: set[str] = set()
    lines: list[LineItem] = []
    for line in sale.lines:
        loads = line.loads
        if loads is not None and loads.kind in LOADS and not line.removed:
            known = loads.card in issued or (not loads.digest and _is_issued(desk, loads.card))
            issued.add(loads.card)
            kind = EntryKind.TOP_UP if known else EntryKind.ISSUE
            line = replace(line, loads=replace(loads, kind=kind))
        lines.append(line)
    return replace(sale, lines=tuple(lines))


def _is_issued(desk: Desk, card: str) -> bool:
    """Whether money was ever put on a card, told to the authority or not."""
    waiting = desk.store.untold.steps(card)
    return _account(desk, card).is_issued or any(one.kind is EntryKind.ISSUE for one in waiting)


def _demand_owners(desk: Desk, sale: Sale, programmes: dict[str, Programme]) -> None:
    """Whoever had a wallet when it came into the sale may have given it away since."""
    used_cards: list[CardLine | Redemption] = [
        line.loads for line in loaded_lines(sale) if line.loads and not line.loads.digest
    ]
    used_cards += [tender.redeems for tender in redeeming(sale) if tender.redeems]
    for used in used_cards:
        programme = programmes.get(used.programme)
        if not used.customer or programme is None:
            continue
        if programme.transferable and not programme.is_wallet:
            continue
        owner = desk.store.cards.card(used.card).customer
        if owner != used.customer:
            buyer = _name(desk, used.customer)
            raise Refusal("wallet_of_other", owner=_name(desk, owner), buyer=buyer, number=owner)


def _name(desk: Desk, customer: str) -> str:
    known = desk.catalogue.customer(customer)
    return known.name if known else customer


def _demand_one_wallet(
    desk: Desk, lines: Sequence[LineItem], programmes: dict[str, Programme]
) -> None:
    made: set[tuple[str, str]] = set()
    for loads in (line.loads for line in lines):
        programme = programmes.get(loads.programme) if loads else None
        if loads is None or not loads.digest or programme is None or not programme.is_wallet:
            continue
        key = (loads.customer, loads.programme)
        if key in made or desk.balances.wallet_of(*key) is not None:
            name = _name(desk, loads.customer)
            raise Refusal("wallet_exists", name=name, programme=programme.name)
        made.add(key)


def _demand_below(desk: Desk, lines: Sequence[LineItem], card: str, programme: Programme) -> None:
    mine = [line for line in lines if line.loads and line.loads.card == card]
    if not any(line.loads and line.loads.kind in LOADS for line in mine):
        return
    currency = programme.currency
    coming = Money.total((line.amount(currency) for line in mine), currency)
    new = any(line.loads and line.loads.digest for line in mine)
    balance = Money(0, currency) if new else _account(desk, card).balance
    full = Money(programme.maximum, currency)
    if balance + coming > full:
        raise Refusal("voucher_full", maximum=full, balance=balance)


LOADS = frozenset({EntryKind.ISSUE, EntryKind.TOP_UP})


def _account(desk: Desk, card: str) -> Account:
    """A card's ledger, as far as it can be known now."""
    try:
        return desk.balances.confirm(card)
    except Unreachable:
        return desk.store.cards.confirm(card)
