"""Credit notes: what the customer is owed becomes a voucher instead of money (T-117)."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.errors import Refusal
from pos.domain.sale import SaleState
from pos.domain.stored_value.programme import Place, Programme, TaxKind
from pos.till import refunding, tendering
from pos.till.card_codes import programme_of
from pos.till.desk import Desk
from pos.till.voucher_views import ProgrammeView
from pos.till.vouchers import loading


def credit(desk: Desk, number: str) -> None:
    """Give a new voucher for all that is owed, and close the sale.

    A credit note differs from a voucher only by its product. Raises Refusal "nothing_to_refund",
    or "refund_as_paid" where single-purpose vouchers paid: their tax goes back to them alone.
    """
    sale = desk.open_sale()
    if sale.total.minor >= 0:
        raise Refusal("nothing_to_refund")
    programme = programme_of(desk, number)
    if programme not in _here(desk):
        raise Refusal("voucher_inactive", programme=programme.name)
    if sale.state is SaleState.TENDERING:
        tendering.back_to_sale(desk)
    sale = desk.open_sale()
    if any(way.redeems and way.redeems.is_deduction for way in refunding.proposals(desk, sale)):
        raise Refusal("refund_as_paid")
    loading.make(desk, programme, -sale.total)
    tendering.start_checkout(desk)
    tendering.take(desk, desk.open_sale())


def offered(desk: Desk) -> tuple[ProgrammeView, ...]:
    """The credit notes that may be given for the sale on the screen; none while nothing is owed."""
    if desk.sale is None or desk.sale.total.minor >= 0:
        return ()
    return tuple(
        ProgrammeView(each.number, each.name, each.product, is_wallet=False, amount=None)
        for each in _here(desk)
    )


def _here(desk: Desk) -> Sequence[Programme]:
    place, today = Place(desk.till, desk.currency), desk.today()
    return [
        each
        for each in desk.catalogue.programmes()
        if each.credit_note
        and not each.is_wallet
        and each.tax_kind is TaxKind.MULTI
        and each.counts_at(place, today)
    ]
