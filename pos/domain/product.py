"""What the shop sells, as the catalogue knows it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pos.domain.base_price import Content
from pos.domain.quantity import Quantity


class Tracking(StrEnum):
    """What every sale of a product must name (T-032)."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class Unit(Struct, frozen=True):
    """A unit of measure. `step` is the finest quantity sold in it (1,000 = whole pieces only).

    `factor` says how many of the reference unit of its category it holds: 0.001 for a gram beside
    the kilogram (ETRON-25).
    """

    code: str
    name: str
    step: int = 1000
    factor: Decimal = Decimal(1)


class Product(Struct, frozen=True):
    """A sellable product. `price` is the public price of one unit in major currency units.

    Attributes:
        number: the shop's article number; the key in the exchange format.
        tax_included: whether `price` holds the tax already (consumer prices do).
        category: number of the product category (the stock tree), empty if none.
        picture: file name in the picture folder, empty if none.
        weighed: sold by weight; the till asks the scale or the cashier.
        deposit: number of the deposit product that comes with each unit, empty if none.
        sequence: place among the tiles of a category; 0 comes after all others, by name.
        tare: weight of the wrapping, taken off what is put on the scale.
        tracking: what every sale of it must name.
        fixed_price: no discount comes off it, whoever gives it: tobacco, books, medicines.
        content: what is in one unit, where its base price is to be told (T-206).
    """

    number: str
    name: str
    price: Decimal
    tax_code: str
    unit: Unit
    tax_included: bool = True
    cost: Decimal | None = None
    category: str = ""
    picture: str = ""
    weighed: bool = False
    deposit: str = ""
    active: bool = True
    sequence: int = 0
    tare: Quantity = Quantity(0)
    tracking: Tracking = Tracking.NONE
    fixed_price: bool = False
    content: Content | None = None


class Packaging(Struct, frozen=True):
    """A packaging unit: a carton whose code adds its content (ETRON-28, ETRON-29).

    `content` is counted in the product's unit. A packaging that is not sellable is only bought.
    """

    name: str
    product: str
    content: Quantity
    gtin: str = ""
    sellable: bool = True


class PosCategory(Struct, frozen=True):
    """A till category, a tree of its own beside the stock categories (ETRON-9, ETRON-10).

    Those with sequence 0 come after all others, by name (ETRON-12).
    """

    number: str
    name: str
    parent: str = ""
    picture: str = ""
    sequence: int = 0


class Tag(Struct, frozen=True):
    """A coloured word on goods (ETRON-23). `colour` is "#rrggbb" or empty; a ribbon shows at the
    corner of tiles (ETRON-24).
    """

    name: str
    colour: str = ""
    ribbon: bool = False


class ProductTile(Struct, frozen=True):
    """What a tile or a search row shows: the product, its first code and this till's price.

    `price` is of one unit, in major currency units; None where nobody has looked it up.

    Attributes:
        chosen: something is to be chosen of it first; `price` is the least it may cost (W-11).
        tags: words on it.
        variant: number of the one variant it stands for, empty for the product as a whole (T-030).
        variant_name: what it differs by from the other variants, "Rot, M".
        open_price: the amount is asked when it is rung up, as for a voucher.
    """

    product: Product
    gtin: str = ""
    price: Decimal | None = None
    chosen: bool = False
    tags: tuple[Tag, ...] = ()
    variant: str = ""
    variant_name: str = ""
    open_price: bool = False
