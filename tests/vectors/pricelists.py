"""Recorded unit prices: the rule that won, the price, and what the customer was shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from pos.domain.money import round_to_step
from pos.domain.pricing import (
    Base,
    Compute,
    PriceAnswer,
    PriceBook,
    PriceContext,
    PricedProduct,
    PriceList,
    Pricer,
    PriceRule,
    Scope,
)
from pos.domain.quantity import Quantity
from tests.vectors.case import A_CENT, Case, Difference, compare_amounts, noise, uncompared, unread

BASES = {"list_price": Base.SALES_PRICE, "cost": Base.COST, "pricelist": Base.LIST}
RECORDED_PLACES = Decimal("0.00000001")


def check(case: Case) -> Iterator[Difference]:
    """Every figure of the case that our pricing code calculates otherwise."""
    yield from _check_keys(case)
    expect = case["expect"]
    answer = _answer(case)
    index = int(answer.rule.number) if answer.rule else None
    if index != expect["rule"]:
        yield Difference(case["id"], "rule", expect["rule"], index)
    cent = Decimal(1).scaleb(-int(case["price_decimals"]))
    exact = (answer.exact,)
    unrounded = round_to_step(answer.exact, RECORDED_PLACES)
    yield from _compare(case, "price", expect["price"], answer.unit_price, exact, cent)
    recorded = expect["price_unrounded"]
    yield from _compare(case, "price_unrounded", recorded, unrounded, exact, RECORDED_PLACES)
    if expect["shown"] is not None:
        yield from _check_shown(case, answer, cent)


def _check_shown(case: Case, answer: PriceAnswer, cent: Decimal) -> Iterator[Difference]:
    shown = case["expect"]["shown"]
    reached = [step.amount for step in answer.steps]
    yield from _compare(
        case, "shown unit_price", shown["unit_price"], answer.public_price, reached, cent
    )
    percent = [Fraction(each - answer.exact) / Fraction(each) * 100 for each in reached if each]
    ours = answer.discount_percent
    recorded = shown["discount_percent"]
    yield from _compare(case, "shown discount_percent", recorded, ours, percent, A_CENT)


def _compare(
    case: Case,
    name: str,
    recorded: str,
    ours: Decimal,
    exact: Iterable[Decimal | Fraction],
    step: Decimal,
) -> Iterator[Difference]:
    """Compare a figure that was rounded to a step from one of these exact ones."""
    for each in compare_amounts(case["id"], "expect", {name: recorded}, {name: ours}):
        yield replace(each, fault=noise(recorded, ours, exact, step))


COMPARED = ("price", "price_unrounded", "rule", "shown")
SHOWN = ("unit_price", "discount_percent")
KNOWN = {
    "ask": {"pricelist", "product", "variant", "quantity", "date"},
    "pricelists": {"pricelist", "show_discount", "rules"},
    "products": {"product", "category", "list_price", "cost", "variants"},
    "variants": {"variant", "extra_price", "cost"},
    "rules": {
        *("applies_to", "product", "variant", "category", "min_quantity", "valid_from", "valid_to"),
        *("compute", "fixed_price", "base", "base_pricelist", "discount_percent", "rounding"),
        *("surcharge", "min_margin", "max_margin"),
    },
}


def _check_keys(case: Case) -> Iterator[Difference]:
    parts = {name: case[name] for name in ("pricelists", "products")}
    parts["ask"] = [case["ask"]]
    parts["variants"] = [one for each in case["products"] for one in each.get("variants", ())]
    parts["rules"] = [rule for each in case["pricelists"] for rule in each["rules"]]
    for name, rows in parts.items():
        for row in rows:
            yield from unread(case["id"], name, row, KNOWN[name])
    yield from uncompared(case["id"], "expect", case["expect"], COMPARED)
    yield from uncompared(case["id"], "shown", case["expect"]["shown"] or {}, SHOWN)


def _answer(case: Case) -> PriceAnswer:
    ask = case["ask"]
    context = PriceContext(at=_utc(ask["date"]), till_list=ask["pricelist"])
    return Pricer(_book(case), context).price(_product(case), Quantity.parse(ask["quantity"]))


def _book(case: Case) -> PriceBook:
    lists = [
        PriceList(each["pricelist"], each["pricelist"], show_discount=each["show_discount"])
        for each in case["pricelists"]
    ]
    rules = [
        _rule(each["pricelist"], number, row)
        for each in case["pricelists"]
        for number, row in enumerate(each["rules"])
    ]
    decimals = int(case["price_decimals"])
    return PriceBook(lists, rules, _categories(case), decimals=decimals)


def _categories(case: Case) -> dict[str, str]:
    """Each category path with its parent's, from the products and the rules."""
    paths = {product["category"] for product in case["products"]}
    paths |= {
        row["category"]
        for each in case["pricelists"]
        for row in each["rules"]
        if row.get("category")
    }
    parents = {}
    for path in paths:
        while path:
            parents[path] = path.rpartition("/")[0]
            path = parents[path]
    return parents


def _product(case: Case) -> PricedProduct:
    ask = case["ask"]
    product = {each["product"]: each for each in case["products"]}[ask["product"]]
    variant = {"variant": "", "extra_price": "0", "cost": product["cost"]}
    if ask.get("variant"):
        variant = {each["variant"]: each for each in product["variants"]}[ask["variant"]]
    return PricedProduct(
        number=product["product"],
        sales_price=Decimal(product["list_price"]),
        cost=Decimal(variant["cost"]),
        category=product["category"],
        variant=variant["variant"],
        extra=Decimal(variant["extra_price"]),
    )


def _rule(price_list: str, number: int, row: Case) -> PriceRule:
    def amount(name: str) -> Decimal:
        return Decimal(row.get(name) or "0")

    return PriceRule(
        list=price_list,
        number=str(number),
        scope=Scope(row["applies_to"]),
        compute=Compute(row["compute"]),
        product=row.get("product") or "",
        variant=row.get("variant") or "",
        category=row.get("category") or "",
        min_quantity=Quantity.parse(row.get("min_quantity") or "0"),
        start=_instant(row.get("valid_from")),
        end=_instant(row.get("valid_to")),
        price=amount("fixed_price"),
        base=BASES[row.get("base") or "list_price"],
        base_list=row.get("base_pricelist") or "",
        discount=amount("discount_percent"),
        rounding=amount("rounding"),
        surcharge=amount("surcharge"),
        min_margin=amount("min_margin"),
        max_margin=amount("max_margin"),
    )


def _instant(text: str | None) -> datetime | None:
    return _utc(text) if text else None


def _utc(text: str) -> datetime:
    """An instant; UTC, as the conventions say, where it names no zone."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
