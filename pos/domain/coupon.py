"""Coupons (T-129, T-029): a code that takes something off a sale, or off some of its goods."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from pos.domain.deduction import Deduction, Source
from pos.domain.discount import Discount
from pos.domain.reach import Reach


class Coupon(Struct, frozen=True):
    """One coupon of the shop.

    Attributes:
        number: the key in the exchange format, and the code that is scanned or typed.
        minimum: minor units that the goods it counts for must come to; 0 is no bound.
        products, categories: what it counts for; both empty is everything. A category counts with
            all below it.
        per_customer: each registered customer once; nobody else at all.
        limit: how often it counts at one till; None is no bound.
    """

    number: str
    name: str
    discount: Discount
    reach: Reach = field(default_factory=Reach)
    minimum: int = 0
    products: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    per_customer: bool = False
    limit: int | None = None

    @property
    def is_bound(self) -> bool:
        """Whether it counts for some goods only."""
        return bool(self.products or self.categories)

    def counts_for(self, product: str, categories: Iterable[str]) -> bool:
        """Whether it counts for these goods; `categories` are theirs and all above."""
        if not self.is_bound or product in self.products:
            return True
        return not self.categories.isdisjoint(categories)

    def deduction(self) -> Deduction:
        """What a sale keeps of it."""
        return Deduction(Source.COUPON, self.number, self.name, self.discount, self.minimum)
