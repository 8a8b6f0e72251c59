"""The commands of the till that are about points and coupons (T-129)."""

from __future__ import annotations

from collections.abc import Sequence

from pos.till import coupons, points, points_showing
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.points_views import PointsEntryView
from pos.till.views import TillView


class PointsCommands(Facade):
    """Coupons and points on a sale, and what a customer has of them."""

    @command
    def take_coupon(self, code: str) -> TillView:
        """Take a coupon off the sale; scanning its code does the same."""
        coupons.take(self._desk, code)
        return self._changed()

    @command
    def remove_coupon(self, coupon: str) -> TillView:
        """Take a coupon back, by its number."""
        coupons.remove(self._desk, coupon)
        return self._changed()

    @command
    def spend_points(self, count: int | None = None) -> TillView:
        """Take points off the sale; without a number as many as it has room for."""
        points.spend(self._desk, count)
        return self._changed()

    @command
    def remove_points(self) -> TillView:
        """Spend no points on this sale."""
        points.remove(self._desk)
        return self._changed()

    @command
    def correct_points(self, customer: str, by: int, reason: str) -> TillView:
        """Give a customer points, or take some away where `by` is below zero."""
        points.correct(self._desk, customer, by, reason)
        return self._changed()

    @query
    def points_history(self, customer: str) -> Sequence[PointsEntryView]:
        """What happened to a customer's points, newest first."""
        return points_showing.history(self._desk, customer)
