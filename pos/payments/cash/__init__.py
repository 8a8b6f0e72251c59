"""Notes and coins: what lies on the counter is taken."""

from __future__ import annotations

from pos.domain.tender import TenderState
from pos.ports.payment import TenderRequest


class Cash:
    """Implements `pos.ports.payment.TenderMethod`."""

    key = "cash"
    is_cash = True

    def authorise(self, request: TenderRequest) -> TenderState:
        """Cash is good as soon as the cashier holds it."""
        return TenderState.AUTHORISED


METHOD = Cash()
