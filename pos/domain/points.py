"""Points of registered customers (T-129, COMARCH-12): earned by goods, spent as a price reduction.

A programme says how many points each full amount of paid goods earns, and what so many points take
off a sale. Points are a shop's promise of a discount and no money: no cash is given for them, and
they never pay for stored value. Somebody without an account has none.

A sale keeps what it did to points, line by line, when it gets its number. So a return takes back
exactly its share, whatever the programme says by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from pos.domain.errors import Refusal
from pos.domain.money import EXACT, Money, rounded_quotient, split_by_weight
from pos.domain.quantity import Quantity
from pos.domain.reach import Reach

FACTOR_PLACES = 6


class PointsFactor(Struct, frozen=True):
    """Goods of a category, or one product, earn so many times as much; 0 is nothing at all."""

    factor: Decimal
    category: str = ""
    product: str = ""


class PointsProgramme(Struct, frozen=True):
    """How points are earned and spent.

    Attributes:
        number: the key in the exchange format.
        earn_points, earn_amount: so many points for each full amount of paid goods, minor units.
        spend_points, spend_amount: so many points take that off a sale, in minor units; 0 points:
            they can't be spent at a till.
        valid_days: a point counts so many days, to the end of the last; None for ever.
        factors: what earns more, less or nothing.
    """

    number: str
    name: str
    reach: Reach = field(default_factory=Reach)
    earn_points: int = 1
    earn_amount: int = 100
    spend_points: int = 0
    spend_amount: int = 0
    valid_days: int | None = None
    factors: tuple[PointsFactor, ...] = ()

    def factor_of(self, product: str, categories: Iterable[str]) -> Decimal:
        """How many times its price goods earn; `categories` are theirs, the nearest first."""
        products = {each.product: each.factor for each in self.factors if each.product}
        if product in products:
            return products[product]
        by_category = {each.category: each.factor for each in self.factors if each.category}
        found = (by_category[category] for category in categories if category in by_category)
        return next(found, Decimal(1))

    def earned(self, paid: Mapping[int, tuple[Money, Decimal]]) -> dict[int, int]:
        """The points of a sale by line, out of what each line came to and its factor.

        Full amounts count, of all lines together; each line bears its share of the points.
        """
        weights = {
            number: int(EXACT.multiply(Decimal(money.minor), factor).scaleb(FACTOR_PLACES))
            for number, (money, factor) in paid.items()
            if money.minor > 0 and factor > 0
        }
        full = sum(weights.values()) // (self.earn_amount * 10**FACTOR_PLACES)
        return shared(full * self.earn_points, weights)

    def worth(self, steps: int, currency: str) -> Money:
        """What so many steps of points take off."""
        return Money(self.spend_amount * steps, currency)

    def steps_of(self, points: int) -> int:
        """How many whole steps so many points make."""
        return points // self.spend_points if self.spend_points else 0

    def lapsed_before(self, midnight: datetime) -> datetime | None:
        """Points from before this moment count no longer today, which began at `midnight`; None
        where they always do.
        """
        return None if self.valid_days is None else midnight - timedelta(days=self.valid_days)


def shared(points: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Points by line, in proportion to weights; lines without any are left out."""
    if not points or not any(weights.values()):
        return {}
    parts = split_by_weight(points, list(weights.values()))
    return {number: part for number, part in zip(weights, parts, strict=True) if part}


def share_of(points: int, sold: Quantity, before: Quantity, wanted: Quantity) -> int:
    """The points of a part of a line: `wanted` of what was `sold`, after `before` has come back.

    All parts together have exactly the line's points, in whatever steps they come.
    """

    def up_to(part: Quantity) -> int:
        share = Decimal(points * part.thousandths)
        return rounded_quotient(share, Decimal(sold.thousandths))

    return up_to(before + wanted) - up_to(before)


class PointsKind(StrEnum):
    """What an entry of the points ledger does; text keys under `points.kind.`.

    Attributes:
        TAKE_BACK: what returned goods had earned.
        GIVE_BACK: what was spent on returned goods.
        CORRECT: by a manager, with a reason.
        EXPIRE: after their last day.
    """

    EARN = "earn"
    SPEND = "spend"
    TAKE_BACK = "take_back"
    GIVE_BACK = "give_back"
    CORRECT = "correct"
    EXPIRE = "expire"


ADDING = frozenset({PointsKind.EARN, PointsKind.GIVE_BACK})


class PointsMove(Struct, frozen=True):
    """What a sale does to a customer's points; it is kept with the sale.

    Attributes:
        name: of the programme, as on the receipt.
        points: above zero; the kind says which way they go.
        lines: of those earned or spent, each line's part.
        of: the sale whose points come back; empty for the sale's own.
    """

    kind: PointsKind
    customer: str
    programme: str
    name: str
    points: int
    lines: tuple[tuple[int, int], ...] = ()
    of: str = ""

    def record(self) -> dict[str, object]:
        """The move as plain values."""
        return {
            "kind": self.kind.value,
            "customer": self.customer,
            "programme": self.programme,
            "name": self.name,
            "points": self.points,
            "lines": [list(line) for line in self.lines],
            "of": self.of,
        }

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> PointsMove:
        """The move a record holds."""
        fields = dict(record)
        kind = PointsKind(fields.pop("kind"))
        lines = tuple((line, points) for line, points in fields.pop("lines"))
        return cls(kind=kind, lines=lines, **fields)


class PointsState(Struct, frozen=True):
    """Where an account stands: `balance` can be spent; `owed` is taken from the next points.

    Owed is what returned goods had earned and the customer has spent since. One of both is 0.
    """

    balance: int = 0
    owed: int = 0

    def after(self, kind: PointsKind, points: int) -> PointsState:
        """The account after a step; `points` are above zero, signed for a correction.

        Raises Refusal "points_not_enough".
        """
        if kind in ADDING or (kind is PointsKind.CORRECT and points > 0):
            paid = min(self.owed, points)
            return PointsState(self.balance + points - paid, self.owed - paid)
        taken = abs(points)
        if kind is PointsKind.TAKE_BACK:
            there = min(self.balance, taken)
            return PointsState(self.balance - there, self.owed + taken - there)
        if taken > self.balance:
            raise Refusal("points_not_enough", points=taken, balance=self.balance)
        return PointsState(self.balance - taken, self.owed)


class PointsEntry(Struct, frozen=True):
    """One entry of an account's ledger.

    Attributes:
        number: counts from 1 within the account.
        points: as moved, with its sign; `balance` and `owed` stand after it.
        sale, receipt: what it belongs to; empty and 0 for none.
        of: the sale whose points come back.
        at: UTC.
    """

    customer: str
    programme: str
    number: int
    kind: PointsKind
    points: int
    balance: int
    owed: int
    at: datetime
    till: str = ""
    operator: str = ""
    sale: str = ""
    receipt: int = 0
    of: str = ""
    reason: str = ""


def signed(kind: PointsKind, points: int) -> int:
    """Points with the sign an entry shows."""
    if kind is PointsKind.CORRECT:
        return points
    return points if kind in ADDING else -points
