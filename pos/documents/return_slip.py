"""The slip that goes with returned goods: where each belongs (ETRON-8). For the shop alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from pos.documents.parts import head_row
from pos.domain.quantity import Quantity
from pos.ports.document import Align, Block, Document, Rule, Size, Space, Text
from pos.runtime.texts import Texts


class PutAway(Struct, frozen=True):
    """Goods that go back to their place; `mark` tells which piece: options, serial number, lot."""

    place: str
    name: str
    quantity: Quantity
    unit: str
    mark: str = ""
    reason: str = ""


class ReturnSlip(Struct, frozen=True):
    """What came back on one receipt."""

    till: str
    session: int
    receipt: int
    at: datetime
    operator: str
    goods: tuple[PutAway, ...]


def return_slip_document(slip: ReturnSlip, texts: Texts) -> Document:
    """The slip, goods by their places; those without one come last."""
    title = texts.get("return_slip.title", number=slip.receipt)
    return Document("return_slip", title, tuple(_blocks(slip, title, texts)), texts.language)


def _blocks(slip: ReturnSlip, title: str, texts: Texts) -> Iterator[Block]:
    yield Text(texts.get("return_slip.head"), Align.CENTER, bold=True, size=Size.LARGE)
    yield Space()
    yield head_row(title, texts.moment(slip.at), bold=True)
    yield head_row(texts.get("receipt.where", till=slip.till, session=slip.session), slip.operator)
    for place in sorted({each.place for each in slip.goods}, key=lambda name: (not name, name)):
        yield Rule()
        yield Text(place or texts.get("return_slip.no_place"), bold=True)
        for each in slip.goods:
            if each.place == place:
                yield from _goods(each, texts)
    yield Rule()


def _goods(each: PutAway, texts: Texts) -> Iterator[Block]:
    yield Text(f"{texts.quantity(each.quantity)} {each.unit} {each.name}".replace("  ", " "))
    notes = " · ".join(filter(None, (each.mark, each.reason)))
    if notes:
        yield Text(f"  {notes}")
