"""The price note of an article: for the shelf, or for a customer to take along."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pos.documents.parts import sum_row
from pos.domain.gtin import is_gtin
from pos.ports.document import Align, Barcode, Block, Document, Rule, Size, Space, Text
from pos.runtime.texts import Texts

KINDS = {13: "ean13", 8: "ean8"}


class PriceNote(Struct, frozen=True):
    """What the note says. Prices are texts already: of one unit, tax as the shop shows it.

    Attributes:
        choice: what the variant is, empty for a product as such.
        base: the base price with the content it follows from, empty where none is told.
        compared: a price to look at with its label, empty where none is shown (OXOMI-14).
        code: GTIN or number, as a barcode; empty for none.
    """

    shop: str
    name: str
    choice: str
    price: str
    unit: str
    compared: tuple[str, str] | None
    code: str
    number: str
    at: date
    base: str = ""


def price_note_document(note: PriceNote, texts: Texts) -> Document:
    """The note. It is no receipt, and says from which day its price is."""
    title = texts.get("slip.price_note", name=note.name)
    blocks: list[Block] = [Text(note.name, Align.CENTER, bold=True, size=Size.TALL)]
    if note.choice:
        blocks.append(Text(note.choice, Align.CENTER))
    blocks += [Space(), Text(note.price, Align.CENTER, bold=True, size=Size.LARGE)]
    blocks.append(Text(texts.get("slip.per_unit", unit=note.unit), Align.CENTER))
    if note.base:
        blocks.append(Text(note.base, Align.CENTER))
    if note.compared:
        blocks += [Space(), sum_row(*note.compared)]
    if note.code:
        blocks += [Space(), _barcode(note.code)]
    blocks += [Rule(), sum_row(note.shop, texts.date(note.at))]
    blocks.append(Text(texts.get("slip.article", number=note.number)))
    return Document("price_note", title, tuple(blocks), texts.language)


def _barcode(code: str) -> Barcode:
    kind = KINDS.get(len(code), "") if is_gtin(code) else ""
    return Barcode(kind or "code128", code)
