"""Checks the rows of one file against its declaration, one row at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pos.storage.catalogue.fields import FileFormat, Kind
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.source import CsvSource, Row
from pos.storage.catalogue.values import BadValue, Parser, Stored, parser_of

Values = dict[str, Stored]
"""A row's stored values by field name; a text in another language under "name:en"."""

_SELDOM_ALIKE = frozenset({Kind.TEXT, Kind.LINES, Kind.CODE, Kind.PIN, Kind.PIN_HASH})
_REMEMBERED = 4096
"""Texts of a column whose stored value is kept at hand: most rows repeat a tax, unit or price."""

_TRANSLATED = re.compile(r"(\w+):([a-z]{2}(?:_[A-Z]{2})?)")


class BadFile(Exception):
    """A file that can't be taken at all; its table stays as it was."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class _Column(NamedTuple):
    """Where a field stands in a row, and how its text becomes a stored value."""

    position: int
    name: str
    parse: Parser
    required: bool
    longest: int


class RowChecker:
    """Knows one file's header. Every problem goes to the report.

    Attributes:
        translated: the columns with texts in other languages, "name:en".
    """

    def __init__(self, file: FileFormat, source: CsvSource, report: ImportReport) -> None:
        """Raises BadFile when the header can't be worked with."""
        self._file = file
        self._report = report
        self._columns = tuple(self._match(source))
        self._dependent = bool(file.needs or file.one_of)
        self.translated = [column.name for column in self._columns if ":" in column.name]
        self._defaults: Values = {
            field.name: parser_of(field)(field.default) if field.default else None
            for field in file.fields
        }
        self._defaults.update(dict.fromkeys(self.translated))

    def check(self, row: Row) -> Values | None:
        """The row's values, or None after reporting all that is wrong with it."""
        if row.fault:
            self._tell(row.line, "", row.fault)
            return None
        before = self._report.problem_count
        values = self._parse(row)
        if self._dependent and self._report.problem_count == before:
            self._check_needs(row.line, values)
        return values if self._report.problem_count == before else None

    def readable_key(self, row: Row) -> tuple[Stored, ...]:
        """As much of a faulty row's key as can be read, from the front."""
        key: list[Stored] = []
        by_name = {column.name: column for column in self._columns}
        for name in self._file.key:
            column = by_name[name]
            text = row.fields[column.position].strip() if column.position < len(row.fields) else ""
            if not text or not text.isprintable() or len(text) > column.longest:
                break
            try:
                key.append(column.parse(text))
            except BadValue:
                break
        return tuple(key)

    def _match(self, source: CsvSource) -> Iterator[_Column]:
        """Pair the header with the declared fields."""
        if source.header_fault or not source.header:
            raise BadFile(Problem(self._file.file, 1, "", source.header_fault or "empty"))
        self._demand_columns(source.header)
        by_name = {field.name: field for field in self._file.fields}
        for index, name in enumerate(source.header):
            field = by_name.get(name)
            if field is None and (translated := _TRANSLATED.fullmatch(name)):
                field = by_name.get(translated[1])
                if field is not None and not field.translated:
                    field = None
            if field is None:
                self._report.add(
                    Problem(self._file.file, 1, name[:80], "column_unknown", kept=True)
                )
            else:
                needed = field.required and name == field.name
                parse = parser_of(field)
                if field.kind not in _SELDOM_ALIKE and name not in self._file.key:
                    parse = lru_cache(_REMEMBERED)(parse)
                yield _Column(index, name, parse, needed, field.longest)

    def _demand_columns(self, header: list[str]) -> None:
        for name in header:
            if header.count(name) > 1:
                raise BadFile(Problem(self._file.file, 1, name[:80], "column_twice"))
        for field in self._file.fields:
            if field.required and field.name not in header:
                raise BadFile(Problem(self._file.file, 1, field.name, "column_missing"))

    def _parse(self, row: Row) -> Values:
        values = self._defaults.copy()
        values["line"] = row.line
        fields = row.fields
        for position, name, parse, required, longest in self._columns:
            text = fields[position].strip()
            if not text:
                if required:
                    self._tell(row.line, name, "missing")
            elif len(text) > longest:
                self._tell(row.line, name, "too_long", length=str(len(text)), longest=str(longest))
            else:
                try:
                    values[name] = parse(text)
                except BadValue as bad:
                    self._tell(row.line, name, bad.reason, **bad.values)
        return values

    def _check_needs(self, line: int, values: Values) -> None:
        for need in self._file.needs:
            if values[need.field] == need.value and values[need.needed] is None:
                self._tell(line, need.needed, "needed", where=need.field, value=need.value)
        if self._file.one_of:
            first, second = self._file.one_of
            if (values[first] is None) is (values[second] is None):
                self._tell(line, first, "one_of", first=first, second=second)

    def _tell(self, line: int, field: str, reason: str, **values: str) -> None:
        short = {name: value[:80] for name, value in values.items()}
        self._report.add(Problem(self._file.file, line, field, reason, short))
