"""A table of codes that somebody else made (T-130): its columns, and what came of its rows."""

from __future__ import annotations

from msgspec import Struct, field

from pos.domain.errors import Refusal
from pos.ports.sheets import Sheet, SheetRow

CODE, AMOUNT, PROGRAMME, EXPIRES, CUSTOMER = COLUMNS = (
    "code",
    "amount",
    "programme",
    "expires",
    "customer",
)
NEEDED = (CODE, AMOUNT)

MOST_TOLD = 1_000
"""Faulty rows that are told one by one; beyond, they are only counted."""


class RowProblem(Struct, frozen=True):
    """A row that wasn't taken: its line in the table, the column where one is meant, and why."""

    line: int
    column: str
    refusal: Refusal


class VoucherImport(Struct):
    """One table being read in, and what came of it so far.

    Attributes:
        run: names the cards it brings.
        programme: for rows that name none.
        at: rows that were looked at.
        added, known: cards that are new, and those that were there before.
        seen: digests of the codes so far, so that none comes twice.
    """

    file: str
    run: str
    programme: str
    sheet: Sheet
    at: int = 0
    added: int = 0
    known: int = 0
    problem_count: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    stopped: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether rows are left."""
        return not self.stopped and self.at < len(self.sheet.rows)

    def add(self, problem: RowProblem) -> None:
        """Note a row that wasn't taken."""
        self.problem_count += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(problem)

    def cell(self, row: SheetRow, column: str) -> str:
        """What a row says in a column; empty where the table doesn't have it."""
        if column not in self.sheet.header:
            return ""
        return row.cells[self.sheet.header.index(column)].strip()


def check_header(sheet: Sheet) -> None:
    """Refuse a table that can't be one of codes; raises Refusal "import_columns"."""
    unknown = [name for name in sheet.header if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in sheet.header]
    twice = len(set(sheet.header)) < len(sheet.header)
    if unknown or missing or twice:
        raise Refusal("import_columns", columns=", ".join(COLUMNS), found=_told(sheet))


def _told(sheet: Sheet) -> str:
    return ", ".join(sheet.header)[:200]
