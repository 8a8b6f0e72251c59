"""Redemptions nobody could confirm: the manager's list, and its ways to receipts and cards."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.domain.stored_value.ledger import By
from pos.domain.stored_value.offline import OfflinePolicy, OfflineRule
from pos.ui.models.rows import ROW
from pos.ui.screens.history import HistoryPage
from pos.ui.screens.vouchers import VouchersPage
from pos.ui.widgets.button import Key
from tests.support.back_office import BackOffice, RemoteAuthority
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.ui.driver import Driver
from tests.ui.vouchers import acts, shown, words

CODES = ("OFFLINE-0001", "OFFLINE-0002")


@pytest.fixture
def offline(selling: Driver) -> Driver:
    """Two cards have paid without an answer; of the first, another till had spent all."""
    desk = selling.desk.desk
    catalogue = desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    rule = OfflinePolicy(OfflineRule.CAPPED, 2000)
    catalogue.stored_value = tuple(replace(each, offline=rule) for each in catalogue.stored_value)
    office = BackOffice()
    line = RemoteAuthority(office)
    desk.authority = line
    till = selling.desk.till
    for code in CODES:
        till.issue_voucher("gift", amount=Money(5000), code=code)
        till.tender("cash")
    card = next(iter(office.accounts))
    line.cut = True
    for code in CODES:
        selling.desk.clock.wait(minutes=1)
        till.scan(f"9*{COFFEE}")
        till.redeem(code, amount=Money(1500))
        till.tender("cash")
    by = By(selling.desk.clock.at, "2", "ben", "there", receipt=77)
    office.apply(card, lambda account: account.reserve("there-1", Money(5000), by))
    office.apply(card, lambda account: account.redeem("there-1", by))
    line.cut = False
    selling.window.work.do(lambda till: till.new_sale())
    selling.settle()
    return selling


def doubts(driver: Driver) -> VouchersPage:
    """The list, opened from the tasks."""
    driver.shell.open("vouchers")
    driver.settle()
    driver.key(Qt.Key.Key_F9)
    driver.touch_key("Unbestätigte Einlösungen")
    page = driver.shell.screen_in_sight
    assert isinstance(page, VouchersPage)
    return page


def test_each_is_listed_with_its_state(offline: Driver) -> None:
    page = doubts(offline)
    assert [row.state for row in page.doubts.rows] == ["waiting", "waiting"]
    assert "****02 · € 15,00 · Offen" in words(offline).replace("\u00a0", " ")
    offline.window.work.do(lambda till: till.settle_cards())
    offline.settle()
    assert [row.state for row in page.doubts.rows] == ["booked", "clash"]
    said = words(offline)
    assert "Das Geld war schon weg: Kassa 2, Beleg 77" in said and "Maria · Das Geld" in said
    offline.touch_key("Bestätigt")
    assert [row.receipt for row in page.doubts.rows] == [4]
    offline.touch_key("Offen")
    assert "Jede Einlösung wurde gleich bestätigt" in words(offline)
    offline.key(Qt.Key.Key_Escape)
    assert page.tasks.isVisible()
    offline.key(Qt.Key.Key_Escape)
    assert offline.shell.page == "sale"


def test_one_leads_to_its_receipt_and_to_its_card(offline: Driver) -> None:
    doubts(offline)
    offline.touch_key("Beleg 3")
    history = offline.shell.screen_in_sight
    assert isinstance(history, HistoryPage)
    listed = history.model.index(0, 0).data(ROW)
    assert history.model.rowCount() == 1 and listed.number == 3
    offline.touch(next(key for key in doubts(offline).findChildren(Key) if _leads(key)))
    assert acts(offline).card.isVisible() and shown(offline).code == "****02"


def _leads(key: Key) -> bool:
    return key.isVisible() and key.text() == "Karte ansehen"


def test_the_task_of_a_clash_leads_there_too(offline: Driver) -> None:
    offline.window.work.do(lambda till: till.settle_cards())
    offline.settle()
    offline.shell.open("vouchers")
    offline.key(Qt.Key.Key_F9)
    offline.touch_key("Beleg 3")
    assert offline.shell.page == "history"
