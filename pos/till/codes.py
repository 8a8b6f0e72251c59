"""The shop's own codes: which rules count here, and what a scanned code means (W-22)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.code_rules import AUSTRIAN_RULES, GERMAN_RULES, CodeRule, CodeRules
from pos.domain.errors import Refusal
from pos.domain.gs1 import (
    CodeReading,
    GoodsReading,
    LabelReading,
    MarkReading,
    OwnCode,
    Unreadable,
    read_code,
)
from pos.domain.gtin import short_code
from pos.domain.panel import Feature
from pos.ports.catalogue import SHORTEST_END, CodeMatch
from pos.till.desk import Desk
from pos.till.offering import demand

BY_COUNTRY = {"DE": GERMAN_RULES}
"""What counts where the shop has no rules of its own; elsewhere Austria's."""


class CodeTestView(Struct, frozen=True):
    """What a code means at this till.

    Attributes:
        kind: text key under `code.kind.`: goods, label, mark, own, unreadable.
        rule: name of the shop's rule it fits, empty where none does.
        meaning: text key under `code.meaning.`, of a code by a rule.
        product, name: what would be rung up; empty where nothing would.
        packaging, variant: of that product, where the code names one.
        facts: text key under `code.fact.` and what the code says of it.
        problem: what the cashier would read; empty where all is well.
    """

    code: str
    kind: str
    rule: str = ""
    meaning: str = ""
    product: str = ""
    name: str = ""
    packaging: str = ""
    variant: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def rules_of(desk: Desk) -> CodeRules:
    """The rules that count here: those chosen at this till, else the shop's own table, else what
    is usual in its country.
    """
    if desk.code_rules is not None:
        return desk.code_rules
    own = desk.catalogue.code_rules()
    return _compiled(own) if own else BY_COUNTRY.get(desk.shop.country, AUSTRIAN_RULES)


@lru_cache(maxsize=8)
def _compiled(rules: tuple[CodeRule, ...]) -> CodeRules:
    return CodeRules(rules)


def codes_of(reading: CodeReading) -> tuple[str, ...]:
    """What the goods of a reading may be known by, the likeliest first."""
    match reading:
        case GoodsReading(gtin=gtin, also=also):
            return (gtin, also)
        case LabelReading(article=article):
            return (article, article.lstrip("0"))
        case OwnCode(text=text) | MarkReading(text=text):
            return (text,)
    return ()


def known_as(desk: Desk, *codes: str) -> CodeMatch | None:
    """What the first known of these codes stands for; None if the catalogue knows none."""
    matches = (desk.catalogue.find_code(code) for code in codes if code)
    return next((match for match in matches if match is not None), None)


def article_of(desk: Desk, label: LabelReading) -> CodeMatch | None:
    """The goods of a label: by its digits as a number, else by the end of one (T-027).

    Raises Refusal "label_ambiguous" naming the goods where the end fits several. A weight tells
    goods by weight from the rest.
    """
    known = known_as(desk, *codes_of(label))
    if known is not None or len(label.article) < SHORTEST_END or not label.article.strip("0"):
        return known
    found = desk.catalogue.find_by_end(label.article)
    weighed = tuple(each for each in found if each.product.weighed)
    fitting = weighed if label.weight is not None and weighed else found
    if len(fitting) > 1:
        names = ", ".join(f"{each.product.name} ({each.product.number})" for each in fitting)
        raise Refusal("label_ambiguous", article=label.article, names=names)
    return fitting[0] if fitting else None


def find(desk: Desk, *codes: str) -> CodeMatch:
    """What the first known of these codes stands for; raises Refusal why it can't be sold."""
    return _sold(desk, known_as(desk, *codes), codes[0])


def demand_own_currency(desk: Desk, goods: GoodsReading) -> None:
    """Refuse a price in another money than the shop's (GS1, AI 393x): its figure would be wrong."""
    if goods.currency not in ("", desk.currency):
        raise Refusal("label_currency", currency=goods.currency, own=desk.currency)


def demand_told(reading: GoodsReading | LabelReading, name: str) -> None:
    """Refuse a label that says nothing where its price, weight or count stands: what a scale prints
    before anything lies on it would be given away.
    """
    if reading.price is not None and not reading.price:
        raise Refusal("label_price", name=name)
    if any(each is not None and not each.thousandths for each in (reading.weight, reading.count)):
        raise Refusal("label_weight", name=name)


def find_label(desk: Desk, label: LabelReading) -> CodeMatch:
    """The goods of a label; raises Refusal why they can't be sold."""
    return _sold(desk, article_of(desk, label), label.article)


def _sold(desk: Desk, match: CodeMatch | None, code: str) -> CodeMatch:
    if match is None:
        raise Refusal("unknown_code", code=short_code(code))
    if not match.product.active:
        raise Refusal("product_inactive", name=match.product.name)
    if match.packaging is not None:
        demand(desk, Feature.PACKAGINGS)
    if match.packaging is not None and not match.packaging.sellable:
        raise Refusal("packaging_not_sold", name=match.product.name, packaging=match.packaging.name)
    return match


def read_test(desk: Desk, code: str) -> CodeTestView:
    """What a code means, without anything being rung up."""
    reading = read_code(code, rules=rules_of(desk))
    if isinstance(reading, Unreadable):
        key = f"code.unreadable.{reading.reason}"
        return CodeTestView(
            reading.text, "unreadable", problem=desk.texts.get(key, text=reading.text)
        )
    view = CodeTestView(
        reading.text,
        _kind(reading),
        rule=rule_title(desk, reading.rule)
        if isinstance(reading, LabelReading | MarkReading)
        else "",
        meaning=_meaning(reading),
        facts=tuple(_facts(desk, reading)),
    )
    return view if isinstance(reading, MarkReading) else _with_product(desk, view, reading)


def rule_title(desk: Desk, name: str) -> str:
    """A rule's name as people read it: those that ship speak the operator's language."""
    words = name.rstrip("0123456789").rstrip()
    key = f"code.shipped.{words.replace(' ', '_')}"
    if not desk.texts.has(key):
        return name
    return " ".join(filter(None, (desk.texts.get(key), name.removeprefix(words).strip())))


def _serial_of(desk: Desk, reading: CodeReading) -> str:
    """The product whose serial number it is; empty where it is none, or means more."""
    if not isinstance(reading, OwnCode) or desk.catalogue.find_code(reading.text) is not None:
        return ""
    return desk.catalogue.product_of_serial(reading.text)


def _with_product(desk: Desk, view: CodeTestView, reading: CodeReading) -> CodeTestView:
    if serial := _serial_of(desk, reading):
        view = replace(view, facts=(("serial", view.code), *view.facts))
    try:
        if isinstance(reading, LabelReading):
            found = find_label(desk, reading)
        else:
            if isinstance(reading, GoodsReading):
                demand_own_currency(desk, reading)
            found = find(desk, *((serial,) if serial else codes_of(reading)))
        if isinstance(reading, GoodsReading | LabelReading):
            demand_told(reading, found.product.name)
    except Refusal as refusal:
        return replace(view, problem=desk.texts.refusal(refusal))
    return replace(
        view,
        product=found.product.number,
        name=found.product.name,
        packaging=found.packaging.name if found.packaging else "",
        variant=found.variant,
    )


def _kind(reading: CodeReading) -> str:
    match reading:
        case GoodsReading():
            return "goods"
        case LabelReading():
            return "label"
        case MarkReading():
            return "mark"
    return "own"


def _meaning(reading: CodeReading) -> str:
    match reading:
        case MarkReading(meaning=meaning):
            return meaning.value
        case LabelReading(weight=weight, count=count):
            return "weight" if weight is not None else "count" if count is not None else "price"
    return ""


def _facts(desk: Desk, reading: CodeReading) -> Iterator[tuple[str, str]]:
    """What a code says besides, in the order it is shown; what it doesn't say is left out."""
    match reading:
        case GoodsReading():
            yield from _told(gtin=reading.gtin, lot=reading.lot, serial=reading.serial)
            if reading.expiry is not None:
                day = desk.texts.date(reading.expiry)
                yield ("use_by" if reading.use_by else "best_before"), day
            yield from _measures(desk, reading)
        case LabelReading():
            yield from _told(article=reading.article)
            yield from _measures(desk, reading)
        case MarkReading():
            yield from _told(key=reading.key)


def _told(**facts: str) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in facts.items() if value)


def _measures(desk: Desk, reading: GoodsReading | LabelReading) -> Iterator[tuple[str, str]]:
    texts = desk.texts
    if reading.weight is not None:
        yield "weight", texts.quantity(reading.weight)
    if reading.count is not None:
        yield "count", texts.quantity(reading.count)
    if reading.price is not None:
        yield "price", texts.decimal(reading.price)
