"""Prices at this till: the book of all lists, and the price of each line in the sale."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from pos.domain.customer import Customer
from pos.domain.goods import PLAIN, LineGoods
from pos.domain.pricing import (
    PriceAnswer,
    PriceBook,
    PriceContext,
    PricedProduct,
    Pricer,
    manual_answer,
)
from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import LineItem, Sale
from pos.domain.till_profile import SalesModel, Shop, TillProfile
from pos.domain.variants import Template
from pos.ports.catalogue import Catalogue
from pos.runtime.memory import lasting

_NOTES = json.JSONEncoder(ensure_ascii=False, check_circular=False)
"""Made once: a long sale writes hundreds of notes at a stroke."""


class Prices:
    """The price book of the catalogue in place, shared by the till's lane and the search lane.

    A new catalogue's prices count from the next sale on; prices in an open sale stay (W-08).

    Attributes:
        aside: asks for a new catalogue's book to be made on another thread, by `renew`. A large one
            takes seconds, and no sale waits for it: the book there is counts until then. Without
            it the book is made at once.
        generation: of the catalogue whose book counts; -1 before the first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.aside: Callable[[], None] | None = None
        self.generation = self._asked = -1
        self._failed = False
        self._book = PriceBook([], [], {})
        self._terms: tuple[Customer | None, str] = (None, "")
        self.net = False

    @property
    def terms(self) -> tuple[Customer | None, str]:
        """Customer and chosen list of the sale on the screen: tiles show what is paid for goods."""
        return self._terms

    def serve(self, sale: Sale | None, *, net: bool = False) -> None:
        """Tiles are for this sale's customer from here on, without tax if `net`."""
        self.net = net
        self._terms = (sale.customer, sale.price_list) if sale else (None, "")

    def book(self, catalogue: Catalogue) -> PriceBook:
        """The book of the catalogue's generation, or the one before while that is being made."""
        generation = catalogue.state().generation
        if generation == self.generation:
            return self._book
        if self.aside is None or self.generation < 0 or self._failed:
            return self.renew(catalogue)
        if self._asked != generation:
            self._asked = generation
            self.aside()
        return self._book

    def renew(self, catalogue: Catalogue) -> PriceBook:
        """Make the book of the catalogue in place, on whatever thread this is."""
        with self._lock:
            generation = catalogue.state().generation
            if generation != self.generation:
                with lasting():
                    self._book = catalogue.price_book()
                self.generation, self._failed = generation, False
            return self._book

    def failed(self) -> None:
        """The book couldn't be made elsewhere: whoever asks next makes it, and hears why not."""
        self._failed = True


def pricer_for(
    catalogue: Catalogue,
    prices: Prices,
    till: str,
    at: datetime,
    customer: Customer | None = None,
    price_list: str = "",
) -> Pricer:
    """Prices as this till gives them (ETRON-45), by default to somebody unknown.

    Args:
        at: when the sale began.
        customer: whose own prices, list and country count, where the till grants them.
        price_list: number of a list chosen in place of the till's.
    """
    profile, shop = catalogue.till(till), catalogue.shop()
    known = customer if profile is None or profile.customer_prices else None
    context = PriceContext(
        at=at,
        till_list=price_list or (profile.price_list if profile else ""),
        customer=known.number if known else "",
        customer_list=known.price_list if known else "",
        country=country_of(customer, shop),
        floor=Decimal(0),
        rate_of=None if sells_net(profile) else rates_of(catalogue, shop, at),
    )
    return Pricer(prices.book(catalogue), context)


def sells_net(profile: TillProfile | None) -> bool:
    """Whether goods priced without tax are sold so: at counters for companies (COMARCH-1).

    Everywhere else a price is what is paid, tax included (§ 9 PrAG, § 3 PAngV): on tile, line and
    receipt alike.
    """
    return profile is not None and profile.model is SalesModel.B2B


def rates_of(catalogue: Catalogue, shop: Shop | None, at: datetime) -> Callable[[str], int]:
    """The rates of a day by their codes, looked up when one is asked for."""

    def rate_of(code: str) -> int:
        tax = catalogue.tax_codes().get(code)
        day = at.astimezone(ZoneInfo(shop.zone) if shop else UTC).date()
        return tax.rate_on(day).basis_points if tax else 0

    return rate_of


def list_name(catalogue: Catalogue, prices: Prices, till: str, sale: Sale | None) -> str:
    """The name of the list a sale goes by; empty where public prices count."""
    profile = catalogue.till(till)
    number = sale.price_list if sale and sale.price_list else profile.price_list if profile else ""
    chosen = prices.book(catalogue).price_list(number)
    return chosen.name if chosen else ""


def country_of(customer: Customer | None, shop: Shop | None) -> str:
    """The customer's country; the shop's where nobody is known (ETRON-55)."""
    if customer is not None:
        return customer.country
    return shop.country if shop else ""


def priced(product: Product, goods: LineGoods = PLAIN) -> PricedProduct:
    """What the price rules need to know of a product, and of the variant and options chosen."""
    return PricedProduct(
        product.number,
        product.price,
        product.cost,
        product.category,
        goods.variant,
        goods.variant_surcharge,
        goods.option_surcharge,
        "" if product.tax_included else product.tax_code,
    )


def least_price(pricer: Pricer, product: Product, template: Template) -> Decimal:
    """What one unit costs at the least, whatever is chosen (W-11)."""
    wanted = replace(priced(product), options=template.least_options)
    prices = (
        pricer.price(replace(wanted, variant=variant, extra=extra), ONE).unit_price
        for variant, extra in template.sellable()
    )
    return min(prices, default=product.price)


def note_of(answer: PriceAnswer) -> str:
    """The derivation of a price, for the journal."""
    return _NOTES.encode(answer.record())


def manual_note(price: Decimal) -> str:
    """The derivation of a price set by hand."""
    return note_of(manual_answer(price))


def reprice(sale: Sale, product: Product, pricer: Pricer) -> Sale:
    """Price all lines of a product by the pieces of it in the sale; manual prices stay."""
    return reprice_all(sale, {product.number: product}, pricer)


def reprice_all(sale: Sale, products: Mapping[str, Product], pricer: Pricer) -> Sale:
    """Price the lines of these products, by number; manual prices and deposits stay."""
    counts = pieces_by_product(sale)
    answers: dict[tuple[str, LineGoods], PriceAnswer] = {}
    lines = []
    for line in sale.lines:
        product = products.get(line.product)
        if product is None or line.removed or line.is_priced or not line.is_discountable:
            lines.append(line)
            continue
        answer = answers.get((line.product, line.goods))
        if answer is None:
            answer = pricer.price(priced(product, line.goods), counts[line.product])
            answers[line.product, line.goods] = answer
        lines.append(_tagged(line, product, answer, pricer))
    return replace(sale, lines=tuple(lines))


def priced_alone(line: LineItem, product: Product, pricer: Pricer) -> LineItem:
    """A line at the price its own pieces have today, whatever else is in the sale."""
    if line.is_priced:
        return line
    pieces = Quantity(abs(line.pieces.thousandths))
    answer = pricer.price(priced(product, line.goods), pieces)
    return _tagged(line, product, answer, pricer)


def pieces_by_product(sale: Sale) -> dict[str, Quantity]:
    """How many of each product are in the sale: a carton and single pieces of the same goods
    reach a tier together (ETRON-29).
    """
    counts: dict[str, int] = defaultdict(int)
    for line in sale.active_lines:
        if line.is_discountable:
            counts[line.product] += line.pieces.thousandths
    return {product: Quantity(count) for product, count in counts.items()}


def _tagged(line: LineItem, product: Product, answer: PriceAnswer, pricer: Pricer) -> LineItem:
    shown = answer.public_price if answer.public_price != answer.unit_price else None
    return replace(
        line,
        unit_price=answer.unit_price,
        tax_included=product.tax_included or pricer.adds_tax,
        public_price=shown,
        price_source=answer.source.value,
        price_note=note_of(answer),
    )
