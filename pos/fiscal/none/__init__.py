"""No fiscal unit: for shops below the thresholds of § 131b BAO, and for trying Kassa out."""

from __future__ import annotations

from pos.ports.fiscal import FiscalRecord, Seal


class NoUnit:
    """Implements `pos.ports.fiscal.FiscalUnit`: seals nothing, and the receipt shows nothing."""

    def seal(self, record: FiscalRecord) -> Seal:
        """The empty seal."""
        return Seal(unit="none")


UNIT = NoUnit()
