"""Vouchers and wallets: their window, paying with them, and the manager's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.ui.screens.vouchers import VouchersPage

if TYPE_CHECKING:
    from tests.tour.walk import Walk

PLASTIC, WALLET, OWNER, OTHER = "KARTE-0001", "KONTO-0103", "103", "104"
LEMONADE = "9015160100270"
ENTER, F9 = Qt.Key.Key_Return, Qt.Key.Key_F9


def walk_vouchers(walk: Walk) -> None:
    """Sell some, then everything that can be seen of them."""
    hands = walk.hands
    for minor in (2500, 5000, 10000):
        walk.do("issue_voucher", "geschenk", "", Money(minor))
    walk.do("issue_voucher", "wein", "", Money(5000))
    walk.do("issue_voucher", "geschenk", "", Money(5000), "", PLASTIC)
    walk.do("issue_voucher", "konto", "", Money(5000), OWNER, WALLET)
    walk.picture("voucher-lines")
    walk.do("tender", "cash")
    walk.do("new_sale")
    walk.do("scan", LEMONADE)
    walk.do("set_customer", OWNER)
    hands.key(F9)
    hands.key(Qt.Key.Key_Down)
    walk.picture("voucher-window")
    hands.key(F9)
    walk.picture("voucher-list")
    hands.key(Qt.Key.Key_Escape)
    hands.scan(PLASTIC)
    walk.picture("voucher-card")
    hands.key(Qt.Key.Key_Escape)
    _pay(walk)
    _owner(walk)
    _page(walk)


def _pay(walk: Walk) -> None:
    """A part, then the rest in cash; the history afterwards."""
    hands = walk.hands
    walk.do("start_checkout")
    hands.write("1")
    hands.key(F9)
    walk.picture("voucher-pays")
    hands.write("karte0001")
    hands.key(ENTER)
    walk.picture("checkout-voucher")
    hands.key(ENTER)
    walk.picture("change-voucher")
    walk.do("new_sale")
    hands.scan(PLASTIC)
    walk.picture("voucher-history")
    hands.key(Qt.Key.Key_Escape)


def _owner(walk: Walk) -> None:
    """Somebody else wants to buy while a wallet is in the sale."""
    walk.do("set_customer", OWNER)
    walk.do("sell_voucher", "konto", Money(1000))
    walk.do("set_customer", OTHER)
    walk.picture("voucher-owner")
    walk.hands.key(Qt.Key.Key_Escape)
    walk.do("cancel_sale", "")


def _page(walk: Walk) -> None:
    """Many at once, stopped half way, and the form for customers."""
    hands = walk.hands
    walk.do("generate_vouchers", "geschenk", 400, Money(2500))
    hands.shell.open("vouchers")
    walk.picture("vouchers-overview")
    while hands.view.generation is not None and hands.view.generation.state == "making":
        walk.do("work_on")
    page = hands.shell.screen_in_sight
    assert isinstance(page, VouchersPage)
    page.show_part("generate")
    page.generate.customers.click()
    walk.picture("vouchers-generate")
    table = walk.data / "fremde.csv"
    table.write_text("code,amount\nALT-0001,25.00\nALT-0002,viel\nX,10.00\n", "utf-8")
    page.show_part("import")
    page.imports.path.setText(str(table))
    walk.do("import_vouchers", str(table), "geschenk")
    walk.picture("vouchers-import")
    hands.shell.leave()
    hands.settle()
