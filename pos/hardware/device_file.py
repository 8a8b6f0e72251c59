"""A device node, such as the one the kernel makes for a USB printer."""

from __future__ import annotations

import os
import select
import stat
import time
from pathlib import Path

from pos.ports.devices import DeviceError

_CHUNK = 4096


class FileChannel:
    """A device node such as /dev/usb/lp0. Never makes a file that is not there."""

    bytes_per_second = 0

    def __init__(self, path: Path) -> None:
        self._file, self.answers = self._open(path)

    @staticmethod
    def _open(path: Path) -> tuple[int, bool]:
        flags = os.O_NONBLOCK | os.O_NOCTTY
        try:
            if stat.S_ISCHR(path.stat().st_mode):
                return os.open(path, os.O_RDWR | flags), True
            return os.open(path, os.O_WRONLY | os.O_APPEND | flags), False
        except OSError as error:
            raise DeviceError("unplugged", str(error)) from error

    def write(self, data: bytes, limit_ms: int) -> None:
        """Write as the device takes it."""
        deadline = time.monotonic() + limit_ms / 1000
        rest = memoryview(data)
        try:
            while rest:
                if not self._ready(deadline, for_writing=True):
                    raise DeviceError("timeout", "device takes no data")
                rest = rest[os.write(self._file, rest[:_CHUNK]) :]
        except OSError as error:
            raise DeviceError("unplugged", str(error)) from error

    def read(self, limit_ms: int) -> bytes:
        """Nothing at all from a file that can't answer."""
        try:
            if self.answers and self._ready(time.monotonic() + limit_ms / 1000):
                return os.read(self._file, _CHUNK)
        except OSError as error:
            raise DeviceError("unplugged", str(error)) from error
        return b""

    def _ready(self, deadline: float, *, for_writing: bool = False) -> bool:
        left = max(0, deadline - time.monotonic())
        wanted = [self._file]
        readable, writable, _ = select.select(
            [] if for_writing else wanted, wanted if for_writing else [], [], left
        )
        return bool(readable or writable)

    def close(self) -> None:
        """Close the device node."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
