"""The price note: the surface "print" of typed prices (OXOMI-3, OXOMI-14)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.display_prices import (
    Agreement,
    Level,
    PriceKind,
    PriceType,
    Show,
    Surface,
    SurfaceSetting,
)
from pos.domain.errors import Refusal
from pos.ports.document import Barcode, Document
from pos.ports.goods import Details, PricesOnShow
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.support.till import TestTill

RRP = PriceType("uvp", "Empfohlener Verkaufspreis", PriceKind.RRP_GROSS, "UVP")
OWN = PricesOnShow(
    {"uvp": RRP},
    {"uvp": Decimal("9.49")},
    None,
    {"print": SurfaceSetting(Surface.PRINT, Show.OWN_AND_PARTNER, "uvp", Level.WHOLESALE)},
)


def printed(desk: TestTill) -> Document:
    return desk.tray.papers[-1]


def catalogue_of(desk: TestTill) -> MemoryCatalogue:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def test_a_note_says_name_price_and_code(open_desk: TestTill) -> None:
    catalogue_of(open_desk).told["1"] = Details(codes=(COFFEE,))
    open_desk.till.print_price_note("1")
    text = document_text(printed(open_desk))
    assert printed(open_desk).kind == "price_note"
    for part in ("Kaffee gemahlen 500 g", "€ 7,99", "je Stk.", "Testladen", "23.11.2026", "Nr. 1"):
        assert part in text
    assert Barcode("ean13", COFFEE) in printed(open_desk).blocks
    assert "UVP" not in text


def test_it_is_for_everybody_whoever_is_being_served(open_desk: TestTill) -> None:
    open_desk.till.add_product("1")
    open_desk.till.set_customer("102")
    open_desk.till.print_price_note("1")
    assert "€ 7,99" in document_text(printed(open_desk))


def test_own_recommended_prices_stand_on_it_and_partners_never(open_desk: TestTill) -> None:
    """(OXOMI-14)"""
    shown = catalogue_of(open_desk).on_show
    shown["1"] = OWN
    open_desk.till.print_price_note("1")
    assert "UVP" in document_text(printed(open_desk)) and "€ 9,49" in document_text(
        printed(open_desk)
    )
    allowed = Agreement(kept=True, shared=True, received=True)
    shown["1"] = replace(OWN, agreements={"uvp": allowed})
    open_desk.till.print_price_note("1")
    assert "9,49" not in document_text(printed(open_desk))


def test_a_number_that_is_no_gtin_is_printed_as_it_is(open_desk: TestTill) -> None:
    catalogue_of(open_desk).told["1"] = Details(codes=("KAFFEE-1",))
    open_desk.till.print_price_note("1")
    assert Barcode("code128", "KAFFEE-1") in printed(open_desk).blocks


@pytest.mark.parametrize(
    ("product", "code"), [("77", "no_such_product"), ("5", "product_inactive")]
)
def test_what_is_not_sold_gets_no_note(open_desk: TestTill, product: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        open_desk.till.print_price_note(product)
    assert open_desk.tray.papers == []
