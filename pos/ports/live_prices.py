"""What a back office in reach would charge a customer right now (OXOMI-16).

None is connected yet. A plug-in implements this port on a lane of its own; `Desk.live_prices` takes
it. What it must keep to stands in tests/contracts/test_live_prices.py.
"""

from __future__ import annotations

from typing import Protocol

from pos.domain.display_prices import LivePrice


class LivePrices(Protocol):
    """Prices for one customer, with this customer's discounts and tiers in them."""

    def known(self, product: str, customer: str) -> LivePrice | None:
        """The newest answer there is, at once; None without one, and while off line.

        Never waits and never raises: it is asked on the till's lane. The question goes out in the
        background, so that the next look finds an answer. `LivePrice.at` is when it came.
        """
