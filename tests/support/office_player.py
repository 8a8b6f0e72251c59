"""Plays stories of a till whose cards a back office decides, over a line that can be cut.

Two steps more than in other stories: `line` cuts or mends it, `elsewhere` lets another till spend.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pos.app.story import Player, Story
from pos.domain.money import Money
from pos.domain.stored_value.codes import digest
from pos.domain.stored_value.ledger import By
from tests.support.back_office import BackOffice, RemoteAuthority


class OfficePlayer(Player):
    """A player with an office in memory, which both tills ask."""

    def __init__(self, story: Story, data: Path) -> None:
        super().__init__(story, data)
        self._office = BackOffice()
        self._line = RemoteAuthority(self._office)
        self._opened.desk.authority = self._line

    def _do(self, name: str, given: dict[str, Any]) -> list[str]:
        if name == "line":
            self._line.cut = bool(given["cut"])
        elif name == "elsewhere":
            self._spend(str(given["code"]), Money.parse(given["amount"]), int(given["receipt"]))
        else:
            return super()._do(name, given)
        return []

    def _spend(self, code: str, amount: Money, receipt: int) -> None:
        """Till 2 takes money of a card; its line stands."""
        card = self._office.find(digest(code))
        assert card is not None
        by = By(self._clock.now(), "2", "4", f"elsewhere-{receipt}", receipt=receipt)
        hold = f"{by.sale}-1"
        self._office.apply(card.id, lambda account: account.reserve(hold, amount, by))
        self._office.apply(card.id, lambda account: account.redeem(hold, by))
