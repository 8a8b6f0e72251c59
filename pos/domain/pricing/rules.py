"""Price lists and their rules, as the back office keeps them (ETRON-45 to ETRON-57)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.quantity import Quantity

ALWAYS = datetime.min.replace(tzinfo=UTC)
FOR_EVER = datetime.max.replace(tzinfo=UTC)


class Scope(StrEnum):
    """What a rule applies to. The first that fits wins: a variant's rule before its product's."""

    VARIANT = "variant"
    PRODUCT = "product"
    CATEGORY = "category"
    ALL = "all"


class Compute(StrEnum):
    """How a rule makes a price: a fixed one, a percentage off, or the whole formula."""

    FIXED = "fixed"
    PERCENTAGE = "percentage"
    FORMULA = "formula"


class Base(StrEnum):
    """What a percentage or formula starts from (ETRON-50)."""

    SALES_PRICE = "sales_price"
    COST = "cost"
    LIST = "list"


class PriceRule(Struct, frozen=True):
    """One rule of a price list. Amounts are exact, in major currency units per unit of measure.

    Attributes:
        list: number of the price list it belongs to.
        number: names the rule in explanations; the order of rules is the order they are given in.
        product: for the scopes product and variant.
        category: for the scope category: it and all below it.
        extra_category: a further condition on any scope; both must hold (ETRON-54).
        min_quantity: in the product's unit, whatever packaging was scanned; 0 is no minimum.
        start, end: instants, both inclusive; None is open (ETRON-48).
        price: of a fixed rule.
        discount: percent; negative is a mark-up (ETRON-49).
        rounding: the discounted price becomes a multiple of it; 0 is none (ETRON-52).
        surcharge: added after rounding; may be negative (ETRON-51).
        min_margin, max_margin: bounds over the base price, last of all; 0 is none (ETRON-53).
    """

    list: str
    number: str
    scope: Scope = Scope.ALL
    compute: Compute = Compute.FIXED
    product: str = ""
    variant: str = ""
    category: str = ""
    extra_category: str = ""
    min_quantity: Quantity = Quantity(0)
    start: datetime | None = None
    end: datetime | None = None
    price: Decimal = Decimal(0)
    base: Base = Base.SALES_PRICE
    base_list: str = ""
    discount: Decimal = Decimal(0)
    rounding: Decimal = Decimal(0)
    surcharge: Decimal = Decimal(0)
    min_margin: Decimal = Decimal(0)
    max_margin: Decimal = Decimal(0)

    @property
    def needs_cost(self) -> bool:
        """Whether there is no price without the product's cost."""
        return self.base is Base.COST and self.compute is not Compute.FIXED

    @property
    def starts_from_list(self) -> bool:
        """Whether the base is another list's price."""
        return self.base is Base.LIST and self.compute is not Compute.FIXED


class PriceList(Struct, frozen=True):
    """A price list; its rules name it by number.

    Attributes:
        export_name: unique in the exchange with other systems, empty if not exchanged (ETRON-47).
        active: an inactive list, or one that isn't for tills, prices nothing by itself; a formula
            may still start from it.
        promotion: a list of dated offers that runs in every till it serves (SRT-12).
        media: where it may be used; empty is everywhere (ETRON-46).
        countries: customers' countries it is for; empty is all (ETRON-55).
        code: a code that switches a sale to this list, empty if none (ETRON-56).
        show_discount: show the public price and the discount beside it (ETRON-57).
    """

    number: str
    name: str
    export_name: str = ""
    active: bool = True
    promotion: bool = False
    media: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    code: str = ""
    show_discount: bool = False

    def serves(self, medium: str, country: str) -> bool:
        """Whether the list prices anything in this medium for a customer of this country."""
        return (
            self.active
            and (not self.media or medium in self.media)
            and (not self.countries or country in self.countries)
        )


class PricedProduct(Struct, frozen=True):
    """What a price depends on, of one product or one variant of it.

    Attributes:
        sales_price: the product's public price.
        extra: the variant's surcharge on the sales price (ETRON-20).
        options: surcharges of options chosen on the line; added to whatever price comes out.
        lacks_tax: code of the tax that its prices don't hold; empty where they do.
    """

    number: str
    sales_price: Decimal
    cost: Decimal | None = None
    category: str = ""
    variant: str = ""
    extra: Decimal = Decimal(0)
    options: Decimal = Decimal(0)
    lacks_tax: str = ""


class PriceListLoop(Refusal):
    """Lists whose formulas start from each other. `values["lists"]` names them in turn."""

    def __init__(self, lists: list[str]) -> None:
        super().__init__("price_list_loop", lists=" → ".join(lists))


class PriceListUnknown(Refusal):
    """A rule belongs to, or starts from, a list that doesn't exist."""

    def __init__(self, rule: str, name: str) -> None:
        super().__init__("price_list_unknown", rule=rule, list=name)


class PriceListNameTaken(Refusal):
    """Two lists bear one exchange name or one code; both are named (ETRON-47)."""

    def __init__(self, name: str, first: str, second: str) -> None:
        super().__init__("price_list_name_taken", name=name, first=first, second=second)
