"""What is wished of a product beyond how many: the choice, as it was typed, touched or scanned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from pos.domain.quantity import Quantity


class Wish(Struct, frozen=True):
    """Values and the customer's own words by attribute; a variant may stand for some of them.

    Attributes:
        unit: code of the unit the quantity is in; empty is the product's own.
        tare: weight of the wrapping in the product's unit; None is what the catalogue says.
        net: the weight is without wrapping already, as labels have it.
        lot, serial: as scanned or typed.
        invoice: number of another system's invoice.
        later: the serial number or lot may be named later; the line waits for it (T-033).
        expiry: as the code said; `use_by` says that it is more than a recommendation.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    unit: str = ""
    tare: Quantity | None = None
    net: bool = False
    lot: str = ""
    serial: str = ""
    invoice: str = ""
    later: bool = False
    expiry: date | None = None
    use_by: bool = False


NOTHING = Wish()
