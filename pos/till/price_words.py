"""An explanation of a price in words: rows of a text and an amount, for a screen or a paper."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pos.domain.money import Money
from pos.domain.pricing import PriceSource
from pos.runtime.texts import Texts
from pos.till.price_views import PriceExplanationView, PriceRuleView, PriceStepView

_PERCENT = ("discount", "tax")
_PLAIN = ("sales_price", "cost", "fixed", "manual", "label", "invoice", "order", "cents", "floor")
"""Steps whose value says nothing that the amount doesn't."""


class Weight(StrEnum):
    """How much a row matters."""

    HEAD = "head"
    STEP = "step"
    RESULT = "result"
    OFF = "off"
    HINT = "hint"


class WhyRow(Struct, frozen=True):
    """One row; `amount` is empty where a row has none."""

    text: str
    amount: str = ""
    weight: Weight = Weight.STEP


def why_rows(why: PriceExplanationView, texts: Texts) -> tuple[WhyRow, ...]:
    """The whole derivation in words, from the list down to what is paid for the line."""
    return tuple(_Writer(why, texts).rows())


class _Writer:
    def __init__(self, why: PriceExplanationView, texts: Texts) -> None:
        self._why, self._texts = why, texts

    def rows(self) -> Iterator[WhyRow]:
        why, texts = self._why, self._texts
        source = texts.get(f"price.source.{why.source}")
        head = f"{source}: {why.price_list}" if why.price_list else source
        yield WhyRow(head, weight=Weight.HEAD)
        if why.rule is not None:
            yield WhyRow(self._rule(why.rule))
        for step in why.steps:
            yield WhyRow(self._step(step), self._price(step.amount))
        if len(why.steps) > 1:
            one = texts.get("price.why.unit", unit=why.unit)
            yield WhyRow(one, self._price(why.unit_price), Weight.RESULT)
        yield from self._base_price()
        yield from self._line()
        yield from self._tiers()
        yield WhyRow(self._order(), weight=Weight.HINT)
        yield WhyRow(texts.get("price.why.as_of", at=why.priced_at), weight=Weight.HINT)

    def _rule(self, rule: PriceRuleView) -> str:
        texts = self._texts
        words = [
            texts.get(
                "price.why.rule", number=rule.number, scope=texts.get(f"price.scope.{rule.scope}")
            )
        ]
        if rule.category:
            words.append(texts.get("price.why.category", category=rule.category))
        if rule.minimum.thousandths:
            words.append(texts.get("price.why.minimum", quantity=rule.minimum, unit=self._why.unit))
        if rule.start is not None:
            words.append(texts.get("price.why.start", at=rule.start))
        if rule.end is not None:
            words.append(texts.get("price.why.end", at=rule.end))
        return ", ".join(words)

    def _step(self, step: PriceStepView) -> str:
        texts = self._texts
        words = texts.get(f"price.step.{step.kind}")
        if step.kind in _PERCENT:
            words = f"{words} {texts.show(step.value)} %"
        elif step.kind not in _PLAIN:
            words = f"{words} {self._price(step.value)}"
        other = step.price_list and step.price_list != self._why.price_list
        return f"{words} ({step.price_list})" if other else words

    def _base_price(self) -> Iterator[WhyRow]:
        base = self._why.base_price
        if base is not None:
            content = f"{self._texts.quantity(base.content)} {base.unit}"
            words = self._texts.get("price.why.base", content=content)
            yield WhyRow(words, f"{self._texts.money(base.price)}/{base.per}", Weight.HINT)

    def _line(self) -> Iterator[WhyRow]:
        why, texts = self._why, self._texts
        taken = [
            (
                texts.get(f"discount.{each.kind}", percent=each.percent),
                each.reason,
                each.amount,
            )
            for each in why.reductions
        ]
        if why.share:
            taken.append((texts.get("price.why.share"), "", why.share))
        if not taken:
            return
        yield WhyRow(texts.get("price.why.full"), texts.money(why.full), Weight.RESULT)
        for words, reason, amount in taken:
            text = f"{words} ({reason})" if reason else words
            yield WhyRow(text, texts.off(amount), Weight.OFF)
        yield WhyRow(texts.get("price.why.amount"), texts.money(why.amount), Weight.RESULT)

    def _tiers(self) -> Iterator[WhyRow]:
        why, texts = self._why, self._texts
        if len(why.tiers) > 1:
            for tier in why.tiers:
                words = texts.get("price.why.tier", quantity=tier.quantity, unit=why.unit)
                yield WhyRow(words, self._price(tier.unit_price), Weight.HINT)
        if why.next_tier is not None:
            words = texts.get(
                "price.why.next",
                quantity=why.next_tier.quantity,
                unit=why.unit,
                price=self._price(why.next_tier.unit_price),
                pieces=why.pieces,
            )
            yield WhyRow(words, weight=Weight.HEAD)

    def _order(self) -> str:
        sources = ", ".join(self._texts.get(f"price.source.{source}") for source in PriceSource)
        key = "cheapest" if self._why.cheapest_wins else "order"
        return self._texts.get(f"price.why.{key}", sources=sources)

    def _price(self, amount: Decimal) -> str:
        currency = self._why.amount.currency
        whole = Money.of(amount, currency)
        if whole.decimal == amount:
            return self._texts.money(whole)
        return self._texts.show(amount)
