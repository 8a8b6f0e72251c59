"""What makers and this shop agreed to show of each other's prices, and how the shop changes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from pos.domain.display_prices import Agreement, PriceKind


class Partnership(Struct, frozen=True):
    """One row of the table: a maker, a kind of price, and what each side allows (OXOMI-10)."""

    supplier: str
    supplier_name: str
    type: str
    type_name: str
    kind: PriceKind
    agreement: Agreement

    @property
    def key(self) -> tuple[str, str]:
        """What names the row: maker and kind."""
        return self.supplier, self.type


class PartnerProblem(Struct, frozen=True):
    """What is wrong with a row of a file. `line` is as the spreadsheet counts."""

    line: int
    column: str
    text: str


class PartnerImport(Struct, frozen=True):
    """What an import did: rows read, rows that changed something, rows left out with the reason."""

    file: str
    read: int
    changed: int
    problems: tuple[PartnerProblem, ...] = ()


class PartnerBook(Protocol):
    """Changes what this shop takes of its makers' prices."""

    def receive(self, received: Mapping[tuple[str, str], bool]) -> None:
        """Take these kinds of prices, or take them no longer, by maker and kind; all at once.

        Raises Refusal "import_running" while an import lays the catalogue out anew.
        """
