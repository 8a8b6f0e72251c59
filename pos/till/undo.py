"""What `undo` can take back, newest last on the desk."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.customer import Customer, TaxFree
from pos.domain.deduction import Deduction
from pos.domain.discount import Granted


@dataclass(frozen=True, slots=True)
class LineRemoved:
    """A line was struck out."""

    line: int


@dataclass(frozen=True, slots=True)
class TermsChanged:
    """Customer, list or freedom from tax became others; these stood before."""

    customer: Customer | None
    price_list: str
    tax_free: TaxFree | None
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscountChanged:
    """A discount was given or taken back; on the sale where `line` is 0."""

    line: int
    before: Granted | None


@dataclass(frozen=True, slots=True)
class DeductionsChanged:
    """A coupon or points were taken, or taken back; these stood before."""

    before: tuple[Deduction, ...]


Undo = LineRemoved | TermsChanged | DiscountChanged | DeductionsChanged
