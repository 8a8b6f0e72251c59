"""What is told of goods: everything on one page, in the operator's language (SRT-20, SRT-21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.base_price import base_price
from pos.domain.display_prices import Surface
from pos.domain.errors import Refusal
from pos.domain.goods import PLAIN, LineGoods, option_words
from pos.domain.gs1 import GoodsReading, LabelReading, MarkReading
from pos.domain.margin import margin_of
from pos.domain.operator import Right
from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.reservation import Reservation, reserved
from pos.domain.variants import Template
from pos.ports.goods import Details, StockAt
from pos.till import surfaces
from pos.till.codes import article_of, codes_of, known_as
from pos.till.desk import Desk
from pos.till.fact_words import fact_view
from pos.till.info_views import (
    CostView,
    PaperView,
    ProductInfo,
    ReserveView,
    StockView,
    SupplierView,
)
from pos.till.lookup import read_entry
from pos.till.price_views import PriceTierView
from pos.till.prices import list_name
from pos.till.seen_prices import SeenPrices, seen_prices
from pos.till.tracing import place_of
from pos.till.visibility import net_shown, prices_shown

STALE = timedelta(hours=24)
"""Stock counted longer ago than this had better be looked at."""
_HOUR = timedelta(hours=1)


class _Subject(Struct, frozen=True):
    """The goods that are asked about, with what the catalogue tells of them.

    Attributes:
        goods: the variant as a line would hold it; PLAIN for the product as such.
    """

    desk: Desk
    product: Product
    template: Template | None
    goods: LineGoods
    told: Details

    @property
    def is_open(self) -> bool:
        """Whether something is to be chosen still."""
        return self.template is not None and not self.goods.variant

    def price(self, prices: SeenPrices) -> Decimal:
        """Of one unit; the least it costs while something is to be chosen."""
        if self.template is not None and self.is_open:
            return prices.least(self.product, self.template)
        return prices.one(self.product, self.goods)


def product_info(desk: Desk, number: str, variant: str = "") -> ProductInfo:
    """Everything about a product, or about one variant of it; inactive ones too.

    Raises Refusal "no_such_product".
    """
    desk.who()
    subject = _subject(desk, number, variant)
    info = _with_links(subject, _with_stock(subject, _described(subject)))
    info = _with_tax(subject, info)
    return _with_prices(subject, info) if prices_shown(desk) else info


def _subject(desk: Desk, number: str, variant: str) -> _Subject:
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("no_such_product", product=number)
    language = desk.texts.language
    template = desk.catalogue.template(number, language)
    goods = _goods(template, variant)
    told = desk.catalogue.details(number, language, goods.variant)
    return _Subject(desk, product, template, goods, told)


def _described(subject: _Subject) -> ProductInfo:
    """What it is and how it is known: names, codes, words, facts."""
    desk, product, told = subject.desk, subject.product, subject.told
    language = desk.texts.language
    return ProductInfo(
        number=product.number,
        name=desk.catalogue.product_name(product.number, language) or product.name,
        active=product.active,
        unit=product.unit.name,
        variant=subject.goods.variant,
        choice=option_words(subject.goods.options),
        category=desk.catalogue.stock_category(product.category, language),
        category_number=product.category,
        kind=_kind(desk, product, told),
        short_text=told.short_text,
        long_text=told.long_text,
        pictures=_pictures(product, told, subject.template, subject.goods.variant),
        codes=told.codes,
        keywords=told.keywords,
        tags=told.tags,
        facts=tuple(fact_view(desk, each) for each in told.facts),
        maker=told.maker,
        weight=told.weight,
    )


def _with_stock(subject: _Subject, info: ProductInfo) -> ProductInfo:
    """How much of it is where, what a kit holds, and where it is put away."""
    articles = _articles(info.number, subject.template, info.variant)
    stock = _stock(subject.desk, articles)
    return replace(
        info,
        stock=stock,
        total=_total(stock),
        parts=subject.desk.catalogue.kit(info.number, subject.desk.texts.language),
        put_away=subject.told.put_away,
    )


def _with_links(subject: _Subject, info: ProductInfo) -> ProductInfo:
    """Who delivers it, its papers, and where else it is shown."""
    told = subject.told
    return replace(
        info,
        suppliers=tuple(SupplierView(*each) for each in told.supplier_codes),
        documents=tuple(PaperView(each.file, each.name, each.path) for each in told.documents),
        url=told.url,
        web_categories=told.web_categories,
    )


def _with_tax(subject: _Subject, info: ProductInfo) -> ProductInfo:
    """By which list it is sold, and at which tax."""
    desk = subject.desk
    tax = desk.catalogue.tax_codes().get(subject.product.tax_code)
    return replace(
        info,
        least=subject.is_open,
        price_list=list_name(desk.catalogue, desk.prices, desk.till, desk.sale),
        tax_name=tax.name if tax else "",
        tax_rate=tax.rate_on(desk.today()).basis_points if tax else 0,
        tax_included=not net_shown(desk),
    )


def _with_prices(subject: _Subject, info: ProductInfo) -> ProductInfo:
    """What it costs, and what goes with it: for whoever may see prices."""
    desk, prices = subject.desk, seen_prices(subject.desk)
    price = subject.price(prices)
    return replace(
        info,
        price=price,
        base_price=base_price(price, subject.product.content, desk.currency),
        tiers=_tiers(prices, subject),
        cost=_cost(subject, prices, info.tax_rate) if desk.who().may(Right.COSTS) else None,
        shown=surfaces.shown(desk, info.number, Surface.CASHIER),
        suggestions=surfaces.suggestions(desk, info.number),
    )


def code_info(desk: Desk, code: str) -> ProductInfo | None:
    """Everything about the goods a code stands for, sold here or not; None for other codes.

    A customer's card or a voucher is no goods. Raises Refusal "unknown_code" for what could be.
    """
    desk.who()
    reading = read_entry(desk, code).reading
    if isinstance(reading, MarkReading):
        return None
    label = reading if isinstance(reading, LabelReading) else None
    match = article_of(desk, label) if label else known_as(desk, *codes_of(reading))
    if match is not None:
        return product_info(desk, match.product.number, match.variant)
    if serial := desk.catalogue.product_of_serial(code.strip()):
        return product_info(desk, serial)
    if isinstance(reading, GoodsReading | LabelReading):
        raise Refusal("unknown_code", code=code.strip()[:40])
    return None


def reserve_hint(desk: Desk, number: str, ordered: Quantity, packaging: str = "") -> ReserveView:
    """What an order of so many packagings, or units, would set aside of all stock (ETRON-3).

    Raises Refusal "no_such_product" or "no_such_packaging".
    """
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("no_such_product", product=number)
    content = _content(desk, product, packaging)
    template = desk.catalogue.template(number, desk.texts.language)
    counts = desk.catalogue.stock_counts(_articles(number, template, ""))
    places = (quantity for article in counts.values() for quantity in article.values())
    stock = sum(places, Quantity(0))
    category = desk.catalogue.stock_categories().get(product.category)
    rule = category.reservation if category else Reservation.BROKEN
    return ReserveView(
        wanted=content.times(ordered),
        stock=stock,
        reserved=reserved(ordered, content, stock, rule),
        rule=rule.value,
    )


def _content(desk: Desk, product: Product, packaging: str) -> Quantity:
    if not packaging:
        return ONE
    known = desk.catalogue.packagings_of(product.number)
    found = next((each for each in known if each.name == packaging), None)
    if found is None:
        raise Refusal("no_such_packaging", name=product.name, packaging=packaging)
    return found.content


def _goods(template: Template | None, variant: str) -> LineGoods:
    """The variant as a line would hold it; an unknown number stands for the product as such."""
    known = template.variant(variant) if template else None
    if template is None or known is None:
        return PLAIN
    options = template.options_of(template.given_by(variant))
    return LineGoods(variant=variant, options=tuple(each for each in options if each.varies))


def _tiers(prices: SeenPrices, subject: _Subject) -> tuple[PriceTierView, ...]:
    """The tier table (SRT-22); none where one unit always costs the same."""
    tiers = prices.tiers(subject.product, subject.goods)
    return tiers if len(tiers) > 1 else ()


def _kind(desk: Desk, product: Product, told: Details) -> str:
    """What sort of article it is: what the till makes of it goes before what was written."""
    if desk.catalogue.kit(product.number):
        return "kit"
    if any(each.number == product.number for each in desk.catalogue.deposits()):
        return "deposit"
    return told.kind.value


def _pictures(
    product: Product, told: Details, template: Template | None, variant: str
) -> tuple[str, ...]:
    """The variant's picture first, then the product's own ones, each once."""
    known = template.variant(variant) if template else None
    own = known.picture if known else ""
    every = (own, product.picture, *told.pictures)
    return tuple(dict.fromkeys(picture for picture in every if picture))


def _articles(number: str, template: Template | None, variant: str) -> tuple[str, ...]:
    """What stock is counted of: the variant, or the product with all its variants."""
    if variant:
        return (variant,)
    variants = template.variants if template else ()
    return (number, *(each.number for each in variants))


def _stock(desk: Desk, articles: Sequence[str]) -> tuple[StockView, ...]:
    """Stock by place, the till's own first; of several articles the oldest count tells the age."""
    by_place: dict[str, list[StockAt]] = {}
    for article in articles:
        for each in desk.catalogue.stock(article, desk.texts.language):
            by_place.setdefault(each.place, []).append(each)
    here = place_of(desk)
    rows = (_stock_view(desk, counts, here) for counts in by_place.values())
    return tuple(sorted(rows, key=lambda each: not each.here))


def _stock_view(desk: Desk, counts: Sequence[StockAt], here: str) -> StockView:
    first = counts[0]
    oldest = min(each.at for each in counts)
    age = max(desk.now() - oldest, timedelta(0))
    return StockView(
        place=first.place,
        name=first.name,
        quantity=sum((each.quantity for each in counts), Quantity(0)),
        at=oldest,
        hours=age // _HOUR,
        here=first.place == here,
        stale=age > STALE,
    )


def _total(stock: Sequence[StockView]) -> Quantity | None:
    return sum((each.quantity for each in stock), Quantity(0)) if stock else None


def _cost(subject: _Subject, prices: SeenPrices, rate: int) -> CostView | None:
    """Cost and margin of one unit; goods valued as a group have one cost (ETRON-5, ETRON-6)."""
    product = subject.product
    category = subject.desk.catalogue.stock_categories().get(product.category)
    group = category.group_cost if category else None
    cost = product.cost if group is None else group
    if cost is None:
        return None
    gross = subject.price(replace(prices, net=False))
    margin = margin_of(gross, cost, rate, tax_included=True)
    method = category.cost_method.value if category else "standard"
    return CostView(cost, method, group is not None, margin.amount, margin.share)
