"""Variants and options from the picker to receipt, journal and outbox."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine, text

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.variants import (
    Attribute,
    AttributeValue,
    Creation,
    Display,
    Template,
    Variant,
    local_number,
)
from pos.till.sale_views import SaleView
from pos.till.shelves import PricedShelves
from pos.till.views import TillView
from tests.support.catalogue import NORMAL, MemoryCatalogue, _product
from tests.support.till import TestTill

RED = AttributeValue("rot", "Rot", colour="#ff0000")
BLUE = AttributeValue("blau", "Blau", Decimal("2.00"), "#0000ff", "blau.png")
STONE = AttributeValue("stein", "mit Stein", Decimal("15.00"))
PLAIN = AttributeValue("ohne", "ohne")
WORDS = AttributeValue("text", "Gravur", Decimal("4.90"), free_text=True, text_limit=12)
COLOUR = Attribute("farbe", "Farbe", Display.COLOUR, Creation.AT_ONCE, (RED, BLUE))
ENGRAVING = Attribute(
    "gravur", "Gravur", Display.RADIO, Creation.NEVER, (PLAIN, WORDS), False, "ohne"
)
WARRANTY = Attribute(
    "garantie",
    "Garantie",
    Display.LIST,
    Creation.NEVER,
    (AttributeValue("1", "1 Jahr"), AttributeValue("2", "2 Jahre", Decimal("40.00"))),
    default="1",
)
DYNAMIC = Attribute("stein", "Stein", Display.PILLS, Creation.DYNAMIC, (PLAIN, STONE))


@pytest.fixture
def shop(open_desk: TestTill) -> TestTill:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    for product in (
        _product("20", "Kappe", "14.90", NORMAL),
        _product("21", "Anhänger", "24.90", NORMAL),
        _product("22", "Laptop", "500.00", NORMAL),
    ):
        catalogue.goods[product.number] = product
    catalogue.templates = {
        "20": Template(
            "20",
            (COLOUR, ENGRAVING),
            (
                Variant("20-R", "20", frozenset({"rot"})),
                Variant("20-B", "20", frozenset({"blau"}), "kappe_blau.png"),
            ),
        ),
        "21": Template("21", (DYNAMIC,)),
        "22": Template("22", (WARRANTY,)),
    }
    return open_desk


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


def parcels(desk: TestTill) -> list[tuple[str, str, dict[str, object]]]:
    engine = create_engine(f"sqlite:///{desk.folder / 'till.db'}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT kind, key, body FROM outbox ORDER BY id")).all()
    engine.dispose()
    return [(kind, key, json.loads(body)) for kind, key, body in rows]


def test_what_is_open_is_asked_and_nothing_is_rung_up(shop: TestTill) -> None:
    with pytest.raises(Refusal) as refused:
        shop.till.add_product("20")
    assert refused.value.code == "choose_variant"
    assert dict(refused.value.values) == {"product": "20", "names": "Farbe", "variant": ""}
    assert shop.till.view().sale is None


def test_a_variant_has_its_number_price_and_picture(shop: TestTill) -> None:
    view = shop.till.add_product("20", Quantity(2000), {"farbe": "blau"})
    line = sale_of(view).lines[0]
    assert (line.goods.variant, line.picture) == ("20-B", "kappe_blau.png")
    assert (line.unit_price, line.amount) == (Decimal("16.90"), Money(3380))
    assert [option.value for option in line.goods.options] == ["blau", "ohne"]


def test_equal_variants_share_a_line_and_others_do_not(shop: TestTill) -> None:
    shop.till.add_product("20", options={"farbe": "rot"})
    shop.till.add_product("20", options={"farbe": "rot"})
    view = shop.till.add_product("20", options={"farbe": "blau"})
    assert [line.quantity for line in sale_of(view).lines] == [Quantity(2000), Quantity(1000)]
    words = {"farbe": "rot", "gravur": "text"}
    shop.till.add_product("20", options=words, texts={"gravur": "Anna"})
    view = shop.till.add_product("20", options=words, texts={"gravur": "Ben"})
    assert len(sale_of(view).lines) == 4


def test_options_alone_stay_one_product_and_keep_their_surcharge(shop: TestTill) -> None:
    """One product with its option on paper; kept by park and reprint (ETRON-19, ETRON-20)."""
    till = shop.till
    view = till.add_product("22", Quantity(2000), {"garantie": "2"})
    assert sale_of(view).total == Money(108000)
    assert sale_of(view).lines[0].goods.variant == ""
    parked = till.park().parked[0].id
    assert sale_of(till.resume(parked)).total == Money(108000)
    till.tender("card")
    receipt = document_text(shop.tray.papers[-1])
    assert "Garantie: 2 Jahre (+€ 40,00)" in receipt and "1.080,00" in receipt
    till.reprint()
    assert "Garantie: 2 Jahre (+€ 40,00)" in document_text(shop.tray.papers[-1])


def test_a_default_adds_in_one_tap(shop: TestTill) -> None:
    """What has a default asks nothing (ETRON-14)."""
    line = sale_of(shop.till.add_product("22")).lines[0]
    assert (line.goods.options[0].name, line.unit_price) == ("1 Jahr", Decimal("500.00"))


def test_surcharges_stay_when_prices_change_and_come_back_after_a_manual_price(
    shop: TestTill,
) -> None:
    till = shop.till
    till.sign_in("maria", "9999")
    till.add_product("22", options={"garantie": "2"})
    till.set_price(1, Money(45000))
    view = till.reset_price(1)
    assert sale_of(view).lines[0].unit_price == Decimal("540.00")


def test_the_choice_can_be_changed_later(shop: TestTill) -> None:
    """From the line, with the journal keeping both (T-030)."""
    shop.till.add_product("20", options={"farbe": "rot"})
    words = {"farbe": "blau", "gravur": "text"}
    view = shop.till.set_options(1, words, {"gravur": "Für Anna"})
    line = sale_of(view).lines[0]
    assert (line.goods.variant, line.unit_price) == ("20-B", Decimal("21.80"))
    entry = shop.store.last_entry()
    assert entry is not None
    assert entry.entry.kind == "options_changed"
    assert entry.entry.data["goods"]["variant"] == "20-B"  # type: ignore[index]
    assert entry.entry.data["before"]["variant"] == "20-R"  # type: ignore[index]


def test_words_of_the_customer_are_on_receipt_and_in_the_parcel(shop: TestTill) -> None:
    """Engraving on paper and for the back office (ETRON-22)."""
    words = {"farbe": "rot", "gravur": "text"}
    shop.till.add_product("20", options=words, texts={"gravur": "Für Anna"})
    shop.till.tender("cash", Money(5000))
    assert "Gravur: Gravur „Für Anna“ (+€ 4,90)" in document_text(shop.tray.papers[-1])
    ((_, _, body),) = parcels(shop)
    assert "Für Anna" in json.dumps(body, ensure_ascii=False)


def test_a_new_variant_is_told_once_and_before_its_sale(shop: TestTill) -> None:
    """Two sales, one variant (ETRON-18)."""
    for _ in range(2):
        shop.till.add_product("21", options={"stein": "stein"})
        shop.till.tender("card")
    made = local_number("21", frozenset({"stein"}))
    kinds = [(kind, key) for kind, key, _ in parcels(shop)]
    assert kinds[0] == ("variant", f"variant-{made}")
    assert [kind for kind, _ in kinds] == ["variant", "sale", "sale"]
    assert parcels(shop)[0][2] == {"number": made, "product": "21", "values": ["stein"]}


def test_a_sale_given_up_makes_no_variant(shop: TestTill) -> None:
    shop.till.add_product("21", options={"stein": "stein"})
    shop.till.cancel_sale("changed mind")
    assert parcels(shop) == []


def test_a_variant_survives_a_power_cut(shop: TestTill) -> None:
    before = sale_of(
        shop.till.add_product(
            "20", options={"farbe": "rot", "gravur": "text"}, texts={"gravur": "x"}
        )
    )
    shop.restart()
    assert sale_of(shop.till.view()).lines[0].goods == before.lines[0].goods


def test_what_has_no_choice_refuses_one(shop: TestTill) -> None:
    with pytest.raises(Refusal, match="nothing_to_choose"):
        shop.till.add_product("6", options={"farbe": "rot"})
    with pytest.raises(Refusal, match="nothing_to_choose"):
        shop.till.choices("6")


def test_a_picker_shows_the_price_of_every_value(shop: TestTill) -> None:
    view = shop.till.choices("20")
    assert (view.price, view.is_from, view.missing) == (Decimal("14.90"), True, ("Farbe",))
    assert [(value.name, value.price) for value in view.attributes[0].values] == [
        ("Rot", Decimal("14.90")),
        ("Blau", Decimal("16.90")),
    ]
    chosen = shop.till.choices("20", {"farbe": "blau", "gravur": "text"})
    assert (chosen.price, chosen.is_from, chosen.variant) == (Decimal("21.80"), False, "20-B")
    assert chosen.picture == "kappe_blau.png"


def test_a_picker_and_the_line_agree_on_the_price(shop: TestTill) -> None:
    for options in ({"farbe": "rot"}, {"farbe": "blau"}, {"farbe": "blau", "gravur": "text"}):
        shown = shop.till.choices("20", options).price
        view = shop.till.add_product(
            "20", options=options, texts={"gravur": "x"} if len(options) > 1 else {}
        )
        assert sale_of(view).lines[-1].unit_price == shown


def test_a_picker_remembers_what_was_chosen_in_this_sale(shop: TestTill) -> None:
    """Ask once, remember (C22)."""
    shop.till.add_product("20", options={"farbe": "blau"})
    assert shop.till.choices("20").attributes[0].chosen == "blau"
    shop.till.cancel_sale("x")
    assert shop.till.choices("20").attributes[0].chosen == ""


def test_a_picker_greys_what_is_not_there(shop: TestTill) -> None:
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    known = catalogue.templates["20"]
    gone = replace(known.variants[1], active=False)
    catalogue.templates["20"] = replace(known, variants=(known.variants[0], gone))
    assert [value.is_there for value in shop.till.choices("20").attributes[0].values] == [
        True,
        False,
    ]
    with pytest.raises(Refusal, match="no_such_variant"):
        shop.till.add_product("20", options={"farbe": "blau"})


def test_a_tile_says_the_least_price(shop: TestTill) -> None:
    """The least a customer may pay, never the bare product's (W-11)."""
    shelves = PricedShelves(shop.desk.catalogue, shop.desk.prices, "1", shop.clock)
    tiles = {tile.product.number: tile for tile in shelves.products_in("", 0, 100)}
    assert (tiles["20"].price, tiles["20"].chosen) == (Decimal("14.90"), True)
    assert (tiles["6"].price, tiles["6"].chosen) == (Decimal("0.55"), False)


def test_names_are_in_the_language_of_the_till(shop: TestTill) -> None:
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.names["6", "en"] = "Roll"
    shop.till.set_language("en")
    shop.till.add_product("6")
    view = shop.till.add_product("2", Quantity(1000))
    assert [line.name for line in sale_of(view).lines] == ["Roll", "Vollmilch 1 l"]


def test_pieces_are_sold_by_the_piece(shop: TestTill) -> None:
    with pytest.raises(Refusal, match="quantity_too_fine"):
        shop.till.add_product("22", Quantity(1500))
