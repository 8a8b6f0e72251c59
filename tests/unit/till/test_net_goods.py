"""Goods priced without tax: consumers pay gross prices, and what comes off is what they save."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.balance import balance, reductions, whole_reductions
from pos.domain.customer import TaxFree, TaxStatus
from pos.domain.discount import AmountOff, Granted
from pos.domain.errors import Refusal
from pos.domain.facts import Related
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem, Sale
from pos.domain.till_profile import SalesModel
from pos.domain.variants import (
    Attribute,
    AttributeValue,
    Creation,
    Display,
    Template,
    Variant,
)
from pos.till.sale_views import SaleView
from pos.till.shelves import PricedShelves
from tests.support.catalogue import COFFEE, MILK, MemoryCatalogue
from tests.support.till import MORNING, TestTill

TWO = Quantity.of(2)


@pytest.fixture
def shop(desk: TestTill) -> TestTill:
    """Maria sells coffee at 100.00 without tax, that is 120.00, to consumers."""
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    goods = catalogue(desk).goods
    goods["1"] = replace(goods["1"], price=Decimal(100), tax_included=False, cost=Decimal(60))
    return desk


@pytest.fixture
def trade(shop: TestTill) -> TestTill:
    """The same at a counter for companies, where tax comes on top."""
    mine = catalogue(shop)
    tills = [replace(till, model=SalesModel.B2B) for till in mine.tills()]
    mine.tills = lambda: tuple(tills)  # type: ignore[method-assign]
    return shop


def catalogue(desk: TestTill) -> MemoryCatalogue:
    found = desk.desk.catalogue
    assert isinstance(found, MemoryCatalogue)
    return found


def sale_of(desk: TestTill) -> SaleView:
    sale = desk.till.view().sale
    assert sale is not None
    return sale


def tile_price(desk: TestTill) -> Decimal | None:
    inside = desk.desk
    shelves = PricedShelves(inside.catalogue, inside.prices, inside.till, inside.clock)
    return next(tile.price for tile in shelves.search("kaffee", 0, 5))


def told(desk: TestTill) -> list[tuple[str, str]]:
    return [(row.text, row.amount) for row in desk.till.explain_in_words(1)]


def test_tile_line_receipt_and_reason_say_the_same_price(shop: TestTill) -> None:
    """The explanation and the price never disagree (COMARCH-4)."""
    shop.till.add_product("1", TWO)
    line = sale_of(shop).lines[0]
    assert tile_price(shop) == line.unit_price == Decimal(120)
    assert (line.amount, line.net) == (Money(24000), Money(20000))
    assert shop.till.explain(1).unit_price == Decimal(120)
    assert told(shop)[1:4] == [
        ("Verkaufspreis", "€ 100,00"),
        ("Umsatzsteuer 20 %", "€ 120,00"),
        ("Preis je Stk.", "€ 120,00"),
    ]
    info = shop.till.product_info("1")
    assert (info.price, info.tax_included) == (Decimal(120), True)
    assert info.cost is not None and info.cost.margin == Decimal(40)
    shop.till.tender("cash")
    assert "2 Stk. à 120,00" in document_text(shop.tray.papers[-1])


def test_a_price_with_tax_is_a_price_to_the_cent(shop: TestTill) -> None:
    goods = catalogue(shop).goods
    goods["1"] = replace(goods["1"], price=Decimal("7.99"))
    shop.till.add_product("1", Quantity.of(3))
    assert tile_price(shop) == Decimal("9.59")
    assert sale_of(shop).total == Money(3 * 959)


def test_ten_off_are_ten_less_to_pay(shop: TestTill) -> None:
    """On a line, on a sale, on a mixed one: what is asked for is what comes off (T-051)."""
    till = shop.till
    till.scan(COFFEE)
    till.discount_line(1, amount=Money(1000))
    assert sale_of(shop).total == Money(11000)
    till.remove_discount(1)
    till.discount_line(1, instead=Money(9000))
    assert sale_of(shop).total == Money(9000)
    till.remove_discount(1)
    till.scan(MILK)
    till.discount_sale(amount=Money(1000))
    assert sale_of(shop).total == Money(12159 - 1000)


def test_ten_off_are_ten_less_without_tax_too(shop: TestTill) -> None:
    """Whoever pays 100.00 for goods that leave the country pays 90.00."""
    till = shop.till
    till.set_customer("301")
    till.scan(COFFEE)
    till.set_tax_free(proof="passport")
    till.discount_line(1, amount=Money(1000))
    assert sale_of(shop).total == Money(9000)
    till.remove_discount(1)
    till.clear_tax_free()
    till.discount_sale(amount=Money(1000))
    till.set_tax_free(proof="passport")
    assert sale_of(shop).total == Money(9000)


def test_a_price_by_hand_is_what_is_paid(shop: TestTill) -> None:
    shop.till.scan(COFFEE)
    shop.till.set_price(1, Money(1000))
    assert sale_of(shop).total == Money(1000)
    shop.till.reset_price(1)
    assert sale_of(shop).total == Money(12000)
    body = "250000100399"
    shop.till.scan(f"{body}{check_digit(body)}")
    assert sale_of(shop).lines[-1].amount == Money(399)


def test_a_trade_counter_sells_without_tax_and_says_so(trade: TestTill) -> None:
    """Tax comes on top of the sum; every view is of one price (COMARCH-1)."""
    trade.till.add_product("1", TWO)
    sale = trade.desk.sale
    assert sale is not None and not sale.lines[0].tax_included
    assert tile_price(trade) == Decimal(100)
    view = sale_of(trade)
    assert (view.net, view.total, view.lines[0].unit_price) == (
        Money(20000),
        Money(24000),
        Decimal(120),
    )
    assert ("Umsatzsteuer 20 %", "€ 120,00") in told(trade)
    trade.till.set_customer("301")
    assert tile_price(trade) == Decimal(120)
    trade.till.discount_sale(amount=Money(1000))
    assert sale_of(trade).total == Money(23000)
    with pytest.raises(Refusal, match="discount_instead"):
        trade.till.discount_line(1, instead=Money(12000))


def seen_everywhere(desk: TestTill) -> list[Decimal | None]:
    """What coffee costs: its page, the piece, the carton, a suggestion; then ground coffee: its
    picker, a value in it, and the tile of that variant.
    """
    picker, inside = desk.till.choices("20"), desk.desk
    shelves = PricedShelves(inside.catalogue, inside.prices, inside.till, inside.clock)
    tiles = shelves.spread(shelves.search("gemahlen", 0, 5))
    return [
        desk.till.product_info("1").price,
        *(each.price for each in desk.till.measures("1").measures),
        desk.till.suggestions("2")[0].price,
        picker.price,
        picker.attributes[0].values[1].price,
        tiles[-1].price,
    ]


def test_private_customers_see_gross_prices_everywhere(trade: TestTill) -> None:
    """At a trade counter too, on every page that tells a price (COMARCH-1, COMARCH-4)."""
    mine = catalogue(trade)
    mine.goods["20"] = replace(mine.goods["1"], number="20")
    values = (AttributeValue("ganz", "Ganz"), AttributeValue("fein", "Fein", Decimal(10)))
    ground = Attribute("m", "Mahlung", Display.PILLS, Creation.AT_ONCE, values)
    variants = (
        Variant("20-G", "20", frozenset({"ganz"})),
        Variant("20-F", "20", frozenset({"fein"})),
    )
    mine.templates = {"20": Template("20", (ground,), variants)}
    mine.goes_with = {"2": ((Related.CROSS, mine.goods["1"]),)}
    tills = [replace(till, pick_variants=False) for till in mine.tills()]
    mine.tills = lambda: tuple(tills)  # type: ignore[method-assign]
    trade.till.scan(MILK)
    assert seen_everywhere(trade) == [100, 100, 1200, 100, 100, 110, 110]
    trade.till.set_customer("301")
    assert seen_everywhere(trade) == [120, 120, 1440, 120, 120, 132, 132]
    info = trade.till.product_info("1")
    assert info.tax_included and info.cost is not None and info.cost.margin == Decimal(40)
    trade.till.cancel_sale("x")
    assert not trade.till.product_info("1").tax_included
    trade.till.print_price_note("1")
    assert "120,00" in document_text(trade.tray.papers[-1])


lines = st.builds(
    LineItem,
    number=st.just(1),
    product=st.just("1"),
    name=st.just("Ware"),
    quantity=st.sampled_from([1000, 3000, 335, 12000]).map(Quantity),
    unit=st.just("Stk."),
    unit_price=st.integers(0, 99_999).map(lambda cents: Decimal(cents).scaleb(-2)),
    tax_code=st.sampled_from(["N", "L"]),
    tax_rate=st.sampled_from([2000, 1000, 490, 0]),
    tax_included=st.booleans(),
)


@given(
    drawn=st.lists(lines, min_size=1, max_size=4),
    on_line=st.integers(1, 99_999),
    on_sale=st.integers(1, 99_999),
    free=st.booleans(),
)
def test_amounts_off_are_less_to_pay_and_never_pay_out(
    drawn: list[LineItem], on_line: int, on_sale: int, free: bool
) -> None:
    """With and without tax in prices, taxed and tax-free: each line bears what comes off it to the
    cent, no line and no sale goes below zero, and what is shown adds up.
    """
    numbered = [replace(line, number=place) for place, line in enumerate(drawn, 1)]
    tax_free = TaxFree(TaxStatus.THIRD_COUNTRY, "maria", "seen") if free else None
    bare = balance(replace(_SALE, lines=tuple(numbered), tax_free=tax_free))
    own = Granted(AmountOff(Money(on_line)), "maria")
    first = replace(bare.lines[0], discount=own)
    assert bare.lines[0].amount("EUR").minor - first.amount("EUR").minor == min(
        on_line, bare.lines[0].amount("EUR").minor
    )
    whole = Granted(AmountOff(Money(on_sale)), "maria")
    sale = balance(replace(bare, lines=(first, *bare.lines[1:]), discount=whole))
    before = [replace(line, share=0).amount("EUR").minor for line in sale.lines]
    after = [line.amount("EUR").minor for line in sale.lines]
    assert sum(before) - sum(after) == min(on_sale, sum(before))
    assert min(after) >= 0 and sale.total.minor >= 0
    for line in sale.lines:
        assert sum(each.amount.minor for each in reductions(line, "EUR")) == (
            replace(line, discount=None, share=0, untaxed=False).amount("EUR").minor
            - replace(line, share=0).amount("EUR").minor
        )
    off = sum(each.amount.minor for each in whole_reductions(sale))
    assert (
        replace(
            sale, discount=None, lines=tuple(replace(line, share=0) for line in sale.lines)
        ).total.minor
        - off
        == sale.total.minor
    )


_SALE = Sale("s", "1", 1, "maria", MORNING, MORNING.date())
