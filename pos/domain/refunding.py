"""What is given back for returned goods goes the way it came: card to card, cash to cash.

The proposal follows the tenders of the receipt. Single-purpose cards go first, then other cards
and methods, cash last, so that what was paid by voucher doesn't leave the drawer as money. What
has no tender to go back to, such as the deposit of empties, is paid out in cash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pos.domain.card_moves import card_moves
from pos.domain.money import Money, split_by_weight
from pos.domain.returns import RefundOf
from pos.domain.sale import Sale
from pos.domain.stored_value.in_sale import Redemption, deducted_from, mirrored, restore
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.tax import TaxGroup
from pos.domain.tender import Tender


class Refunded(Struct, frozen=True):
    """What of a tender was given back so far, in minor units above zero."""

    amount: int = 0
    tax: int = 0

    def __add__(self, other: Refunded) -> Refunded:
        return Refunded(self.amount + other.amount, self.tax + other.tax)


class PaidSale(Struct, frozen=True):
    """A receipt that goods come back of.

    Attributes:
        refunded: by the number of its tenders.
        entries: by tender that redeemed a card, the number of the ledger entry it made.
        voided: by such a tender, minor units that went back to the card in another way: the
            customer has paid them anew, on a receipt that stands among `exchanged`.
        exchanged: receipts whose goods were given in exchange for these, or that paid for them
            anew: goods paid by voucher don't become cash by being exchanged twice.
    """

    sale: Sale
    refunded: Mapping[int, Refunded] = field(default_factory=dict)
    entries: Mapping[int, int] = field(default_factory=dict)
    exchanged: tuple[PaidSale, ...] = ()
    voided: Mapping[int, int] = field(default_factory=dict)

    @property
    def family(self) -> tuple[PaidSale, ...]:
        """This receipt, and those whose tenders paid for what it was exchanged for."""
        return (self, *self.exchanged)


class Refund(Struct, frozen=True):
    """One way an amount goes back; `amount` is above zero.

    Attributes:
        of: the tender it gives back; None for cash that follows from no tender.
        redeems: the card it goes back to.
        by_right: it is cash for what wasn't paid in cash: somebody with the right decides.
    """

    method: str
    is_cash: bool
    amount: Money
    of: RefundOf | None = None
    redeems: Redemption | None = None
    by_right: bool = False

    def part(self, amount: Money) -> Refund:
        """So much of it; a part bears its part of the tax."""
        if amount == self.amount or self.of is None or not self.of.tax:
            return replace(self, amount=amount)
        tax = self.of.tax * amount.minor // self.amount.minor
        return replace(self, amount=amount, of=replace(self.of, tax=tax))


def proposal(sale: Sale, sources: Sequence[PaidSale], cash: str) -> tuple[Refund, ...]:
    """How what is due below zero goes back; `cash` is the key of the method that pays out.

    It is planned for the whole sale, and what the sale has given by now is taken off: so each
    refund stays with the goods it was made for, in however many steps they are paid out. Nothing
    is left over: the amounts add up to what is due.
    """
    rest = -sale.settlement.due.minor
    found: list[Refund] = []
    for refund in _not_given(sale, _Plan(sale, sources).refunds):
        part = refund.part(min(refund.amount, Money(rest, sale.currency)))
        if part.amount.minor > 0:
            found.append(part)
            rest -= part.amount.minor
    free = max(0, min(rest, _free_cash(sale, sources)))
    for amount, by_right in ((free, False), (rest - free, True)):
        if amount > 0:
            found.append(Refund(cash, True, Money(amount, sale.currency), by_right=by_right))
    return tuple(found)


class _Plan:
    """What goes back for the whole sale, as if none of it had been given yet."""

    def __init__(self, sale: Sale, sources: Sequence[PaidSale]) -> None:
        self._sale, self._groups = sale, sale.goods_groups
        self._taken: dict[tuple[str, int], Refunded] = {}
        self._rest = -sale.settlement.due.minor - sum(each.amount.minor for each in _given(sale))
        self.refunds: list[Refund] = []
        for source in sources:
            self._add(source)

    def _add(self, source: PaidSale) -> None:
        """The tenders of a receipt that something can go back to, until all its goods that come
        back are paid.
        """
        worth = min(self._rest, _worth(self._sale, source))
        tenders = [(tender, paid) for paid in source.family for tender in paid.sale.tenders]
        for tender, paid in sorted(tenders, key=lambda pair: _order(pair[0])):
            refund = self._refund(paid, tender, worth)
            if refund is not None:
                self._take(refund)
                worth -= refund.amount.minor

    def _refund(self, paid: PaidSale, tender: Tender, most: int) -> Refund | None:
        before = self._taken.get((paid.sale.id, tender.number), Refunded())
        before += paid.refunded.get(tender.number, Refunded())
        left = min(_left(paid, tender, before), most)
        tax = 0
        if tender.deducts and tender.redeems is not None:
            left, tax = _restored(paid.sale, tender, self._groups, left, before)
        if left <= 0:
            return None
        entry = paid.entries.get(tender.number, 0)
        of = RefundOf(paid.sale.id, paid.sale.receipt_number or 0, tender.number, entry, tax)
        amount = Money(left, self._sale.currency)
        return Refund(tender.method, tender.is_cash, amount, of, tender.redeems)

    def _take(self, refund: Refund) -> None:
        assert refund.of is not None
        key, taken = (
            (refund.of.sale, refund.of.tender),
            Refunded(refund.amount.minor, refund.of.tax),
        )
        self._taken[key] = self._taken.get(key, Refunded()) + taken
        self._rest -= refund.amount.minor
        self._groups = _after(self._groups, refund)
        self.refunds.append(refund)


def _given(sale: Sale) -> tuple[Tender, ...]:
    """What the sale itself has given back by now."""
    return tuple(one for one in sale.tenders if one.counts and one.amount.minor < 0)


def _not_given(sale: Sale, planned: Sequence[Refund]) -> Iterator[Refund]:
    """The plan less what the sale has given of it, tender by tender."""
    given: dict[tuple[str, int], Refunded] = {}
    for one in _given(sale):
        if one.refunds is not None:
            key = (one.refunds.sale, one.refunds.tender)
            part = Refunded(-one.amount.minor, one.refunds.tax)
            given[key] = given.get(key, Refunded()) + part
    for refund in planned:
        assert refund.of is not None
        key = (refund.of.sale, refund.of.tender)
        gone = given.get(key, Refunded())
        amount = min(gone.amount, refund.amount.minor)
        tax = gone.tax if amount == gone.amount else min(gone.tax, refund.of.tax)
        given[key] = Refunded(gone.amount - amount, gone.tax - tax)
        of = replace(refund.of, tax=refund.of.tax - tax)
        yield replace(refund, amount=refund.amount - Money(amount, sale.currency), of=of)


def _free_cash(sale: Sale, sources: Sequence[PaidSale]) -> int:
    """What may go out in cash though no tender paid it in: empties, and goods without a receipt
    that came back by right, here or where the goods of today were sold.
    """
    family = {paid.sale.id: paid.sale for source in sources for paid in source.family}
    lines = (
        line.amount(each.currency).minor
        for each in (sale, *family.values())
        for line in each.active_lines
        if line.returns is None or not line.returns.is_linked
    )
    gone = sum(-one.amount.minor for one in _given(sale) if one.refunds is None)
    return -sum(amount for amount in lines if amount < 0) - gone


def _restored(
    sold: Sale, tender: Tender, groups: tuple[TaxGroup, ...], most: int, before: Refunded
) -> tuple[int, int]:
    """How much of a single-purpose redemption goes back, and the tax in it; `before` went back.

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
    if before.amount + amount == tender.amount.minor:
        return amount, _tax_borne(sold, tender) - before.tax
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
    """What the goods of a receipt are worth that come back."""
    return -sum(
        line.amount(sale.currency).minor
        for line in sale.active_lines
        if line.returns is not None and line.returns.sale == source.sale.id
    )


def _left(paid: PaidSale, tender: Tender, before: Refunded) -> int:
    """What of a tender has not gone back; of cash what stayed in the drawer."""
    if not tender.counts or tender.amount.minor <= 0:
        return 0
    kept = tender.amount.minor - _change_out_of(paid.sale, tender)
    return kept - before.amount - paid.voided.get(tender.number, 0)


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


def _order(tender: Tender) -> tuple[int, int]:
    """Single-purpose cards, other cards, other methods, cash."""
    if tender.redeems is not None:
        return (0 if tender.deducts else 1), tender.number
    return (3 if tender.is_cash else 2), tender.number
