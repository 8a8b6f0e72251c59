"""Prices: the rule that wins, what it makes of the price, and that the reasons given are true."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money, round_to_step
from pos.domain.pricing import (
    Base,
    Compute,
    OwnPrice,
    PriceAnswer,
    PriceBook,
    PriceContext,
    PricedProduct,
    PriceList,
    PriceListLoop,
    PriceListNameTaken,
    PriceListUnknown,
    Pricer,
    PriceRule,
    PriceSource,
    Scope,
    StepKind,
)
from pos.domain.quantity import ONE, Quantity

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TREE = {"hats": "textile", "trousers": "textile", "textile": "", "tea": ""}
CAP = PricedProduct("cap", Decimal("15.00"), Decimal("6.00"), "hats")
SHOP = PriceList("shop", "Shop")


def rule(price: str | None = None, **more: Any) -> PriceRule:
    """A rule of the shop's list; with a price a fixed one, else a formula."""
    if price is not None:
        return replace(PriceRule("shop", "r", price=Decimal(price)), **more)
    return replace(PriceRule("shop", "r", compute=Compute.FORMULA), **more)


def percent(discount: str, **more: Any) -> PriceRule:
    return rule(None, compute=Compute.PERCENTAGE, discount=Decimal(discount), **more)


def pieces(count: int) -> Quantity:
    return Quantity.of(count)


def book(*rules: PriceRule, lists: tuple[PriceList, ...] = (SHOP,), **more: Any) -> PriceBook:
    return PriceBook(lists, rules, TREE, **more)


def ask(
    prices: PriceBook,
    product: PricedProduct = CAP,
    quantity: Quantity = ONE,
    manual: Decimal | None = None,
    **context: Any,
) -> PriceAnswer:
    asked = replace(PriceContext(NOON, "shop"), **context)
    return Pricer(prices, asked).price(product, quantity, manual)


# What always holds ------------------------------------------------------------------------------

MOMENTS = [NOON + timedelta(hours=hours) for hours in (-2, -1, 0, 1, 2)]
moments = st.sampled_from(MOMENTS)
percents = st.sampled_from([Decimal(text) for text in ("0", "5", "33.33", "-20", "100", "7.25")])
amounts = st.sampled_from([Decimal(text) for text in ("0", "-0.01", "0.09", "1.25", "-2")])
rounding_steps = st.sampled_from([Decimal(text) for text in ("0", "0.05", "1", "10", "0.03")])
margins = st.sampled_from([Decimal(text) for text in ("0", "-1", "0.5", "3")])
quantities = st.sampled_from([-4_000, 250, 1_000, 2_999, 3_000, 10_000, 100_000]).map(Quantity)
products = st.builds(
    PricedProduct,
    number=st.sampled_from(["cap", "tea"]),
    sales_price=st.integers(0, 99_999).map(lambda cents: Decimal(cents).scaleb(-2)),
    cost=st.integers(0, 9_999).map(lambda cents: Decimal(cents).scaleb(-2)),
    category=st.sampled_from([*TREE, ""]),
    variant=st.sampled_from(["", "red"]),
    extra=st.sampled_from([Decimal(0), Decimal("0.50")]),
    options=st.sampled_from([Decimal(0), Decimal(40)]),
)


@st.composite
def rules(draw: st.DrawFn, price_list: str = "shop", base_list: str = "below") -> PriceRule:
    scope = draw(st.sampled_from(Scope))
    of_product = scope in (Scope.PRODUCT, Scope.VARIANT)
    return PriceRule(
        list=price_list,
        number="r",
        scope=scope,
        compute=draw(st.sampled_from(Compute)),
        product=draw(st.sampled_from(["cap", "tea"])) if of_product else "",
        variant=draw(st.sampled_from(["red", "blue"])) if scope is Scope.VARIANT else "",
        category=draw(st.sampled_from([*TREE])) if scope is Scope.CATEGORY else "",
        extra_category=draw(st.sampled_from(["", "", "textile", "hats"])),
        min_quantity=Quantity(draw(st.sampled_from([0, 0, 1_000, 3_000, 10_000]))),
        start=draw(st.none() | moments),
        end=draw(st.none() | moments),
        price=draw(amounts),
        base=draw(st.sampled_from(Base)) if base_list else Base.SALES_PRICE,
        base_list=base_list,
        discount=draw(percents),
        rounding=draw(rounding_steps),
        surcharge=draw(amounts),
        min_margin=draw(margins),
        max_margin=draw(margins),
    )


rule_sets = st.lists(rules(), max_size=12)
below_sets = st.lists(rules("below", ""), max_size=4)
BOTH = (PriceList("shop", "Shop", show_discount=True), PriceList("below", "Below"))


def numbered(given_rules: list[PriceRule]) -> list[PriceRule]:
    return [replace(each, number=str(number)) for number, each in enumerate(given_rules)]


def line_of(category: str) -> list[str]:
    line = [category]
    while TREE.get(line[-1]):
        line.append(TREE[line[-1]])
    return line


def fits(each: PriceRule, product: PricedProduct, quantity: Quantity, at: datetime) -> bool:
    line = line_of(product.category)
    scopes: Mapping[Scope, bool] = {
        Scope.VARIANT: (each.product, each.variant) == (product.number, product.variant),
        Scope.PRODUCT: each.product == product.number,
        Scope.CATEGORY: each.category in line,
        Scope.ALL: True,
    }
    return (
        scopes[each.scope]
        and (not each.extra_category or each.extra_category in line)
        and (each.min_quantity == Quantity(0) or quantity >= each.min_quantity)
        and (each.start is None or each.start <= at)
        and (each.end is None or at <= each.end)
    )


def winner(
    given_rules: list[PriceRule], product: PricedProduct, quantity: Quantity, at: datetime
) -> PriceRule | None:
    """The rule by its stated precedence, found by looking at every one."""
    line = line_of(product.category)

    def rank(each: PriceRule) -> tuple[int, int, int, int]:
        depth = line.index(each.category) if each.scope is Scope.CATEGORY else 0
        scope = list(Scope).index(each.scope)
        return (scope, -each.min_quantity.thousandths, depth, -int(each.number))

    fitting = [each for each in given_rules if fits(each, product, quantity, at)]
    return min(fitting, key=rank, default=None)


@given(rule_sets, products, quantities, st.lists(moments, min_size=1, max_size=4))
def test_index_finds_the_rule_that_a_look_at_all_rules_finds(
    given_rules: list[PriceRule],
    product: PricedProduct,
    quantity: Quantity,
    asked_at: list[datetime],
) -> None:
    given_rules = numbered(given_rules)
    prices = book(*given_rules, lists=BOTH)
    for at in asked_at:
        expected = winner(given_rules, product, quantity, at)
        assert ask(prices, product, quantity, at=at).rule == expected


@given(rule_sets, below_sets, products, quantities)
def test_explanation_and_price_never_disagree(
    given_rules: list[PriceRule],
    below: list[PriceRule],
    product: PricedProduct,
    quantity: Quantity,
) -> None:
    answer = ask(book(*given_rules, *below, lists=BOTH), product, quantity)
    assert answer.steps[-1].amount == answer.unit_price
    assert abs(answer.unit_price - answer.exact) <= Decimal("0.005")
    amount = Decimal(0)
    for step in answer.steps:
        match step.kind:
            case StepKind.SALES_PRICE | StepKind.COST | StepKind.FIXED:
                amount = step.value
            case StepKind.DISCOUNT:
                amount -= amount * step.value / 100
            case StepKind.ROUNDING:
                assert abs(step.amount - amount) <= step.value / 2
                assert step.amount % step.value == 0
                amount = step.amount
            case StepKind.MIN_MARGIN | StepKind.MAX_MARGIN:
                amount = step.amount
            case _:
                amount += step.value
        assert step.amount == amount


@given(rule_sets, below_sets, products)
def test_tiers_are_the_prices_asked_for_their_quantities(
    given_rules: list[PriceRule], below: list[PriceRule], product: PricedProduct
) -> None:
    pricer = Pricer(book(*given_rules, *below, lists=BOTH), PriceContext(NOON, "shop"))
    tiers = pricer.tiers(product)
    assert tiers[0].quantity == ONE
    for quantity in map(pieces, (1, 2, 3, 4, 9, 10, 11)):
        reached = [tier for tier in tiers if tier.quantity <= quantity]
        assert pricer.price(product, quantity).unit_price == reached[-1].answer.unit_price


@given(rule_sets, below_sets, products, quantities)
def test_next_tier_is_the_first_cheaper_quantity(
    given_rules: list[PriceRule],
    below: list[PriceRule],
    product: PricedProduct,
    quantity: Quantity,
) -> None:
    pricer = Pricer(book(*given_rules, *below, lists=BOTH), PriceContext(NOON, "shop"))
    now = pricer.price(product, quantity).unit_price
    following = pricer.next_tier(product, quantity)
    cheaper = [
        more
        for more in map(Quantity, range(1_000, 12_000, 1_000))
        if more > quantity and pricer.price(product, more).unit_price < now
    ]
    assert (following.quantity if following else None) == min(cheaper, default=None)


@given(rule_sets, below_sets, products, quantities)
def test_public_price_less_the_discount_is_the_price(
    given_rules: list[PriceRule],
    below: list[PriceRule],
    product: PricedProduct,
    quantity: Quantity,
) -> None:
    answer = ask(book(*given_rules, *below, lists=BOTH), product, quantity)
    assert answer.public_price >= answer.unit_price
    kept = 1 - answer.discount_percent / 100
    tolerance = Decimal("0.01") + abs(answer.public_price) * Decimal("0.0001")
    if answer.public_price > 0 and answer.unit_price >= 0:
        assert abs(answer.public_price * kept - answer.unit_price) <= tolerance


@given(rule_sets, products, quantities)
def test_cheapest_wins_is_never_dearer(
    given_rules: list[PriceRule], product: PricedProduct, quantity: Quantity
) -> None:
    below = PriceRule("below", "b", price=Decimal("7.00"))
    lists: dict[str, Any] = {"lists": BOTH, "own_prices": [OwnPrice("anna", rule("9.00"))]}
    context: dict[str, Any] = {"customer": "anna", "customer_list": "below"}
    first = ask(book(*given_rules, below, **lists), product, quantity, **context)
    cheapest = ask(
        book(*given_rules, below, **lists, cheapest_wins=True), product, quantity, **context
    )
    assert first.source is PriceSource.OWN
    assert cheapest.exact <= first.exact


# The rows of the functions' list ----------------------------------------------------------------


def test_each_till_has_its_list() -> None:
    other = PriceList("other", "Other")
    prices = book(rule("5.40"), rule("4.90", list="other"), lists=(SHOP, other))
    assert ask(prices).unit_price == Decimal("5.40")
    assert ask(prices, till_list="other").unit_price == Decimal("4.90")


def test_inactive_list_prices_nothing_and_cannot_be_chosen() -> None:
    prices = book(rule("5.40"), lists=(replace(SHOP, active=False),))
    assert ask(prices).source is PriceSource.BASE
    assert prices.selectable("AT") == []


def test_selectable_lists_leave_out_codes_promotions_and_other_media() -> None:
    lists = (
        PriceList("b", "Beta"),
        PriceList("a", "Alpha", media=frozenset({"till", "shop"})),
        PriceList("c", "Code", code="X1"),
        PriceList("p", "Promotion", promotion=True),
        PriceList("w", "Web", media=frozenset({"shop"})),
    )
    assert [each.name for each in book(lists=lists).selectable("AT")] == ["Alpha", "Beta"]


def test_tier_counts_pieces_and_ends_with_its_last_instant() -> None:
    end = NOON + timedelta(hours=1)
    prices = book(rule("14.00", end=end), rule("12.00", min_quantity=pieces(10), end=end))
    assert ask(prices, quantity=pieces(9)).unit_price == Decimal("14.00")
    assert ask(prices, quantity=pieces(10)).unit_price == Decimal("12.00")
    after = end + timedelta(microseconds=1)
    assert ask(prices, quantity=pieces(10), at=end).unit_price == Decimal("12.00")
    assert ask(prices, quantity=pieces(10), at=after).unit_price == Decimal("15.00")


def test_date_edges_are_instants_in_any_zone() -> None:
    vienna = datetime.fromisoformat("2026-11-23T13:00:00+01:00")
    prices = book(rule("14.00", start=vienna))
    assert ask(prices, at=NOON).unit_price == Decimal("14.00")
    assert ask(prices, at=NOON - timedelta(seconds=1)).unit_price == Decimal("15.00")


@pytest.mark.parametrize(
    ("sales_price", "formula", "expected"),
    [
        ("20.00", {"discount": "15"}, "17.00"),
        ("8.00", {"surcharge": "-2"}, "6.00"),
        ("96.00", {"rounding": "10", "surcharge": "-0.01"}, "99.99"),
        ("28.00", {"discount": "20", "rounding": "5", "surcharge": "-0.01"}, "19.99"),
        ("2.50", {"rounding": "1"}, "3.00"),
    ],
)
def test_formula_steps_come_in_their_order(
    sales_price: str, formula: dict[str, Any], expected: str
) -> None:
    amounts_given: dict[str, Any] = {name: Decimal(value) for name, value in formula.items()}
    product = replace(CAP, sales_price=Decimal(sales_price))
    assert ask(book(rule(**amounts_given)), product).unit_price == Decimal(expected)


def test_minimum_margin_is_a_floor_over_the_base() -> None:
    floored = rule(base=Base.COST, surcharge=Decimal("1.50"), min_margin=Decimal("3.00"))
    product = replace(CAP, cost=Decimal("8.00"))
    answer = ask(book(floored), product)
    assert answer.unit_price == Decimal("11.00")
    assert [step.kind for step in answer.steps] == [
        StepKind.COST,
        StepKind.SURCHARGE,
        StepKind.MIN_MARGIN,
    ]


def test_category_takes_its_sub_categories_and_a_condition_must_hold_too() -> None:
    prices = book(percent("10", scope=Scope.CATEGORY, category="textile"))
    assert ask(prices).unit_price == Decimal("13.50")
    conditional = book(rule("9.00", extra_category="trousers"))
    assert ask(conditional).source is PriceSource.BASE
    assert ask(conditional, replace(CAP, category="trousers")).unit_price == Decimal("9.00")


def test_country_group_leaves_other_customers_at_the_base_price() -> None:
    dach = replace(SHOP, countries=frozenset({"DE", "AT", "CH"}))
    prices = book(rule("9.00"), lists=(dach,))
    assert ask(prices, country="AT").unit_price == Decimal("9.00")
    assert ask(prices, country="FR").unit_price == Decimal("15.00")


def test_code_switches_to_its_list_only_where_it_is_marked_for_tills() -> None:
    lists = (
        replace(SHOP, code="HERBST"),
        PriceList("web", "Web", code="NET10", media=frozenset({"shop"})),
    )
    prices = book(rule("9.00"), lists=lists)
    assert prices.list_for_code("HERBST", "AT").number == "shop"
    for code, refusal in (("NET10", "price_code_not_here"), ("?", "price_code_unknown")):
        with pytest.raises(Refusal) as refused:
            prices.list_for_code(code, "AT")
        assert refused.value.code == refusal


def test_discount_is_shown_or_folded_in_at_one_total() -> None:
    aloe = PricedProduct("aloe", Decimal("5.40"))
    folded = ask(book(rule("3.50")), aloe)
    shown = ask(book(rule("3.50"), lists=(replace(SHOP, show_discount=True),)), aloe)
    assert (folded.public_price, folded.discount_percent) == (Decimal("3.50"), Decimal(0))
    assert (shown.public_price, shown.discount_percent) == (Decimal("5.40"), Decimal("35.19"))
    assert folded.unit_price == shown.unit_price == Decimal("3.50")


def test_price_above_the_public_one_shows_no_discount() -> None:
    answer = ask(book(rule("20.00"), lists=(replace(SHOP, show_discount=True),)))
    assert (answer.public_price, answer.discount_percent) == (Decimal("20.00"), Decimal(0))


def test_list_may_start_from_another_at_any_depth() -> None:
    depth = 1_500
    lists = [PriceList(str(number), f"L{number}") for number in range(depth + 1)]
    chain = [
        rule(list=str(number), base=Base.LIST, base_list=str(number + 1), discount=Decimal("0.01"))
        for number in range(depth)
    ]
    answer = ask(book(*chain, lists=tuple(lists)), till_list="0")
    assert Fraction(answer.exact) == 15 * Fraction(9_999, 10_000) ** depth
    assert len(answer.steps) == depth + 2


def test_loop_of_lists_is_an_error_that_names_them() -> None:
    lists = (PriceList("a", "A"), PriceList("b", "B"))
    loop = [
        rule(list="a", base=Base.LIST, base_list="b"),
        rule(list="b", base=Base.LIST, base_list="a"),
    ]
    with pytest.raises(PriceListLoop) as refused:
        book(*loop, lists=lists)
    assert set(str(refused.value.values["lists"]).split(" → ")) == {"a", "b"}


def test_rule_of_or_on_a_missing_list_is_an_error() -> None:
    for wrong in (rule("1.00", list="gone"), rule(base=Base.LIST, base_list="gone")):
        with pytest.raises(PriceListUnknown):
            book(wrong)


def test_two_lists_of_one_exchange_name_are_an_error_naming_both() -> None:
    lists = (PriceList("a", "A", export_name="x"), PriceList("b", "B", export_name="x"))
    with pytest.raises(PriceListNameTaken) as refused:
        book(lists=lists)
    assert (refused.value.values["first"], refused.value.values["second"]) == ("A", "B")


def test_date_without_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        book(rule("1.00", start=datetime(2026, 1, 1)))  # noqa: DTZ001


# Where a price comes from -----------------------------------------------------------------------


def full_book(**more: Any) -> PriceBook:
    promotion = PriceList("autumn", "Autumn", promotion=True)
    customers = PriceList("b2b", "B2B")
    return book(
        rule("11.00"),
        rule("8.00", list="autumn"),
        rule("9.00", list="b2b"),
        lists=(SHOP, promotion, customers),
        own_prices=[OwnPrice("anna", rule("9.77", scope=Scope.PRODUCT, product="cap"))],
        **more,
    )


@pytest.mark.parametrize(
    ("context", "source", "price"),
    [
        ({"customer": "anna", "customer_list": "b2b"}, PriceSource.OWN, "9.77"),
        ({"customer": "bert", "customer_list": "b2b"}, PriceSource.CUSTOMER_LIST, "9.00"),
        ({}, PriceSource.PROMOTION, "8.00"),
    ],
)
def test_first_source_with_a_price_wins(
    context: dict[str, Any], source: PriceSource, price: str
) -> None:
    answer = ask(full_book(), **context)
    assert (answer.source, answer.unit_price) == (source, Decimal(price))


def test_owner_may_let_the_cheapest_win() -> None:
    answer = ask(full_book(cheapest_wins=True), customer="anna", customer_list="b2b")
    assert (answer.source, answer.unit_price) == (PriceSource.PROMOTION, Decimal("8.00"))


def test_own_price_of_another_product_does_not_help() -> None:
    other = replace(CAP, number="hat")
    assert ask(full_book(), other, customer="anna").source is PriceSource.PROMOTION


def test_manual_price_stays_whatever_the_lists_say() -> None:
    answer = ask(full_book(), manual=Decimal("3.00"), customer="anna")
    assert (answer.source, answer.unit_price) == (PriceSource.MANUAL, Decimal("3.00"))


def test_promotion_runs_in_its_period_only() -> None:
    promotion = PriceList("autumn", "Autumn", promotion=True)
    offer = rule("8.00", list="autumn", end=NOON)
    prices = book(offer, rule("11.00"), lists=(SHOP, promotion))
    assert ask(prices).source is PriceSource.PROMOTION
    assert ask(prices, at=NOON + timedelta(days=1)).source is PriceSource.TILL_LIST


def test_source_that_needs_an_unknown_cost_makes_way() -> None:
    on_cost = rule(base=Base.COST, discount=Decimal(-50))
    answer = ask(book(on_cost), replace(CAP, cost=None))
    assert (answer.source, answer.unit_price) == (PriceSource.BASE, Decimal("15.00"))


def test_options_are_added_to_whatever_price_comes_out() -> None:
    laptop = PricedProduct("laptop", Decimal("500.00"), options=Decimal("40.00"))
    assert ask(book(), laptop).unit_price == Decimal("540.00")
    assert ask(book(rule("450.00")), laptop).unit_price == Decimal("490.00")


def test_record_of_an_answer_is_plain_data() -> None:
    prices = book(percent("33.33", min_quantity=pieces(2), start=NOON))
    record = ask(prices, quantity=pieces(2)).record()
    assert json.loads(json.dumps(record)) == {
        "unit_price": "10.00",
        "source": "till_list",
        "list": "Shop",
        "rule": {
            "number": "r",
            "scope": "all",
            "product": "",
            "variant": "",
            "category": "",
            "min_quantity": "2",
            "start": "2026-11-23T12:00:00+00:00",
            "end": "",
        },
        "steps": [
            {"kind": "sales_price", "amount": "15.00", "value": "15.00", "list": ""},
            {"kind": "discount", "amount": "10.000500", "value": "33.33", "list": "shop"},
            {"kind": "cents", "amount": "10.00", "value": "-0.000500", "list": ""},
        ],
    }


# Rounding ---------------------------------------------------------------------------------------


@given(st.decimals(-10_000, 10_000, places=4), st.integers(1, 2_000))
def test_step_rounding_is_the_nearest_multiple_and_mirrors(value: Decimal, step: int) -> None:
    size = Decimal(step).scaleb(-3)
    rounded = round_to_step(value, size)
    assert rounded % size == 0
    assert abs(rounded - value) <= size / 2
    assert round_to_step(-value, size) == -rounded


def test_step_of_a_cent_rounds_as_money_does() -> None:
    for text in ("2.345", "-2.345", "0.005", "2.3449999999999999999999999999999999"):
        value = Decimal(text)
        assert round_to_step(value, Decimal("0.01")) == Money.of(value).decimal
