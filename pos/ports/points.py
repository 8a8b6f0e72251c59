"""Points and coupons in the till's own records (T-129)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from pos.domain.points import PointsEntry, PointsState


class PointsBook(Protocol):
    """The ledgers of points. A call within a transaction takes part in it."""

    def state(self, customer: str, programme: str) -> PointsState:
        """Where an account stands; nothing was ever booked: zero."""

    def states(self, customer: str) -> dict[str, PointsState]:
        """Where all accounts of a customer stand, by programme."""

    def add(self, entry: PointsEntry) -> PointsEntry:
        """Append an entry; its number is given here."""

    def entries(self, customer: str, limit: int = 100) -> Sequence[PointsEntry]:
        """A customer's entries, newest first."""

    def of_sale(self, sale: str) -> Sequence[PointsEntry]:
        """What a closed sale did, in order."""

    def lapsed(self, customer: str, programme: str, before: datetime) -> int:
        """How many points are left of those that came before a moment; older ones go first."""


class CouponBook(Protocol):
    """Which sales have used coupons. A call within a transaction takes part in it."""

    def use(self, coupon: str, sale: str, customer: str, at: datetime) -> None:
        """A closed sale has used a coupon."""

    def take_back(self, sale: str, void: str, at: datetime) -> None:
        """A void takes back every use of the sale it voids."""

    def used(self, coupon: str) -> int:
        """How often it counts as used at this till."""

    def used_by(self, coupon: str, customer: str) -> int:
        """How often a customer has used it here."""
