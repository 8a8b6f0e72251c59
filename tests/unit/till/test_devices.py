"""Devices at the till: their states, trying them out, setting them up with the right to."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.till.device_views import DeviceState, DeviceView
from tests.support.catalogue import MILK
from tests.support.till import TestTill


@pytest.fixture
def manager(desk: TestTill) -> TestTill:
    desk.till.sign_in("maria", "9999")
    return desk


def device(desk: TestTill, name: str) -> DeviceView:
    return next(one for one in desk.till.view().equipment if one.name == name)


def kinds(desk: TestTill) -> list[Kind]:
    return [chained.entry.kind for chained in desk.store.journal()]


def test_every_device_is_named_with_its_address(desk: TestTill) -> None:
    view = desk.till.view().equipment
    assert [(one.name, one.kind, one.simulator) for one in view] == [
        ("Bon", "printer", False),
        ("Büro", "printer", True),
        ("Theke", "scanner", False),
    ]
    assert view[0].address == "tcp://192.168.1.50:9100"
    assert [one.receipts for one in view] == [True, False, False]
    assert {one.state for one in view} == {DeviceState.UNKNOWN}


def test_the_state_follows_the_papers(open_desk: TestTill) -> None:
    open_desk.tray.fault = "paper_out"
    open_desk.till.scan(MILK)
    open_desk.till.tender("cash")
    bon = device(open_desk, "Bon")
    assert (bon.state, bon.fault, bon.since) == (
        DeviceState.FAULT,
        "paper_out",
        open_desk.clock.now(),
    )
    open_desk.clock.wait(minutes=5)
    open_desk.tray.fault = ""
    open_desk.till.test_print("Bon")
    assert device(open_desk, "Bon").state is DeviceState.READY
    assert device(open_desk, "Bon").since == open_desk.clock.now()


def test_a_job_that_was_cut_short_says_nothing_of_its_printer(desk: TestTill) -> None:
    desk.till.device_told("Bon", "not_printed")
    assert device(desk, "Bon").state is DeviceState.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("", DeviceState.READY),
        ("paper_low", DeviceState.WARNING),
        ("cover_open", DeviceState.FAULT),
    ],
)
def test_a_device_is_asked_how_it_is(manager: TestTill, answer: str, state: DeviceState) -> None:
    manager.equipment.answers["Bon"] = answer
    manager.till.check_device("Bon")
    assert (device(manager, "Bon").state, device(manager, "Bon").fault) == (state, answer)


def test_the_drawer_is_tried_and_that_is_written_down(manager: TestTill) -> None:
    manager.till.test_drawer("Büro")
    assert (manager.tray.kicks, manager.other.kicks) == (0, 1)
    last = manager.store.last_entry()
    assert last is not None
    assert (last.entry.kind, last.entry.data) == (
        Kind.DRAWER_OPENED,
        {"reason": "test", "printer": "Büro"},
    )
    assert manager.till.view().drawer.last_reason == "test"
    with pytest.raises(Refusal, match="no_such_printer"):
        manager.till.test_drawer("Theke")


def test_a_device_is_added_changed_and_removed(manager: TestTill) -> None:
    manager.till.save_device("Küche", "printer_escpos", {"address": "usb://04b8:0e28"})
    assert device(manager, "Küche").state is DeviceState.READY
    manager.till.save_device("Küche 2", "printer_escpos", {"columns": 32}, instead_of="Küche")
    assert manager.till.device("Küche 2").options["columns"] == 32
    manager.till.remove_device("Küche 2")
    assert [one.name for one in manager.till.view().equipment] == ["Bon", "Büro", "Theke"]
    assert kinds(manager).count(Kind.DEVICE_CHANGED) == 3


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "  "}, "device_name"),
        ({"name": "x" * 41}, "device_name"),
        ({"name": "theke"}, "device_name_taken"),
        ({"plugin": "printer_braille"}, "no_such_plugin"),
        ({"options": {"columns": 7}}, "device_option"),
        ({"options": {"colour": "red"}}, "device_option"),
        ({"instead_of": "Theke"}, "no_such_device"),
        ({"instead_of": "Keller"}, "no_such_device"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    manager: TestTill, given: dict[str, object], code: str
) -> None:
    before = manager.equipment.devices()
    wanted: dict[str, object] = {"name": "Küche", "plugin": "printer_escpos"} | given
    with pytest.raises(Refusal, match=code):
        manager.till.save_device(**wanted)  # type: ignore[arg-type]
    assert manager.equipment.devices() == before
    assert Kind.DEVICE_CHANGED not in kinds(manager)


def test_a_cashier_looks_and_asks_and_changes_nothing(open_desk: TestTill) -> None:
    open_desk.till.check_device("Bon")
    open_desk.till.test_print("Bon")
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.save_device("Küche", "printer_file")
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.remove_device("Bon")
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.test_drawer("Bon")


def test_a_till_whose_devices_are_fixed_says_so(manager: TestTill) -> None:
    manager.desk.equipment = None
    assert manager.till.view().equipment == ()
    with pytest.raises(Refusal, match="devices_fixed"):
        manager.till.save_device("Küche", "printer_file")
