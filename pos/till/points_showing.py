"""From points and coupons to what screens show of them."""

from __future__ import annotations

from pos.domain.balance import Off, reach_of, whole_reductions
from pos.domain.deduction import Deduction
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.till import papers
from pos.till.deducting import collector
from pos.till.desk import Desk
from pos.till.points import programme_here, spendable, spent
from pos.till.points_ledger import available
from pos.till.points_views import DeductionView, PointsEntryView, PointsView

HISTORY = 100


def deductions(sale: Sale) -> tuple[DeductionView, ...]:
    """What comes off the sale besides a discount by hand, in order."""
    found = [each for each in whole_reductions(sale) if each.kind in (Off.COUPON, Off.POINTS)]
    return tuple(
        DeductionView(
            each.kind.value,
            each.number,
            each.name,
            each.amount,
            each.percent,
            each.points,
            _missed(sale, deduction),
        )
        for each, deduction in zip(found, sale.deductions, strict=True)
    )


def _missed(sale: Sale, deduction: Deduction) -> Money | None:
    missed = reach_of(sale, deduction).minor < deduction.minimum
    return Money(deduction.minimum, sale.currency) if missed else None


def points(desk: Desk, sale: Sale) -> PointsView | None:
    """The points of the customer on the sale; None without an account or a programme."""
    customer = collector(sale)
    programme = programme_here(desk) if customer else None
    if programme is None:
        return None
    state = available(desk, programme, customer)
    most = spendable(programme, state, sale)
    return PointsView(
        programme=programme.number,
        name=programme.name,
        balance=state.balance,
        owed=state.owed,
        step=programme.spend_points,
        worth=programme.worth(1, sale.currency),
        most=most * programme.spend_points,
        most_worth=programme.worth(most, sale.currency),
        spending=spent(sale),
    )


def history(desk: Desk, customer: str) -> tuple[PointsEntryView, ...]:
    """What happened to a customer's points, newest first."""
    names = {each.number: each.name for each in desk.catalogue.points_programmes()}
    return tuple(
        PointsEntryView(
            entry.at,
            names.get(entry.programme, entry.programme),
            entry.kind.value,
            entry.points,
            entry.balance,
            entry.owed,
            entry.receipt,
            entry.reason,
            papers.operator_name(desk, entry.operator),
        )
        for entry in desk.store.points.entries(customer, HISTORY)
    )
