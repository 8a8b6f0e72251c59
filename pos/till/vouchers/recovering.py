"""After a crash: what a sale had promised of cards goes back, and no reservation is left."""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.card_moves import redeeming
from pos.domain.journal import Kind
from pos.domain.stored_value.ledger import is_allowance
from pos.domain.tender import TenderState
from pos.till.desk import Desk
from pos.till.vouchers.finding import remember_guesses
from pos.till.vouchers.settling import prepare, settle


def recover(desk: Desk) -> None:
    """Release whatever this till has reserved: a sale that got its number has booked by now."""
    _reverse_tenders(desk)
    for hold in desk.store.cards.open_holds():
        if hold.till == desk.till and not is_allowance(hold.hold, desk.till):
            with desk.writing():
                desk.balances.release(hold.card, hold.hold, desk.by())
    settle(desk)
    prepare(desk)
    remember_guesses(desk)


def _reverse_tenders(desk: Desk) -> None:
    """The customer may have left with the card; whoever is still there shows it again."""
    sale = desk.sale
    if sale is None or not redeeming(sale):
        return
    back = set(redeeming(sale))
    tenders = tuple(
        tender.move(TenderState.REVERSED) if tender in back else tender for tender in sale.tenders
    )
    facts = {"numbers": [tender.number for tender in redeeming(sale)], "after": "crash"}
    desk.keep(replace(sale, tenders=tenders), Kind.TENDER_REVERSED, facts)
