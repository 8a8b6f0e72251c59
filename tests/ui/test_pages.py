"""The pages beside the sale: what they ask the till, and what they show of its answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.domain.till_profile import TillProfile
from pos.till.session import report_figures
from pos.ui.models.rows import ROW
from pos.ui.screens.cash_move import CashMovePage
from pos.ui.screens.change import pieces_of
from pos.ui.screens.close_session import CloseSession
from pos.ui.screens.help import KEYS
from pos.ui.screens.history import HistoryPage
from pos.ui.screens.open_session import OpenSession
from pos.ui.screens.settings import SettingsPage
from pos.ui.tokens import PALETTES
from pos.ui.widgets.button import Key
from pos.ui.widgets.reason import ReasonRow
from pos.ui.work import Tone
from tests.support.catalogue import COFFEE, MILK
from tests.ui.driver import Driver

ENTER = Qt.Key.Key_Return


def sell(driver: Driver, *codes: str) -> None:
    """Sell for exact cash, and go on."""
    for code in codes:
        driver.scan(code)
    driver.window.work.do(lambda till: till.tender("cash"))
    driver.window.work.do(lambda till: till.new_sale())
    driver.settle()


def words(driver: Driver) -> str:
    """Everything that is written on the page in sight."""
    return "\n".join(label.text() for label in driver.visible(QLabel))


def text(driver: Driver, key: str, **values: object) -> str:
    """A text of the window."""
    return driver.window.work.texts.get(f"ui.{key}", **values)


def test_the_float_is_counted_by_touch_and_typing_replaces_it(driver: Driver) -> None:
    driver.desk.till.sign_in("maria", "9999")
    driver.window.work.do(lambda till: till.view())
    driver.settle()
    page = driver.shell.screen_in_sight
    assert isinstance(page, OpenSession)
    twenty = next(row for row in page.pieces.rows if row.denomination == 2000)
    driver.touch(twenty)
    for digit in "15":
        driver.touch_key(digit)
    driver.touch_key(text(driver, "count.plus", piece="€\u00a020,00"))
    assert page.pieces.counts == {"2000": 16}
    page.entry.setFocus()
    driver.write("99")
    assert not page.counting
    driver.key(ENTER)
    assert driver.view.session is not None
    assert driver.view.session.opening_float == Money(9900)


def test_a_wrong_pin_is_told_and_lets_nobody_in(driver: Driver) -> None:
    driver.write("0000")
    driver.key(ENTER)
    assert driver.shell.page == "sign_in"
    assert "PIN" in driver.notices[0]


def test_a_difference_wants_a_reason_before_the_session_closes(selling: Driver) -> None:
    sell(selling, MILK)
    selling.shell.open("close_session")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, CloseSession)
    assert page.difference.text() == text(selling, "close_session.less", amount="€\u00a01,59")
    selling.touch_key(text(selling, "close_session.close"))
    assert selling.view.session is not None
    selling.touch_key(text(selling, "close_session.miscount"))
    selling.touch_key(text(selling, "close_session.close"))
    assert selling.view.session is None


def test_an_amount_is_typed_in_place_of_pieces_and_for_cards_too(selling: Driver) -> None:
    """What was typed last counts; another way of paying is compared with its own count (T-096)."""
    sell(selling, MILK)
    selling.desk.till.scan(MILK)
    selling.window.work.do(lambda till: till.tender("card"))
    selling.window.work.do(lambda till: till.new_sale())
    selling.shell.open("close_session")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, CloseSession)
    page.pieces.rows[0].set_count(1)
    page.kinds.cash.setFocus()
    for sign in "1,59":
        selling.touch_key(sign)
    assert page.pieces.counts == {}
    assert page.difference.text() == text(selling, "close_session.even")
    page.kinds.others["card"].setFocus()
    selling.write("1,60")
    selling.key(ENTER)
    assert selling.view.session is not None  # a difference there wants a reason too
    selling.touch_key(text(selling, "close_session.unknown"))
    selling.touch_key(text(selling, "close_session.close"))
    assert selling.view.session is None
    (counted,) = report_figures(selling.desk.desk, "z", None).kinds
    assert counted.difference == Money(1)


def test_a_terminal_that_gave_more_back_than_it_took_is_counted_below_zero(
    selling: Driver,
) -> None:
    """There is no key for minus on the pad, and none is needed (T-096)."""
    selling.desk.till.scan(MILK)
    selling.desk.till.tender("card")
    selling.desk.till.close_session(selling.desk.till.expected_cash())
    selling.desk.till.open_session()
    selling.desk.till.start_return(1, reason="x")
    selling.desk.till.refund()
    selling.window.work.do(lambda till: till.new_sale())
    selling.shell.open("close_session")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, CloseSession)
    page.kinds.others["card"].setFocus()
    selling.write("1,59")
    assert page.kinds.counted == {"card": "-1,59"}
    assert not page.kinds.is_off


def test_what_stays_is_typed_with_the_same_pad(selling: Driver) -> None:
    sell(selling, MILK)
    selling.shell.open("close_session")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, CloseSession)
    for denomination, count in ((100, 1), (50, 1), (5, 1), (2, 2)):
        next(row for row in page.pieces.rows if row.denomination == denomination).set_count(count)
    assert page.difference.text() == text(selling, "close_session.even")
    selling.touch(page.leave)
    selling.touch_key("1")
    selling.touch_key(text(selling, "close_session.close"))
    assert selling.view.proposed_float == Money(100)


def test_history_finds_and_copies(selling: Driver) -> None:
    """The receipts so far, filtered by number or goods, and printed again (T-100) (T-101)."""
    sell(selling, MILK)
    sell(selling, COFFEE)
    selling.shell.open("history")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, HistoryPage)
    assert page.model.rowCount() == 2
    selling.write("kaffee")
    assert [page.model.index(row).data(ROW).number for row in range(page.model.rowCount())] == [2]
    assert page.paper.document is not None
    selling.key(Qt.Key.Key_F6)
    assert selling.desk.tray.papers[-1].copy == 1
    page.text.setText("nothing like it")
    selling.settle()
    assert page.model.rowCount() == 0
    assert not page.handling.keys["copy"].isEnabled()


def test_a_dead_printer_delays_no_sale_and_its_paper_can_be_seen_to(selling: Driver) -> None:
    selling.desk.tray.fault = "paper_out"
    sell(selling, MILK)
    sell(selling, COFFEE)
    assert len(selling.view.print_jobs) == 2
    selling.touch_key(text(selling, "status.jobs", count=2))
    assert selling.shell.page == "jobs"
    assert selling.window.work.texts.get("device.paper_out") in words(selling)
    moves = [key for key in selling.visible(Key) if key.property("printer") == "Büro"]
    selling.touch(moves[0])
    assert len(selling.desk.other.papers) == 1
    give_up = selling.visible(ReasonRow)[0]
    assert not give_up.key.isEnabled()
    give_up.field.setText("Rolle aus")
    selling.touch(give_up.key)
    assert not selling.view.print_jobs


@pytest.mark.parametrize(("page", "expected"), [("cash_in", 5000), ("cash_out", -5000)])
def test_cash_goes_in_and_out_with_a_reason(selling: Driver, page: str, expected: int) -> None:
    selling.window.work.do(lambda till: till.pay_in(Money(10000), "Wechselgeld"))
    selling.shell.open(page)
    selling.settle()
    shown = selling.shell.screen_in_sight
    assert isinstance(shown, CashMovePage)
    selling.write("50")
    selling.key(ENTER)  # goes to the reason, which is missing
    assert selling.view.session is not None
    selling.write("Bank")
    selling.key(ENTER)
    assert selling.shell.page == "sale"
    assert selling.desk.till.expected_cash() == Money(10000 + expected)


def test_reports_are_shown_and_printed(selling: Driver) -> None:
    sell(selling, MILK)
    before = len(selling.desk.tray.papers)
    selling.shell.open("x_report")
    selling.settle()
    selling.key(Qt.Key.Key_D)
    assert [paper.kind for paper in selling.desk.tray.papers[before:]] == ["x_report"]


def test_another_language_is_spoken_at_once_and_the_page_stays(selling: Driver) -> None:
    selling.scan(MILK)
    selling.shell.open("settings")
    selling.settle()
    selling.touch_key("English")
    assert selling.shell.page == "settings"
    assert "Text size" in words(selling)
    selling.key(Qt.Key.Key_Escape)
    assert selling.find_key("Pay").isEnabled()
    assert selling.sale.lines_count == 1


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_another_theme_is_kept(selling: Driver, theme: str) -> None:
    selling.shell.open("settings")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, SettingsPage)
    page.findChildren(Key)
    selling.touch_key(text(selling, f"settings.themes.{theme}"))
    selling.shell.rebuild()
    selling.settle()
    assert selling.shell.preferences.theme == theme
    assert selling.shell.page == "settings"


def test_the_drawer_asks_why(selling: Driver) -> None:
    selling.key(Qt.Key.Key_F11)
    selling.key(ENTER)  # without a reason nothing opens
    assert selling.desk.tray.kicks == 0
    selling.touch_key(text(selling, "open_drawer.change"))
    assert selling.desk.tray.kicks == 1


def test_giving_a_sale_up_is_never_what_enter_does(selling: Driver) -> None:
    selling.scan(MILK)
    selling.selling.act("cancel_sale")
    selling.settle()
    selling.key(ENTER)
    assert selling.sale.lines_count == 1
    selling.touch_key(text(selling, "cancel.mistake"))
    assert selling.view.sale is None


def test_help_names_every_key_in_both_languages(selling: Driver) -> None:
    selling.key(Qt.Key.Key_F1)
    assert selling.shell.page == "help"
    shown = words(selling)
    assert all(text(selling, f"help.{name}.does") in shown for name in KEYS)
    selling.key(Qt.Key.Key_F1)
    assert selling.shell.page == "sale"


@pytest.mark.parametrize(
    ("amount", "pieces"),
    [
        (0, []),
        (1, [(1, 1)]),
        (1562, [(1000, 1), (500, 1), (50, 1), (10, 1), (2, 1)]),
        (40000, [(10000, 4)]),
    ],
)
def test_change_in_few_pieces(amount: int, pieces: list[tuple[int, int]]) -> None:
    assert [(piece.minor, count) for piece, count in pieces_of(Money(amount))] == pieces


def test_a_bug_is_told_and_the_till_goes_on(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(product: str, quantity: object = None) -> None:
        raise RuntimeError(product)

    monkeypatch.setattr(selling.desk.till, "add_product", broken)
    selling.selling.ring_up("1", None)
    selling.settle()
    assert selling.notices == [text(selling, "notice.bug")]
    selling.scan(MILK)
    assert selling.sale.total == Money(159)


def test_a_printer_that_is_missing_is_told_to_the_manager_until_it_is_there(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = TillProfile("1", "Kasse 1", price_list="shop", receipt_printer="Theke")
    monkeypatch.setattr(driver.desk.desk.catalogue, "tills", lambda: (profile,))
    driver.open()
    assert driver.shell.notices is not None
    assert driver.shell.notices.geometry().right() < driver.shell.status.pages[0].x()
    driver.touch_key(text(driver, "notice.close"))
    driver.touch_key(text(driver, "status.receipt_printer_unknown", wanted="Theke"))
    assert driver.shell.page == "devices"
    driver.shell.open("notices")
    driver.settle()
    assert "„Theke“" in words(driver) and "„Bon“" in words(driver)


def test_enter_in_a_note_takes_the_note_and_nothing_else(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.selling.act("note")
    selling.settle()
    selling.write("hallo")
    selling.key(Qt.Key.Key_Return)
    assert selling.sale.note == "hallo" and selling.sale.state is SaleState.OPEN


@pytest.mark.parametrize(("theme", "follows"), [("system", True), ("light", False)])
def test_the_system_theme_follows_the_desktop_at_once(
    selling: Driver,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    follows: bool,
) -> None:
    """A screen without a desktop can't turn dark by itself, so its signal is sent by hand."""
    selling.shell.preferences.theme = theme
    selling.shell.rebuild()
    before = selling.selling.face.look.palette
    night = {**PALETTES, "system": PALETTES["dark"]}
    monkeypatch.setattr("pos.ui.preferences.palette_of", lambda wanted: night[wanted])
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: (selling.selling.face.look.palette != before) is follows)


def test_what_only_informs_makes_room_for_the_next_page_once_it_could_be_read(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = selling.shell.notices
    assert line is not None
    selling.window.work.say(Tone.INFO, "Preise geändert")
    selling.shell.open("history")
    assert line.isVisible()  # nobody has read it yet
    monkeypatch.setattr("pos.ui.widgets.notice.READ_MS", 0)
    selling.window.work.say(Tone.WARN, "Lade klemmt")
    selling.shell.leave()
    assert line.isVisible()  # somebody has to do something
    selling.window.work.say(Tone.GOOD, "Gesichert")
    QTest.qWait(2)
    selling.shell.open("history")
    assert not line.isVisible()


def in_sight(driver: Driver, key: Key) -> bool:
    """Whether the whole key is to be seen above the line at the bottom."""
    spot = key.mapTo(driver.shell, key.rect().bottomLeft())
    return (
        key.isVisible() and spot.y() < driver.shell.status.y() and not key.visibleRegion().isEmpty()
    )


def test_the_largest_text_hides_neither_paying_nor_closing(selling: Driver) -> None:
    selling.shell.preferences.scale = 200
    selling.shell.rebuild()
    selling.settle()
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F10)
    assert all(in_sight(selling, key) for key in selling.selling.checkout.method_keys.values())
    selling.touch_key(selling.window.work.texts.get("tender.method.cash"))
    assert selling.view.last_sale is not None
    selling.shell.open("close_session")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, CloseSession)
    assert in_sight(selling, page.go) and page.difference.isVisible()


def test_no_page_is_built_ahead_under_the_fingers_of_somebody_who_searches(
    selling: Driver,
) -> None:
    pages, catalogue = selling.shell.pages, selling.selling.catalogue
    assert pages is not None
    pages._build_next()
    before = len(pages._built)
    catalogue.field.setText("m")
    pages._build_next()
    assert len(pages._built) == before
    pages._build_next()
    assert len(pages._built) == before + 1
