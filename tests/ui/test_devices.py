"""The page of devices: states, trials, setting up by touch and keys; scans are shown, not sold."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from pos.runtime.bus import CodeScanned
from pos.till.device_views import DeviceState
from pos.ui.screens.devices import DevicesPage
from pos.ui.widgets.button import Key
from tests.support.catalogue import MILK
from tests.ui.driver import Driver

ENTER = Qt.Key.Key_Return


@pytest.fixture
def devices(selling: Driver) -> Driver:
    """The page of devices, opened through the settings by touch."""
    selling.shell.open("settings")
    selling.settle()
    selling.touch_key(text(selling, "settings.open_devices"))
    assert isinstance(selling.shell.screen_in_sight, DevicesPage)
    return selling


def page(driver: Driver) -> DevicesPage:
    shown = driver.shell.screen_in_sight
    assert isinstance(shown, DevicesPage)
    return shown


def text(driver: Driver, key: str, **values: object) -> str:
    return driver.window.work.texts.get(f"ui.{key}", **values)


def words(driver: Driver) -> str:
    return "\n".join(label.text() for label in driver.visible(QLabel))


def press(driver: Driver, device: str, action: str) -> None:
    """Touch a key on the card of a device."""
    card = next(each for each in page(driver).cards if each.device.name == device)
    key = next(key for key in card.findChildren(Key) if key.property("action") == action)
    key.click()
    driver.settle()


def field(driver: Driver, key: str) -> QLineEdit:
    name = text(driver, key)
    return next(each for each in driver.visible(QLineEdit) if each.accessibleName() == name)


def state(driver: Driver, name: str) -> DeviceState:
    return next(each.state for each in driver.view.equipment if each.name == name)


def test_every_device_shows_its_state_in_words(devices: Driver) -> None:
    devices.desk.equipment.answers["Bon"] = "cover_open"
    press(devices, "Bon", "check")
    shown = words(devices)
    assert "Deckel offen" in shown and "tcp://192.168.1.50:9100" in shown
    assert text(devices, "devices.receipts") in shown
    devices.desk.equipment.answers["Bon"] = ""
    press(devices, "Bon", "check")
    assert devices.window.work.texts.get("device.state.ready") in words(devices)


def test_a_test_print_and_the_drawer_are_tried(devices: Driver) -> None:
    press(devices, "Büro", "print")
    press(devices, "Büro", "drawer")
    assert [paper.kind for paper in devices.desk.other.papers] == ["test_print"]
    assert devices.desk.other.kicks == 1
    assert devices.notices[0] == text(devices, "devices.tried")


def test_a_printer_is_set_up_by_touch_and_by_keys(devices: Driver) -> None:
    devices.touch_key(text(devices, "devices.add_printer"))
    form = page(devices).form
    assert not form.save.isEnabled()
    devices.write("Bar")
    field(devices, "devices.part.tcp.host").setFocus()
    devices.write("10.0.0.9")
    form.save.setFocus()
    devices.key(Qt.Key.Key_Space)
    (bar,) = [each for each in devices.desk.equipment.plugged if each.name == "Bar"]
    assert (bar.plugin, bar.options["address"]) == ("printer_escpos", "tcp://10.0.0.9:9100")
    assert state(devices, "Bar") is DeviceState.READY
    assert len(page(devices).cards) == 4


def test_what_is_plugged_in_is_offered(devices: Driver) -> None:
    devices.touch_key(text(devices, "devices.add_scanner"))
    devices.write("Lager")
    devices.touch_key("/dev/ttyUSB7")
    devices.touch_key(text(devices, "devices.save"))
    (door,) = [each for each in devices.desk.equipment.plugged if each.name == "Lager"]
    assert door.options["address"] == "serial:/dev/ttyUSB7?baud=9600"


def test_another_way_asks_for_other_things(devices: Driver) -> None:
    press(devices, "Bon", "change")
    form = page(devices).form
    assert form.address is not None
    assert form.address.fields["host"].text() == "192.168.1.50"
    devices.touch_key(text(devices, "devices.way.file"))
    assert list(form.address.fields) == ["device"]
    assert not form.save.isEnabled()
    devices.touch_key("/dev/usb/lp0")
    columns = next(each for each in form.options if each.option.key == "columns")
    assert isinstance(columns.input, QLineEdit)
    columns.input.setText("32")
    devices.touch_key(text(devices, "devices.save"))
    bon = next(each for each in devices.desk.equipment.plugged if each.name == "Bon")
    assert (bon.options["address"], bon.options["columns"]) == ("file:/dev/usb/lp0", 32)
    assert bon.options["native_qr"] is True


def test_further_settings_come_out_when_asked_for(devices: Driver) -> None:
    press(devices, "Bon", "change")
    form = page(devices).form
    pin = next(each for each in form.options if each.option.key == "drawer_pin")
    assert not pin.isVisible()
    devices.touch_key(text(devices, "devices.further"))
    assert pin.isVisible()
    next(key for key in pin.findChildren(Key) if key.text() == "5").click()
    asks = next(each for each in form.options if each.option.key == "asks")
    next(key for key in asks.findChildren(Key) if key.text() == text(devices, "devices.no")).click()
    form.save.click()
    devices.settle()
    bon = next(each for each in devices.desk.equipment.plugged if each.name == "Bon")
    assert (bon.options["drawer_pin"], bon.options["asks"]) == (5, False)


def test_a_refusal_keeps_what_was_typed(devices: Driver) -> None:
    devices.touch_key(text(devices, "devices.add_scanner"))
    devices.write("bon")
    devices.touch_key("/dev/ttyACM0")
    devices.touch_key(text(devices, "devices.save"))
    assert "„bon“" in devices.notices[0]
    assert page(devices).form.isVisible()
    assert page(devices).form.name.text() == "bon"
    devices.key(Qt.Key.Key_Escape)
    assert page(devices).cards[0].isVisible()
    devices.key(Qt.Key.Key_Escape)
    assert devices.shell.page == "sale"


def test_removing_asks_once_more(devices: Driver) -> None:
    press(devices, "Büro", "remove")
    press(devices, "Büro", "check")
    press(devices, "Büro", "remove")
    assert len(devices.desk.equipment.plugged) == 3
    press(devices, "Büro", "remove")
    assert [each.name for each in devices.desk.equipment.plugged] == ["Bon", "Theke"]


def test_a_scan_is_shown_and_sells_nothing(devices: Driver) -> None:
    devices.scan(MILK)
    shown = words(devices)
    assert MILK in shown and "Vollmilch 1 l" in shown
    assert text(devices, "devices.keyboard") in shown
    devices.bus.tell(CodeScanned("0815", "Theke"))
    devices.settle()
    assert "0815" in words(devices) and "Theke" in words(devices)
    assert devices.view.sale is None
    devices.key(Qt.Key.Key_Escape)
    devices.scan(MILK)
    assert devices.sale.lines_count == 1


def test_a_cashier_may_look_and_try_and_not_change(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.shell.open("devices")
    driver.settle()
    card = page(driver).cards[0]
    enabled = [key.property("action") for key in card.findChildren(Key) if key.isEnabled()]
    assert enabled == ["print", "check"]
    assert not any(key.isEnabled() for key in page(driver).add_keys.values())
