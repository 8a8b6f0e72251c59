"""Column types for values kept whole, as canonical JSON."""

from __future__ import annotations

import json
from typing import Any, Protocol, TypeVar

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from pos.domain.customer import Customer, TaxFree
from pos.domain.deduction import Deduction
from pos.domain.discount import Granted
from pos.domain.goods import PLAIN, LineGoods
from pos.domain.order import Cart
from pos.domain.points import PointsMove
from pos.domain.returns import RefundOf, ReturnOf
from pos.domain.stored_value.in_sale import CardLine, Redemption


class _Recorded(Protocol):
    def record(self) -> Any: ...


T = TypeVar("T", bound=_Recorded)


class _Record(TypeDecorator[T]):
    """A value that writes itself as a record of plain values."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        """To text."""
        if value is None:
            return None
        return json.dumps(value.record(), ensure_ascii=False, sort_keys=True)


class GrantedRecord(_Record[Granted]):
    """A discount somebody gave."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Granted | None:
        """From text."""
        return None if value is None else Granted.read(json.loads(value))


class CustomerRecord(_Record[Customer]):
    """Who bought, as known at the time."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Customer | None:
        """From text."""
        return None if value is None else Customer.read(json.loads(value))


class CustomersRecord(TypeDecorator[tuple[Customer, ...]]):
    """Versions of one customer."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """To text."""
        records = [customer.record() for customer in value]
        return json.dumps(records, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Customer, ...]:
        """From text."""
        return tuple(Customer.read(record) for record in json.loads(value))


class CartRecord(_Record[Cart]):
    """What was ordered at the till."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Cart | None:
        """From text."""
        return None if value is None else Cart.read(json.loads(value))


class TaxFreeRecord(_Record[TaxFree]):
    """Why a sale bears no tax."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> TaxFree | None:
        """From text."""
        return None if value is None else TaxFree.read(json.loads(value))


class CardLineRecord(_Record[CardLine]):
    """What a line does to a card."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> CardLine | None:
        """From text."""
        return None if value is None else CardLine.read(json.loads(value))


class RedemptionRecord(_Record[Redemption]):
    """Which card a tender redeems."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Redemption | None:
        """From text."""
        return None if value is None else Redemption.read(json.loads(value))


class ReturnRecord(_Record[ReturnOf]):
    """What a line gives back."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> ReturnOf | None:
        """From text."""
        return None if value is None else ReturnOf.read(json.loads(value))


class RefundRecord(_Record[RefundOf]):
    """Which tender a tender gives back."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> RefundOf | None:
        """From text."""
        return None if value is None else RefundOf.read(json.loads(value))


class _Records(TypeDecorator[tuple[T, ...]]):
    """Several values in their order; none of them is NULL, for most sales have none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To text."""
        records = [each.record() for each in value or ()]
        return json.dumps(records, ensure_ascii=False, sort_keys=True) if records else None


class DeductionsRecord(_Records[Deduction]):
    """Coupons and points that come off a sale."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Deduction, ...]:
        """From text."""
        return () if value is None else tuple(map(Deduction.read, json.loads(value)))


class PointsRecord(_Records[PointsMove]):
    """What a sale does to points."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[PointsMove, ...]:
        """From text."""
        return () if value is None else tuple(map(PointsMove.read, json.loads(value)))


class GoodsRecord(_Record[LineGoods]):
    """What a line sells beyond the bare product; most lines say nothing, in two characters."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> LineGoods:
        """From text."""
        return PLAIN if value == "{}" else LineGoods.read(json.loads(value))
