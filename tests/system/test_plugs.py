"""Devices are changed while the till sells: in till.toml, and in use, at once."""

from __future__ import annotations

import os
import pty
import queue
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.app.window import RunningTill
from pos.domain.errors import Refusal
from pos.runtime.bus import CodeScanned, Event, TillChanged
from pos.runtime.lane import Outcome
from pos.settings.till_toml import read_settings
from pos.till.device_views import DeviceState, DeviceView
from pos.till.till import Till
from pos.till.views import TillView
from tests.support.printer_server import COVER_OPEN, PrinterServer
from tests.support.shop import make_shop

WAIT = 10


class House:
    """A running till, and what it tells."""

    def __init__(self, folder: Path) -> None:
        self.running = RunningTill(folder, quiet=3600)
        self.scans: queue.Queue[CodeScanned] = queue.Queue()
        self._views: queue.Queue[TillView] = queue.Queue()
        self.running.bus.subscribe(self._hear)
        self.do(lambda till: till.sign_in("maria", "9999"))

    def _hear(self, event: Event) -> None:
        match event:
            case CodeScanned():
                self.scans.put(event)
            case TillChanged(view=TillView() as view):
                self._views.put(view)

    def do(self, command: Callable[[Till], TillView]) -> TillView:
        """Give a command on the till's lane."""
        answer: queue.Queue[Outcome[TillView]] = queue.Queue()
        till = self.running.opened.till
        self.running.till_lane.submit(lambda: command(till), answer.put)
        outcome = answer.get(timeout=WAIT)
        if outcome.refusal is not None:
            raise outcome.refusal
        assert outcome.value is not None, outcome.bug
        return outcome.value

    def becomes(self, name: str, state: DeviceState) -> DeviceView:
        """Wait until a device has a state."""
        view = self.do(lambda till: till.view())
        while True:
            found = [one for one in view.equipment if one.name == name and one.state is state]
            if found:
                return found[0]
            view = self._views.get(timeout=WAIT)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    make_shop(tmp_path)
    house = House(tmp_path)
    yield house
    house.running.stop()


@pytest.fixture
def cable() -> Iterator[tuple[int, str]]:
    """The scanner's end of a line, and the address of the till's end."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, f"serial:{os.ttyname(theirs)}"
    os.close(theirs)
    os.close(ours)


def test_a_printer_is_set_up_and_prints_without_a_restart(house: House) -> None:
    with PrinterServer() as server:
        options: dict[str, str | int | bool] = {"address": server.address, "columns": 32}
        house.do(lambda till: till.save_device("Bon", "printer_escpos", options))
        assert house.becomes("Bon", DeviceState.READY).receipts
        house.do(lambda till: till.test_print("Bon"))
        while house.do(lambda till: till.view()).print_jobs:
            pass
        assert b"\x1dV" in server.received
    (setting,) = read_settings(house.running.opened.path / "till.toml").printer
    assert (setting.name, dict(setting.options)) == ("Bon", options)


def test_a_wrong_address_shows_at_once_and_is_put_right(house: House) -> None:
    wrong = {"address": "tcp://127.0.0.1:1"}
    house.do(lambda till: till.save_device("Bon", "printer_escpos", wrong))
    assert house.becomes("Bon", DeviceState.FAULT).fault == "unreachable"
    with PrinterServer(status=COVER_OPEN) as server:
        right = {"address": server.address}
        house.do(lambda till: till.save_device("Bon", "printer_escpos", right, instead_of="Bon"))
        while house.becomes("Bon", DeviceState.FAULT).fault != "cover_open":
            pass
        server.status = (0x16, 0x12, 0x12, 0x12)
        house.do(lambda till: till.check_device("Bon"))
        assert house.becomes("Bon", DeviceState.READY).fault == ""


def test_a_scanner_is_set_up_renamed_and_removed(house: House, cable: tuple[int, str]) -> None:
    end, address = cable
    options = {"address": address}
    house.do(lambda till: till.save_device("Theke", "scanner_serial", options))
    house.becomes("Theke", DeviceState.READY)
    os.write(end, b"9000143110926\r")
    assert house.scans.get(timeout=WAIT) == CodeScanned("9000143110926", "Theke")
    house.do(lambda till: till.save_device("Tür", "scanner_serial", options, instead_of="Theke"))
    house.becomes("Tür", DeviceState.READY)
    os.write(end, b"4006381333931\r")
    assert house.scans.get(timeout=WAIT).scanner == "Tür"
    house.do(lambda till: till.check_device("Tür"))
    view = house.do(lambda till: till.remove_device("Tür"))
    assert view.equipment == ()
    assert read_settings(house.running.opened.path / "till.toml").scanner == ()


def test_a_missing_scanner_is_looked_for_again(house: House) -> None:
    nowhere = {"address": "serial:/dev/no-such-line"}
    house.do(lambda till: till.save_device("Theke", "scanner_serial", nowhere))
    first = house.becomes("Theke", DeviceState.FAULT)
    assert first.fault == "unplugged"
    house.do(lambda till: till.check_device("Theke"))
    assert house.becomes("Theke", DeviceState.FAULT).fault == "unplugged"


def test_what_an_owner_wrote_by_hand_meanwhile_counts_too(house: House) -> None:
    file = house.running.opened.path / "till.toml"
    file.write_text('# mine\n[[printer]]\nname = "Büro"\nplugin = "printer_file"\n')
    view = house.do(lambda till: till.save_device("Bon", "printer_file"))
    assert [one.name for one in view.equipment] == ["Büro", "Bon"]
    assert file.read_text().startswith("# mine\n")


def test_a_file_that_cannot_be_read_is_left_alone(house: House) -> None:
    file = house.running.opened.path / "till.toml"
    file.write_text("[[printer\n")
    with pytest.raises(Refusal, match="settings_unreadable"):
        house.do(lambda till: till.save_device("Bon", "printer_file"))
    assert file.read_text() == "[[printer\n"
    assert house.do(lambda till: till.view()).equipment == ()


def test_a_printer_that_goes_keeps_its_paper_waiting(house: House) -> None:
    house.do(lambda till: till.save_device("Bon", "printer_file"))
    house.do(lambda till: till.remove_device("Bon"))
    view = house.do(lambda till: till.view())
    assert (view.equipment, view.print_jobs) == ((), ())
