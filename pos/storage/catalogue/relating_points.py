"""Checks of points programmes and coupons: what names nothing, or takes off too much."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pos.domain.discount import HUNDRED
from pos.storage.catalogue.exchange_points import COUPONS, POINTS_PROGRAMMES
from pos.storage.catalogue.fields import FileFormat, Kind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos.storage.catalogue.relating_goods import Drop


class PointsRelations:
    """Removes programmes and coupons that can't be, and reports each."""

    def __init__(self, connection: Connection, drop: Drop) -> None:
        self._connection, self._drop = connection, drop

    def check(self, file: FileFormat) -> None:
        """Look at the rows of a file, if it is one of these."""
        if file is POINTS_PROGRAMMES:
            self._check_worth(file)
        elif file is COUPONS:
            self._check_percent(file)
        if file in (POINTS_PROGRAMMES, COUPONS):
            self._check_lists(file)

    def _check_worth(self, file: FileFormat) -> None:
        """Points that can be spent are worth something."""
        for number, amount in self._rows("number, spend_amount", file, "spend_points > 0"):
            if not Decimal(amount):
                self._drop(file, "spend_amount", "points_worth", "number = ?", None, (number,))

    def _check_percent(self, file: FileFormat) -> None:
        """Nothing takes off more than all."""
        for number, percent in self._rows("number, percent", file, "percent IS NOT NULL"):
            if Decimal(percent) > HUNDRED:
                self._drop(file, "percent", "coupon_percent", "number = ?", None, (number,))

    def _rows(self, fields: str, file: FileFormat, condition: str) -> Sequence[Any]:
        statement = f"SELECT {fields} FROM {file.name} WHERE {condition} ORDER BY line"
        return self._connection.exec_driver_sql(statement).all()

    def _check_lists(self, file: FileFormat) -> None:
        """Each key in a list of keys names a row of its file."""
        key = file.key[0]
        for field in file.fields:
            if field.kind is not Kind.KEYS or not field.refers:
                continue
            listed = self._rows(f"{key}, {field.name}", file, f"{field.name} IS NOT NULL")
            for number, words in listed:
                if not all(self._is_known(field.refers, word) for word in words.split()):
                    values = {"target": f"{field.refers}.csv"}
                    self._drop(
                        file, field.name, "unknown_reference", f"{key} = ?", values, (number,)
                    )

    def _is_known(self, table: str, number: str) -> bool:
        found = self._connection.exec_driver_sql(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE number = ?)", (number,)
        )
        return bool(found.scalar())
