"""X and Z reports as blocks.

A report is a head and sections of rows and tables. Which figures there are is the caller's
business (pos/domain/report.py computes them, from the journal only); a new figure is a new row,
this module does not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from pos.documents.parts import Shop, shop_blocks, signature, sum_row, table
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ports.document import Align, Block, Document, Rule, Size, Space, Text
from pos.runtime.texts import Texts


class Percent(Struct, frozen=True):
    """A rate in basis points, shown as "20 %"."""

    basis_points: int


class Word(Struct, frozen=True):
    """A text key under `report.`, with how often it happened."""

    key: str
    count: int


Value = Word | Money | Quantity | Percent | int | str | datetime | date


class ReportRow(Struct, frozen=True):
    """A figure with its name.

    Attributes:
        label: text key under `report.`; left empty where `name` says it.
        name: a name out of the shop's data (a tender, a reason), printed as it is.
        count: how often, printed before the name ("3 × Bar").
        strong: set bold: a sum, a difference.
    """

    label: str
    value: Value
    name: str = ""
    count: int | None = None
    strong: bool = False


class ReportTable(Struct, frozen=True):
    """Figures in columns; money stands without its sign.

    Attributes:
        heads: text keys under `report.`, one a column.
        sums: the last row, set bold, without its first column: that one says "sum".
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: tuple[Value, ...] = ()


class ReportSection(Struct, frozen=True):
    """A group of figures under a title (text key under `report.`)."""

    title: str
    rows: tuple[ReportRow | ReportTable, ...]


class SessionReportContent(Struct, frozen=True):
    """A session as reported.

    Attributes:
        kind: "x" (in between) or "z" (closing).
        printed_at: when the figures were taken, UTC; for a Z the moment of closing.
        by: who asked for the report, or closed the session.
        training: practice; the paper says so.
    """

    kind: str
    shop: Shop
    till: str
    session: int
    business_date: date
    opened_at: datetime
    opened_by: str
    printed_at: datetime
    by: str
    sections: tuple[ReportSection, ...]
    training: bool = False


def session_report_document(content: SessionReportContent, texts: Texts) -> Document:
    """The X or Z report, ready to print and to keep."""
    title = texts.get(f"report.{content.kind}_title", session=content.session, till=content.till)
    return Document(
        kind=f"{content.kind}_report",
        title=title,
        blocks=tuple(_blocks(content, texts)),
        language=texts.language,
    )


def _blocks(content: SessionReportContent, texts: Texts) -> Iterator[Block]:
    yield from shop_blocks(content.shop)
    yield Text(texts.get(f"report.{content.kind}"), Align.CENTER, bold=True, size=Size.LARGE)
    where = {"till": content.till, "session": content.session}
    yield Text(texts.get("report.where", **where), Align.CENTER)
    if content.training:
        yield Text(texts.get("report.training"), Align.CENTER, bold=True)
    yield Space()
    head = (
        ReportRow("business_date", content.business_date),
        ReportRow("opened", _moment_and_name(content.opened_at, content.opened_by, texts)),
        ReportRow(
            "closed" if content.kind == "z" else "printed",
            _moment_and_name(content.printed_at, content.by, texts),
        ),
    )
    for row in head:
        yield _row(row, texts)
    for section in content.sections:
        yield from _section(section, texts)
    yield Rule()
    if content.kind == "z":
        yield from signature(texts.get("report.signature"))


def _moment_and_name(at: datetime, name: str, texts: Texts) -> str:
    return f"{texts.moment(at)} {name}".rstrip()


def _section(section: ReportSection, texts: Texts) -> Iterator[Block]:
    yield Rule()
    yield Text(texts.get(f"report.{section.title}"), bold=True)
    # The tables of a section are measured together: their figures stand in the same columns.
    tables = [_cells(each, texts) for each in section.rows if isinstance(each, ReportTable)]
    in_line = table([row for rows in tables for row in rows])
    for row in section.rows:
        if isinstance(row, ReportTable):
            *body, last = islice(in_line, len(tables.pop(0)))
            yield from body
            yield replace(last, bold=bool(row.sums))
        else:
            yield _row(row, texts)


def _cells(figures: ReportTable, texts: Texts) -> list[tuple[str, ...]]:
    rows = [tuple(texts.get(f"report.{head}") for head in figures.heads)]
    rows += [tuple(_cell(value, texts) for value in row) for row in figures.rows]
    if figures.sums:
        sums = (_cell(value, texts) for value in figures.sums)
        rows.append((texts.get("report.sum"), *sums))
    return rows


def _row(row: ReportRow, texts: Texts) -> Block:
    name = row.name or texts.get(f"report.{row.label}")
    if row.value == "":
        return Text(name, bold=row.strong)
    label = name if row.count is None else texts.get("report.times", count=row.count, name=name)
    return sum_row(label, _shown(row.value, texts), bold=row.strong)


def _cell(value: Value, texts: Texts) -> str:
    return texts.amount(value) if isinstance(value, Money) else _shown(value, texts)


def _shown(value: Value, texts: Texts) -> str:
    if isinstance(value, Word):
        return texts.get("report.times", count=value.count, name=texts.get(f"report.{value.key}"))
    return texts.percent(value.basis_points) if isinstance(value, Percent) else texts.show(value)
