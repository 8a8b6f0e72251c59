"""Tenders: what a customer pays with, and how a tender may move."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.returns import RefundOf
from pos.domain.stored_value.in_sale import Redemption, deduct, restore
from pos.domain.tax import TaxGroup


class TenderState(StrEnum):
    """Where a tender stands. `unknown`: the method can't tell, a person must."""

    PENDING = "pending"
    AUTHORISED = "authorised"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    REVERSED = "reversed"


MOVES = {
    TenderState.PENDING: {TenderState.AUTHORISED, TenderState.DECLINED, TenderState.UNKNOWN},
    TenderState.UNKNOWN: {TenderState.AUTHORISED, TenderState.DECLINED},
    TenderState.AUTHORISED: {TenderState.REVERSED},
    TenderState.DECLINED: set(),
    TenderState.REVERSED: set(),
}


class Tender(Struct, frozen=True):
    """One payment within a sale.

    Attributes:
        number: counts from 1 within the sale.
        method: key of the tender method ("cash").
        amount: what was given; for cash it may exceed what is due.
        is_cash: change is paid out of cash only (complaint 29 of the peers).
        redeems: the card it takes its amount from; None for any other method.
        refunds: the tender it gives back, its amount being below zero; None for all others.
    """

    number: int
    method: str
    amount: Money
    is_cash: bool
    state: TenderState = TenderState.PENDING
    redeems: Redemption | None = None
    refunds: RefundOf | None = None

    def move(self, to: TenderState) -> Tender:
        """The tender in its new state; raises Refusal on a move the table doesn't allow."""
        if to not in MOVES[self.state]:
            raise Refusal("tender_move", state=self.state, to=to)
        return replace(self, state=to)

    @property
    def counts(self) -> bool:
        """Whether it stands: it pays for the sale, or takes from what is to be paid."""
        return self.state is TenderState.AUTHORISED

    @property
    def deducts(self) -> bool:
        """Whether it takes turnover back in place of paying (a single-purpose card)."""
        return self.counts and self.redeems is not None and self.redeems.is_deduction

    def taken_from(self, groups: tuple[TaxGroup, ...]) -> tuple[TaxGroup, ...]:
        """The VAT table after a single-purpose card has taken from it, or was given back."""
        if not self.deducts or self.redeems is None:
            return groups
        if self.refunds is not None:
            tax = Money(self.refunds.tax, self.amount.currency)
            return restore(groups, self.redeems, -self.amount, tax)
        return deduct(groups, self.redeems, self.amount)

    @property
    def pays(self) -> bool:
        """Whether it pays for the sale."""
        return self.counts and not self.deducts


class Settlement(Struct, frozen=True):
    """How tenders stand against a total: `due` is still to pay, `change` goes back in cash.

    Where what comes back is worth more than what was bought, `due` is below zero: it is to be
    paid out.
    """

    total: Money
    paid: Money
    due: Money
    change: Money


def settle(total: Money, tenders: Sequence[Tender]) -> Settlement:
    """Weigh the tenders that count against the total."""
    paid = Money.total((tender.amount for tender in tenders if tender.pays), total.currency)
    zero = Money(0, total.currency)
    if total < zero:
        return Settlement(total, paid, min(total - paid, zero), zero)
    return Settlement(total, paid, max(total - paid, zero), max(paid - total, zero))


def check_tender(amount: Money, is_cash: bool, due: Money) -> None:
    """Refuse a tender that can't be: nothing, negative, or change on something but cash."""
    if amount.minor <= 0:
        raise Refusal("tender_amount")
    if not is_cash and amount > due:
        raise Refusal("tender_exceeds_due", due=due)
    if amount.minor > due.minor + MAX_CHANGE:
        raise Refusal("tender_too_large", amount=amount)


MAX_CHANGE = 1_000_000
"""Change of more than 10,000.00 is a typing mistake, or a scanned code in the amount field."""
