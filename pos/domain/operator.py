"""Operators: who stands at the till, and what each may do."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Right(StrEnum):
    """Something not everybody may do at the till.

    Attributes:
        RETURN: take goods back that a receipt shows.
        REFUND: take them back without one, or pay out in cash what was paid otherwise.
        CANCEL: void a whole receipt, take cards and redemptions back.
    """

    PRICE = "price"
    DISCOUNT = "discount"
    RETURN = "return"
    CANCEL = "cancel"
    DRAWER = "drawer"
    CASH = "cash"
    CLOSE = "close"
    REPORTS = "reports"
    CUSTOMERS = "customers"
    COSTS = "costs"
    SETTINGS = "settings"
    TAX_FREE = "tax_free"
    VOUCHERS = "vouchers"
    CODES = "codes"
    SERIALS = "serials"
    REFUND = "refund"
    TEXT = "text"


class Role(StrEnum):
    """A usual set of rights; an operator may have more than the role brings."""

    CASHIER = "cashier"
    MANAGER = "manager"


ROLE_RIGHTS = {
    Role.CASHIER: frozenset({Right.RETURN, Right.CANCEL, Right.CASH, Right.CLOSE, Right.REPORTS}),
    Role.MANAGER: frozenset(Right),
}


class Operator(Struct, frozen=True):
    """Somebody who signs in at a till. The hash of the PIN is kept apart, out of every snapshot.

    Attributes:
        number: the key in the exchange format ("anna"); journal and receipts carry it.
        rights: what the role brings, and what was granted beside it.
        has_pin: whether signing in asks for a PIN.
        picture: file name in the picture folder, empty if none.
        language: "de_AT", "en", or empty for the shop's own.
        discount_limit: percent that may be given at most, where the right is there.
    """

    number: str
    name: str
    role: Role = Role.CASHIER
    rights: frozenset[Right] = ROLE_RIGHTS[Role.CASHIER]
    has_pin: bool = True
    picture: str = ""
    language: str = ""
    discount_limit: Decimal = Decimal(100)

    def may(self, right: Right) -> bool:
        """Whether the operator has the right."""
        return right in self.rights
