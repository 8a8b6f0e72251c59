"""Unit prices as they are looked at just now: with their tax, or without it where net prices show.

Tiles, pickers, units and packagings, suggestions and the page of a product all ask here, so goods
that are priced without tax never show a private customer less than is paid (COMARCH-1, COMARCH-4).
Nothing is charged by these prices.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from pos.domain.goods import PLAIN, LineGoods
from pos.domain.money import EXACT
from pos.domain.pricing import Pricer
from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.tax import with_tax, without_tax
from pos.domain.variants import Template
from pos.till.desk import Desk
from pos.till.price_views import PriceTierView
from pos.till.prices import least_price, priced, pricer_for, rates_of
from pos.till.visibility import net_shown


class SeenPrices(Struct, frozen=True):
    """A pricer, and how what it says is looked at.

    Attributes:
        rate_of: the rate of a tax by its code, in basis points.
        net: whether prices show without tax.
    """

    pricer: Pricer
    rate_of: Callable[[str], int]
    net: bool

    def one(self, product: Product, goods: LineGoods = PLAIN) -> Decimal:
        """What one unit costs."""
        return self.seen(product, self.pricer.price(priced(product, goods), ONE).unit_price)

    def pack(self, product: Product, content: Quantity, goods: LineGoods = PLAIN) -> Decimal:
        """What a packaging of so many units costs."""
        each = self.pricer.price(priced(product, goods), content).unit_price
        return self.seen(product, EXACT.multiply(each, content.decimal))

    def least(self, product: Product, template: Template) -> Decimal:
        """What one unit costs at the least, whatever is chosen (W-11)."""
        return self.seen(product, least_price(self.pricer, product, template))

    def tiers(self, product: Product, goods: LineGoods = PLAIN) -> tuple[PriceTierView, ...]:
        """What one unit costs from which quantity on, beginning with one (SRT-22)."""
        return tuple(
            PriceTierView(tier.quantity, self.seen(product, tier.answer.unit_price))
            for tier in self.pricer.tiers(priced(product, goods))
        )

    def holds_tax(self, product: Product) -> bool:
        """Whether what the pricer says of a product holds its tax."""
        return product.tax_included or self.pricer.adds_tax

    def seen(self, product: Product, price: Decimal) -> Decimal:
        """A price of the pricer's, or a multiple of one, as it is looked at."""
        included = self.holds_tax(product)
        if included is not self.net:
            return price
        rate = self.rate_of(product.tax_code)
        return without_tax(price, rate) if included else with_tax(price, rate)


def seen_prices(desk: Desk) -> SeenPrices:
    """Of the sale on the screen, else of whoever comes next."""
    if desk.sale is not None:
        pricer = desk.pricer(desk.sale)
    else:
        pricer = pricer_for(desk.catalogue, desk.prices, desk.till, desk.now())
    rates = rates_of(desk.catalogue, desk.shop, desk.now())
    return SeenPrices(pricer, rates, net_shown(desk))


def gross_prices(desk: Desk) -> SeenPrices:
    """Of somebody unknown, and always with tax: what paper for everybody says."""
    pricer = pricer_for(desk.catalogue, desk.prices, desk.till, desk.now())
    return SeenPrices(pricer, rates_of(desk.catalogue, desk.shop, desk.now()), net=False)
