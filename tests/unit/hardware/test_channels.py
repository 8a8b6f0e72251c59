"""The wires, each against something that behaves like its other end."""

from __future__ import annotations

import os
import pty
import socket
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import usb.core

from pos.hardware.channels import open_channel
from pos.hardware.serial_line import SerialChannel
from pos.hardware.tcp import TcpChannel
from pos.hardware.usb_printer import UsbChannel
from pos.ports.devices import DeviceError


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """Both ends of a serial line: a file descriptor, and a device to open."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    for end in (ours, theirs):
        try:
            os.close(end)
        except OSError:
            continue


def fault_of(address: str) -> str:
    with pytest.raises(DeviceError) as caught:
        open_channel(address).close()
    return caught.value.fault


@pytest.mark.parametrize(
    "address",
    [
        "",
        "192.168.1.5",
        "http://printer",
        "tcp://",
        "tcp://host:99999",
        "usb://04b8",
        "usb://epson:tm",
        "serial:/dev/null?baud=fast",
        "serial:/dev/null?frame=9X7",
    ],
)
def test_an_address_that_names_nothing(address: str) -> None:
    assert fault_of(address) == "address"


@pytest.mark.parametrize("address", ["serial:/dev/no-such-line", "file:/dev/no/such/printer"])
def test_a_device_that_is_not_there(address: str, tmp_path: Path) -> None:
    assert fault_of(address) == "unplugged"


def test_a_file_is_never_made(tmp_path: Path) -> None:
    assert fault_of(f"file:{tmp_path}/lp0") == "unplugged"
    assert list(tmp_path.iterdir()) == []


def test_serial_both_ways(line: tuple[int, str]) -> None:
    ours, device = line
    with closing(open_channel(f"serial:{device}?baud=19200")) as channel:
        assert channel.bytes_per_second == 1920
        channel.write(b"hello", 500)
        assert os.read(ours, 100) == b"hello"
        os.write(ours, b"\x12\x16")
        assert channel.read(500) == b"\x12\x16"
        assert channel.read(20) == b""


def test_a_serial_line_that_takes_nothing_times_out(line: tuple[int, str]) -> None:
    _, device = line
    with closing(open_channel(f"serial:{device}")) as channel:
        started = time.monotonic()
        with pytest.raises(DeviceError) as caught:
            channel.write(bytes(1_000_000), 200)
    assert caught.value.fault == "timeout"
    assert time.monotonic() - started < 2


def test_a_serial_line_unplugged_in_mid_read(line: tuple[int, str]) -> None:
    ours, device = line
    with closing(open_channel(f"serial:{device}")) as channel:
        os.close(ours)
        with pytest.raises(DeviceError) as caught:
            for _ in range(10):
                channel.read(50)
    assert caught.value.fault == "unplugged"


def test_a_serial_line_belongs_to_one(line: tuple[int, str]) -> None:
    _, device = line
    with closing(open_channel(f"serial:{device}")):
        assert fault_of(f"serial:{device}") == "unplugged"


def test_line_settings_reach_the_line() -> None:
    with closing(SerialChannel.open("loop://", baud=2400, frame="7E2", flow="rtscts")) as channel:
        port = channel._port
        settings = (port.baudrate, port.bytesize, port.parity, port.stopbits, port.rtscts)
        assert settings == (2400, 7, "E", 2, True)


def test_tcp_close_lets_a_slow_printer_finish_reading() -> None:
    """Answers left unread would turn the close into a reset, and lose what is on the way."""
    received = bytearray()

    def serve() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(b"unread answers")
            while data := peer.recv(1024):
                received.extend(data)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        # A small buffer, as a printer has: most of the job is still on our side at the close.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        server = threading.Thread(target=serve)
        server.start()
        channel = TcpChannel("127.0.0.1", listener.getsockname()[1])
        channel.write(bytes(400_000), 5000)
        channel.close()
        server.join()
    assert len(received) == 400_000


def test_a_device_file_takes_bytes_and_has_no_answers(tmp_path: Path) -> None:
    target = tmp_path / "lp0"
    target.touch()
    with closing(open_channel(f"file:{target}")) as channel:
        channel.write(b"abc" * 5000, 500)
        assert (channel.answers, channel.read(10)) == (False, b"")
        channel.close()
    assert target.read_bytes() == b"abc" * 5000


def test_a_device_file_that_takes_nothing_times_out(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with closing(open_channel(f"file:{pipe}")) as channel, pytest.raises(DeviceError) as caught:
            channel.write(bytes(10_000_000), 100)
    finally:
        os.close(reader)
    assert caught.value.fault == "timeout"


class EndPoint:
    """One direction of a USB printer."""

    def __init__(self, address: int, error: Exception | None = None) -> None:
        self.bEndpointAddress = address
        self.wMaxPacketSize = 64
        self.error = error
        self.written = b""

    def write(self, data: bytes, timeout: int) -> None:
        if self.error:
            raise self.error
        self.written += data

    def read(self, size: int, timeout: int) -> bytes:
        if self.error:
            raise self.error
        return b"\x12"


class Interface(list[EndPoint]):
    """The interface of a USB printer."""

    bInterfaceNumber = 0  # noqa: N815 - pyusb's names
    bInterfaceClass = 7  # noqa: N815


class Device:
    """A USB printer whose kernel driver is loaded."""

    def __init__(self, *ends: EndPoint) -> None:
        self.interface = Interface(ends)
        self.calls: list[str] = []

    def get_active_configuration(self) -> list[Interface]:
        return [self.interface]

    def is_kernel_driver_active(self, number: int) -> bool:
        return True

    def detach_kernel_driver(self, number: int) -> None:
        self.calls.append("detach")


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of libusb."""
    asked: list[str] = []
    monkeypatch.setattr("usb.util.claim_interface", lambda *_: asked.append("claim"))
    monkeypatch.setattr("usb.util.dispose_resources", lambda *_: asked.append("free"))
    return asked


def test_usb_both_ways(claims: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    out, back = EndPoint(0x01), EndPoint(0x82)
    device = Device(out, back)
    wanted: dict[str, int] = {}

    def find(**ids: int) -> Device:
        wanted.update(ids)
        return device

    monkeypatch.setattr(usb.core, "find", find)
    with closing(open_channel("usb://04b8:0e28")) as channel:
        channel.write(bytes(10_000), 500)
        assert channel.read(50) == b"\x12"
    assert wanted == {"idVendor": 0x04B8, "idProduct": 0x0E28}
    assert len(out.written) == 10_000
    assert (device.calls, claims) == (["detach"], ["claim", "free"])


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (usb.core.USBTimeoutError("slow"), "timeout"),
        (usb.core.USBError("gone"), "unplugged"),
    ],
)
def test_a_usb_printer_that_fails(claims: list[str], error: Exception, fault: str) -> None:
    printer = Device(EndPoint(0x01, error), EndPoint(0x82))
    with closing(UsbChannel(printer)) as channel, pytest.raises(DeviceError) as caught:
        channel.write(b"x", 100)
    assert caught.value.fault == fault


def test_a_silent_usb_printer_answers_nothing(claims: list[str]) -> None:
    silent = EndPoint(0x82, usb.core.USBTimeoutError("silent"))
    with closing(UsbChannel(Device(EndPoint(0x01), silent))) as channel:
        assert channel.read(10) == b""


def test_a_usb_printer_may_be_mute(claims: list[str]) -> None:
    with closing(UsbChannel(Device(EndPoint(0x01)))) as channel:
        assert (channel.answers, channel.read(10)) == (False, b"")


def test_a_usb_device_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.core, "find", lambda **_: None)
    assert fault_of("usb://04b8:0e28") == "unplugged"


def test_without_libusb_the_address_is_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(**_: Any) -> None:
        raise usb.core.NoBackendError("no backend")

    monkeypatch.setattr(usb.core, "find", find)
    assert fault_of("usb://04b8:0e28") == "address"
