"""What changes with every scan doesn't lay out the whole window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from tests.support.catalogue import COFFEE, MILK
from tests.ui.driver import Driver


class Layouts(QObject):
    """Counts how often somebody is laid out."""

    def __init__(self, whom: QObject) -> None:
        super().__init__(whom)
        self.count = 0
        whom.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_scan_lays_out_the_total_and_nothing_around_it(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.scan(COFFEE)
    layouts = Layouts(selling.selling)
    selling.scan(COFFEE)
    assert layouts.count == 0
    assert selling.selling.cart.total.text().endswith("23,97")


def test_a_total_that_grows_higher_gets_its_room(selling: Driver) -> None:
    selling.scan(MILK)
    cart = selling.selling.cart
    before = cart.sum.height()
    font = cart.total.font()
    font.setPixelSize(3 * font.pixelSize())
    cart.total.setStyleSheet(f"font-size: {font.pixelSize()}px")
    selling.settle()
    assert cart.sum.height() > before
    assert cart.sum.height() >= cart.total.sizeHint().height()
