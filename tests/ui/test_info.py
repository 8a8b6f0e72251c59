"""The product information page: opened by key, touch and scan, and left without a trace."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos.domain.facts import Fact, FactKind, GoodsKind
from pos.domain.product import Tag
from pos.domain.quantity import Quantity
from pos.domain.stock_category import StockCategory
from pos.ports.goods import Details, Paper, StockAt
from pos.ui import outside
from pos.ui.panes.compare import ComparePane
from pos.ui.panes.customer import CustomerPane
from pos.ui.panes.info import InfoPane
from pos.ui.widgets import long_press
from pos.ui.widgets.button import Key
from pos.ui.widgets.picture import QrCode
from tests.support.catalogue import COFFEE, ROLL, MemoryCatalogue
from tests.support.till import MORNING
from tests.ui.driver import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.TextFormat.PlainText
HTML = "<p>Fein <b>gemahlen</b><script>alert(1)</script></p>"


@pytest.fixture
def telling(selling: Driver, tmp_path: Path) -> Driver:
    """A shop that tells everything about its coffee."""
    catalogue = selling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    paper = tmp_path / "blatt.pdf"
    paper.write_bytes(b"%PDF-1.4")
    catalogue.copies = {"blatt.pdf": str(paper)}
    catalogue.told["1"] = Details(
        short_text="Mild geröstet.",
        long_text="<p>Aus <b>Peru</b>.</p>",
        maker="Rösterei",
        tags=(Tag("Bio", "#2f7d32"),),
        documents=(Paper("blatt.pdf", "Datenblatt", str(paper)), Paper("weg.pdf", "Verlegt")),
        facts=(
            Fact("bio", "Bio", FactKind.TOGGLE, "1"),
            Fact("text", "Hinweis", FactKind.HTML, HTML),
            Fact("dazu", "Passt dazu", FactKind.REFERENCE, "product:2"),
            Fact("tipp", "Empfohlen von", FactKind.REFERENCE, "customer:101"),
        ),
        url="https://shop.example/kaffee",
    )
    at = MORNING - timedelta(hours=30)
    catalogue.stocks["1"] = (StockAt("l", "Laden", Quantity.of(Decimal(12)), at),)
    return selling


def shown(driver: Driver) -> str:
    """All words on the page."""
    pane = driver.selling.pane
    assert isinstance(pane, InfoPane)
    labels = " ".join(each.text() for each in pane.findChildren(QLabel) if not each.isHidden())
    keys = " ".join(each.text() for each in pane.findChildren(Key))
    return f"{labels} {keys}".replace("\u00a0", " ")


def key(driver: Driver, words: str) -> Key:
    (found,) = [each for each in driver.selling.pane.findChildren(Key) if each.text() == words]
    return found


def test_one_key_opens_the_page_of_the_selected_line(telling: Driver) -> None:
    telling.scan(COFFEE)
    telling.key(Qt.Key.Key_Insert)
    words = shown(telling)
    for told in (
        "Kaffee gemahlen",
        "Mild geröstet.",
        "Bio",
        "Laden",
        "Stand vor 30 Stunden – bitte nachsehen",
    ):
        assert told in words
    assert telling.selling.pane.findChildren(QrCode)
    telling.key(Qt.Key.Key_Insert)
    assert telling.selling.pane is telling.selling.catalogue
    telling.key(Qt.Key.Key_I, CONTROL)
    assert isinstance(telling.selling.pane, InfoPane)


def test_without_goods_the_till_says_what_to_do(selling: Driver) -> None:
    selling.key(Qt.Key.Key_I, CONTROL)
    assert selling.selling.pane is selling.selling.catalogue
    assert "Bitte zuerst einen Artikel wählen" in selling.notices[0]


def test_a_script_in_a_fact_is_not_on_the_page(telling: Driver) -> None:
    """Script in HTML does not run (ETRON-13): it isn't even there."""
    telling.selling.infos.show_product("1")
    telling.settle()
    assert "gemahlen" in shown(telling)
    assert "script" not in shown(telling)
    assert "alert" not in shown(telling)
    words = telling.selling.pane.findChildren(QLabel)
    assert {each.textFormat() for each in words if each.text() == "Bio"} == {PLAIN}


def test_scanning_while_it_is_open_shows_and_sells_nothing(telling: Driver) -> None:
    telling.selling.infos.show_product("1")
    telling.settle()
    telling.scan(ROLL)
    assert "Semmel" in shown(telling)
    assert telling.view.sale is None
    telling.key(Qt.Key.Key_Return)
    assert [line.product for line in telling.sale.lines] == ["6"]
    assert telling.selling.pane is telling.selling.catalogue


def test_what_is_no_goods_goes_to_the_till_as_always(telling: Driver) -> None:
    telling.selling.infos.show_product("1")
    telling.settle()
    telling.scan("KK-101xx")
    assert telling.selling.pane is telling.selling.catalogue
    assert [each.code for each in telling.view.unknown] == ["KK-101xx"]


def test_a_document_opens_from_the_copy_on_this_machine(
    telling: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The PDF opens without a network; one that isn't here says so (SRT-6)."""
    opened: list[str] = []
    monkeypatch.setattr(outside, "open_outside", opened.append)
    telling.selling.infos.show_product("1")
    telling.settle()
    key(telling, "Datenblatt").click()
    telling.settle()
    assert opened == [str(tmp_path / "blatt.pdf")]
    assert not key(telling, "Verlegt").isEnabled()
    assert "lässt sich auf diesem Gerät nicht öffnen" in telling.notices[0]


def test_a_reference_leads_to_the_other_product_or_customer(telling: Driver) -> None:
    telling.selling.infos.show_product("1")
    telling.settle()
    key(telling, "Johanna Pichler").click()
    telling.settle()
    pane = telling.selling.pane
    assert isinstance(pane, CustomerPane)
    assert pane.field.text() == "101"
    telling.selling.infos.show_product("1")
    telling.settle()
    key(telling, "Vollmilch 1 l").click()
    telling.settle()
    assert "Vollmilch" in shown(telling)


def test_a_long_press_on_a_tile_asks_and_sells_nothing(
    telling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_press, "HELD_MS", 0)
    catalogue = telling.selling.catalogue
    catalogue.open("10")
    telling.settle()
    viewport = catalogue.grid.viewport()
    spot: QPoint = catalogue.grid.visualRect(catalogue.model.index(0)).center()
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=spot)
    telling.settle()
    assert "Kaffee" in shown(telling)
    assert telling.view.sale is None


def test_esc_goes_back_to_the_goods(telling: Driver) -> None:
    telling.selling.infos.show_product("1")
    telling.settle()
    telling.key(Qt.Key.Key_Escape)
    assert telling.selling.pane is telling.selling.catalogue


def test_two_products_side_by_side(telling: Driver) -> None:
    """The second one is scanned; what differs is strong, what they share is quiet (COMARCH-13)."""
    telling.selling.infos.show_product("1")
    telling.settle()
    telling.write("v")
    telling.scan(ROLL)
    pane = telling.selling.pane
    assert isinstance(pane, ComparePane)
    assert pane.view is not None
    assert telling.view.sale is None
    roles = {each.text(): each.property("role") for each in pane.findChildren(QLabel)}
    assert (roles["€ 7,99 / Stk."], roles["€ 0,55 / Stk."]) == ("strong", "strong")
    keys = [each for each in pane.findChildren(Key) if each.text() == "In den Verkauf"]
    keys[1].click()
    telling.settle()
    assert [line.product for line in telling.sale.lines] == ["6"]


def test_the_second_product_is_found_by_typing(telling: Driver) -> None:
    telling.selling.infos.show_product("1")
    telling.settle()
    key(telling, "Vergleichen").click()
    telling.settle()
    telling.write("sem")
    telling.key(Qt.Key.Key_Return)
    pane = telling.selling.pane
    assert isinstance(pane, ComparePane)
    assert pane.view is not None
    assert pane.view.other.number == "6"


def test_a_document_goes_out_by_mail(telling: Driver) -> None:
    """Open, print outside, or mail (SRT-6)."""
    telling.selling.infos.show_product("1")
    telling.settle()
    (mail,) = [
        each
        for each in telling.selling.pane.findChildren(Key)
        if each.accessibleName() == "Datenblatt per E-Mail senden"
    ]
    mail.click()
    telling.settle()
    telling.selling.words.field.setText("a@example.com")
    telling.key(Qt.Key.Key_Return)
    assert telling.view.letters_waiting == 1
    assert telling.notices[0] == "„Datenblatt“ geht an a@example.com."


EVERY_KIND = {
    FactKind.TOGGLE: "0",
    FactKind.TEXT: "Nussholz",
    FactKind.HTML: HTML,
    FactKind.DATE: "2026-09-01",
    FactKind.MOMENT: "2026-11-20T16:30",
    FactKind.NUMBER: "6.5",
    FactKind.CHOICE: "IPX4",
    FactKind.CHOICES: "UKW|DAB+",
    FactKind.FILE: "blatt.pdf",
    FactKind.REFERENCE: "variant:2",
}


def test_a_product_with_all_ten_kinds_of_facts_opens(telling: Driver) -> None:
    """Each kind shows in its own way (ETRON-13)."""
    catalogue = telling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    assert set(EVERY_KIND) == set(FactKind)
    catalogue.told["6"] = Details(
        facts=tuple(Fact(kind, kind, kind, value, "W") for kind, value in EVERY_KIND.items())
    )
    telling.selling.infos.show_product("6")
    telling.settle()
    words = shown(telling)
    for told in ("Nein", "Nussholz", "gemahlen", "01.09.2026", "20.11.2026 16:30", "6,5 W"):
        assert told in words
    for told in ("IPX4", "UKW, DAB+", "blatt.pdf", "Vollmilch 1 l"):
        assert told in words


def test_every_field_of_an_article_is_on_the_page(telling: Driver) -> None:
    """Tax, unit, kind, texts, state, name, weight, maker, supplier, search words, stock of two
    places, category (SRT-20).
    """
    catalogue = telling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.categories = {"K": StockCategory("K", "Kaffee")}
    catalogue.goods["1"] = replace(catalogue.goods["1"], category="K", active=False)
    catalogue.told["1"] = replace(
        catalogue.told["1"],
        kind=GoodsKind.CONSUMABLE,
        keywords="Bohne Filter",
        weight=Quantity(500),
        supplier_codes=(("Großhandel Wagner", "GW-1"),),
        codes=("9000000000018",),
        put_away="Lager",
        web_categories=("Genuss",),
    )
    counted = StockAt("k", "Keller", Quantity.of(Decimal(30)), MORNING)
    catalogue.stocks["1"] = (*catalogue.stocks["1"], counted)
    telling.selling.infos.show_product("1")
    telling.settle()
    words = shown(telling)
    told = """Kaffee gemahlen 500 g|Nr. 1|Kaffee|20 %|je Stk.|Verbrauchsmaterial|Mild geröstet.|Peru
        |Nicht im Verkauf|0,5 kg|Rösterei|Großhandel Wagner|GW-1|Bohne Filter|Laden|12 Stk.|Keller
        |30 Stk.|42 Stk.|9000000000018|Lager|Genuss|Datenblatt|€ 7,99"""
    missing = [each for each in map(str.strip, told.split("|")) if each not in words]
    assert missing == []
    assert not key(telling, "In den Verkauf").isEnabled()
