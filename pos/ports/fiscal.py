"""The fiscal unit: what a country's law wants done between reserving and closing a sale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from pos.domain.money import Money


class FiscalRecord(Struct, frozen=True):
    """What is sealed: the frozen content of one receipt.

    `gross_by_tax` holds the gross sum of each tax code; a sale free of tax (COMARCH-9) stands
    under the empty code, whatever the goods' own taxes are. `void` marks a receipt that takes a
    whole other one back; a return of goods is an ordinary receipt with sums below zero.
    """

    till: str
    receipt_number: int
    at: datetime
    total: Money
    gross_by_tax: Mapping[str, Money]
    void: bool = False


class Seal(Struct, frozen=True):
    """The unit's answer: `data` goes on the receipt as a QR code where it isn't empty."""

    unit: str
    data: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class FiscalUnit(Protocol):
    """Seals receipts, one folder a country. Sealing again after a crash must be harmless."""

    def seal(self, record: FiscalRecord) -> Seal:
        """Sign the record, or mark a lawful outage; within the unit's own deadline."""
