"""What every printer plug-in keeps, found today or added tomorrow.

A plug-in of a kind that needs something at its other end gets it from PARTNERS, by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pos.hardware.channels import open_channel
from pos.ports.devices import FAULTS, DeviceError, TillPrinter
from pos.ports.plugin import Plugin, Services, Setting, Settings
from pos.runtime.plugins import find_plugins
from pos.runtime.texts import LANGUAGES, Texts
from tests.support import papers
from tests.support.escpos_interpreter import Interpreter
from tests.support.printer_server import COVER_OPEN, PrinterServer

ALL = find_plugins("pos.hardware")
PRINTERS = [plugin for plugin in ALL.values() if plugin.kind == "printer"]
Partner = Callable[[], AbstractContextManager[Settings]]


@contextmanager
def a_printer_on_the_network() -> Iterator[Settings]:
    with PrinterServer() as server:
        yield {"address": server.address}


@contextmanager
def a_printer_with_its_cover_open() -> Iterator[Settings]:
    with PrinterServer(status=COVER_OPEN) as server:
        yield {"address": server.address}


@contextmanager
def nothing() -> Iterator[Settings]:
    yield {}


HEALTHY: dict[str, Partner] = {"printer_escpos": a_printer_on_the_network, "printer_file": nothing}
ILL: dict[str, Partner] = {"printer_escpos": a_printer_with_its_cover_open}


def services(folder: Path) -> Services:
    return Services(open_channel=open_channel, output=folder / "out", pictures=folder)


@pytest.fixture(params=PRINTERS, ids=lambda plugin: str(plugin.key))
def plugin(request: pytest.FixtureRequest) -> Plugin[TillPrinter]:
    found: Plugin[TillPrinter] = request.param
    return found


def test_there_are_printers() -> None:
    assert {"printer_escpos", "printer_file"} <= {plugin.key for plugin in PRINTERS}


def test_it_prints_and_opens_the_drawer(plugin: Plugin[TillPrinter], tmp_path: Path) -> None:
    with HEALTHY[plugin.key]() as settings:
        printer = plugin.make(settings, services(tmp_path))
        assert printer.check() == ""
        for document in (papers.receipt(), papers.z_report("en"), papers.parking_slip()):
            printer.print(document)
        printer.kick()
        assert printer.check() == ""


def test_making_it_touches_nothing(plugin: Plugin[TillPrinter], tmp_path: Path) -> None:
    """The till starts with its printer switched off."""

    def no_channel(address: str) -> Any:
        raise AssertionError(address)

    plugin.make({}, Services(open_channel=no_channel, output=tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


def test_it_fails_with_a_device_error_only(plugin: Plugin[TillPrinter], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where a folder should be", encoding="utf-8")
    with ILL.get(plugin.key, nothing)() as settings:
        printer = plugin.make(settings, services(tmp_path))
        actions: list[Callable[[], object]] = [
            lambda: printer.print(papers.receipt()),
            printer.check,
        ]
        for action in actions:
            with pytest.raises(DeviceError) as caught:
                action()
            assert caught.value.fault in FAULTS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("found", ALL.values(), ids=lambda one: str(one.key))
def test_its_settings_have_names(found: Plugin[Any], language: str) -> None:
    texts = Texts(language)
    assert texts.get(found.title)
    for option in found.options:
        assert texts.get(f"device.option.{option.key}")


@pytest.mark.parametrize("found", ALL.values(), ids=lambda one: str(one.key))
def test_its_defaults_are_settings_it_accepts(found: Plugin[Any]) -> None:
    defaults: dict[str, Setting] = {option.key: option.default for option in found.options}
    assert found.settings(defaults) == defaults


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_text(language: str) -> None:
    texts = Texts(language)
    for fault in (*FAULTS, "paper_low", "interrupted"):
        assert texts.get(f"device.{fault}")


def test_the_simulator_shows_what_a_printer_would_get(tmp_path: Path) -> None:
    printer = ALL["printer_file"].make({"columns": 32}, services(tmp_path))
    printer.print(papers.receipt())
    printer.kick()
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    stem = "0001-beleg-nr-17"
    assert names == [f"{stem}.bin", f"{stem}.png", f"{stem}.txt", "0002-drawer.bin"]
    job = (tmp_path / "out" / f"{stem}.bin").read_bytes()
    text = (tmp_path / "out" / f"{stem}.txt").read_text(encoding="utf-8")
    assert "Beleg Nr. 17" in text
    assert "Beleg Nr. 17" in Interpreter(32).run(job).text
    pulse = (tmp_path / "out" / "0002-drawer.bin").read_bytes()
    assert Interpreter().run(pulse).pulses == [(2, 100, 100)]
    assert ALL["printer_file"].simulator


def test_the_simulator_goes_on_counting_after_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        ALL["printer_file"].make({}, services(tmp_path)).kick()
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["0001-drawer.bin", "0002-drawer.bin"]
