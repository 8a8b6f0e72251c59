"""Two products side by side: one table of everything that can be told of either (COMARCH-13)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.runtime.texts import Texts
from pos.till.desk import Desk
from pos.till.info_views import CompareRow, ComparisonView, ProductInfo
from pos.till.informing import product_info


def compare(desk: Desk, product: str, other: str) -> ComparisonView:
    """A table of two products, each by its number; raises Refusal "no_such_product"."""
    one, two = product_info(desk, product), product_info(desk, other)
    writer = _Writer(desk.texts, desk.currency)
    told, beside = dict(writer.cells(one)), dict(writer.cells(two))
    names = _merged(list(told), list(beside))
    rows = tuple(CompareRow(name, told.get(name, ""), beside.get(name, "")) for name in names)
    return ComparisonView(one, two, rows)


def _merged(first: list[str], second: list[str]) -> list[str]:
    """All names of both, each once; what only the second tells stands where it told it."""
    merged = list(first)
    at = 0
    for name in second:
        if name in merged:
            at = merged.index(name) + 1
        else:
            merged.insert(at, name)
            at += 1
    return merged


class _Writer:
    """What stands in the cells of one product: the row's name and the words."""

    def __init__(self, texts: Texts, currency: str) -> None:
        self._texts, self._currency = texts, currency

    def cells(self, info: ProductInfo) -> Iterator[tuple[str, str]]:
        """The rows in their order; facts last."""
        told = {
            "price": self._price(info),
            "base_price": self._base_price(info),
            "tiers": self._tiers(info),
            "category": info.category,
            "maker": info.maker,
            "weight": self._weight(info.weight),
            "stock": self._stock(info),
            "tags": ", ".join(tag.name for tag in info.tags),
            "short_text": info.short_text,
        }
        for key, words in told.items():
            if words:
                yield self._texts.get(f"info.compare.{key}"), words
        for fact in info.facts:
            yield fact.name, fact.text

    def _price(self, info: ProductInfo) -> str:
        if info.price is None:
            return ""
        words = self._amount(info.price)
        least = self._texts.get("info.compare.least", price=words) if info.least else words
        return f"{least} / {info.unit}"

    def _base_price(self, info: ProductInfo) -> str:
        base = info.base_price
        return "" if base is None else f"{self._texts.money(base.price)} / {base.per}"

    def _tiers(self, info: ProductInfo) -> str:
        return ", ".join(
            self._texts.get(
                "info.compare.tier", quantity=tier.quantity, price=self._amount(tier.unit_price)
            )
            for tier in info.tiers
        )

    def _stock(self, info: ProductInfo) -> str:
        return "" if info.total is None else f"{self._texts.quantity(info.total)} {info.unit}"

    def _weight(self, weight: Quantity | None) -> str:
        return f"{self._texts.quantity(weight)} kg" if weight else ""

    def _amount(self, amount: Decimal) -> str:
        whole = Money.of(amount, self._currency)
        return self._texts.money(whole) if whole.decimal == amount else self._texts.show(amount)
