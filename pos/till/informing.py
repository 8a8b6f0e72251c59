"""What is told of goods: everything on one page, in the operator's language (SRT-20, SRT-21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from pos.domain.base_price import base_price
from pos.domain.display_prices import Surface
from pos.domain.errors import Refusal
from pos.domain.goods import PLAIN, LineGoods, option_words
from pos.domain.gs1 import GoodsReading, LabelReading, MarkReading
from pos.domain.margin import margin_of
from pos.domain.operator import Right
from pos.domain.pricing import Pricer
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
from pos.till.prices import least_price, list_name, priced, pricer_for
from pos.till.tracing import place_of
from pos.till.visibility import prices_shown

STALE = timedelta(hours=24)
"""Stock counted longer ago than this had better be looked at."""
_HOUR = timedelta(hours=1)


def product_info(desk: Desk, number: str, variant: str = "") -> ProductInfo:
    """Everything about a product, or about one variant of it; inactive ones too.

    Raises Refusal "no_such_product".
    """
    operator = desk.who()
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("no_such_product", product=number)
    language = desk.texts.language
    template = desk.catalogue.template(number, language)
    goods = _goods(template, variant)
    told = desk.catalogue.details(number, language, goods.variant)
    seen = prices_shown(desk)
    pricer = _pricer(desk)
    stock = _stock(desk, _articles(number, template, goods.variant))
    tax = desk.catalogue.tax_codes().get(product.tax_code)
    rate = tax.rate_on(desk.today()).basis_points if tax else 0
    price = _price(pricer, product, template, goods)
    included = product.tax_included or pricer.adds_tax
    return ProductInfo(
        number=number,
        name=desk.catalogue.product_name(number, language) or product.name,
        active=product.active,
        unit=product.unit.name,
        variant=goods.variant,
        choice=option_words(goods.options),
        category=desk.catalogue.stock_category(product.category, language),
        category_number=product.category,
        kind=_kind(desk, product, told),
        price=price if seen else None,
        base_price=base_price(price, product.content, desk.currency) if seen else None,
        least=template is not None and not goods.variant,
        price_list=list_name(desk.catalogue, desk.prices, desk.till, desk.sale),
        tax_name=tax.name if tax else "",
        tax_rate=rate,
        tax_included=included,
        short_text=told.short_text,
        long_text=told.long_text,
        pictures=_pictures(product, told, template, goods.variant),
        codes=told.codes,
        keywords=told.keywords,
        tags=told.tags,
        facts=tuple(fact_view(desk, each) for each in told.facts),
        tiers=_tiers(pricer, product, goods) if seen else (),
        stock=stock,
        total=_total(stock),
        maker=told.maker,
        weight=told.weight,
        suppliers=tuple(SupplierView(*each) for each in told.supplier_codes),
        documents=tuple(PaperView(each.file, each.name, each.path) for each in told.documents),
        parts=desk.catalogue.kit(number, language),
        put_away=told.put_away,
        url=told.url,
        web_categories=told.web_categories,
        cost=_cost(desk, product, price, rate if included else 0)
        if seen and operator.may(Right.COSTS)
        else None,
        shown=surfaces.shown(desk, number, Surface.CASHIER) if seen else None,
        suggestions=surfaces.suggestions(desk, number) if seen else (),
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


def _pricer(desk: Desk) -> Pricer:
    """Prices of the sale on the screen, else of whoever comes next."""
    if desk.sale is not None:
        return desk.pricer(desk.sale)
    return pricer_for(desk.catalogue, desk.prices, desk.till, desk.now())


def _goods(template: Template | None, variant: str) -> LineGoods:
    """The variant as a line would hold it; an unknown number stands for the product as such."""
    known = template.variant(variant) if template else None
    if template is None or known is None:
        return PLAIN
    options = template.options_of(template.given_by(variant))
    return LineGoods(variant=variant, options=tuple(each for each in options if each.varies))


def _price(
    pricer: Pricer, product: Product, template: Template | None, goods: LineGoods
) -> Decimal:
    if template is not None and not goods.variant:
        return least_price(pricer, product, template)
    return pricer.price(priced(product, goods), ONE).unit_price


def _tiers(pricer: Pricer, product: Product, goods: LineGoods) -> tuple[PriceTierView, ...]:
    """The tier table (SRT-22); none where one unit always costs the same."""
    tiers = pricer.tiers(priced(product, goods))
    if len(tiers) < 2:
        return ()
    return tuple(PriceTierView(each.quantity, each.answer.unit_price) for each in tiers)


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


def _cost(desk: Desk, product: Product, price: Decimal, within: int) -> CostView | None:
    """Cost and margin of one unit; goods valued as a group have one cost (ETRON-5, ETRON-6).

    `within` is the rate of the tax the price holds; 0 where it holds none.
    """
    category = desk.catalogue.stock_categories().get(product.category)
    group = category.group_cost if category else None
    cost = product.cost if group is None else group
    if cost is None:
        return None
    margin = margin_of(price, cost, within, tax_included=True)
    method = category.cost_method.value if category else "standard"
    return CostView(cost, method, group is not None, margin.amount, margin.share)
