"""The table of partnerships: who shows whose prices, out to a spreadsheet and back (OXOMI-10).

A shop decides what it takes; what a maker keeps and shares is the maker's word and comes from the
back office (OXOMI-15). So an import changes nothing but `received`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pos.domain.display_prices import Agreement, PriceKind
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.ports.partners import PartnerImport, PartnerProblem, Partnership
from pos.ports.sheets import Sheet, SheetRow
from pos.till.desk import Desk

COLUMNS = ("supplier", "supplier_name", "type", "type_name", "kept", "shared", "received")
NEEDED = ("supplier", "type", "received")
YES = frozenset({"1", "yes", "true", "ja", "wahr", "x"})
NO = frozenset({"0", "no", "false", "nein", "falsch", "-"})


class SurfaceView(Struct, frozen=True):
    """What a surface shows; text keys under `display_price.surface.`, `.show.`, `.level.`."""

    surface: str
    show: str
    type: str
    level: str


class PartnersView(Struct, frozen=True):
    """The table, what the surfaces show, and what the newest import did."""

    rows: tuple[Partnership, ...]
    surfaces: tuple[SurfaceView, ...]
    last_import: PartnerImport | None = None


def view(desk: Desk) -> PartnersView:
    """The table; raises Refusal "right_missing"."""
    desk.demand(Right.SETTINGS)
    settings = desk.catalogue.surfaces(desk.texts.language)
    shown = (
        SurfaceView(each.surface, each.show, title, each.trade_level) for each, title in settings
    )
    return PartnersView(_rows(desk), tuple(shown), desk.partner_import)


def receive(desk: Desk, supplier: str, kind: str, on: bool) -> None:
    """Take a kind of prices of a maker, or take it no longer."""
    desk.demand(Right.SETTINGS)
    known = {row.key: row for row in _rows(desk)}
    if (supplier, kind) not in known:
        raise Refusal("no_such_partner", supplier=supplier, type=kind)
    _keep(desk, {(supplier, kind): on}, known)


def export(desk: Desk, file: str) -> None:
    """Write the table to a file, CSV or XLSX by the end of its name."""
    desk.demand(Right.SETTINGS)
    rows = (
        SheetRow(
            line,
            (
                row.supplier,
                row.supplier_name,
                row.type,
                row.type_name,
                *(str(int(flag)) for flag in _flags(row.agreement)),
            ),
        )
        for line, row in enumerate(_rows(desk), 2)
    )
    desk.sheets.write(Path(file), Sheet(COLUMNS, tuple(rows)))


def take(desk: Desk, file: str) -> None:
    """Take over what a file says this shop receives; a bad row is told and changes nothing.

    Raises Refusal "sheet_column" where the file lacks one, and what reading a file raises.
    """
    desk.demand(Right.SETTINGS)
    sheet = desk.sheets.read(Path(file))
    for name in NEEDED:
        if name not in sheet.header:
            raise Refusal("sheet_column", file=Path(file).name, column=name)
    known = {row.key: row for row in _rows(desk)}
    check = _Check(desk, sheet, known)
    wanted = dict(check.rows())
    changed = {
        key: on for key, on in wanted.items() if key not in known or _received(known[key]) is not on
    }
    _keep(desk, changed, known)
    desk.partner_import = PartnerImport(
        Path(file).name, len(sheet.rows), len(changed), tuple(check.problems)
    )


class _Check:
    """Reads the rows of a file against the table there is."""

    def __init__(
        self, desk: Desk, sheet: Sheet, known: Mapping[tuple[str, str], Partnership]
    ) -> None:
        self._texts, self._sheet, self._known = desk.texts, sheet, known
        self._kinds = desk.catalogue.price_kinds()
        self._suppliers = {row.supplier for row in known.values()} | desk.catalogue.makers()
        self.problems: list[PartnerProblem] = []

    def rows(self) -> Iterator[tuple[tuple[str, str], bool]]:
        """The good rows: which kind of which maker, and whether it is received."""
        seen: set[tuple[str, str]] = set()
        for row in self._sheet.rows:
            cells = dict(zip(self._sheet.header, row.cells, strict=False))
            before = len(self.problems)
            key, on = self._read(row, cells, seen)
            if len(self.problems) == before:
                seen.add(key)
                yield key, on

    def _read(
        self, row: SheetRow, cells: Mapping[str, str], seen: set[tuple[str, str]]
    ) -> tuple[tuple[str, str], bool]:
        key = (cells.get("supplier", ""), cells.get("type", ""))
        if row.fault:
            self._tell(row.line, "", row.fault)
            return key, False
        for name, given, there in (
            ("supplier", key[0], self._suppliers),
            ("type", key[1], set(self._kinds)),
        ):
            if not given:
                self._tell(row.line, name, "missing")
            elif given not in there:
                target = "suppliers.csv" if name == "supplier" else "price_types.csv"
                self._tell(row.line, name, "unknown_reference", value=given, target=target)
        if self._kinds.get(key[1]) is PriceKind.CUSTOMER:
            self._tell(row.line, "type", "customer_price", value=key[1])
        if key in seen:
            self._tell(row.line, "supplier", "duplicate", value=" ".join(key))
        if key[0] in self._suppliers and key[1] in self._kinds:
            self._demand_makers_side(row.line, cells, self._known.get(key))
        return key, self._flag(row.line, "received", cells)

    def _demand_makers_side(
        self, line: int, cells: Mapping[str, str], known: Partnership | None
    ) -> None:
        """What the maker decides can't be changed here."""
        agreement = known.agreement if known else Agreement()
        for name, there in (("kept", agreement.kept), ("shared", agreement.shared)):
            if name in cells and self._flag(line, name, cells) is not there:
                self._tell(line, name, "partner_side")

    def _flag(self, line: int, name: str, cells: Mapping[str, str]) -> bool:
        text = cells.get(name, "").lower()
        if not text:
            self._tell(line, name, "missing")
        elif text not in YES | NO:
            self._tell(line, name, "not_a_flag", value=text[:40])
        return text in YES

    def _tell(self, line: int, column: str, reason: str, **values: str) -> None:
        text = self._texts.get(f"catalogue.problem.{reason}", **values)
        self.problems.append(PartnerProblem(line, column, text))


def _rows(desk: Desk) -> tuple[Partnership, ...]:
    return desk.catalogue.partnerships(desk.texts.language)


def _flags(agreement: Agreement) -> Sequence[bool]:
    return agreement.kept, agreement.shared, agreement.received


def _received(row: Partnership) -> bool:
    return row.agreement.received


def _keep(
    desk: Desk,
    changed: Mapping[tuple[str, str], bool],
    known: Mapping[tuple[str, str], Partnership],
) -> None:
    """Let a change count, then note it and tell the back office of it."""
    if not changed:
        return
    desk.partner_book.receive(changed)
    rows = [
        {
            "supplier": supplier,
            "type": kind,
            "received": on,
            "before": (supplier, kind) in known and _received(known[supplier, kind]),
        }
        for (supplier, kind), on in changed.items()
    ]
    at = desk.now()
    with desk.writing() as work:
        desk.record(work, Kind.PARTNERS_CHANGED, {"rows": rows})
        key = f"partners {desk.till} {at.isoformat()} {len(rows)}"
        work.add_parcel_once("price_partners", key, json.dumps(rows), at)
