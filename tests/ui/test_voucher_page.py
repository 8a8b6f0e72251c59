"""Looking after vouchers: overview, many at once with progress, sheets, messages, tasks."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos.domain.money import Money
from pos.domain.operator import Right
from pos.ui.screens.vouchers import VouchersPage
from pos.ui.widgets.button import Key
from pos.ui.widgets.progress import Progress
from tests.support.catalogue import COFFEE
from tests.ui.driver import Driver

F6, F7, F8, F9 = Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9


def page(driver: Driver) -> VouchersPage:
    """The page, opened by touch where it isn't in sight."""
    if driver.shell.page != "vouchers":
        driver.key(F9)
        driver.touch_key("Verwalten")
    screen = driver.shell.screen_in_sight
    assert isinstance(screen, VouchersPage)
    return screen


def words(driver: Driver) -> str:
    return " ".join(each.text().replace("\u00a0", " ") for each in driver.visible(QLabel))


def generate(driver: Driver, count: str, amount: str, expires: str = "") -> None:
    """Fill the form in and press its key."""
    page(driver)
    driver.key(F6)
    form = page(driver).generate
    form.count.setFocus()
    driver.write(count)
    form.amount.setFocus()
    driver.write(amount)
    form.expires.setFocus()
    driver.write(expires)
    driver.touch_key("Karten erzeugen")


def test_a_few_cards_are_made_at_once(selling: Driver) -> None:
    """Number, value, last day; the count of the programme equals them (T-127, ETRON-43)."""
    generate(selling, "3", "25", "31.12.2027")
    assert "3 Karten erzeugt." in words(selling)
    assert "€ 25,00 · gültig bis 31.12.2027" in words(selling)
    (sums,) = page(selling).overview.counts
    assert (sums.cards, sums.balance) == (3, Money(7500))
    assert len(selling.desk.till.vouchers(programme="gift")) == 3


def test_many_show_how_far_they_are_and_can_be_stopped(selling: Driver) -> None:
    """(T-127)"""
    generate(selling, "500", "10")
    (bar,) = selling.visible(Progress)
    assert (bar.done, bar.of) == (200, 500) and "200 von 500" in words(selling)
    selling.window.work.do(lambda till: till.work_on())
    selling.settle()
    (bar,) = selling.visible(Progress)
    assert bar.done == 400
    selling.touch_key("Anhalten und zurücknehmen")
    for _ in range(4):
        selling.window.work.do(lambda till: till.work_on())
        selling.settle()
    assert "Angehalten, 400 Karten zurückgenommen." in words(selling)
    assert page(selling).overview.counts[0].balance == Money(0)


def test_what_can_t_be_read_makes_nothing(selling: Driver) -> None:
    generate(selling, "3", "25", "31.02.2027")
    assert selling.notices[0].startswith("Das ist kein Tag.")
    generate(selling, "x", "25")
    assert selling.notices[0].startswith("Das ist keine Zahl.")
    assert selling.desk.till.vouchers() == []


def test_a_wallet_is_made_for_customers_only(selling: Driver) -> None:
    page(selling)
    selling.key(F6)
    form = page(selling).generate
    selling.touch_key("Wallet")
    assert not form.nobody.isEnabled() and form.place.isVisible() and not form.count.isVisible()
    selling.touch_key("Zwanziger")
    assert not form.amount.isEnabled() and form.amount.text() == "20,00"


def test_what_can_not_be_made_is_grey_and_says_why(selling: Driver) -> None:
    """A programme that is taxed when sold can only be sold (T-125, T-127)."""
    page(selling)
    selling.key(F6)
    form = page(selling).generate
    keys = {key.text(): key.isEnabled() for key in form.kinds.findChildren(Key)}
    assert keys["Geschenkgutschein"] and keys["Wallet"] and not keys["Essen"]
    assert "nur verkauft werden: Essen" in form.why.text() and form.why.isVisible()


def test_cards_are_written_as_a_sheet(selling: Driver) -> None:
    """Print as cards: a PDF to cut (T-127, ETRON-43)."""
    generate(selling, "12", "25")
    key = page(selling).overview.findChildren(Key)
    sheets = [each for each in key if each.isVisible() and each.text() == "Kartenbogen (PDF)"]
    selling.touch(sheets[-1])
    (path,) = (selling.desk.folder / "cards").glob("*.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in selling.notices[0]


def touch_of_run(driver: Driver, words: str) -> None:
    """The key with these words that belongs to a generation, not to a programme."""
    keys = page(driver).overview.findChildren(Key)
    driver.touch([each for each in keys if each.isVisible() and each.text() == words][-1])


def test_codes_are_shared_as_a_table_after_a_warning(selling: Driver) -> None:
    """The file holds money, and the screen says so first (ETRON-43)."""
    generate(selling, "450", "25")
    while selling.view.generation is not None and selling.view.generation.state == "making":
        selling.window.work.do(lambda till: till.work_on())
        selling.settle()
    touch_of_run(selling, "Codes teilen")
    assert "Wer sie hat, kann damit bezahlen." in words(selling)
    selling.key(Qt.Key.Key_Escape)
    assert page(selling).overview.isVisible()
    assert not (selling.desk.folder / "cards").exists()
    touch_of_run(selling, "Codes teilen")
    selling.touch_key("Als XLSX schreiben")
    (path,) = (selling.desk.folder / "cards").glob("*")
    assert path.suffix == ".xlsx" and path.parent.stat().st_mode & 0o077 == 0
    assert selling.notices[0] == f"Die Codes liegen unter {path} – die Datei ist Geld wert."
    table = selling.desk.desk.sheets.read(path)
    assert len({row.cells[0] for row in table.rows}) == 450
    till = selling.desk.till
    view = till.check_voucher(table.rows[0].cells[0])
    assert view.voucher is not None and view.voucher.balance == Money(2500)


def test_whoever_may_not_see_codes_gets_none(selling: Driver) -> None:
    operator = selling.desk.desk.operator
    assert operator is not None
    selling.desk.desk.operator = replace(operator, rights=frozenset({Right.VOUCHERS}))
    generate(selling, "1", "25")
    keys = {each.text() for each in page(selling).overview.findChildren(Key)}
    assert "Ansehen" in keys and not keys & {"Codes teilen", "Kartenbogen (PDF)"}


def test_messages_that_failed_are_tried_again(selling: Driver) -> None:
    """(ETRON-37, ETRON-43)"""
    generate(selling, "1", "25")
    (card,) = selling.desk.till.vouchers()
    selling.desk.till.mail_voucher(card.card, "gast@example.at")
    selling.key(F8)
    (letter,) = page(selling).letters.letters
    assert letter.recipient == "gast@example.at" and "wartet" in words(selling)
    selling.window.work.do(lambda till: till.letter_done(letter.id, "refused", for_good=True))
    selling.settle()
    selling.key(F8)
    assert "der Mailserver nimmt die Nachricht nicht an" in words(selling)
    selling.touch_key("Noch einmal")
    selling.key(F8)
    assert page(selling).letters.letters[0].state == "waiting"


def test_a_task_is_seen_and_done(selling: Driver) -> None:
    """Somebody tries codes: the status line says so, and leads to the task."""
    selling.key(Qt.Key.Key_F9)
    for number in range(12):
        selling.write(f"FALSCH{number}")
        selling.key(Qt.Key.Key_Return)
    selling.scan(COFFEE)
    assert selling.shell.notices is not None
    selling.shell.notices.hide()  # as it does by itself after some seconds
    selling.touch_key("1 Aufgabe")
    assert selling.shell.page == "vouchers"
    selling.key(F9)
    assert "unbekannte Gutscheincodes hintereinander" in words(selling)
    selling.touch_key("Erledigt")
    assert selling.view.tasks == () and "Es ist nichts zu tun." in words(selling)


def test_no_right_no_page(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.key(Qt.Key.Key_F9)
    assert not driver.selling.vouchers.vouchers.manage.isVisible()


def test_foreign_codes_are_read_in_with_errors_by_row(selling: Driver, tmp_path: Path) -> None:
    """(T-130, ETRON-43)"""
    path = tmp_path / "fremd.csv"
    path.write_text("code,amount\nALT-0001,25.00\nALT-0002,viel\nALT-0003,10.00\n", "utf-8")
    page(selling)
    selling.key(F7)
    form = page(selling).imports
    assert not form.take.isEnabled()
    form.path.setText(str(path))
    selling.touch_key("Geschenkgutschein")
    selling.touch_key("Codes einlesen")
    assert "2 neue Karten aus 3 Zeilen" in words(selling)
    assert "Zeile 3" in words(selling) and "amount" in words(selling)
    assert not form.bar.isVisible()
    assert {row.balance for row in selling.desk.till.vouchers()} == {Money(2500), Money(1000)}
    selling.touch_key("Codes einlesen")
    assert "2 waren schon da." in words(selling)


def test_a_long_table_can_be_stopped(selling: Driver, tmp_path: Path) -> None:
    """What was taken stays (T-130)."""
    path = tmp_path / "fremd.csv"
    rows = "".join(f"ALT-{number:05},5.00\n" for number in range(450))
    path.write_text(f"code,amount\n{rows}", "utf-8")
    page(selling)
    selling.key(F7)
    form = page(selling).imports
    form.path.setText(str(path))
    selling.touch_key("Geschenkgutschein")
    selling.touch_key("Codes einlesen")
    assert (form.bar.done, form.bar.of) == (200, 450) and form.bar.isVisible()
    selling.touch_key("Anhalten")
    assert not form.stop.isVisible()
    assert len(selling.desk.till.vouchers(limit=1000)) == 200


def test_the_cards_of_a_generation_are_listed(selling: Driver) -> None:
    """Count, validity, owner and balance of each (ETRON-43)."""
    generate(selling, "2", "25")
    generate(selling, "3", "10")
    (first,) = (run for run in page(selling).overview.runs if run.wanted == 2)
    (key,) = (
        each
        for each in page(selling).overview.findChildren(Key)
        if each.text() == "Ansehen" and each.property("run") == first.run
    )
    key.click()
    selling.settle()
    assert selling.shell.page == "sale"
    cards = selling.selling.vouchers.cards
    assert cards.isVisible() and [row.balance for row in cards.model.rows] == [Money(2500)] * 2
    selling.touch_key("Alle Arten")
    assert len(cards.model.rows) == 5
