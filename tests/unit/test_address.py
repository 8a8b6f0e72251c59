"""Addresses of devices survive being taken apart for a form."""

from __future__ import annotations

import pytest

from pos.ports.address import Address, read_address


@pytest.mark.parametrize(
    "text",
    [
        "tcp://192.168.1.50:9100",
        "tcp://printer.lan:515",
        "tcp://[fe80::1]:9100",
        "usb://04b8:0e28",
        "file:/dev/usb/lp0",
        "serial:/dev/ttyUSB0?baud=19200&frame=8N1&flow=rtscts",
        "serial:COM3?baud=9600",
        "serial:/dev/serial/by-id/usb-Datalogic_Gryphon I?baud=115200",
    ],
)
def test_an_address_comes_back_as_it_was(text: str) -> None:
    assert str(read_address(text)) == text


def test_what_is_not_said_is_filled_in() -> None:
    assert str(read_address("tcp://10.0.0.9")) == "tcp://10.0.0.9:9100"
    assert str(read_address("serial:/dev/ttyACM0")) == "serial:/dev/ttyACM0?baud=9600"
    assert str(Address("tcp", {"host": " 10.0.0.9 ", "port": ""})) == "tcp://10.0.0.9:9100"


def test_nonsense_begins_an_empty_network_address() -> None:
    assert read_address("tcp://10.0.0.9:x") == Address("tcp", {"host": "10.0.0.9", "port": "9100"})
    assert read_address("") == Address("tcp", {"host": "", "port": "9100"})
