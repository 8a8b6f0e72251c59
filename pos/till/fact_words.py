"""Facts of goods as people read them, each in the way of its kind (ETRON-13)."""

from __future__ import annotations

from datetime import date, datetime

from pos.domain.facts import Fact, FactKind, split_choices
from pos.domain.markup import clean_html, plain_text
from pos.domain.money import parse_decimal
from pos.till.desk import Desk
from pos.till.info_views import FactView


def fact_view(desk: Desk, fact: Fact) -> FactView:
    """A fact in the operator's language. HTML is cleaned again here: whatever wrote the
    catalogue, no script gets through.
    """
    html = clean_html(fact.value) if fact.kind is FactKind.HTML else ""
    text, target = _told(desk, fact)
    return FactView(fact.number, fact.name, fact.kind.value, text, html, target)


def _told(desk: Desk, fact: Fact) -> tuple[str, str]:
    """The words, and what a touch on them opens."""
    texts, value = desk.texts, fact.value
    match fact.kind:
        case FactKind.TOGGLE:
            return texts.get("info.yes" if value == "1" else "info.no"), ""
        case FactKind.HTML:
            return plain_text(value), ""
        case FactKind.DATE:
            return texts.date(date.fromisoformat(value)), ""
        case FactKind.MOMENT:
            at = datetime.fromisoformat(value)
            return texts.moment(at if at.tzinfo else at.replace(tzinfo=texts.zone)), ""
        case FactKind.NUMBER:
            return f"{texts.show(parse_decimal(value))} {fact.unit}".strip(), ""
        case FactKind.CHOICES:
            return ", ".join(split_choices(value)), ""
        case FactKind.FILE:
            return value, desk.catalogue.copy_of(value)
        case FactKind.REFERENCE:
            return _referred(desk, value)
        case FactKind.TEXT | FactKind.CHOICE:
            return value, ""


def _referred(desk: Desk, value: str) -> tuple[str, str]:
    """The name of what a reference points at; one that points at nothing opens nothing."""
    kind, _, number = value.partition(":")
    catalogue, language = desk.catalogue, desk.texts.language
    if kind == "customer":
        customer = catalogue.customer(number)
        return (customer.name, value) if customer else (number, "")
    match = catalogue.find_code(number)
    if match is None:
        return number, ""
    product = match.product
    name = catalogue.product_name(product.number, language) or product.name
    return name, value
