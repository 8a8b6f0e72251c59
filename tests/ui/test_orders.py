"""Orders at the window: saved, found, loaded, given up; and goods that wait for their number."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtCore import Qt

from pos.domain.order import OfficeOrder, OrderedLine, OrderKind
from pos.domain.product import Tracking
from pos.domain.quantity import ONE, Quantity
from pos.till.order_views import PAGE
from pos.ui.models.rows import ROOT
from tests.support.catalogue import COFFEE
from tests.ui.driver import Driver
from tests.ui.test_lines import catalogue_of, ring_up

ENTER = Qt.Key.Key_Return


def order_something(driver: Driver, name: str) -> None:
    driver.scan(COFFEE)
    driver.selling.act("order")
    driver.settle()
    driver.selling.words.field.setText(name)
    driver.key(ENTER)


def test_a_sale_is_saved_as_an_order_and_loaded_again(selling: Driver) -> None:
    """Saved under a name, found by it, loaded by Enter (T-075)."""
    order_something(selling, "Frau Huber")
    assert selling.view.sale is None
    assert [paper.kind for paper in selling.desk.tray.papers] == ["order_slip"]
    selling.selling.act("order")
    selling.settle()
    pane = selling.selling.orders.pane
    selling.write("hub")
    assert [each.number for each in pane.model.rows] == ["A1-1"]
    selling.key(ENTER)
    assert selling.sale.order == "A1-1"
    assert selling.selling.pane is selling.selling.catalogue


def test_a_part_of_a_line_stays_ordered(selling: Driver) -> None:
    """By the menu: so many of them, or the whole line; of one piece nothing is asked (T-075)."""
    line = OrderedLine(1, "1", Quantity.of(6))
    catalogue_of(selling).ordered["W-1"] = OfficeOrder("W-1", name="Kern", lines=(line,))
    selling.selling.act("menu")
    assert not selling.selling.menu.keys["leave_ordered"].isEnabled()
    selling.selling.show_catalogue()
    selling.window.work.do(lambda till: till.load_order("W-1"))
    selling.settle()
    selling.selling.act("menu")
    selling.touch(selling.selling.menu.keys["leave_ordered"])
    selling.write("4")
    selling.key(ENTER)
    assert [(each.quantity, each.removed) for each in selling.sale.lines] == [
        (Quantity.of(2), False),
        (Quantity.of(4), True),
    ]
    assert "bleibt bestellt" in str(selling.selling.cart.lines.model().index(1, 0).data())


def test_an_order_needs_a_name_unless_the_customer_is_known(selling: Driver) -> None:
    order_something(selling, " ")
    assert selling.view.sale is not None
    assert not selling.selling.words.take.isEnabled()


def test_an_order_made_here_is_given_up_with_a_reason(selling: Driver) -> None:
    order_something(selling, "Frau Huber")
    selling.selling.act("orders")
    selling.settle()
    pane = selling.selling.orders.pane
    assert pane.drop.isEnabled()
    selling.touch(pane.drop)
    selling.touch_key("Kunde verzichtet")
    assert selling.selling.pane is pane
    assert pane.model.rows == ()


def test_paid_bookings_are_shown_and_not_payable_again(selling: Driver) -> None:
    """Whoever paid elsewhere is shown so (T-038)."""
    line = OrderedLine(1, "1", ONE)
    due = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    booking = OfficeOrder("T-1", OrderKind.BOOKING, name="Kern", due=due, paid=True, lines=(line,))
    catalogue_of(selling).ordered["T-1"] = booking
    selling.selling.act("orders")
    selling.settle()
    pane = selling.selling.orders.pane
    said = pane.model.data(pane.model.index(0, 0))
    assert "schon bezahlt" in str(said) and "Termin T-1" in str(said)
    assert not pane.load.isEnabled() and not pane.drop.isEnabled()
    selling.key(ENTER)
    assert selling.view.sale is None


def test_many_orders_come_page_by_page(selling: Driver) -> None:
    """The list is as long as there are orders; none is priced before it is looked at."""
    line = OrderedLine(1, "1", ONE)
    for number in range(70):
        name = f"W-{number:02}"
        catalogue_of(selling).ordered[name] = OfficeOrder(name, name="Kern", lines=(line,))
    selling.selling.act("orders")
    selling.settle()
    pane = selling.selling.orders.pane
    assert len(pane.model.rows) == PAGE
    for _ in range(3):
        pane.list.scrollToBottom()
        pane.model.fetchMore(ROOT)
        selling.settle()
    assert len({each.number for each in pane.model.rows}) == len(pane.model.rows) == 70
    assert not pane.model.canFetchMore(ROOT)


def test_goods_without_their_number_are_ordered_not_paid(selling: Driver) -> None:
    """The question has another way on; payment asks again and offers the order (T-033)."""
    goods = catalogue_of(selling).goods
    goods["1"] = replace(goods["1"], tracking=Tracking.SERIAL)
    ring_up(selling, "1")
    words = selling.selling.words
    selling.touch(words.other)
    assert selling.sale.lines[0].goods.awaits == "serial"
    selling.key(Qt.Key.Key_F10)
    assert selling.selling.pane is words
    selling.touch(words.other)
    words.field.setText("Herr Novak")
    selling.key(ENTER)
    assert selling.view.sale is None
    selling.window.work.do(lambda till: till.load_order("A1-1"))
    selling.settle()
    selling.selling.act("choose")
    selling.settle()
    words.field.setText("S-7")
    selling.key(ENTER)
    assert selling.sale.lines[0].goods.serial == "S-7"
    selling.key(Qt.Key.Key_F10)
    assert selling.sale.state == "tendering"
