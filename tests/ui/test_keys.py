"""Changed keys work everywhere, are written on the controls, and the old ones do nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos.domain.keys import DEFAULT_KEYS
from pos.ui.screens.keys import KeysPage
from pos.ui.widgets.button import Key
from tests.support.catalogue import MILK
from tests.ui.driver import Driver


def text(driver: Driver, key: str, **values: object) -> str:
    return driver.window.work.texts.get(f"ui.{key}", **values)


@pytest.fixture
def keys(selling: Driver) -> Driver:
    """The page of keys, opened from the help by touch."""
    selling.key(Qt.Key.Key_F1)
    selling.touch_key(text(selling, "help.change"))
    assert isinstance(selling.shell.screen_in_sight, KeysPage)
    return selling


def page(driver: Driver) -> KeysPage:
    shown = driver.shell.screen_in_sight
    assert isinstance(shown, KeysPage)
    return shown


def change(driver: Driver, action: str, key: Qt.Key) -> None:
    driver.touch(page(driver).rows[action])
    driver.key(key)


def test_a_changed_key_does_its_work_and_is_written_on_its_control(keys: Driver) -> None:
    change(keys, "quantity", Qt.Key.Key_F13)
    assert page(keys).rows["quantity"].text() == "F13"
    keys.key(Qt.Key.Key_Escape)
    keys.scan(MILK)
    keys.key(Qt.Key.Key_F4)
    assert not keys.selling.number.isVisible()
    keys.key(Qt.Key.Key_F13)
    assert keys.selling.number.isVisible()
    keys.key(Qt.Key.Key_Escape)
    hints = [key.hint for key in keys.visible(Key)]
    assert "F13" in hints and "F4" not in hints
    keys.key(Qt.Key.Key_F1)
    assert "F13" in [label.text() for label in keys.visible(QLabel)]


def test_paying_by_another_key_closes_the_sale_by_it_too(keys: Driver) -> None:
    change(keys, "pay", Qt.Key.Key_Pause)
    keys.key(Qt.Key.Key_Escape)
    keys.scan(MILK)
    keys.key(Qt.Key.Key_Pause)
    keys.key(Qt.Key.Key_Pause)
    assert keys.view.last_sale is not None


def test_the_help_and_the_lock_move_as_well(keys: Driver) -> None:
    change(keys, "help", Qt.Key.Key_F20)
    change(keys, "lock", Qt.Key.Key_F1)
    keys.key(Qt.Key.Key_Escape)
    keys.key(Qt.Key.Key_F20)
    assert keys.shell.page == "help"
    keys.key(Qt.Key.Key_F1)
    assert keys.view.locked


def test_a_clash_is_told_and_changes_nothing(keys: Driver) -> None:
    change(keys, "quantity", Qt.Key.Key_F7)
    assert "Parken" in keys.notices[0]
    change(keys, "quantity", Qt.Key.Key_A)
    assert "„a“" in keys.notices[0]
    assert page(keys).rows["quantity"].text() == "F4"


def test_escape_gives_up_waiting_and_stays(keys: Driver) -> None:
    keys.touch(page(keys).rows["park"])
    assert page(keys).rows["park"].text() == text(keys, "keys.press")
    keys.key(Qt.Key.Key_Escape)
    assert page(keys).rows["park"].text() == "F7"
    assert keys.shell.page == "keys"


def test_one_touch_brings_the_usual_keys_back(keys: Driver) -> None:
    assert not page(keys).reset.isEnabled()
    change(keys, "park", Qt.Key.Key_F14)
    keys.touch(page(keys).reset)
    assert keys.view.keys == tuple(DEFAULT_KEYS.items())


def test_a_cashier_sees_the_keys_and_changes_none(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.shell.open("keys")
    driver.settle()
    assert not any(key.isEnabled() for key in page(driver).rows.values())
    assert page(driver).rows["park"].text() == "F7"
