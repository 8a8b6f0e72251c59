"""Changes in the catalogue what this shop takes of its makers' prices: the port `PartnerBook`.

It is the one thing a till changes there. The back office is told, and has the last word with its
next import.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.dialects.sqlite import insert

from pos.storage.catalogue.database import changing
from pos.storage.catalogue.tables import CARRIED, TABLES

price_partners = TABLES["price_partners"]


class CataloguePartners:
    """The table of partnerships in the catalogue of a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def receive(self, received: Mapping[tuple[str, str], bool]) -> None:
        """Take these kinds of prices, or take them no longer; all in one transaction."""
        rows = [
            {
                "supplier": supplier,
                "type": kind,
                "kept": 0,
                "shared": 0,
                "received": int(taken),
                "line": CARRIED,
            }
            for (supplier, kind), taken in received.items()
        ]
        if not rows:
            return
        statement = insert(price_partners)
        statement = statement.on_conflict_do_update(
            index_elements=["supplier", "type"],
            set_={"received": statement.excluded.received},
        )
        with changing(self._data) as connection:
            connection.execute(statement, rows)
