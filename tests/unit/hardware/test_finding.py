"""Where something seems to be plugged in."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import serial.tools.list_ports

from pos.hardware.finding import addresses


def test_lines_with_hardware_and_printers_of_the_kernel_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Port(SimpleNamespace):
        def __lt__(self, other: Port) -> bool:
            return bool(self.device < other.device)

    ports = [
        Port(device="/dev/ttyUSB0", hwid="USB VID:PID=067B:2303"),
        Port(device="/dev/ttyACM0", hwid="USB VID:PID=05F9:4204"),
        Port(device="/dev/ttyS3", hwid="n/a"),
    ]
    monkeypatch.setattr(serial.tools.list_ports, "comports", lambda: ports)
    (tmp_path / "lp0").touch()
    (tmp_path / "hiddev0").touch()
    assert addresses(tmp_path) == [
        "serial:/dev/ttyACM0",
        "serial:/dev/ttyUSB0",
        f"file:{tmp_path}/lp0",
    ]


def test_where_nothing_is_plugged_in_nothing_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial.tools.list_ports, "comports", list)
    assert addresses(tmp_path / "none") == []
