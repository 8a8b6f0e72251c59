"""What a line sells beyond the bare product: variant and options, unit, lot, serial, kit parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from pos.domain.quantity import Quantity
from pos.domain.variants import LineOption


class KitPart(Struct, frozen=True):
    """What one kit holds of a part (SRT-2): the kit is one line, the stock of its parts falls."""

    product: str
    name: str
    quantity: Quantity
    unit: str = ""

    def record(self) -> dict[str, object]:
        """The part as plain values, the quantity in thousandths."""
        return {
            "product": self.product,
            "name": self.name,
            "quantity": self.quantity.thousandths,
            "unit": self.unit,
        }

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> KitPart:
        """The part a record holds."""
        return cls(record["product"], record["name"], Quantity(record["quantity"]), record["unit"])


class LineGoods(Struct, frozen=True):
    """A copy of what the catalogue said, kept with the line.

    Attributes:
        variant: number of the variant, empty for a product without.
        made_here: the catalogue doesn't have the variant; the closed sale tells it on (ETRON-18).
        options: every chosen value, in the order of the attributes.
        factor: units of the product in one unit of the line: 0.001 for grams of goods by the
            kilogram (ETRON-25). The line's price is always that of the product's unit.
        price_unit: name of the product's unit, where the line is in another one.
        tare: weight of the wrapping, already taken off the quantity.
        lot, serial: as scanned or typed (T-032).
        captured: the serial number isn't in the catalogue; the back office looks at it (W-16).
        expiry: best before, or use by, as the code said.
        parts: of one kit.
        take_back: empties the customer gives back: the quantity is below zero.
        renamed: the operator wrote another text on the line (T-046).
        invoice: number of another system's invoice that this line pays (T-039).
        fixed_price: no discount comes off these goods, whoever gives it.
        awaits: "serial" or "lot" while the number its product demands isn't known; such a line can
            be ordered, not paid for (T-033).
        order: number of the order this line settles (T-075).
        left: ordered, and not taken today: the line is struck out and stays ordered (T-075).
        shop_category: of the online shop, as an order brought it (ETRON-11).
    """

    variant: str = ""
    made_here: bool = False
    options: tuple[LineOption, ...] = ()
    factor: Decimal = Decimal(1)
    price_unit: str = ""
    tare: Quantity | None = None
    lot: str = ""
    serial: str = ""
    captured: bool = False
    expiry: date | None = None
    parts: tuple[KitPart, ...] = ()
    take_back: bool = False
    renamed: bool = False
    invoice: str = ""
    fixed_price: bool = False
    awaits: str = ""
    order: str = ""
    shop_category: str = ""
    left: bool = False

    @property
    def variant_surcharge(self) -> Decimal:
        """What the values of the variant add to the sales price of one unit."""
        return _sum(option for option in self.options if option.varies)

    @property
    def option_surcharge(self) -> Decimal:
        """What options add to one unit, whatever list prices it (ETRON-20)."""
        return _sum(option for option in self.options if not option.varies)

    @property
    def is_single(self) -> bool:
        """Whether the line stands for this one piece: it has, or waits for, a serial number, or is
        an invoice.
        """
        return bool(self.serial or self.invoice) or self.awaits == "serial"

    def record(self) -> dict[str, object]:
        """As plain values; what says nothing is left out."""
        values: dict[str, object] = {
            "variant": self.variant,
            "made_here": self.made_here,
            "options": [option.record() for option in self.options],
            "factor": "" if self.factor == 1 else format(self.factor, "f"),
            "price_unit": self.price_unit,
            "tare": self.tare.thousandths if self.tare else 0,
            "lot": self.lot,
            "serial": self.serial,
            "captured": self.captured,
            "expiry": self.expiry.isoformat() if self.expiry else "",
            "parts": [part.record() for part in self.parts],
            "take_back": self.take_back,
            "renamed": self.renamed,
            "invoice": self.invoice,
            "fixed_price": self.fixed_price,
            "awaits": self.awaits,
            "order": self.order,
            "shop_category": self.shop_category,
            "left": self.left,
        }
        return {name: value for name, value in values.items() if value}

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> LineGoods:
        """What a record holds."""
        return cls(
            variant=record.get("variant", ""),
            made_here=record.get("made_here", False),
            options=tuple(map(LineOption.read, record.get("options", ()))),
            factor=Decimal(record.get("factor", "1")),
            price_unit=record.get("price_unit", ""),
            tare=Quantity(record["tare"]) if "tare" in record else None,
            lot=record.get("lot", ""),
            serial=record.get("serial", ""),
            captured=record.get("captured", False),
            expiry=date.fromisoformat(record["expiry"]) if "expiry" in record else None,
            parts=tuple(map(KitPart.read, record.get("parts", ()))),
            take_back=record.get("take_back", False),
            renamed=record.get("renamed", False),
            invoice=record.get("invoice", ""),
            fixed_price=record.get("fixed_price", False),
            awaits=record.get("awaits", ""),
            order=record.get("order", ""),
            shop_category=record.get("shop_category", ""),
            left=record.get("left", False),
        )


PLAIN = LineGoods()


def option_words(options: Sequence[LineOption]) -> str:
    """The options in a row: "Rot, M, mit Text (Für Anna)"."""
    return ", ".join(
        f"{option.name} ({option.text})" if option.text else option.name for option in options
    )


def _sum(options: Any) -> Decimal:
    return sum((option.surcharge for option in options), Decimal(0))
