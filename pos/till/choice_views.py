"""What a picker shows of a product that comes in variants or with options. All frozen."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class ValueView(Struct, frozen=True):
    """One value to choose.

    Attributes:
        price: of one unit if this is chosen and all else stays, in major currency units.
        colour: "#rrggbb", or empty.
        text_limit: characters of the customer's own words; 0 where there are none.
        is_there: whether it goes with what else is chosen.
    """

    number: str
    name: str
    price: Decimal
    surcharge: Decimal
    colour: str = ""
    picture: str = ""
    text_limit: int = 0
    is_there: bool = True


class AttributeView(Struct, frozen=True):
    """One thing to choose. `display` is radio, pills, list or colour (ETRON-16)."""

    number: str
    name: str
    display: str
    required: bool
    values: tuple[ValueView, ...]
    chosen: str = ""
    text: str = ""


class ChoiceView(Struct, frozen=True):
    """A product with what is to be chosen of it.

    Attributes:
        price: of one unit as chosen, in major currency units; the least where `is_from`.
        variant: number of the variant chosen, empty while it is open or not yet made.
        missing: what must be chosen still, by name.
    """

    product: str
    name: str
    picture: str
    price: Decimal
    is_from: bool
    attributes: tuple[AttributeView, ...]
    variant: str = ""
    missing: tuple[str, ...] = ()
