"""What tests of the voucher window share: cards that are sold, and what is in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos.domain.money import Money
from pos.till.voucher_views import CardView
from pos.ui.panes.pane import Pane
from pos.ui.screens.voucher_actions import VoucherActions
from tests.ui.driver import Driver

ENTER, ESCAPE, F9 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F9
PLASTIC = "PLASTIC-0001"
WALLET = "WALLET-0101"
REFILL_CODE = "000093"


def acts(driver: Driver) -> VoucherActions:
    return driver.selling.vouchers


def do(driver: Driver, command: str, **values: object) -> None:
    """Give the till a command, past the keys."""
    driver.window.work.do(lambda till: getattr(till, command)(**values))
    driver.settle()


def sold(driver: Driver, programme: str = "gift", minor: int = 5000, code: str = PLASTIC) -> None:
    """A card printed elsewhere, sold for cash; nobody is served afterwards."""
    customer = "101" if programme in ("wallet", "bonus") else ""
    amount = Money(minor)
    do(
        driver,
        "issue_voucher",
        programme=programme,
        amount=amount,
        customer=customer,
        code=code,
    )
    do(driver, "tender", method="cash")
    do(driver, "new_sale")


def buyer(driver: Driver) -> str:
    """Who buys, by number."""
    customer = driver.sale.customer
    return customer.number if customer is not None else ""


def in_sight(driver: Driver) -> Pane:
    """What stands at the left of the sale."""
    return driver.selling.pane


def shown(driver: Driver) -> CardView:
    """The card on the screen."""
    card = driver.view.voucher
    assert card is not None
    return card


def rows(driver: Driver) -> list[str]:
    """The programmes of the cards in the list."""
    return [row.programme for row in acts(driver).cards.model.rows]


def words(driver: Driver) -> str:
    """All labels in sight."""
    return " ".join(each.text() for each in driver.visible(QLabel))


def balance(driver: Driver, code: str = PLASTIC) -> Money:
    view = driver.desk.till.check_voucher(code)
    driver.desk.till.hide_voucher()
    assert view.voucher is not None
    return view.voucher.available
