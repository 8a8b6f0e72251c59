"""Bytes of a scanner into scans. Pure: no line, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pos.ports.devices import Scan

LONGEST = 4096
"""Bytes of the longest scan; what is longer is noise and is dropped up to its end."""
_ENDS = re.compile(rb"[\r\n]")
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GROUP_SEPARATOR = "\x1d"


class Frames:
    """Collects bytes until a scan ends: at CR or LF, or when the scanner pauses.

    A code keeps GS (it parts the fields of GS1 codes), everything else that is no character
    goes. Bytes that are no UTF-8 are read as Latin-1.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._drowned = False

    def feed(self, data: bytes) -> Iterator[Scan]:
        """The scans that end within these bytes."""
        *complete, self._rest = _ENDS.split(self._rest + data)
        for frame in complete:
            yield from self._scan(frame)
        if len(self._rest) > LONGEST:
            self._rest, self._drowned = b"", True

    def pause(self) -> Iterator[Scan]:
        """The scanner has been silent for a moment: what it sent is complete."""
        frame, self._rest = self._rest, b""
        yield from self._scan(frame)

    def _scan(self, frame: bytes) -> Iterator[Scan]:
        drowned, self._drowned = self._drowned, False
        if drowned or len(frame) > LONGEST:
            return
        text = "".join(filter(_is_code, _decode(frame))).strip(" ")
        mark = _AIM.match(text)
        symbology = mark[0] if mark else ""
        if code := text[len(symbology) :]:
            yield Scan(code, symbology)


def _decode(frame: bytes) -> str:
    try:
        return frame.decode("utf-8")
    except UnicodeDecodeError:
        return frame.decode("latin-1")


def _is_code(char: str) -> bool:
    return char.isprintable() or char == _GROUP_SEPARATOR
