"""Reads one CSV file of the exchange format, as forgiving as is safe.

A row is a line: no field holds a line break. So a quote left open spoils its own row only, and a
file of any size is read with the memory of one line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
_LONGEST_LINE = 100_000


class Row(NamedTuple):
    """One row: its line in the file, counting from 1 with the header, and its fields.

    `fault` says what is wrong with it as a whole: "nul", "encoding", "quote", "line_too_long",
    "control_character" or "columns"; empty if nothing is.
    """

    line: int
    fields: list[str]
    fault: str = ""


class CsvSource:
    """One file: UTF-8 with or without a mark, comma or semicolon, any line end.

    Attributes:
        header: the column names, stripped; empty if the file holds no line.
        header_fault: what is wrong with the first line as a whole, empty if nothing is.
        cut_off: after reading to the end, whether the last line lacks its line end: the file may
            have been cut there, so a row missing in it proves nothing.
        at: bytes read so far, of `size`.
    """

    def __init__(self, path: Path) -> None:
        self.size = path.stat().st_size
        self.at = 0
        self.cut_off = False
        self._fault = ""
        self._file = path.open("rb")
        self._reader = csv.reader(self._read_lines(), delimiter=self._delimiter())
        self.header = [name.strip() for name in next(self._reader, [])]
        self.header_fault = self._fault

    def __enter__(self) -> CsvSource:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def rows(self) -> Iterator[Row]:
        """Every row after the header that isn't blank, broken ones with their fault."""
        columns = len(self.header)
        self._fault = ""
        for line, fields in enumerate(self._reader, start=2):
            if self._fault:
                yield Row(line, fields, self._fault)
                self._fault = ""
            elif len(fields) == columns:
                yield Row(line, fields)
            elif fields:
                yield Row(line, fields, "columns")

    def _delimiter(self) -> str:
        first = self._file.readline(_LONGEST_LINE)
        self._file.seek(0)
        return ";" if first.count(b";") > first.count(b",") else ","

    def _read_lines(self) -> Iterator[str]:
        while line := self._file.readline(_LONGEST_LINE):
            if self.at == 0:
                line = line.removeprefix(b"\xef\xbb\xbf")
            self.at += len(line)
            self.cut_off = not line.endswith(b"\n")
            if self.cut_off and len(line) >= _LONGEST_LINE:
                self._skip_line()
                line = b"-"
            text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
            if text.count('"') % 2:
                self._fault = "quote"
                text = text.replace('"', "")
            yield text if text.isascii() and text.isprintable() else self._looked_over(text)

    def _looked_over(self, text: str) -> str:
        """The line as the parser may have it; what is wrong with it is noted in `_fault`."""
        if _NOT_UTF_8.search(text):
            self._fault = "encoding"
        elif "\0" in text:
            self._fault = "nul"
        elif "\r" in text:
            self._fault = "control_character"
        return text.replace("\r", " ")

    def _skip_line(self) -> None:
        """Read past a line longer than any row may be."""
        self._fault = "line_too_long"
        while rest := self._file.readline(_LONGEST_LINE):
            self.at += len(rest)
            if rest.endswith(b"\n"):
                self.cut_off = False
                break
