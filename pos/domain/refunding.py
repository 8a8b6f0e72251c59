"""What is given back for returned goods goes the way it came: card to card, cash to cash.

The proposal follows the tenders of the receipt. Single-purpose cards go first, then other cards
and methods, cash last, so that what was paid by voucher doesn't leave the drawer as money. What
has no tender to go back to, such as the deposit of empties, is paid out in cash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pos.domain.card_moves import card_moves
from pos.domain.money import Money, split_by_weight
from pos.domain.returns import RefundOf
from pos.domain.sale import Sale
from pos.domain.stored_value.in_sale import Redemption, deducted_from, mirrored, restore
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.tax import TaxGroup
from pos.domain.tender import Tender


@dataclass(frozen=True, slots=True)
class Refunded:
    """What of a tender was given back so far, in minor units above zero."""

    amount: int = 0
    tax: int = 0

    def __add__(self, other: Refunded) -> Refunded:
        return Refunded(self.amount + other.amount, self.tax + other.tax)


@dataclass(frozen=True, slots=True)
class PaidSale:
    """A receipt that goods come back of.

    Attributes:
        refunded: by the number of its tenders.
        entries: by tender that redeemed a card, the number of the ledger entry it made.
        exchanged: receipts whose goods were given in exchange for these: goods paid by voucher
            don't become cash by being exchanged twice.
    """

    sale: Sale
    refunded: Mapping[int, Refunded] = field(default_factory=dict)
    entries: Mapping[int, int] = field(default_factory=dict)
    exchanged: tuple[PaidSale, ...] = ()

    @property
    def family(self) -> tuple[PaidSale, ...]:
        """This receipt, and those whose tenders paid for what it was exchanged for."""
        return (self, *self.exchanged)


@dataclass(frozen=True, slots=True)
class Refund:
    """One way an amount goes back; `amount` is above zero.

    Attributes:
        of: the tender it gives back; None for cash that follows from no tender.
        redeems: the card it goes back to.
    """

    method: str
    is_cash: bool
    amount: Money
    of: RefundOf | None = None
    redeems: Redemption | None = None


def proposal(sale: Sale, sources: Sequence[PaidSale], cash: str) -> tuple[Refund, ...]:
    """How what is due below zero goes back; `cash` is the key of the method that pays out.

    Nothing is left over: the amounts add up to what is due.
    """
    rest, groups = -sale.settlement.due.minor, sale.tax_groups
    found: list[Refund] = []
    for source in sources:
        worth = min(rest, _worth(sale, source))
        for refund in _ways(sale, source, groups, worth):
            found.append(refund)
            rest -= refund.amount.minor
            groups = _after(groups, refund)
    if rest > 0:
        found.append(Refund(cash, True, Money(rest, sale.currency)))
    return tuple(found)


def _ways(
    sale: Sale, source: PaidSale, groups: tuple[TaxGroup, ...], worth: int
) -> Iterator[Refund]:
    """The tenders of a receipt that something can go back to, until all it is worth has gone."""
    tenders = [(tender, paid) for paid in source.family for tender in paid.sale.tenders]
    for tender, paid in sorted(tenders, key=lambda pair: _order(pair[0])):
        left = min(_left(sale, paid, tender), worth)
        tax = 0
        if tender.deducts and tender.redeems is not None:
            left, tax = _restored(sale, paid, tender, groups, left)
        if left <= 0:
            continue
        worth -= left
        entry = paid.entries.get(tender.number, 0)
        of = RefundOf(paid.sale.id, paid.sale.receipt_number or 0, tender.number, entry, tax)
        amount = Money(left, sale.currency)
        refund = Refund(tender.method, tender.is_cash, amount, of, tender.redeems)
        groups = _after(groups, refund)
        yield refund


def _restored(
    sale: Sale, source: PaidSale, tender: Tender, groups: tuple[TaxGroup, ...], most: int
) -> tuple[int, int]:
    """How much of a single-purpose redemption goes back, and the tax in it.

    All of a row's gross takes all of its tax with it; the last part takes what is left of the
    tax the redemption bore; any other its share.
    """
    assert tender.redeems is not None
    rows = mirrored(groups)
    places = deducted_from(rows, tender.redeems)
    gross = sum(rows[place].amount.gross.minor for place in places)
    tax = sum(rows[place].amount.tax.minor for place in places)
    amount = min(most, gross)
    if amount <= 0:
        return 0, 0
    if amount == gross:
        return amount, tax
    before = _before(sale, source, tender)
    if before.amount + amount == tender.amount.minor:
        return amount, _tax_borne(source.sale, tender) - before.tax
    return amount, split_by_weight(tax, [amount, gross - amount])[0]


def _tax_borne(sold: Sale, tender: Tender) -> int:
    assert tender.redeems is not None
    return -sum(
        move.amount.tax.minor
        for move in card_moves(sold)
        if (move.kind, move.card) == (EntryKind.REDEEM, tender.redeems.card)
    )


def _after(groups: tuple[TaxGroup, ...], refund: Refund) -> tuple[TaxGroup, ...]:
    if refund.redeems is None or refund.of is None or not refund.redeems.is_deduction:
        return groups
    tax = Money(refund.of.tax, refund.amount.currency)
    return restore(groups, refund.redeems, refund.amount, tax)


def _worth(sale: Sale, source: PaidSale) -> int:
    """What the goods of a receipt are worth that come back, less what went back for them."""
    lines = sum(
        line.amount(sale.currency).minor
        for line in sale.active_lines
        if line.returns is not None and line.returns.sale == source.sale.id
    )
    family = {paid.sale.id for paid in source.family}
    gone = sum(
        tender.amount.minor
        for tender in sale.tenders
        if tender.counts and tender.refunds and tender.refunds.sale in family
    )
    return gone - lines


def _left(sale: Sale, source: PaidSale, tender: Tender) -> int:
    """What of a tender has not gone back; of cash what stayed in the drawer."""
    if not tender.counts or tender.amount.minor <= 0:
        return 0
    kept = tender.amount.minor - _change_out_of(source.sale, tender)
    return kept - _before(sale, source, tender).amount


def _change_out_of(sold: Sale, wanted: Tender) -> int:
    """The change that went out of one cash tender; the last ones give it."""
    change = sold.settlement.change.minor
    for tender in reversed(sold.tenders):
        if tender.is_cash and tender.pays:
            part = min(change, tender.amount.minor)
            if tender == wanted:
                return part
            change -= part
    return 0


def _before(sale: Sale, source: PaidSale, tender: Tender) -> Refunded:
    """What of a tender went back, on other receipts and on this one."""
    here = (
        Refunded(-one.amount.minor, one.refunds.tax)
        for one in sale.tenders
        if one.counts
        and one.refunds is not None
        and (one.refunds.sale, one.refunds.tender) == (source.sale.id, tender.number)
    )
    return sum(here, source.refunded.get(tender.number, Refunded()))


def _order(tender: Tender) -> tuple[int, int]:
    """Single-purpose cards, other cards, other methods, cash."""
    if tender.redeems is not None:
        return (0 if tender.deducts else 1), tender.number
    return (3 if tender.is_cash else 2), tender.number
