"""The page where any code is tried out, and its rules changed (W-22)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.domain.code_rules import Meaning
from pos.ui.screens.codes import CodesPage
from pos.ui.widgets.button import Key
from tests.support.catalogue import COFFEE
from tests.ui.driver import Driver


@pytest.fixture
def page(selling: Driver) -> CodesPage:
    selling.shell.open("codes")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, CodesPage)
    return page


def test_a_scan_is_told_in_words_and_not_rung_up(selling: Driver, page: CodesPage) -> None:
    selling.scan(COFFEE)
    assert "Artikel: Kaffee gemahlen 500 g (1)" in page.words()
    assert "Gelesen als: Ware nach GTIN" in page.words()
    assert selling.view.sale is None
    assert selling.shell.screen_in_sight is page
    selling.scan("9000000000099")
    assert "nicht bekannt" in page.words()
    assert selling.view.unknown == ()


def test_a_typed_code_is_told_too(selling: Driver, page: CodesPage) -> None:
    selling.write("C#KK-101")
    selling.key(Qt.Key.Key_Return)
    assert "Gelesen als: Kundenkarte" in page.words() and "Schlüssel: KK-101" in page.words()


def test_the_rules_stand_in_their_order_and_are_changed(selling: Driver, page: CodesPage) -> None:
    names = [rule.name for rule in page.table.rules]
    assert names[:2] == ["Etikett mit Gewicht", "Etikett mit Preis"]
    key = next(key for key in selling.visible(Key) if key.property("place") == 1)
    selling.touch(key)
    assert page.form.pattern.text().startswith("25")
    selling.touch(page.form.keys["up"])
    assert [rule.name for rule in page.table.rules][:2] == names[1::-1]
    assert page.table.set == "own" and page.selected == 0
    page.form.pattern.setText("26{article:5}{value:5}{check}")
    page.form.take.click()
    selling.settle()
    assert page.table.rules[0].pattern.startswith("26")
    assert page.table.rules[0].decimals == 2


def test_a_new_rule_goes_to_the_end_and_can_be_removed(selling: Driver, page: CodesPage) -> None:
    count = len(page.table.rules)
    page.form.name.setText("Karte")
    page.form.pattern.setText("K{key}")
    page.form.meanings[Meaning.CUSTOMER].click()
    page.form.take.click()
    selling.settle()
    assert page.table.rules[-1].name == "Karte" and len(page.table.rules) == count + 1
    page.selected = count
    page.form.keys["remove"].setEnabled(True)
    page.form.keys["remove"].click()
    selling.settle()
    assert len(page.table.rules) == count


def test_a_rule_that_says_nothing_is_refused_and_stays_in_the_form(
    selling: Driver, page: CodesPage
) -> None:
    page.form.name.setText("Leer")
    page.form.pattern.setText("{nichts}")
    page.form.take.click()
    selling.settle()
    assert "nicht lesbar" in selling.notices[0]
    assert page.form.name.text() == "Leer"


def test_a_set_is_one_touch(selling: Driver, page: CodesPage) -> None:
    key = next(key for key in selling.visible(Key) if key.property("set") == "gs1")
    key.click()
    selling.settle()
    assert page.table.set == "gs1" and page.table.rules == ()


def test_a_cashier_sees_the_rules_and_changes_none(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.shell.open("codes")
    driver.settle()
    page = driver.shell.screen_in_sight
    assert isinstance(page, CodesPage)
    assert len(page.table.rules) > 5 and not page.form.isVisible()
