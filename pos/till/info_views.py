"""Snapshots of what is told of goods: the product information page, and two of them compared."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from pos.domain.base_price import BasePrice
from pos.domain.goods import KitPart
from pos.domain.product import Tag
from pos.domain.quantity import Quantity
from pos.till.price_views import PriceTierView
from pos.till.surface_views import ShownPriceView, SuggestionView


class FactView(Struct, frozen=True):
    """One fact in the operator's language (ETRON-13).

    Attributes:
        kind: of the ten kinds, as the exchange format names them.
        text: to be read as it is; of HTML the words alone.
        html: cleaned markup, for the kind "html" alone.
        target: what a touch opens: a file's path, or "product:41001" and the like; else empty.
    """

    number: str
    name: str
    kind: str
    text: str
    html: str = ""
    target: str = ""


class StockView(Struct, frozen=True):
    """How much is at a place, and how old that knowledge is (C23).

    Attributes:
        here: whether it is the place of this till.
        hours: since it was counted or booked, whole ones.
        stale: so old that the cashier had better look.
    """

    place: str
    name: str
    quantity: Quantity
    at: datetime
    hours: int
    here: bool
    stale: bool


class PaperView(Struct, frozen=True):
    """A document that goes with goods (SRT-6); `path` is empty where no copy is on this machine."""

    file: str
    name: str
    path: str = ""


class SupplierView(Struct, frozen=True):
    """Who delivers it, and what they call it (ETRON-27)."""

    name: str
    code: str


class CostView(Struct, frozen=True):
    """What one unit costs the shop, for those who may know it (ETRON-6).

    Attributes:
        method: text key under `info.method.`.
        group: whether it is the cost of a whole group of small goods (ETRON-5).
        margin: what the net price leaves over, in major currency units.
        share: of the net price, basis points.
    """

    cost: Decimal
    method: str
    group: bool
    margin: Decimal
    share: int


class ProductInfo(Struct, frozen=True):
    """All that is told of a product, in the operator's language where the catalogue has it.

    Attributes:
        variant: number of the variant it is about, empty for the product as such.
        choice: what that variant is: "Rot, M".
        category: path in the tree of product categories, "Bekleidung/Hosen" (ETRON-1).
        kind: text key under `info.kind.`.
        price: of one unit at this till, for this sale's customer; None while prices are hidden.
        base_price: what a kilogram or litre costs at that price (T-206).
        least: whether `price` is the least of what may be chosen.
        tax_rate: basis points; `tax_included` says whether the prices told here hold it.
        long_text: cleaned HTML.
        tiers: none where one unit always costs the same.
        total: of `stock`, None where nothing is known.
        put_away: place where returned goods go (ETRON-8).
        web_categories: names, of the online shop's that aren't hidden (ETRON-11).
        cost: None for operators who may not see it.
        shown: a price to look at, never charged (OXOMI-2).
        suggestions: goods that go with it (SRT-8, SRT-15, SRT-23).
    """

    number: str
    name: str
    active: bool
    unit: str
    variant: str = ""
    choice: str = ""
    category: str = ""
    category_number: str = ""
    kind: str = "goods"
    price: Decimal | None = None
    base_price: BasePrice | None = None
    least: bool = False
    price_list: str = ""
    tax_name: str = ""
    tax_rate: int = 0
    tax_included: bool = True
    short_text: str = ""
    long_text: str = ""
    pictures: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    keywords: str = ""
    tags: tuple[Tag, ...] = ()
    facts: tuple[FactView, ...] = ()
    tiers: tuple[PriceTierView, ...] = ()
    stock: tuple[StockView, ...] = ()
    total: Quantity | None = None
    maker: str = ""
    weight: Quantity | None = None
    suppliers: tuple[SupplierView, ...] = ()
    documents: tuple[PaperView, ...] = ()
    parts: tuple[KitPart, ...] = ()
    put_away: str = ""
    url: str = ""
    web_categories: tuple[str, ...] = ()
    cost: CostView | None = None
    shown: ShownPriceView | None = None
    suggestions: tuple[SuggestionView, ...] = ()


class ReserveView(Struct, frozen=True):
    """What an order would set aside, in the product's unit; `rule` is "whole" or "broken"."""

    wanted: Quantity
    stock: Quantity
    reserved: Quantity
    rule: str


class CompareRow(Struct, frozen=True):
    """One row of a comparison: what it is, and the words of each; empty where one says nothing."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.one != self.other


class ComparisonView(Struct, frozen=True):
    """Two products side by side (COMARCH-13)."""

    one: ProductInfo
    other: ProductInfo
    rows: tuple[CompareRow, ...]
