"""The commands that look after many cards at once: settle, generate, send, import."""

from __future__ import annotations

from collections.abc import Sequence

from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.views import TillView
from pos.till.voucher_views import UnconfirmedView
from pos.till.vouchers import settling


class CardCommands(Facade):
    """What a manager does to cards; nobody waits at the counter for it."""

    @command
    def settle_cards(self) -> TillView:
        """Tell the authority elsewhere what it missed, and set money aside for the next time."""
        self._desk.who()
        settling.settle(self._desk)
        settling.prepare(self._desk)
        return self._changed()

    @query
    def unconfirmed_redemptions(self) -> Sequence[UnconfirmedView]:
        """What was accepted while nobody could confirm it, and how it ended."""
        return settling.unconfirmed(self._desk)
