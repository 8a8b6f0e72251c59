"""What a price costs: one at a time with many rules, and a whole catalogue at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from statistics import median
from time import perf_counter

from pos.domain.pricing import (
    Base,
    Compute,
    PriceBook,
    PriceContext,
    PricedProduct,
    PriceList,
    Pricer,
    PriceRule,
    Scope,
)
from pos.domain.quantity import Quantity
from pos.runtime.memory import lasting
from tests.bench.figure import Figure, line

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TREE = {f"{top}/{leaf}": str(top) for top in range(20) for leaf in range(20)}
QUANTITIES = [Quantity(thousandths) for thousandths in (1000, 3000, 12000, 335)]


def measure() -> list[Figure]:
    """Price single products and 10,000 at once, with 1,000 and with 100,000 rules."""
    return [
        *_one_price(1_000, goal=20),
        *_one_price(100_000, goal=30),
        _all_at_once(),
        *_repricing(),
    ]


def products(count: int) -> list[PricedProduct]:
    """Products spread over a two-level category tree."""
    leaves = sorted(TREE)
    return [
        PricedProduct(
            str(number),
            Decimal(number % 5000 + 99).scaleb(-2),
            Decimal(number % 3000 + 50).scaleb(-2),
            leaves[number % len(leaves)],
        )
        for number in range(count)
    ]


def book(rule_count: int, product_count: int) -> PriceBook:
    """Rules of every scope and kind: tiers, windows open and over, formulas two lists deep."""
    random = Random(4711)
    lists = [
        PriceList("wholesale", "Wholesale"),
        PriceList("till", "Till"),
        PriceList("b2b", "B2B"),
    ]
    undermost = PriceRule(
        "wholesale", "w", compute=Compute.FORMULA, base=Base.COST, discount=Decimal(-40)
    )
    with lasting():
        rules = [_rule(random, str(number), product_count) for number in range(rule_count)]
        return PriceBook(lists, [undermost, *rules], TREE)


def _rule(random: Random, number: str, product_count: int) -> PriceRule:
    scope = random.choices(list(Scope), weights=[5, 70, 20, 5])[0]
    compute = random.choice(list(Compute))
    start = AT + timedelta(days=random.randint(-400, 30)) if random.random() < 0.3 else None
    return PriceRule(
        list=random.choice(["till", "b2b"]),
        number=number,
        scope=scope,
        compute=compute,
        product=str(random.randrange(product_count)) if scope in OWN_SCOPES else "",
        variant="red" if scope is Scope.VARIANT else "",
        category=random.choice(sorted(TREE)) if scope is Scope.CATEGORY else "",
        min_quantity=Quantity(1000 * random.choice([0, 0, 2, 6, 10, 24])),
        start=start,
        end=start and start + timedelta(days=90),
        price=Decimal(random.randint(50, 9999)).scaleb(-2),
        base=random.choice(list(Base)),
        base_list="wholesale",
        discount=Decimal(random.choice(["5", "12.5", "33.33"])),
        rounding=Decimal("0.05"),
        surcharge=Decimal("-0.01"),
    )


OWN_SCOPES = {Scope.VARIANT, Scope.PRODUCT}


def _one_price(rule_count: int, goal: float) -> list[Figure]:
    asked = products(10_000)[:1_000]
    pricer = Pricer(book(rule_count, 10_000), PriceContext(AT, "till"))
    _price_all(pricer, asked)
    times = [
        _micros(partial(pricer.price, each, QUANTITIES[0])) for each in asked for _ in range(5)
    ]
    name = f"one price, {rule_count} rules"
    return [Figure(name, median(times), "µs", _floor(asked), goal)]


def _all_at_once() -> Figure:
    """10,000 products by a book that has priced nothing yet."""
    asked = products(10_000)
    pricer = Pricer(book(100_000, 10_000), PriceContext(AT, "till"))
    seconds = _micros(lambda: _price_all(pricer, asked)) / 1e6
    floor = _floor(asked) * len(asked) / 1e6
    return Figure("10,000 prices at once, cold, 100000 rules", seconds, "s", floor, 0.3)


def _repricing() -> list[Figure]:
    """200 lines after a change of customer: to a list never asked before, and to a known one."""
    asked = products(200)
    rules = book(100_000, 10_000)
    floor = _floor(asked) * len(asked) / 1e3

    def reprice() -> None:
        _price_all(Pricer(rules, PriceContext(AT, "till", customer_list="b2b")), asked)

    first, *later = [_micros(reprice) / 1e3 for _ in range(9)]
    return [
        Figure("repricing 200 lines, list asked for the first time", first, "ms", floor, 10),
        Figure("repricing 200 lines", median(later), "ms", floor, 10),
    ]


def _price_all(pricer: Pricer, asked: list[PricedProduct]) -> None:
    for number, product in enumerate(asked):
        pricer.price(product, QUANTITIES[number % len(QUANTITIES)])


def _floor(asked: list[PricedProduct]) -> float:
    """The least a rule can cost: find the product in a dict, multiply once. Microseconds."""
    prices = {product.number: product.sales_price for product in asked}
    kept = Decimal("0.95")
    return median(_micros(partial(_multiply, prices, each.number, kept)) for each in asked)


def _multiply(prices: dict[str, Decimal], number: str, kept: Decimal) -> Decimal:
    return prices[number] * kept


def _micros(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1e6


if __name__ == "__main__":
    for figure in measure():
        print(line(figure))
