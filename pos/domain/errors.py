"""Refusals: what the till declines to do, for a reason it can tell the cashier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from pos.domain.money import Money
from pos.domain.quantity import Quantity

Told = str | int | Decimal | date | Money | Quantity


class Refusal(Exception):
    """A known refusal. The text stands under `refusal.<code>` in every language file.

    Attributes:
        code: names the reason; stories and tests compare it.
        values: what the text mentions, by name.
    """

    def __init__(self, code: str, /, **values: Told) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = MappingProxyType(values)
