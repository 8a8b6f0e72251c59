"""What seldom happens: power that fails, goods without a receipt, cash by right, open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.ui.not_started import NotStarted
from pos.ui.screens.vouchers import VouchersPage

if TYPE_CHECKING:
    from tests.tour.walk import Walk

SOAP, SPAGHETTI, WINE_CARD = "33001", "31001", "WEIN-0001"


def walk_trouble(day: Walk) -> None:
    """Each of them once."""
    _after_a_power_cut(day)
    _without_receipt(day)
    _by_right(day)
    _open_questions(day)
    for code in ("folder_missing", "no_catalogue"):
        _not_started(day, Refusal(code, folder="/srv/kassa"))


def _after_a_power_cut(day: Walk) -> None:
    """Start-up finished a sale that was paid."""
    day.do("scan", SOAP)
    day.do("tender", "cash", Money(2000))
    day.say_finished_late()
    day.picture("change-late")
    day.do("new_sale")


def _without_receipt(day: Walk) -> None:
    selling = day.hands.selling
    day.do("scan", SOAP)
    selling.act("return_line")
    day.picture("return-blind")
    selling.words.field.setText("Defekt")
    selling.words.accept()
    day.do("start_checkout")
    day.picture("refund-blind")
    day.do("refund")
    day.do("new_sale")


def _by_right(day: Walk) -> None:
    """A taxed voucher paid, and other goods come back for it: cash wants somebody's right."""
    day.do("issue_voucher", "wein", "", Money(1998), "", WINE_CARD)
    day.do("tender", "cash")
    day.do("new_sale")
    day.do("scan", f"2*{SOAP}")
    day.do("redeem", WINE_CARD)
    day.do("start_return", day.last_receipt, None, "Defekt")
    day.do("scan", f"8*{SPAGHETTI}")
    day.do("refund")
    day.do("start_return", day.last_receipt, {"2": "8"}, "Defekt")
    day.do("start_checkout")
    day.picture("refund-by-right")
    day.hands.key(Qt.Key.Key_Escape)
    day.do("cancel_sale", "")


def _open_questions(day: Walk) -> None:
    """The manager's lists while nothing is in them."""
    shell = day.hands.shell
    shell.open("vouchers")
    day.hands.settle()
    page = shell.screen_in_sight
    assert isinstance(page, VouchersPage)
    for part in ("letters", "tasks"):
        page.show_part(part)
        day.picture(f"vouchers-{part}")
    day.hands.find_key(day.hands.window.work.texts.get("ui.doubts.title")).click()
    day.picture("vouchers-doubts")
    shell.leave()
    day.hands.settle()


def _not_started(day: Walk, refusal: Refusal) -> None:
    texts = day.hands.window.work.texts
    window = NotStarted(refusal, texts, day.look, day.data)
    window.show()
    day.keep(window, f"not-started-{refusal.code}")
    window.close()
