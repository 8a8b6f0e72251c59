"""What stands beside the sale: the strip of goods that go with it, and the customer display."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from pos.domain.display_prices import (
    Agreement,
    LivePrice,
    PriceKind,
    PriceType,
    Show,
    Surface,
    SurfaceSetting,
)
from pos.domain.facts import Related
from pos.domain.money import Money
from pos.domain.product import Product
from pos.ports.goods import PricesOnShow
from pos.ports.partners import Partnership
from pos.runtime.bus import LivePriceCame
from pos.settings.till_toml import DisplaySetting
from pos.till.sale_views import LineView
from pos.ui.bridge import Bridge
from pos.ui.display.board import Board
from pos.ui.display.window import Display, screen_of
from pos.ui.models.line_items import LINE
from pos.ui.screens.shown_prices import ShownPricesPage
from pos.ui.widgets.button import Key
from pos.ui.widgets.suggestions import SuggestionStrip
from tests.support.catalogue import COFFEE, COLA, MILK, MemoryCatalogue
from tests.support.till import MORNING, TestTill
from tests.ui.driver import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier
RRP = PriceType("uvp", "Empfohlen", PriceKind.RRP_GROSS, "UVP")


def catalogue_of(desk: TestTill) -> MemoryCatalogue:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


@pytest.fixture
def shop(selling: Driver) -> Driver:
    """Coffee goes with milk, cola and rolls."""
    goods = catalogue_of(selling.desk).goods
    catalogue_of(selling.desk).goes_with["1"] = (
        (Related.ACCESSORY, goods["2"]),
        (Related.UPSELL, goods["3"]),
        (Related.CROSS, goods["6"]),
    )
    return selling


def strip(driver: Driver) -> SuggestionStrip:
    return driver.selling.cart.suggestions


def offered(driver: Driver) -> list[str]:
    return [key.view.product for key in strip(driver).keys if key.isVisible() and key.view]


def test_what_goes_with_goods_is_offered_without_a_tap(shop: Driver) -> None:
    """(SRT-8, SRT-15, SRT-23)"""
    assert not strip(shop).isVisible()
    focus = shop.focus
    shop.scan(COFFEE)
    assert offered(shop) == ["2", "3", "6"]
    assert shop.focus is focus
    names = [key.accessibleName().replace("\u00a0", " ") for key in strip(shop).keys]
    assert names == [
        "Passt dazu: Vollmilch 1 l, € 1,59",
        "Besser: Cola 0,5 l, € 1,89",
        "Andere kauften auch: Semmel, € 0,55",
    ]
    shop.scan(MILK)
    assert not strip(shop).isVisible(), "nothing goes with milk"


def test_no_key_moves_when_the_strip_comes_and_goes(shop: Driver) -> None:
    cart = shop.selling.cart
    shop.scan(MILK)
    before = {name: key.geometry() for name, key in cart.keys.items()}
    pay = cart.pay.geometry()
    shop.scan(COFFEE)
    assert strip(shop).isVisible()
    assert {name: key.geometry() for name, key in cart.keys.items()} == before
    assert cart.pay.geometry() == pay


def test_one_key_adds_it(shop: Driver) -> None:
    """(SRT-23)"""
    shop.scan(COFFEE)
    shop.key(Qt.Key.Key_1, CONTROL)
    assert [line.product for line in shop.sale.lines] == ["1", "2"]
    shop.selling.cart.lines.select(0)
    shop.settle()
    assert offered(shop) == ["3", "6"], "what is there already isn't offered"
    shop.touch(strip(shop).keys[1])
    assert [line.product for line in shop.sale.lines] == ["1", "2", "6"]
    shop.key(Qt.Key.Key_3, CONTROL)
    assert len(shop.sale.lines) == 3, "no goods stand at the third place"


def test_nothing_is_asked_again_for_a_line_that_did_not_change(shop: Driver) -> None:
    asked: list[str] = []
    goods = catalogue_of(shop.desk)
    related = goods.related

    def noted(product: str) -> tuple[tuple[Related, Product], ...]:
        asked.append(product)
        return related(product)

    goods.related = noted  # type: ignore[method-assign]
    shop.scan(COFFEE)
    shop.key(Qt.Key.Key_Plus)
    shop.window.work.do(lambda till: till.set_note("ohne Sackerl"))
    shop.settle()
    assert asked == ["1"]


def test_paying_and_removed_lines_have_no_strip(shop: Driver) -> None:
    shop.scan(COFFEE)
    shop.key(Qt.Key.Key_Delete)
    assert not strip(shop).isVisible()
    shop.key(Qt.Key.Key_Delete)
    assert strip(shop).isVisible()
    shop.key(Qt.Key.Key_F10)
    assert not strip(shop).isVisible()


@pytest.fixture
def display(shop: Driver) -> Display:
    """The customer display in a window of its own."""
    catalogue = catalogue_of(shop.desk)
    for product in ("1", "3"):
        catalogue.on_show[product] = PricesOnShow(
            {"uvp": RRP},
            {"uvp": Decimal("8.99")},
            None if product == "1" else {},
            {each.value: SurfaceSetting(each, Show.OWN_AND_PARTNER, "uvp") for each in Surface},
        )
    shop.shell.open("customer_display")
    shop.settle()
    return shop.window.display


def board(display: Display) -> Board:
    assert display.window is not None and display.window.board is not None
    return display.window.board


def test_the_customer_sees_lines_total_change_and_thanks(shop: Driver, display: Display) -> None:
    assert "Testladen" in board(display).words() and "Grüß Gott!" in board(display).words()
    shop.scan(COFFEE)
    shop.scan(COLA)
    assert [line.name for line in _lines(display)] == [
        "Kaffee gemahlen 500 g",
        "Cola 0,5 l",
        "Einwegpfand",
    ]
    assert "€ 10,13" in board(display).words().replace("\u00a0", " ")
    shop.key(Qt.Key.Key_F10)
    shop.window.work.do(lambda till: till.tender("card", Money(500)))
    shop.settle()
    words = board(display).words().replace("\u00a0", " ")
    assert "Bezahlt | € 5,00" in words and "Noch offen | € 5,13" in words
    shop.window.work.do(lambda till: till.tender("cash", Money(1000)))
    shop.settle()
    words = board(display).words().replace("\u00a0", " ")
    assert "Danke für Ihren Einkauf!" in words and "Rückgeld | € 4,87" in words


def _lines(display: Display) -> list[LineView]:
    model = board(display).lines.model()
    return [model.index(row, 0).data(LINE) for row in range(model.rowCount())]


def test_removed_lines_and_the_cashier_s_business_stay_away(shop: Driver, display: Display) -> None:
    shop.scan(COFFEE)
    shop.scan(MILK)
    shop.window.work.do(lambda till: till.set_customer("102"))
    shop.key(Qt.Key.Key_Delete)
    assert len(_lines(display)) == 1
    words = board(display).words()
    assert not any(told in words for told in ("Moser", "Maria", "Laden ·", "Storniert"))


def test_own_recommended_prices_show_to_customers_and_partners_never(
    shop: Driver, display: Display
) -> None:
    """(OXOMI-3, OXOMI-14)"""
    shop.scan(COFFEE)
    assert "UVP € 8,99" in board(display).words().replace("\u00a0", " ")
    shop.scan(COLA)
    assert "UVP" not in board(display).words()
    shop.selling.act("remove")
    shop.settle()
    assert display.window is not None
    display.window.resize(600, 1024)
    shop.settle()
    assert board(display).upright


def test_amounts_without_tax_are_told_with_it(shop: Driver, display: Display) -> None:
    shop.scan(COFFEE)
    shop.window.work.do(lambda till: till.set_customer("102"))
    shop.window.work.do(lambda till: till.show_net(True))
    shop.settle()
    words = board(display).words().replace("\u00a0", " ")
    sale = shop.sale
    texts = shop.window.work.texts
    assert texts.money(sale.net) in words and texts.money(sale.tax) in words


def test_prices_wait_where_the_till_keeps_them(shop: Driver, display: Display) -> None:
    """(COMARCH-6)"""
    shop.scan(COFFEE)
    view = replace(shop.view, prices_shown=False)
    assert display.window is not None
    display.window.show_view(view)
    words = board(display).words()
    assert "€" not in words
    assert "Preise nach Anmeldung" in words


def test_the_display_never_takes_the_keyboard(shop: Driver, display: Display) -> None:
    window = display.window
    assert window is not None and window.isVisible()
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose), "the till's window ends it"
    shop.shell.open("customer_display")
    assert display.window is None, "asked for again it goes"


def test_a_language_of_its_own(shop: Driver) -> None:
    display = Display(shop.window.work, DisplaySetting(language="en"), shop.desk.folder)
    display.toggle()
    shop.settle()
    assert "Welcome!" in board(display).words()
    display.close()


def test_a_screen_that_is_not_there_gets_no_window(shop: Driver) -> None:
    for screen in (0, 2):
        display = Display(shop.window.work, DisplaySetting(screen=screen), shop.desk.folder)
        display.open_on_its_screen()
        assert display.window is None
    display = Display(shop.window.work, DisplaySetting(screen=1), shop.desk.folder)
    display.open_on_its_screen()
    assert display.window is not None
    assert display.window.size() == QGuiApplication.primaryScreen().size()
    display.close()
    assert screen_of(1, ()) is None


def test_what_is_not_urgent_says_so(qapp: object) -> None:
    """A scan that waits goes before the strip's question."""
    urgencies: list[bool] = []

    class Lane:
        def submit(self, job: object, done: object = None, *, urgent: bool = True) -> None:
            urgencies.append(urgent)

    bridge = Bridge()
    bridge.run(Lane(), lambda: None, bridge._deliver, urgent=False)  # type: ignore[arg-type]
    bridge.run(Lane(), lambda: None, bridge._deliver)  # type: ignore[arg-type]
    assert urgencies == [False, True]


def test_what_a_shop_takes_of_its_makers_is_one_touch(selling: Driver) -> None:
    """(OXOMI-10, OXOMI-15)"""
    both = Agreement(kept=True, shared=True)
    catalogue_of(selling.desk).partners = (
        Partnership("acme", "Acme", "uvp", "UVP inkl.", PriceKind.RRP_GROSS, both),
    )
    selling.shell.open("shown_prices")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, ShownPricesPage) and page.view is not None
    key = next(key for key in selling.visible(Key) if key.property("maker") == "acme")
    selling.touch(key)
    assert page.view.rows[0].agreement.received
    page.keys["export_xlsx"].click()
    selling.settle()
    assert "price_partners.xlsx" in selling.notices[0]
    page.take_file(str(selling.desk.folder / "price_partners.xlsx"))
    selling.settle()
    assert page.view.last_import is not None and page.view.last_import.changed == 0


def info_words(driver: Driver) -> str:
    """What the page of the coffee tells."""
    driver.selling.infos.show_product("1")
    driver.settle()
    page = driver.selling.infos.page
    labels = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    return " | ".join(labels).replace("\u00a0", " ")


class Office:
    """A back office that gives one price to whoever asks."""

    def known(self, product: str, customer: str) -> LivePrice | None:
        return LivePrice(Decimal("6.50"), MORNING)


def test_the_page_of_a_product_compares_prices(shop: Driver, display: Display) -> None:
    """A live price is marked with its time, and no line is sold by it (OXOMI-16)."""
    assert "Zum Vergleich, nie verrechnet | UVP | € 8,99" in info_words(shop)
    shop.selling.show_catalogue()
    shop.scan(COFFEE)
    shop.desk.desk.live_prices = Office()
    shop.window.work.do(lambda till: till.set_customer("102"))
    words = info_words(shop)
    assert "€ 6,50" in words and "Individuell von der Zentrale, Stand 23.11.2026 09:00" in words
    assert shop.sale.total == Money(699)


def test_a_live_price_that_comes_later_is_shown_where_the_page_is_open(
    shop: Driver, display: Display
) -> None:
    """Nobody waits for it; when it is there, the page says it (OXOMI-16)."""
    shop.scan(COFFEE)
    shop.window.work.do(lambda till: till.set_customer("102"))
    assert "Individuell von der Zentrale" not in info_words(shop)
    shop.desk.desk.live_prices = Office()
    page = shop.selling.infos.page
    for product, comes in (("2", False), ("1", True)):
        shop.bus.tell(LivePriceCame(product))
        shop.settle()
        labels = " ".join(each.text() for each in page.findChildren(QLabel))
        assert ("Individuell von der Zentrale" in labels) is comes
    shop.selling.show_catalogue()
    shop.bus.tell(LivePriceCame("1"))
    shop.settle()
    assert shop.selling.pane is shop.selling.catalogue


def test_a_manager_reads_why_there_is_no_price(shop: Driver, display: Display) -> None:
    """(OXOMI-11)"""
    on_show = catalogue_of(shop.desk).on_show
    on_show["1"] = replace(on_show["1"], agreements={})
    words = info_words(shop)
    assert "Der Hersteller gibt ihn nicht frei." in words
    assert "Dieses Geschäft übernimmt ihn nicht." in words
    shop.window.work.do(lambda till: till.sign_in("anna", "1111"))
    shop.settle()
    assert "gibt ihn nicht frei" not in info_words(shop)


def test_the_page_of_a_product_names_what_goes_with_it(shop: Driver) -> None:
    """(SRT-8, SRT-15, SRT-23)"""
    info_words(shop)
    keys = {key.text(): key for key in shop.visible(Key)}
    assert "Passt dazu" in keys["Vollmilch 1 l"].caption
    keys["Vollmilch 1 l"].click()
    shop.settle()
    page = shop.selling.infos.page
    assert page.info is not None and page.info.number == "2"
