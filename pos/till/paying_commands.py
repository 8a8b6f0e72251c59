"""The commands of the till that take money."""

from __future__ import annotations

from pos.domain.money import Money
from pos.till import tendering
from pos.till.commands import command
from pos.till.facade import Facade
from pos.till.views import TillView


class PayingCommands(Facade):
    """From the first tender to the change."""

    @command
    def start_checkout(self) -> TillView:
        """Go to payment."""
        tendering.start_checkout(self._desk)
        return self._changed()

    @command
    def back_to_sale(self) -> TillView:
        """Leave payment, giving back what was tendered."""
        tendering.back_to_sale(self._desk)
        return self._changed()

    @command
    def tender(self, method: str, amount: Money | None = None) -> TillView:
        """Take money; without an amount exactly what is due. Covers the total: it closes."""
        tendering.tender(self._desk, method, amount)
        return self._changed()

    @command
    def remove_tender(self, number: int) -> TillView:
        """Give one tender back."""
        tendering.remove_tender(self._desk, number)
        return self._changed()

    @command
    def new_sale(self) -> TillView:
        """Put the closed sale and its change out of sight."""
        self._desk.who()
        self._desk.last_sale = None
        return self._changed()
