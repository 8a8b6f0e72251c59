"""The base price of goods in packages: what a kilogram or a litre of them costs.

§ 10a PrAG in Austria and § 4 PAngV in Germany want it beside the price, of one kilogram, litre,
metre or square metre, tax and all. It is rounded half up to the currency's minor unit, and left out
where it would only repeat the price.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pos.domain.money import CURRENCY_DECIMALS, EXACT, Money, rounded_quotient
from pos.domain.quantity import Quantity


class Content(Struct, frozen=True):
    """What is in one unit of a product.

    Attributes:
        unit: what `amount` counts, as it is shown: "g".
        base: the unit prices are compared in: "kg".
        factor: how many of the base unit one of `unit` is: 0.001.
    """

    amount: Quantity
    unit: str
    base: str
    factor: Decimal = Decimal(1)

    @property
    def in_base_units(self) -> Decimal:
        """How much it is, exactly: 400 g are 0.4 kg."""
        return EXACT.multiply(self.amount.decimal, self.factor)


class BasePrice(Struct, frozen=True):
    """What one `per` costs, and of which content it follows: 4.98 per kg, from 400 g."""

    price: Money
    per: str
    content: Quantity
    unit: str


def base_price(price: Decimal, content: Content | None, currency: str) -> BasePrice | None:
    """The base price at this price of one unit; None without content or where both are the same."""
    if content is None or content.in_base_units in (0, 1):
        return None
    minor = EXACT.scaleb(price, CURRENCY_DECIMALS[currency])
    amount = Money(rounded_quotient(minor, content.in_base_units), currency)
    return BasePrice(amount, content.base, content.amount, content.unit)
