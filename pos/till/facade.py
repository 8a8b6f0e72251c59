"""What all parts of the till's facade share: the desk, and the snapshot a command answers with."""

from __future__ import annotations

from pos.till import snapshot
from pos.till.desk import Desk
from pos.till.views import TillView
from pos.till.visibility import net_shown


class Facade:
    """The ground under the commands of one till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self) -> TillView:
        """The till as it is."""
        self._desk.prices.serve(self._desk.sale, net=net_shown(self._desk))
        return snapshot.take(self._desk)

    def _changed(self) -> TillView:
        self._desk.version += 1
        return self.view()
