"""A day at the till, with a picture at every place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ui.look import Look
from pos.ui.preferences import Preferences
from pos.ui.screens.close_session import CloseSession
from pos.ui.screens.devices import DevicesPage
from pos.ui.screens.history import HistoryPage
from pos.ui.widgets.button import Key
from pos.ui.window import application
from tests.tour.looks import TourLook
from tests.tour.orders import walk_orders
from tests.tour.till import TourTill
from tests.tour.trouble import walk_trouble
from tests.tour.vouchers import walk_vouchers
from tests.ui.driver import Hands

LEMONADE, TRAY, BEER = "9015160100270", "19015160100277", "12001"
ENTER = Qt.Key.Key_Return
ESCAPE = Qt.Key.Key_Escape


class Walk:
    """Walks through one day in one look."""

    def __init__(self, till: TourTill, look: TourLook, folder: Path) -> None:
        wishes = Preferences(till.data)
        wishes.theme, wishes.scale = look.theme, look.scale
        application()
        self._till, self._folder = till, folder
        self.hands = Hands(till.parts, look.size)
        self.count = 0

    @property
    def data(self) -> Path:
        """The shop's folder."""
        return self._till.data

    @property
    def look(self) -> Look:
        """Colours and scale of this look."""
        return self.hands.selling.face.look

    @property
    def last_receipt(self) -> int:
        """Number of the receipt that came last."""
        last = self.hands.view.last_sale
        assert last is not None
        return last.number

    def say_finished_late(self) -> None:
        """As if a start had finished the last sale."""
        self._till.finish_late(self.last_receipt)
        self.do("check_device", "Bon")

    def picture(self, name: str) -> None:
        """Take a picture of what is in sight."""
        self.hands.settle()
        self.keep(self.hands.shell, name)

    def keep(self, window: QWidget, name: str) -> None:
        """Take a picture of a window."""
        self.count += 1
        window.grab().save(str(self._folder / f"{self.count:03}-{name}.png"))

    def do(self, command: str, *values: object) -> None:
        """Give the till a command, past the keys."""
        self.hands.window.work.do(lambda till: getattr(till, command)(*values))
        self.hands.settle()

    def page(self, name: str) -> None:
        """Look at a page, and go back."""
        self.hands.shell.open(name)
        self.picture(name.replace("_", "-"))
        self.hands.shell.leave()
        self.hands.settle()

    def display(self, name: str) -> None:
        """Look at the customer display, which stands in a window of its own."""
        self.hands.settle()
        window = self.hands.window.display.window
        assert window is not None
        self.keep(window, f"display-{name}")

    def pane(self, action: str) -> None:
        """Look at a pane of the selling screen, and go back."""
        self.hands.selling.act(action)
        self.picture(action.replace("_", "-"))
        self.hands.selling.show_catalogue()

    def morning(self) -> None:
        """Sign in and open the session."""
        self.picture("sign-in")
        self.do("sign_in", "maria", "9999")
        self.picture("open-session")
        self.hands.key(Qt.Key.Key_F4)
        for count in ("", "", "1", "2", "3"):
            if count:
                self.hands.write(count)
            self.hands.key(Qt.Key.Key_Down)
        self.picture("open-session-counted")
        self.do("open_session", Money(15000))

    def selling(self) -> None:
        """Ring up, change, search, park."""
        catalogue = self.hands.selling.catalogue
        self.picture("sale-empty")
        for code in (LEMONADE, TRAY, BEER, "31001", "32001"):
            self.do("scan", code)
        catalogue.open("11")
        self.picture("sale")
        self.do("set_price", 1, Money(149))
        self.do("remove_line", 3)
        self.do("scan", "4012345678901")
        catalogue.open("21")
        self.picture("sale-changed")
        self.hands.write("schok")
        self.picture("search")
        self.hands.key(ESCAPE)
        self.hands.write("xyz")
        self.picture("search-nothing")
        self.hands.key(ESCAPE)
        self.hands.selling.cart.lines.select(0)
        for action in ("quantity", "price", "note", "park", "drawer", "menu", "cancel_sale"):
            self.pane(action)
        self.goods()
        self.prices()
        self.information()
        if self.hands.selling.face.compact:
            self.hands.selling.show_cart(shown=True)
            self.picture("sale-lines")
        self.do("park", "Frau Huber")
        self.pane("parked")

    def goods(self) -> None:
        """What goods may ask: a variant, words, a weight, a unit, a serial number; and empties."""
        selling = self.hands.selling
        for product in ("60001", "60005", "60006", "60007"):
            selling.ring_up(product, None)
            self.picture(f"asked-{product}")
            if product == "60001":
                for attribute, value in (("farbe", "rot"), ("groesse", "xl")):
                    selling.goods.choices.pick(attribute, value)
                self.picture("choice-complete")
            selling.show_catalogue()
        self.do("add_product", "60003")
        selling.act("choose")
        self.hands.settle()
        selling.goods.choices.pick("gravur", "gravur-text")
        self.picture("choice-words")
        selling.show_catalogue()
        selling.act("empties")
        self.picture("empties")
        selling.show_catalogue()
        self.do("add_product", "11001")
        selling.act("measure")
        self.picture("measure")
        selling.show_catalogue()
        self.do("remove_line", len(self.hands.sale.lines) - 1)

    def prices(self) -> None:
        """Who buys, what it changes, what comes off, and why it costs that much."""
        self.hands.selling.cart.lines.select(4)
        for action in ("customer", "one_off", "new_customer", "discount", "why"):
            self.pane(action)
        self.do("archive_customer", "103")
        self.hands.selling.act("customer")
        self.hands.selling.prices.customers.archived.setChecked(True)
        self.picture("archive")
        self.do("restore_customer", "103")
        self.hands.selling.show_catalogue()
        self.do("set_customer", "102")
        self.pane("customer")
        self.hands.selling.act("edit_customer")
        self.picture("edit-customer")
        self.hands.selling.show_catalogue()
        self.do("preview_prices", "101")
        prices = self.hands.selling.prices
        self.hands.selling.open_pane(prices.preview)
        self.picture("preview")
        self.do("apply_preview")
        self.do("discount_line", 5, Decimal(10))
        self.do("discount_sale", None, Money(100))
        self.do("correct_points", "101", 450, "Übertrag")
        self.do("take_coupon", "HERBST10")
        self.do("spend_points", 200)
        self.picture("sale-reduced")
        self.pane("points")

    def information(self) -> None:
        """Everything about one product, down to its end."""
        infos = self.hands.selling.infos
        infos.show_product("60006")
        self.picture("info")
        bar = infos.page.area.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.picture("info-end")
        infos.page.compare.click()
        self.picture("compare-choose")
        infos.compare.chosen.emit("60008")
        self.picture("compare")
        self.hands.selling.show_catalogue()

    def paying(self) -> None:
        """Take money in two ways, and see the change."""
        for code in (LEMONADE, BEER, "33001"):
            self.do("scan", code)
        self.do("start_checkout")
        self.picture("checkout")
        self.do("tender", "card", Money(300))
        self.picture("checkout-part-paid")
        self.do("tender", "cash", Money(5000))
        self.picture("change")
        self.do("new_sale")

    def returning(self) -> None:
        """Goods come back: picked from their receipt, exchanged, paid out, and a void."""
        for code in (LEMONADE, LEMONADE, "33001", "31001"):
            self.do("scan", code)
        self.do("discount_sale", None, Money(100))
        self.do("start_checkout")
        self.do("tender", "card", Money(400))
        self.do("tender", "cash")
        self.do("new_sale")
        history = self._history()
        history.handling.keys["take_back"].click()
        self.hands.settle()
        pick = history.handling.pick
        self.picture("return-pick")
        for each in pick.rows:
            each.toggle()
        pick.rows[0].step(-1)
        pick.reasons.findChildren(Key)[1].click()
        self.picture("return-picked")
        pick.accept()
        self.hands.settle()
        line = self.hands.sale.lines[-1]
        paid = -line.amount
        self.do("set_return_amount", line.number, Money(paid.minor // 2), "Angebrochen")
        self.hands.selling.cart.lines.select(len(self.hands.sale.lines) - 1)
        self.picture("return-cart")
        self.pane("price")
        self.do("start_checkout")
        self.picture("return-checkout")
        self.do("refund")
        self.picture("return-paid-out")
        self.do("new_sale")
        self.do("scan", "33001")
        self.do("tender", "card")
        self.do("new_sale")
        history = self._history()
        history.handling.keys["void"].click()
        self.picture("void")
        history.handling.words.field.setText("Verrechnet")
        history.handling.words.accept()
        self.picture("voided")
        self.do("new_sale")
        self._history()
        self.picture("history-returns")
        self.hands.shell.leave()
        self.hands.settle()

    def _history(self) -> HistoryPage:
        self.hands.shell.open("history")
        self.hands.settle()
        page = self.hands.shell.screen_in_sight
        assert isinstance(page, HistoryPage)
        return page

    def orders(self) -> None:
        """Orders and bookings."""
        walk_orders(self)

    def vouchers(self) -> None:
        """Vouchers and wallets."""
        walk_vouchers(self)

    def trouble(self) -> None:
        """What seldom happens."""
        walk_trouble(self)

    def surfaces(self) -> None:
        """What stands beside the sale: goods that go with it, the customer display, codes."""
        hands = self.hands
        hands.window.display.toggle()
        window = hands.window.display.window
        assert window is not None
        window.resize(1024, 600)
        self.display("greeting")
        for code in ("31001", "60002-ro", LEMONADE):
            self.do("scan", code)
        self.do("set_quantity", 1, Quantity(2000))
        self.picture("suggestions")
        self.do("scan", "60002-ro")
        self.do("discount_line", 2, Decimal(10))
        self.display("sale")
        self.do("print_price_note", "60002", "60002-ro")
        self.do("start_checkout")
        self.do("tender", "card", Money(1000))
        self.display("part-paid")
        self.do("tender", "cash", Money(5000))
        self.display("thanks")
        self.do("new_sale")
        hands.window.display.toggle()
        hands.shell.open("codes")
        hands.shell.take_scan("2402301005001", "")
        self.picture("codes")
        hands.shell.leave()
        self.page("shown_prices")

    def afterwards(self) -> None:
        """History, papers, trouble with the printer, settings."""
        self._till.clock.wait(minutes=12)
        self._till.unplug()
        for code in (LEMONADE, LEMONADE, BEER):
            self.do("scan", code)
        self.do("tender", "cash")
        self.picture("paid-exactly")
        self.do("new_sale")
        self.do("sign_in", "anna", "0000")
        self.picture("notice")
        assert self.hands.shell.notices is not None
        self.hands.shell.notices.hide()
        for page in ("history", "jobs", "x_report", "cash_in", "cash_out"):
            self.page(page)
        for page in ("settings", "help", "keys", "notices"):
            self.page(page)
        self.devices()
        self.do("lock")
        self.picture("locked")
        self.do("sign_in", "maria", "9999")

    def devices(self) -> None:
        """Every device with its state, a scan to try, a printer to set up."""
        self.do("check_device", "Bon")
        self.hands.shell.open("devices")
        self.hands.settle()
        page = self.hands.shell.screen_in_sight
        assert isinstance(page, DevicesPage)
        self.hands.scan(LEMONADE)
        self.picture("devices")
        page.add_keys["printer"].click()
        self.hands.settle()
        self.hands.write("Bar")
        self.picture("device-form")
        self.hands.key(ESCAPE)
        self.hands.shell.leave()

    def evening(self) -> None:
        """Print an X report, count, close, and see the Z report."""
        self._till.plug_in()
        self.do("print_report", "x")
        self.hands.shell.open("close_session")
        self.hands.settle()
        for count in ("", "1", "0", "1", "2", "3"):
            if count:
                self.hands.write(count)
            self.hands.key(Qt.Key.Key_Down)
        self.picture("close-session")
        page = self.hands.shell.screen_in_sight
        assert isinstance(page, CloseSession)
        page.reason.setText(self.hands.window.work.texts.get("ui.close_session.miscount"))
        self.hands.key(ENTER)
        self.picture("z-report")


def walk(till: TourTill, look: TourLook, folder: Path) -> int:
    """Walk through the day; returns how many pictures were taken."""
    day = Walk(till, look, folder)
    begin, end = (day.morning, day.selling, day.paying), (day.afterwards, day.evening)
    middle = (day.returning, day.orders, day.vouchers, day.trouble, day.surfaces)
    for part in (*begin, *middle, *end):
        part()
    day.hands.close()
    return day.count
