"""Parts that receipts, reports and slips share: the head of the shop, a row with a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from pos.domain.money import Money
from pos.ports.document import Align, Block, Cell, Picture, Row, Rule, Size, Space, Text
from pos.runtime.texts import Texts


class Shop(Struct, frozen=True):
    """The business as its papers name it (§ 132a (3) 1 BAO).

    Attributes:
        address: lines; the street, then postcode and town.
        vat_id: the UID ("ATU12345678"), empty for a small business without one.
        header, footer: lines of the shop's own (T-104). They are added, they replace nothing.
        logo: file name in the shop's picture folder, empty for none.
    """

    name: str
    address: tuple[str, ...] = ()
    vat_id: str = ""
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    logo: str = ""


def shop_blocks(shop: Shop) -> Iterator[Block]:
    """The head of a paper: logo, name, address, VAT id, the shop's own lines."""
    if shop.logo:
        yield Picture(shop.logo)
    yield Text(shop.name, Align.CENTER, bold=True, size=Size.LARGE)
    for line in shop.address:
        yield Text(line, Align.CENTER)
    if shop.vat_id:
        yield Text(f"UID: {shop.vat_id}", Align.CENTER)
    for line in shop.header:
        yield Text(line, Align.CENTER)
    yield Space()


def sum_row(title: str, amount: str, *, bold: bool = False, size: Size = Size.NORMAL) -> Row:
    """A title at the left edge and an amount at the right one."""
    return Row((Cell(title), Cell(amount, Align.RIGHT, len(amount))), bold=bold, size=size)


def head_row(left: str, right: str, *, bold: bool = False) -> Row:
    """Two texts at the edges, each kept whole: where both don't fit, the right one goes below."""
    whole = left.replace(" ", "\N{NO-BREAK SPACE}")
    return Row((Cell(whole), Cell(right, Align.RIGHT, len(right))), bold=bold)


def amount_width(amounts: Iterable[Money], texts: Texts) -> int:
    """Characters the widest of these amounts takes, without the currency."""
    return max((len(texts.amount(amount)) for amount in amounts), default=0)


def table(rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Texts in columns as wide as their longest entry, the first at the left, figures right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for label, *figures in rows:
        cells = zip(figures, widths[1:], strict=True)
        others = (Cell(text, Align.RIGHT, width) for text, width in cells)
        yield Row((Cell(label, Align.LEFT, widths[0]), *others))


def signature(caption: str) -> Iterator[Block]:
    """Room to sign, with a line and what it is for."""
    yield Space(3)
    yield Rule()
    yield Text(caption)
