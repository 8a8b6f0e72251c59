"""The ledgers of points and the uses of coupons, in till.db."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, bindparam, func, insert, or_, select

from pos.domain.points import PointsEntry, PointsKind, PointsState, signed
from pos.domain.sale import SaleState
from pos.storage.till.joining import Joining
from pos.storage.till.points_tables import coupon_use, points_entry
from pos.storage.till.tables import sale

_entry = points_entry.c
_FIELDS = tuple(column.name for column in points_entry.columns)
# Built once: SQLAlchemy takes longer to put such a statement together than SQLite to run it.
_ACCOUNT = (_entry.customer == bindparam("customer"), _entry.programme == bindparam("programme"))
_LAST = (
    select(_entry.number, _entry.balance, _entry.owed)
    .where(*_ACCOUNT)
    .order_by(_entry.number.desc())
    .limit(1)
)
_OLD = select(func.coalesce(func.sum(_entry.points), 0)).where(
    *_ACCOUNT, or_(_entry.points < 0, _entry.at < bindparam("before"))
)


class PointsLedger(Joining):
    """Implements `PointsBook` on the till's connection."""

    def state(self, customer: str, programme: str) -> PointsState:
        """Where an account stands."""
        found = self._ask(_LAST, customer=customer, programme=programme)
        return PointsState(found[0].balance, found[0].owed) if found else PointsState()

    def states(self, customer: str) -> dict[str, PointsState]:
        """Where all accounts of a customer stand, by programme."""
        statement = select(_entry.programme).where(_entry.customer == customer).distinct()
        programmes = [row.programme for row in self._all(statement)]
        return {programme: self.state(customer, programme) for programme in programmes}

    def add(self, entry: PointsEntry) -> PointsEntry:
        """Append an entry."""
        found = self._ask(_LAST, customer=entry.customer, programme=entry.programme)
        numbered = replace(entry, number=found[0].number + 1 if found else 1)
        row = {name: getattr(numbered, name) for name in _FIELDS}
        self._do(insert(points_entry).values(**row | {"kind": entry.kind.value}))
        return numbered

    def entries(self, customer: str, limit: int = 100) -> Sequence[PointsEntry]:
        """A customer's entries, newest first."""
        newest = select(points_entry).where(_entry.customer == customer)
        order = (_entry.at.desc(), _entry.programme, _entry.number.desc())
        return [_read(row) for row in self._all(newest.order_by(*order).limit(limit))]

    def of_sale(self, sale: str) -> Sequence[PointsEntry]:
        """What a closed sale did, in order."""
        made = select(points_entry).where(_entry.sale == sale)
        order = (_entry.customer, _entry.programme, _entry.number)
        return [_read(row) for row in self._all(made.order_by(*order))]

    def lapsed(self, customer: str, programme: str, before: datetime) -> int:
        """What came before a moment, less all that has gone at any time: older points go first."""
        old = self._ask(_OLD, customer=customer, programme=programme, before=before)
        return max(0, int(old[0][0]))

    def first_wrong(self) -> str:
        """The first customer whose entries don't add up; empty where all do."""
        sums: dict[tuple[str, str], int] = {}
        order = (_entry.customer, _entry.programme, _entry.number)
        for row in self._all(select(points_entry).order_by(*order)):
            account = (row.customer, row.programme)
            sums[account] = sums.get(account, 0) + row.points
            if sums[account] != row.balance - row.owed or row.balance < 0 or row.owed < 0:
                return str(row.customer)
        return ""

    def unbooked(self) -> int:
        """The first receipt whose moves aren't in the ledger as it tells them; 0 where all are."""
        moved = select(sale.c.id, sale.c.receipt_number, sale.c.points).where(
            sale.c.points.isnot(None), sale.c.state == SaleState.CLOSED.value
        )
        for row in self._all(moved.order_by(sale.c.receipt_number)):
            told = sorted(
                (move.kind, move.of, signed(move.kind, move.points)) for move in row.points
            )
            made = self.of_sale(row.id)
            booked = sorted(
                (each.kind, each.of, each.points)
                for each in made
                if each.kind is not PointsKind.EXPIRE
            )
            if told != booked:
                return int(row.receipt_number)
        return 0

    def count(self) -> int:
        """How many entries there are."""
        return int(self._all(select(func.count()).select_from(points_entry))[0][0])

    def _ask(self, statement: Any, **values: object) -> Sequence[Row[Any]]:
        with self._transaction():
            return self._connection.execute(statement, values).all()


class CouponUses(Joining):
    """Implements `CouponBook` on the till's connection."""

    def use(self, coupon: str, sale: str, customer: str, at: datetime) -> None:
        """A closed sale has used a coupon."""
        self._add(coupon, sale, customer, at, 1)

    def take_back(self, sale: str, void: str, at: datetime) -> None:
        """A void takes back every use of the sale it voids."""
        used = select(coupon_use).where(coupon_use.c.sale == sale, coupon_use.c.uses == 1)
        for row in self._all(used):
            self._add(row.coupon, void, row.customer, at, -1)

    def used(self, coupon: str) -> int:
        """How often it counts as used at this till."""
        return self._sum(coupon_use.c.coupon == coupon)

    def used_by(self, coupon: str, customer: str) -> int:
        """How often a customer has used it here."""
        return self._sum(coupon_use.c.coupon == coupon, coupon_use.c.customer == customer)

    def _add(self, coupon: str, sale: str, customer: str, at: datetime, uses: int) -> None:
        newest = select(func.coalesce(func.max(coupon_use.c.number), 0))
        number = self._all(newest.where(coupon_use.c.coupon == coupon))[0][0] + 1
        row = {"coupon": coupon, "number": number, "uses": uses, "sale": sale}
        self._do(insert(coupon_use).values(**row, customer=customer, at=at))

    def _sum(self, *where: Any) -> int:
        uses = select(func.coalesce(func.sum(coupon_use.c.uses), 0)).where(*where)
        return int(self._all(uses)[0][0])


def _read(row: Row[Any]) -> PointsEntry:
    values = {name: getattr(row, name) for name in _FIELDS}
    return PointsEntry(**values | {"kind": PointsKind(row.kind)})
