"""Points programmes and coupons of the catalogue as the domain's values (T-129)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import RowMapping, select

from pos.domain.coupon import Coupon
from pos.domain.discount import AmountOff, Discount, PercentOff
from pos.domain.money import Money
from pos.domain.points import PointsFactor, PointsProgramme
from pos.domain.reach import Reach
from pos.domain.stored_value.programme import Medium
from pos.storage.catalogue.tables import TABLES
from pos.storage.catalogue.telling import GoodsReader

points_programmes = TABLES["points_programmes"]
points_factors = TABLES["points_factors"]
coupons = TABLES["coupons"]


class PointsReader(GoodsReader):
    """One thread's view of points and coupons; a part of the port `Catalogue`."""

    def points_programmes(self) -> tuple[PointsProgramme, ...]:
        """All points programmes, by number."""
        return self._remembered("points_programmes", self._read_points_programmes)

    def _read_points_programmes(self) -> tuple[PointsProgramme, ...]:
        factors: defaultdict[str, list[PointsFactor]] = defaultdict(list)
        for row in self._rows(select(points_factors).order_by(points_factors.c.line)):
            factor = PointsFactor(row.factor, row.category or "", row.product or "")
            factors[row.programme].append(factor)
        rows = self._rows(select(points_programmes).order_by(points_programmes.c.number))
        return tuple(_programme(row._mapping, factors[row.number]) for row in rows)

    def coupons(self) -> Mapping[str, Coupon]:
        """All coupons, by number."""
        return self._remembered("coupons", self._read_coupons)

    def _read_coupons(self) -> dict[str, Coupon]:
        return {row.number: _coupon(row._mapping) for row in self._rows(select(coupons))}


def _programme(row: RowMapping, factors: Iterable[PointsFactor]) -> PointsProgramme:
    reach = _reach(row)
    return PointsProgramme(
        number=row["number"],
        name=row["name"],
        reach=reach,
        earn_points=row["earn_points"],
        earn_amount=_minor(row["earn_amount"], reach),
        spend_points=row["spend_points"],
        spend_amount=_minor(row["spend_amount"], reach),
        valid_days=row["valid_days"],
        factors=tuple(factors),
    )


def _coupon(row: RowMapping) -> Coupon:
    reach = _reach(row)
    discount: Discount = (
        PercentOff(row["percent"])
        if row["percent"] is not None
        else AmountOff(Money.of(row["amount"], reach.currency))
    )
    return Coupon(
        number=row["number"],
        name=row["name"],
        discount=discount,
        reach=reach,
        minimum=_minor(row["minimum"], reach),
        products=frozenset((row["products"] or "").split()),
        categories=frozenset((row["categories"] or "").split()),
        per_customer=bool(row["per_customer"]),
        limit=row["uses"],
    )


def _reach(row: RowMapping) -> Reach:
    return Reach(
        currency=row["currency"],
        media=frozenset(Medium(word) for word in (row["media"] or "").split()),
        tills=frozenset((row["tills"] or "").split()),
        first_day=row["first_day"],
        last_day=row["last_day"],
        active=bool(row["active"]),
    )


def _minor(amount: Decimal, reach: Reach) -> int:
    return Money.of(amount, reach.currency).minor
