"""Giving goods back: what can still come back of a receipt, and the lines that do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.quantity import Quantity
from pos.domain.returns import NOTHING_BACK, GivenBack, ReturnOf, part_of
from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.in_sale import CardLine
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.tax import TaxAmount, line_shares

CARD_LOADS = frozenset({EntryKind.ISSUE, EntryKind.TOP_UP})


class Account(Struct, frozen=True):
    """Who answers for a return, and why."""

    reason: str
    by: str


class Sold(Struct, frozen=True):
    """A closed sale with what has come back of it.

    Attributes:
        back: by line, from every receipt that gave some of it back.
        entries: by line that loaded a card, the number of the ledger entry it made.
        unreached: lines whose cards nobody can be asked about just now.
    """

    sale: Sale
    back: Mapping[int, GivenBack]
    entries: Mapping[int, int]
    unreached: frozenset[int] = frozenset()

    def back_of(self, line: LineItem) -> GivenBack:
        """What of a line has come back."""
        return self.back.get(line.number, NOTHING_BACK)

    def left(self, line: LineItem) -> Quantity:
        """What of a line can still come back, with the sign it was sold with."""
        return line.quantity - self.back_of(line).quantity

    def with_back(self, lines: Iterable[LineItem]) -> Sold:
        """Counting what another sale is about to give back."""
        back = dict(self.back)
        for line in lines:
            if line.returns is not None and line.returns.sale == self.sale.id:
                number = line.returns.line
                back[number] = back.get(number, NOTHING_BACK) + _given(line)
        return replace(self, back=back)

    @property
    def number(self) -> int:
        """The receipt's number."""
        assert self.sale.receipt_number is not None
        return self.sale.receipt_number


def paid_by_line(sale: Sale) -> dict[int, TaxAmount]:
    """What each line came to in the end; together they make the VAT table, to the cent."""
    lines = sale.active_lines
    shares = line_shares([line.tax_line(sale.currency) for line in lines], sale.rounding)
    return {line.number: share for line, share in zip(lines, shares, strict=True)}


def returnable(sale: Sale) -> tuple[LineItem, ...]:
    """The lines that can come back; deposits come with the goods they belong to.

    Empties that were paid out are among them: their money comes back. What was itself given back
    isn't: it is sold again.
    """
    return tuple(line for line in sale.active_lines if _is_goods(line) and line.deposit_of is None)


def return_lines(
    sold: Sold, wanted: Mapping[int, Quantity], account: Account
) -> tuple[LineItem, ...]:
    """Lines that give back so much of each line, numbered from 1, deposits after their goods.

    Raises Refusal "return_not_line", "return_too_much" or "return_whole_packs".
    """
    lines: list[LineItem] = []
    offered = {line.number: line for line in returnable(sold.sale)}
    paid = paid_by_line(sold.sale)
    for number, quantity in wanted.items():
        line = offered.get(number)
        if line is None:
            raise Refusal("return_not_line", receipt=sold.number, line=number)
        check_wanted(sold, line, quantity)
        signed = -quantity if line.is_negative else quantity
        goods = back_line(sold, line, signed, paid, account, len(lines) + 1)
        lines.append(goods)
        deposit = sold.sale.deposit_line(number)
        if deposit is not None and not deposit.removed:
            bound = back_line(sold, deposit, -goods.pieces, paid, account, len(lines) + 1)
            lines.append(replace(bound, deposit_of=goods.number))
    return tuple(lines)


def void_lines(sold: Sold, account: Account) -> tuple[LineItem, ...]:
    """Lines that give a whole receipt back, empties and deposits too, under their old numbers.

    Raises Refusal "void_partly_returned" or "void_of_return".
    """
    lines = sold.sale.active_lines
    if any(sold.back_of(line).quantity.thousandths for line in lines):
        raise Refusal("void_partly_returned", receipt=sold.number)
    if any(line.returns is not None or _takes_card_back(line) for line in lines):
        raise Refusal("void_of_return", receipt=sold.number)
    paid = paid_by_line(sold.sale)
    places = {line.number: place for place, line in enumerate(lines, 1)}
    return tuple(
        replace(
            back_line(sold, line, line.quantity, paid, account, places[line.number]),
            deposit_of=places.get(line.deposit_of or 0),
        )
        for line in lines
    )


def check_wanted(sold: Sold, line: LineItem, quantity: Quantity) -> None:
    """Refuse nothing, parts of a packaging, and more than was sold less what is back (W-12)."""
    left = -sold.left(line) if line.is_negative else sold.left(line)
    if quantity.thousandths <= 0:
        raise Refusal("quantity_not_positive")
    if quantity > left:
        raise Refusal("return_too_much", name=line.name, left=max(left, Quantity(0)))
    if line.content is not None and quantity.thousandths % line.content.thousandths:
        raise Refusal("return_whole_packs", name=line.name, packaging=line.packaging)


def back_line(
    sold: Sold,
    line: LineItem,
    quantity: Quantity,
    paid: Mapping[int, TaxAmount],
    account: Account,
    number: int,
) -> LineItem:
    """One line that gives back so much of another, for its share of what was paid."""
    part = part_of(paid[line.number], line.quantity, sold.back_of(line), quantity)
    tax_free = sold.sale.tax_free.status.value if sold.sale.tax_free else ""
    return replace(
        line,
        number=number,
        quantity=-quantity,
        removed=False,
        discount=None,
        share=0,
        loads=_card_back(sold, line),
        returns=ReturnOf(
            sale=sold.sale.id,
            receipt=sold.number,
            line=line.number,
            net=-part.net.minor,
            tax=-part.tax.minor,
            reason=account.reason,
            by=account.by,
            tax_free=tax_free,
        ),
    )


def _card_back(sold: Sold, line: LineItem) -> CardLine | None:
    """A card that was sold or filled up gives back exactly that entry of its ledger."""
    if line.loads is None:
        return None
    if line.number in sold.unreached:
        raise Refusal("voucher_offline")
    entry = sold.entries.get(line.number)
    if entry is None:
        raise Refusal("voucher_nothing_to_cancel")
    return replace(
        line.loads, kind=EntryKind.CANCEL, of=entry, salt="", key="", digest="", expires=None
    )


def _is_goods(line: LineItem) -> bool:
    return line.returns is None and not _takes_card_back(line)


def _takes_card_back(line: LineItem) -> bool:
    return line.loads is not None and line.loads.kind not in CARD_LOADS


def _given(line: LineItem) -> GivenBack:
    """What a return line gives back, with the signs of the sold line."""
    assert line.returns is not None
    net, tax = line.returns.used_up
    return GivenBack(-line.quantity, -net, -tax)
