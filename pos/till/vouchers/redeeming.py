"""Redeeming: a card becomes a tender of the sale, for all it can pay or a part."""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.card_moves import loaded_lines, payable
from pos.domain.card_moves import redeeming as redeemed
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import Sale, SaleState
from pos.domain.stored_value.in_sale import Redemption, deductible
from pos.domain.stored_value.paying import share
from pos.domain.tender import Tender, TenderState
from pos.ports.stored_value import Unreachable
from pos.till import tendering
from pos.till.desk import Desk
from pos.till.vouchers import finding
from pos.till.vouchers.finding import Found
from pos.till.vouchers.owning import attach_owner

METHODS = {False: "voucher", True: "ewallet"}
"""Keys under `tender.method`, by whether it is a wallet."""


def redeem(desk: Desk, found: Found, asked: Money | None) -> None:
    """Pay with a card; None takes as much as goes. Covers the total: the sale closes.

    Where the authority can't be asked the programme's rule decides, and the tender is marked.
    """
    try:
        _redeem(desk, found, asked)
    except Unreachable:
        _redeem(desk, finding.unconfirmed(desk, found), asked)


def _redeem(desk: Desk, found: Found, asked: Money | None) -> None:
    sale = desk.open_sale()
    if sale.state not in (SaleState.OPEN, SaleState.TENDERING):
        raise Refusal("sale_not_open", state=sale.state)
    if not sale.active_lines:
        raise Refusal("nothing_to_pay")
    found.check_use(desk)
    _demand_once(sale, found)
    redemption = _redemption(found)
    _amount(desk, found, redemption, asked)
    attach_owner(desk, found.card, found.programme)
    if desk.open_sale().state is SaleState.OPEN:
        tendering.start_checkout(desk)
    sale = desk.open_sale()
    amount = _amount(desk, found, redemption, asked)
    tender = Tender(
        number=len(sale.tenders) + 1,
        method=METHODS[found.programme.is_wallet],
        amount=amount,
        is_cash=False,
        state=TenderState.AUTHORISED,
        redeems=redemption,
    )
    tendering.take(desk, replace(sale, tenders=(*sale.tenders, tender)))


def _demand_once(sale: Sale, found: Found) -> None:
    """One card is one tender; and no card pays for its own load."""
    entered = {tender.redeems.card for tender in redeemed(sale) if tender.redeems}
    entered |= {line.loads.card for line in loaded_lines(sale) if line.loads}
    if found.card.id in entered:
        raise Refusal("voucher_entered")


def _redemption(found: Found) -> Redemption:
    card, programme = found.card, found.programme
    bound = not programme.transferable or programme.is_wallet
    return Redemption(
        card=card.id,
        masked=card.masked,
        programme=programme.number,
        name=programme.name,
        customer=card.customer if bound else "",
        tax_code=card.tax_code,
        tax_rate=card.tax_rate,
        confirmed=found.confirmed,
    )


def _amount(desk: Desk, found: Found, redemption: Redemption, asked: Money | None) -> Money:
    sale = desk.open_sale()
    return share(
        found.spendable(desk),
        sale.settlement.due,
        _payable(sale, found, redemption),
        asked,
    )


def _payable(sale: Sale, found: Found, redemption: Redemption) -> Money:
    if not redemption.is_deduction:
        return payable(sale, pays_for_vouchers=found.programme.pays_for_vouchers)
    goods = deductible(sale.tax_groups, redemption)
    if found.programme.pays_for_vouchers:
        return goods
    own = (
        line.amount(sale.currency)
        for line in loaded_lines(sale)
        if redemption.tax_rate in (line.tax_rate,) or redemption.tax_code == line.tax_code
    )
    return goods - Money.total((each for each in own if each.minor > 0), sale.currency)
