"""What vouchers and wallets are offered for this sale, and selling one of them (T-120, T-124)."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.money import Money
from pos.domain.stored_value.programme import Programme
from pos.till.card_codes import programme_of
from pos.till.desk import Desk
from pos.till.voucher_views import CardRowView, OfferView
from pos.till.vouchers import loading
from pos.till.vouchers.rows import row_view


def sell(desk: Desk, number: str, amount: Money | None) -> None:
    """Sell of a programme: fill the customer's wallet in it up, else make a new card.

    What is asked for again in this sale, by product, is of the same programme (ETRON-36).
    """
    loading.load_programme(desk, programme_of(desk, number), amount)


def offers(desk: Desk, product: str) -> Sequence[OfferView]:
    """The programmes sold here and today, or those behind one product, with balances of the
    sale's customer (ETRON-36).
    """
    desk.who()
    services = [product] if product else sorted({one.product for one in _programmes(desk)})
    return [_offer(desk, each) for one in services for each in loading.candidates(desk, one)]


def wallets(desk: Desk, customer: str) -> Sequence[CardRowView]:
    """The cards of a customer, by default of the sale's; nobody has none."""
    desk.who()
    buyer = desk.sale.customer if desk.sale else None
    number = customer or (buyer.number if buyer else "")
    return [row_view(desk, row) for row in desk.store.cards.cards_of(number)]


def _programmes(desk: Desk) -> Sequence[Programme]:
    return desk.catalogue.programmes()


def _offer(desk: Desk, programme: Programme) -> OfferView:
    service = desk.catalogue.product(programme.product)
    fixed = Money.of(service.price, programme.currency) if service else None
    offer = OfferView(programme.number, programme.name, programme.is_wallet, fixed or None)
    buyer = desk.sale.customer if desk.sale else None
    if not programme.is_wallet or buyer is None:
        return offer
    wallet = desk.balances.wallet_of(buyer.number, programme.number)
    if wallet is None:
        return offer
    return OfferView(
        programme=programme.number,
        name=programme.name,
        is_wallet=True,
        amount=fixed or None,
        card=wallet.id,
        balance=desk.store.cards.confirm(wallet.id).available,
    )
