"""Codes as a table (ETRON-43): for a print shop or a letter of one's own, by a manager's hand.

The file holds money. Its columns are other ones than an import takes: read in at another shop, the
same money would stand twice.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.ports.sheets import Sheet, SheetRow, Sheets
from pos.till.desk import Desk
from pos.till.vouchers import revealing
from pos.till.vouchers.revealing import Revealed
from pos.till.vouchers.rows import owner_name

COLUMNS = ("code", "programme", "name", "balance", "currency", "expires", "customer", "owner")


class CodeList(Struct, frozen=True):
    """Cards to be written as CSV or XLSX, codes and all; whoever holds it writes it and lets go.

    Attributes:
        more: the card after which the next of them follow; empty behind the last.
    """

    sheets: Sheets
    rows: tuple[tuple[str, ...], ...]
    more: str

    @property
    def count(self) -> int:
        """How many cards are in it."""
        return len(self.rows)

    def joined(self, other: CodeList) -> CodeList:
        """With the cards that follow."""
        return replace(self, rows=self.rows + other.rows, more=other.more)

    def write(self, path: Path) -> Path:
        """Write the file; needs no till. Raises Refusal "voucher_nothing_to_share"."""
        if not self.rows:
            raise Refusal("voucher_nothing_to_share")
        revealing.private_folder(path.parent)
        lines = (SheetRow(line, cells) for line, cells in enumerate(self.rows, 2))
        self.sheets.write(path, Sheet(COLUMNS, tuple(lines)))
        return path


def code_list(desk: Desk, programme: str, run: str, after: str) -> CodeList:
    """The next cards of a programme or of a generation, with their codes."""
    page = revealing.page(desk, Kind.CODES_SHARED, programme, run, after)
    return CodeList(desk.sheets, tuple(_cells(desk, each) for each in page.cards), page.more)


def _cells(desk: Desk, shown: Revealed) -> tuple[str, ...]:
    card, programme = shown.card, shown.programme
    return (
        shown.code,
        programme.number,
        programme.name,
        str(shown.balance.decimal),
        card.currency,
        card.expires.isoformat() if card.expires else "",
        card.customer,
        owner_name(desk, card.customer),
    )
