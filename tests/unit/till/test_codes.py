"""The shop's rules for its codes, what a code means, and serial numbers and lots."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import create_engine, text

from pos.documents.plain_text import document_text
from pos.domain.code_rules import CodeRule, Meaning
from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.product import Tracking
from pos.domain.quantity import Quantity
from pos.ports.goods import Serial
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from tests.support.catalogue import BOUGHT_CARTON, CARTON, COFFEE, NORMAL, MemoryCatalogue, _product
from tests.support.goods import KILO
from tests.support.till import TestTill

RADIO, CHEESE = "9000000000506", "9000000000513"
FNC1 = "]d2"


def code(body: str) -> str:
    return f"{body}{check_digit(body)}"


@pytest.fixture
def shop(open_desk: TestTill) -> TestTill:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["50"] = _product("50", "Radio", "79.90", NORMAL, tracking=Tracking.SERIAL)
    catalogue.goods["51"] = _product("51", "Käse", "7.90", NORMAL, tracking=Tracking.LOT)
    catalogue.codes |= {f"0{RADIO}": "50", f"0{CHEESE}": "51"}
    catalogue.known_serials = {
        "50": (Serial("DW-1"), Serial("DW-2"), Serial("DW-0", available=False)),
        "51": (Serial("L9", expiry=date(2026, 12, 31)), Serial("L5", available=False)),
    }
    return open_desk


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


def test_the_codes_of_this_test_are_gtins() -> None:
    assert code(RADIO[:-1]) == RADIO and code(CHEESE[:-1]) == CHEESE


def test_the_shop_s_own_rules_replace_the_country_s(shop: TestTill) -> None:
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    label, mine = code("240000400735"), code("280000400735")
    assert sale_of(shop.till.scan(label)).lines[0].quantity == Quantity(735)
    catalogue.rules = (CodeRule("Waage", "28{article:5}{value:5}{check}", Meaning.WEIGHT, 3),)
    view = shop.till.scan(mine)
    assert sale_of(view).lines[-1].quantity == Quantity(735)
    assert [each.reason for each in shop.till.scan(label).unknown] == ["unknown_code"]


def test_a_label_may_name_the_end_of_a_barcode_or_number(shop: TestTill) -> None:
    """Scales know five digits, goods have more of them (T-027)."""
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["7012345"] = _product("7012345", "Brie", "20", NORMAL, unit=KILO, weighed=True)
    catalogue.codes["09000000098765"] = "6"
    by_number, by_barcode = code("241234500250"), code("259876500499")
    line = sale_of(shop.till.scan(by_number)).lines[-1]
    assert (line.product, line.quantity) == ("7012345", Quantity(250))
    line = sale_of(shop.till.scan(by_barcode)).lines[-1]
    assert (line.product, line.amount) == ("6", Money(499))
    assert shop.till.read_test(by_barcode).product == "6"
    told = shop.till.code_info(by_number)
    assert told is not None and told.number == "7012345"


def test_a_label_that_fits_several_goods_names_them(shop: TestTill) -> None:
    """Nothing is guessed; a weight tells goods by weight from pieces (T-027)."""
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["7012345"] = _product("7012345", "Brie", "20", NORMAL, unit=KILO, weighed=True)
    catalogue.codes["09000000012345"] = "51"
    price = code("251234500499")
    (unknown,) = shop.till.scan(price).unknown
    assert unknown.reason == "label_ambiguous"
    assert "Brie (7012345)" in unknown.text and "Käse (51)" in unknown.text
    assert "Brie" in shop.till.read_test(price).problem
    assert sale_of(shop.till.scan(code("241234500250"))).lines[0].product == "7012345"
    (_, unknown) = shop.till.scan(code("240000000250")).unknown
    assert unknown.reason == "unknown_code"
    assert "Code 4012345678901 ist" in shop.till.scan("4012345678901").unknown[-1].text


@pytest.mark.parametrize(
    ("text", "kind", "meaning", "product"),
    [
        (COFFEE, "goods", "", "1"),
        (CARTON, "goods", "", "1"),
        (code("240000400735"), "label", "weight", "4"),
        (code("250000400497"), "label", "price", "4"),
        ("C#KK-101", "mark", "customer", ""),
        ("P#abc", "mark", "parked", ""),
        ("6", "own", "", "6"),
    ],
)
def test_a_code_is_told_and_nothing_is_rung_up(
    shop: TestTill, text: str, kind: str, meaning: str, product: str
) -> None:
    told = shop.till.read_test(text)
    assert (told.kind, told.meaning, told.product, told.problem) == (kind, meaning, product, "")
    assert shop.till.view().sale is None
    assert shop.till.view().unknown == ()


def test_a_test_says_why_a_code_can_not_be_sold(shop: TestTill) -> None:
    bought = shop.till.read_test(BOUGHT_CARTON)
    assert (bought.product, "Palette" in bought.problem) == ("", True)
    unreadable = shop.till.read_test("]E04006381333932")
    assert (unreadable.kind, bool(unreadable.problem)) == ("unreadable", True)
    unknown = shop.till.read_test("4711")
    assert (unknown.kind, unknown.product, bool(unknown.problem)) == ("own", "", True)


def test_a_test_tells_all_that_gs1_data_say(shop: TestTill) -> None:
    told = shop.till.read_test(f"{FNC1}010{CHEESE}15261231310300075010L9")
    assert dict(told.facts) == {
        "gtin": f"0{CHEESE}",
        "lot": "L9",
        "best_before": "31.12.2026",
        "weight": "0,75",
    }
    assert (told.product, told.name) == ("51", "Käse")


def test_a_serial_is_asked_for(shop: TestTill) -> None:
    """Without one nothing is rung up, so nothing can be paid (T-033)."""
    with pytest.raises(Refusal) as refused:
        shop.till.scan(RADIO)
    assert (refused.value.code, refused.value.values["product"]) == ("serial_needed", "50")
    assert [each.number for each in shop.till.serials("50")] == ["DW-1", "DW-2"]


def test_gs1_data_bring_their_serial(shop: TestTill) -> None:
    """Scanned with the goods, and printed (T-032)."""
    view = shop.till.scan(f"{FNC1}010{RADIO}21DW-1")
    line = sale_of(view).lines[0]
    assert (line.goods.serial, line.goods.captured) == ("DW-1", False)
    assert [each.number for each in shop.till.serials("50")] == ["DW-2"]
    shop.till.tender("card")
    for columns in (32, 48):
        assert "Seriennummer DW-1" in document_text(shop.tray.papers[-1], columns)


def test_a_serial_number_finds_its_product(shop: TestTill) -> None:
    line = sale_of(shop.till.scan("DW-2")).lines[0]
    assert (line.product, line.goods.serial) == ("50", "DW-2")


def test_each_serial_is_a_line_of_its_own_and_one_piece(shop: TestTill) -> None:
    """One line for each serial number (T-032)."""
    shop.till.scan("DW-1")
    view = shop.till.scan("DW-2")
    assert len(sale_of(view).lines) == 2
    with pytest.raises(Refusal, match="serial_is_one"):
        shop.till.set_quantity(1, Quantity(2000))
    with pytest.raises(Refusal, match="serial_is_one"):
        shop.till.add_product("50", Quantity(2000), serial="DW-3")


def test_a_serial_is_sold_once(shop: TestTill) -> None:
    """What is sold is refused with its reason (T-032)."""
    shop.till.scan("DW-1")
    with pytest.raises(Refusal, match="serial_twice"):
        shop.till.scan("DW-1")
    shop.till.tender("card")
    with pytest.raises(Refusal, match="serial_sold"):
        shop.till.scan("DW-1")
    with pytest.raises(Refusal, match="serial_sold"):
        shop.till.scan("DW-0")


def test_a_serial_of_a_removed_line_or_a_sale_given_up_is_free_again(shop: TestTill) -> None:
    shop.till.scan("DW-1")
    shop.till.remove_line(1)
    shop.till.scan("DW-1")
    shop.till.cancel_sale("x")
    assert sale_of(shop.till.scan("DW-1")).lines_count == 1


def test_an_unknown_serial_wants_the_right_and_goes_to_the_office(shop: TestTill) -> None:
    with pytest.raises(Refusal, match="right_missing"):
        shop.till.add_product("50", serial="NEU-1")
    operator = shop.till.sign_in("maria", "9999").operator
    assert operator is not None and operator.may(Right.SERIALS)
    assert sale_of(shop.till.add_product("50", serial="NEU-1")).lines[0].goods.captured
    shop.till.tender("card")
    engine = create_engine(f"sqlite:///{shop.folder / 'till.db'}")
    with engine.connect() as connection:
        kind, body = connection.execute(text("SELECT kind, body FROM outbox")).all()[0]
    engine.dispose()
    assert (kind, json.loads(body)) == ("serial", {"product": "50", "serial": "NEU-1", "lot": ""})


def test_a_lot_is_named_with_its_day_and_may_be_many(shop: TestTill) -> None:
    with pytest.raises(Refusal, match="lot_needed"):
        shop.till.add_product("51")
    view = shop.till.add_product("51", Quantity(3000), lot="L9")
    line = sale_of(view).lines[0]
    assert (line.quantity, line.goods.lot, line.goods.expiry) == (
        Quantity(3000),
        "L9",
        date(2026, 12, 31),
    )
    with pytest.raises(Refusal, match="lot_blocked"):
        shop.till.add_product("51", lot="L5")
    shop.till.tender("card")
    receipt = document_text(shop.tray.papers[-1])
    assert "Charge L9" in receipt and "Haltbar bis 31.12.2026" in receipt


def test_what_is_past_its_use_by_day_is_not_sold_and_best_before_is(shop: TestTill) -> None:
    with pytest.raises(Refusal, match="goods_expired"):
        shop.till.scan(f"{FNC1}010{CHEESE}1726112010L9")
    assert shop.till.view().sale is None
    view = shop.till.scan(f"{FNC1}010{CHEESE}1526112010L9")
    assert sale_of(view).lines[0].goods.expiry == date(2026, 11, 20)


def test_goods_that_need_no_lot_are_sold_without_it(shop: TestTill) -> None:
    view = shop.till.scan(f"{FNC1}010{COFFEE}10ABC")
    assert sale_of(view).lines[0].goods.lot == ""
