"""What a sale did to cards, with and without tax: for journal, receipt, X and Z (ETRON-44)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.tax import TaxAmount, TaxGroup, line_amounts
from pos.domain.tender import Tender


class CardMove(Struct, frozen=True):
    """One card, one step. `amount` is positive where the card gains, negative where it pays.

    Attributes:
        rate: basis points of its tax; 0 for a multi-purpose card.
        confirmed: False for a redemption that nobody could confirm.
    """

    programme: str
    name: str
    kind: EntryKind
    card: str
    masked: str
    rate: int
    amount: TaxAmount
    confirmed: bool = True

    def record(self) -> dict[str, object]:
        """The move as the journal tells it, in minor units and basis points."""
        return {
            "programme": self.programme,
            "name": self.name,
            "kind": self.kind.value,
            "card": self.card,
            "masked": self.masked,
            "rate": self.rate,
            "net": self.amount.net.minor,
            "tax": self.amount.tax.minor,
            "confirmed": self.confirmed,
        }


def card_moves(sale: Sale) -> tuple[CardMove, ...]:
    """Every card the sale loads or redeems, lines before tenders."""
    return (*_loaded(sale), *_redeemed(sale))


def _loaded(sale: Sale) -> Iterator[CardMove]:
    for line in sale.active_lines:
        if line.loads is not None:
            loads = line.loads
            amount = line_amounts(line.tax_line(sale.currency))
            yield CardMove(
                loads.programme,
                loads.name,
                loads.kind,
                loads.card,
                loads.masked,
                line.tax_rate,
                amount,
            )


def _redeemed(sale: Sale) -> Iterator[CardMove]:
    groups = sale.goods_groups
    for tender in sale.tenders:
        if tender.redeems is None or not tender.counts:
            continue
        left = tender.taken_from(groups)
        yield _redemption(tender, _difference(left, groups, tender.amount))
        groups = left


def _redemption(tender: Tender, taken: TaxAmount) -> CardMove:
    redeems = tender.redeems
    assert redeems is not None
    return CardMove(
        redeems.programme,
        redeems.name,
        EntryKind.REDEEM if tender.refunds is None else EntryKind.CANCEL,
        redeems.card,
        redeems.masked,
        redeems.tax_rate or 0,
        taken,
        redeems.confirmed,
    )


def _difference(
    left: tuple[TaxGroup, ...], groups: tuple[TaxGroup, ...], amount: Money
) -> TaxAmount:
    """What went out of the VAT table; without a change all of the amount, untaxed."""
    tax = sum(
        one.amount.tax.minor - other.amount.tax.minor
        for one, other in zip(left, groups, strict=True)
    )
    return TaxAmount(Money(-amount.minor - tax, amount.currency), Money(tax, amount.currency))


def loaded_lines(sale: Sale) -> tuple[LineItem, ...]:
    """The lines that load a card."""
    return tuple(line for line in sale.active_lines if line.loads is not None)


def redeeming(sale: Sale) -> tuple[Tender, ...]:
    """The tenders that redeem a card and stand."""
    return tuple(tender for tender in _on_cards(sale) if tender.refunds is None)


def refunding(sale: Sale) -> tuple[Tender, ...]:
    """The tenders that give a redemption back to its card and stand."""
    return tuple(tender for tender in _on_cards(sale) if tender.refunds is not None)


def _on_cards(sale: Sale) -> tuple[Tender, ...]:
    return tuple(tender for tender in sale.tenders if tender.redeems and tender.counts)


def payable(sale: Sale, *, pays_for_vouchers: bool) -> Money:
    """What multi-purpose cards may pay of a sale, less what cards pay already.

    A voucher pays for no voucher unless its programme allows it (complaint 22 of the peers).
    """
    lines = (line.amount(sale.currency) for line in loaded_lines(sale))
    vouchers = Money.total((amount for amount in lines if amount.minor > 0), sale.currency)
    paid = Money.total(
        (tender.amount for tender in redeeming(sale) if not tender.deducts), sale.currency
    )
    return sale.total - paid - (Money(0, sale.currency) if pays_for_vouchers else vouchers)


def owners(sale: Sale) -> set[str]:
    """Customers whose cards the sale loads or redeems; nobody else may buy it (T-123)."""
    loads = {line.loads.customer for line in sale.active_lines if line.loads is not None}
    redeems = {tender.redeems.customer for tender in _on_cards(sale) if tender.redeems}
    return (loads | redeems) - {""}


def demand_owner(wanted: Sale, name_of: Callable[[str], str]) -> None:
    """Refuse another customer while somebody's wallet is in the sale (T-123).

    `name_of` tells the name of a customer number. The refusal carries who was wanted, by number,
    so that a screen can offer to replace customer and wallet in one step (W-17).
    """
    buyer = wanted.customer
    others = owners(wanted) - {buyer.number if buyer else ""}
    if others:
        raise Refusal(
            "wallet_in_sale",
            customer=name_of(min(others)),
            wanted=buyer.number if buyer else "",
            name=buyer.name if buyer else "",
        )
