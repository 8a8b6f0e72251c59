"""The keys beside the sale, and what a shop may do without altogether."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Feature(StrEnum):
    """What a shop may do without; the till then doesn't offer it (T-207)."""

    VARIANTS = "variants"
    PACKAGINGS = "packagings"
    UNITS = "units"
    DISCOUNTS = "discounts"
    PRICE_LISTS = "price_lists"


class PanelKey(StrEnum):
    """The keys a shop may put beside the sale (T-037); minus, plus, More and Pay always are."""

    QUANTITY = "quantity"
    PRICE = "price"
    DISCOUNT = "discount"
    REMOVE = "remove"
    PARK = "park"
    ORDER = "order"
    ORDERS = "orders"
    WHY = "why"
    VOUCHER = "voucher"
    MEASURE = "measure"
    CHOOSE = "choose"
    RENAME = "rename"
    EMPTIES = "empties"
    NOTE = "note"
    DRAWER = "drawer"
    REPRINT = "reprint"
    HISTORY = "history"
    INFO = "info"
    RETURN_LINE = "return_line"
    SHIP = "ship"
    CUSTOMER = "customer"
    POINTS = "points"


USUAL_PANEL = (
    PanelKey.QUANTITY,
    PanelKey.PRICE,
    PanelKey.DISCOUNT,
    PanelKey.REMOVE,
    PanelKey.PARK,
    PanelKey.WHY,
    PanelKey.VOUCHER,
)
"""What stands there where the shop says nothing."""

_NEEDED = {
    PanelKey.DISCOUNT: (Feature.DISCOUNTS,),
    PanelKey.MEASURE: (Feature.UNITS, Feature.PACKAGINGS),
    PanelKey.CHOOSE: (Feature.VARIANTS,),
}
"""An action stands for any of these; without all of them it is none."""


def is_offered(action: str, without: Collection[str]) -> bool:
    """Whether an action is left in a shop that does without some features (T-207)."""
    needed = _NEEDED.get(PanelKey(action), ()) if action in set(PanelKey) else ()
    return not needed or any(feature not in without for feature in needed)
