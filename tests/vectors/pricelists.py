"""Recorded unit prices: the rule that won, the price, and what the customer was shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

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
from tests.vectors.case import Case, Difference, compare_amounts

BASES = {"list_price": Base.SALES_PRICE, "cost": Base.COST, "pricelist": Base.LIST}
RECORDED_PLACES = Decimal("0.00000001")


def check(case: Case) -> Iterator[Difference]:
    """Every figure of the case that our pricing code calculates otherwise."""
    expect = case["expect"]
    answer = _answer(case)
    index = int(answer.rule.number) if answer.rule else None
    if index != expect["rule"]:
        yield Difference(case["id"], "rule", expect["rule"], index)
    ours = {
        "price": answer.unit_price,
        "price_unrounded": round_to_step(answer.exact, RECORDED_PLACES),
    }
    recorded = {name: expect[name] for name in ours}
    yield from compare_amounts(case["id"], "expect", recorded, ours)
    if expect["shown"] is not None:
        shown = {
            "unit_price": answer.public_price,
            "discount_percent": answer.discount_percent,
        }
        yield from compare_amounts(case["id"], "shown", expect["shown"], shown)


def _answer(case: Case) -> PriceAnswer:
    ask = case["ask"]
    context = PriceContext(at=datetime.fromisoformat(ask["date"]), till_list=ask["pricelist"])
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
    product = next(each for each in case["products"] if each["product"] == ask["product"])
    variant = next(
        (each for each in product.get("variants", ()) if each["variant"] == ask.get("variant")),
        {"variant": "", "extra_price": "0", "cost": product["cost"]},
    )
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
        return Decimal(row.get(name, "0"))

    return PriceRule(
        list=price_list,
        number=str(number),
        scope=Scope(row["applies_to"]),
        compute=Compute(row["compute"]),
        product=row.get("product", ""),
        variant=row.get("variant", ""),
        category=row.get("category", ""),
        min_quantity=Quantity.parse(row["min_quantity"]),
        start=_instant(row["valid_from"]),
        end=_instant(row["valid_to"]),
        price=amount("fixed_price"),
        base=BASES[row.get("base", "list_price")],
        base_list=row.get("base_pricelist", ""),
        discount=amount("discount_percent"),
        rounding=amount("rounding"),
        surcharge=amount("surcharge"),
        min_margin=amount("min_margin"),
        max_margin=amount("max_margin"),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
