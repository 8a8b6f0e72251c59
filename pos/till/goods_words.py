"""What papers say under a line of the goods it sold: options, serial number, lot, parts, tare."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem
from pos.domain.variants import LineOption
from pos.till.desk import Desk


def goods_notes(desk: Desk, line: LineItem) -> tuple[str, ...]:
    """The notes under a line, in the language of the till."""
    return tuple(_notes(desk, line))


def _notes(desk: Desk, line: LineItem) -> Iterator[str]:
    texts, goods = desk.texts, line.goods
    for option in goods.options:
        yield _option(desk, option)
    if goods.invoice:
        yield texts.get("goods.invoice", invoice=goods.invoice)
    if goods.serial:
        yield texts.get("goods.serial", serial=goods.serial)
    if goods.lot:
        yield texts.get("goods.lot", lot=goods.lot)
    if goods.expiry is not None:
        yield texts.get("goods.expiry", day=goods.expiry)
    if goods.tare is not None:
        yield texts.get("goods.tare", tare=goods.tare, unit=line.unit)
    for part in goods.parts:
        quantity = Quantity.of(part.quantity.decimal * line.quantity.decimal)
        yield texts.get("goods.part", quantity=quantity, unit=part.unit, name=part.name)


def _option(desk: Desk, option: LineOption) -> str:
    """ "Gravur: mit Text „Für Anna“ (+€ 4,90)"."""
    texts = desk.texts
    words = f"{option.title}: {option.name}"
    if option.text:
        words = texts.get("goods.words", option=words, text=option.text)
    if not option.surcharge:
        return words
    amount = texts.money(Money.of(abs(option.surcharge), desk.currency))
    sign = "+" if option.surcharge > 0 else "−"
    return texts.get("goods.surcharge", option=words, sign=sign, amount=amount)
