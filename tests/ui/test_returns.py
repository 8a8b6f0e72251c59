"""Returns by touch and by keys: picked from the history, paid out, voided, sold again."""

from __future__ import annotations

import pytest
from msgspec.structs import force_setattr
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ui.models.receipts import receipt_detail
from pos.ui.screens.history import HistoryPage
from pos.ui.screens.receipt_actions import ReceiptActions
from pos.ui.screens.sale import SaleScreen
from tests.support.catalogue import COFFEE, COLA, MILK, MemoryCatalogue
from tests.ui.driver import Driver

ENTER = Qt.Key.Key_Return


@pytest.fixture
def anna(driver: Driver) -> Driver:
    """A cashier with the session open."""
    driver.open("anna", "1111")
    return driver


def sell(driver: Driver, *codes: str, method: str = "cash") -> None:
    for code in codes:
        driver.desk.till.scan(code)
    driver.window.work.do(lambda till: till.tender(method))
    driver.window.work.do(lambda till: till.new_sale())
    driver.settle()


def history(driver: Driver) -> ReceiptActions:
    driver.key(Qt.Key.Key_F8)
    page = driver.shell.screen_in_sight
    assert isinstance(page, HistoryPage)
    return page.handling


def test_keys_alone_take_goods_back_and_pay_them_out(anna: Driver) -> None:
    """From the receipt to the drawer without a touch (T-102)."""
    sell(anna, f"3*{COFFEE}", COLA)
    handling = history(anna)
    anna.key(Qt.Key.Key_F8)
    assert [row.line.left for row in handling.pick.rows] == [Quantity(3000), Quantity(1000)]
    anna.key(Qt.Key.Key_Down)
    anna.key(Qt.Key.Key_Plus)
    anna.key(Qt.Key.Key_Up)
    anna.write("2")
    assert [row.wanted for row in handling.pick.rows] == [Quantity(2000), Quantity(1000)]
    anna.key(ENTER)
    assert isinstance(anna.shell.screen_in_sight, SaleScreen)
    assert anna.sale.total == Money(-1598 - 214)
    anna.key(ENTER)
    checkout = anna.selling.checkout
    assert checkout.gives_back and checkout.refunds.isVisible()
    anna.key(ENTER)
    last = anna.view.last_sale
    assert last is not None and last.total == Money(-1812)


def test_a_touch_takes_all_or_none_and_no_more_than_is_left(anna: Driver) -> None:
    sell(anna, f"2*{MILK}")
    handling = history(anna)
    anna.touch(handling.keys["take_back"])
    (line,) = handling.pick.rows
    anna.touch(line.key)
    assert line.wanted == Quantity(2000) and not line.more.isEnabled()
    anna.touch(line.key)
    assert line.wanted == Quantity(0) and not handling.pick.take.isEnabled()
    anna.touch(handling.pick.all)
    anna.touch(line.less)
    anna.write("7")
    assert line.wanted == Quantity(2000)
    assert anna.notices
    anna.key(Qt.Key.Key_Escape)
    assert handling.keys["take_back"].isVisible()


def test_a_reason_the_shop_wants_is_waited_for(
    anna: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(anna, MILK)
    view = anna.view
    force_setattr(view, "return_reason", True)
    force_setattr(view, "return_reasons", ("Defekt", "Irrtum"))
    handling = history(anna)
    anna.key(Qt.Key.Key_F8)
    anna.write("A")
    assert not handling.pick.take.isEnabled()
    anna.touch_key("Defekt")
    assert handling.pick.take.isEnabled()
    anna.key(ENTER)
    assert anna.sale.lines[0].reason == "Defekt"


def test_a_whole_receipt_is_voided_with_its_reason(anna: Driver) -> None:
    sell(anna, COFFEE, method="card")
    handling = history(anna)
    anna.key(Qt.Key.Key_F9)
    handling.words.field.setText("Verrechnet")
    anna.key(ENTER)
    assert anna.shell.page == "change"
    last = anna.view.last_sale
    assert last is not None and (last.voids, last.total) == (1, Money(-799))
    anna.key(ENTER)
    handling = history(anna)
    assert not handling.keys["void"].isEnabled() and not handling.keys["take_back"].isEnabled()
    anna.key(Qt.Key.Key_Down)
    assert not handling.keys["void"].isEnabled() and handling.keys["resell"].isEnabled()
    assert handling.chosen is not None and handling.chosen.voided
    assert receipt_detail(handling.pick.face, handling.chosen).startswith("Storniert · ")
    anna.key(Qt.Key.Key_F7)
    assert anna.sale.total == Money(799)


def test_cash_for_a_card_calls_somebody_who_may(anna: Driver) -> None:
    sell(anna, COFFEE, method="card")
    anna.desk.till.pay_in(Money(1000), "Wechselgeld")
    handling = history(anna)
    anna.key(Qt.Key.Key_F8)
    anna.write("A")
    anna.key(ENTER)
    anna.key(ENTER)
    anna.write("X")
    assert anna.selling.pane is anna.selling.returns.calling.pane
    anna.write("9999")
    anna.key(ENTER)
    last = anna.view.last_sale
    assert last is not None and [tender.method for tender in last.tenders] == ["cash"]
    assert handling.chosen is not None


def test_goods_without_a_receipt_call_somebody_who_may(anna: Driver) -> None:
    anna.scan(MILK)
    anna.selling.act("return_line")
    anna.selling.words.field.setText("kein Bon")
    anna.key(ENTER)
    assert anna.selling.pane is anna.selling.returns.calling.pane
    anna.write("9999")
    anna.key(ENTER)
    assert anna.sale.total == Money(-159)
    anna.selling.act("more")
    anna.settle()
    assert anna.sale.total == Money(-318)


def test_goods_that_come_back_are_scanned(anna: Driver) -> None:
    """A scan picks one more of them; what isn't on the receipt is said, and nothing is rung up."""
    sell(anna, f"2*{MILK}", COLA)
    handling = history(anna)
    anna.key(Qt.Key.Key_F8)
    for _ in range(3):
        anna.scan(MILK)
    anna.scan(COFFEE)
    assert [row.wanted for row in handling.pick.rows] == [Quantity(2000), Quantity(0)]
    assert len(anna.notices) == 2 and anna.view.sale is None
    anna.key(Qt.Key.Key_Escape)
    anna.scan(COFFEE)
    assert anna.sale.total == Money(799)


def test_cash_for_what_a_taxed_voucher_paid_calls_somebody_who_may(anna: Driver) -> None:
    """Its tax is on no goods that come back: Enter asks who answers for the cash, by name."""
    anna.desk.till.issue_voucher("meal", amount=Money(799), code="MEAL-0001")
    sell(anna)
    anna.desk.till.scan(COFFEE)
    anna.desk.till.redeem("MEAL-0001")
    anna.desk.till.start_return(2)
    anna.desk.till.scan(f"5*{MILK}")
    anna.desk.till.refund()
    anna.desk.till.start_return(3, {"2": "5"})
    anna.desk.till.start_checkout()
    anna.window.work.do(lambda till: till.view())
    anna.settle()
    assert [each.by_right for each in anna.sale.refunds] == [True]
    anna.selling.checkout.refunds.give_all()
    anna.settle()
    assert anna.selling.pane is anna.selling.returns.calling.pane


def test_the_price_key_gives_less_back_with_a_reason(driver: Driver) -> None:
    """On goods of a receipt F5 asks what is given back, and why it is less (T-112)."""
    driver.open()
    sell(driver, f"2*{COFFEE}")
    driver.desk.till.start_return(1, None, "Defekt")
    driver.window.work.do(lambda till: till.view())
    driver.settle()
    driver.key(Qt.Key.Key_F5)
    driver.write("10")
    driver.key(ENTER)
    assert driver.selling.pane is driver.selling.words
    driver.write("Angebrochen")
    driver.key(ENTER)
    (line,) = driver.sale.lines
    assert (line.amount, line.kept, line.kept_reason) == (Money(-1000), Money(598), "Angebrochen")
    driver.key(Qt.Key.Key_F5)
    assert "15,98" in driver.selling.number.other.text()
    driver.touch(driver.selling.number.other)
    assert driver.sale.lines[0].kept == Money(0)


def test_all_takes_goods_and_leaves_empties_alone(anna: Driver) -> None:
    """Paid-out empties are taken back by choice alone (T-115)."""
    catalogue = anna.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.empties = (catalogue.goods["9"],)
    anna.desk.till.scan(MILK)
    anna.desk.till.take_back_deposit("9", Quantity(2000))
    sell(anna)
    handling = history(anna)
    anna.key(Qt.Key.Key_F8)
    goods, empties = handling.pick.rows
    anna.write("a")
    assert (goods.wanted, empties.wanted) == (Quantity(1000), Quantity(0))
    anna.touch(empties.more)
    anna.key(ENTER)
    assert anna.sale.total == Money(25 - 159)


def test_a_scanned_receipt_opens_its_page_and_its_return(driver: Driver) -> None:
    """From the selling screen to the receipt; while goods are picked, to its return (T-102)."""
    driver.open()
    for code in (COFFEE, MILK, COLA):
        sell(driver, code)
    driver.write("B#1-3")  # typed by hand, without the zeros
    driver.key(ENTER)
    page = driver.shell.screen_in_sight
    assert isinstance(page, HistoryPage)
    assert page.handling.chosen is not None and page.handling.chosen.number == 3
    driver.scan("B#1-000002")
    assert page.model.rowCount() == 1
    assert page.handling.chosen.number == 2
    driver.key(Qt.Key.Key_F8)
    assert [row.line.name for row in page.handling.pick.rows] == ["Vollmilch 1 l"]
    driver.scan("B#1-000001")
    assert [row.line.name for row in page.handling.pick.rows] == ["Kaffee gemahlen 500 g"]
    driver.scan(COFFEE)
    assert page.handling.pick.rows[0].wanted == Quantity(1000)
    driver.scan("B#2-000001")
    assert "Kasse 2" in driver.notices[0]
    assert page.handling.pick.rows[0].wanted == Quantity(1000)
    driver.key(Qt.Key.Key_Escape)
    page.text.setText("Cola")
    driver.settle()
    assert page.handling.chosen.number == 3
