"""What `undo` can take back, newest last on the desk."""

from __future__ import annotations

from msgspec import Struct

from pos.domain.customer import Customer, TaxFree
from pos.domain.deduction import Deduction
from pos.domain.discount import Granted


class LineRemoved(Struct, frozen=True):
    """A line was struck out."""

    line: int


class TermsChanged(Struct, frozen=True):
    """Customer, list or freedom from tax became others; these stood before."""

    customer: Customer | None
    price_list: str
    tax_free: TaxFree | None
    deductions: tuple[Deduction, ...] = ()


class DiscountChanged(Struct, frozen=True):
    """A discount was given or taken back; on the sale where `line` is 0."""

    line: int
    before: Granted | None


class DeductionsChanged(Struct, frozen=True):
    """A coupon or points were taken, or taken back; these stood before."""

    before: tuple[Deduction, ...]


Undo = LineRemoved | TermsChanged | DiscountChanged | DeductionsChanged
