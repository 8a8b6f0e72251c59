"""What a receipt says of cards: masked, what remains (ETRON-32), the tax of a redemption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pos.documents.receipt import ReceiptDiscount
from pos.domain.card_moves import card_moves
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.ledger import EntryKind, LedgerEntry
from pos.domain.tender import Tender
from pos.till.card_ledger import hold_name, step_name
from pos.till.desk import Desk


def line_notes(desk: Desk, line: LineItem, sale: Sale) -> tuple[str, ...]:
    """Under a line that loads a card: which card, until when, what it holds now."""
    loads, texts = line.loads, desk.paper_texts
    if loads is None:
        return ()
    key = f"voucher.on_receipt.{loads.kind}"
    notes = [texts.get(key, name=loads.name, card=loads.masked)]
    card = desk.store.cards.card(loads.card)
    if card.expires is not None:
        notes.append(texts.get("voucher.on_receipt.expires", day=card.expires))
    made = [
        entry
        for entry in desk.store.cards.confirm(loads.card).entries
        if entry.by.sale == sale.id and entry.kind is loads.kind and entry.of == loads.of
    ]
    mine = [entry for entry in made if entry.by.step == step_name(sale, line)]
    for entry in (mine or made)[:1]:
        notes.append(texts.get("voucher.on_receipt.holds", amount=entry.balance))
    return tuple(notes)


def tender_notes(desk: Desk, sale: Sale, tender: Tender) -> tuple[str, ...]:
    """Under a tender that redeems a card: which card, and what remains on it."""
    if tender.redeems is None:
        return ()
    texts, redeems = desk.paper_texts, tender.redeems
    card = f"{redeems.name} {redeems.masked}"
    if not redeems.confirmed:
        return (card, texts.get("voucher.on_receipt.unconfirmed"))
    entry = _booked(desk, sale, tender)
    if entry is None:
        return (card,)
    if tender.refunds is not None:
        return (card, texts.get("voucher.on_receipt.holds", amount=entry.balance))
    rest = entry.balance - entry.reserved
    return (card, texts.get("voucher.on_receipt.rest", amount=rest))


def deductions(
    desk: Desk, sale: Sale, letters: Mapping[tuple[str, int], str]
) -> Iterator[ReceiptDiscount]:
    """Single-purpose redemptions: they take turnover and its tax back (ETRON-35)."""
    texts = desk.paper_texts
    taxes = {
        (move.card, move.kind): (move.rate, -move.amount.tax.minor) for move in card_moves(sale)
    }
    for tender in sale.tenders:
        if tender.deducts and tender.redeems is not None:
            redeems = tender.redeems
            kind = EntryKind.REDEEM if tender.refunds is None else EntryKind.CANCEL
            rate, tax = taxes[redeems.card, kind]
            amount = Money(tax, sale.currency)
            within = texts.get("voucher.on_receipt.tax", rate=texts.percent(rate), amount=amount)
            yield ReceiptDiscount(
                texts.get(f"tender.method.{tender.method}"),
                -tender.amount,
                tax=letters.get((redeems.tax_code, redeems.tax_rate or 0), ""),
                notes=(*tender_notes(desk, sale, tender), within),
            )


def _booked(desk: Desk, sale: Sale, tender: Tender) -> LedgerEntry | None:
    assert tender.redeems is not None
    entries = desk.store.cards.confirm(tender.redeems.card).entries
    if tender.refunds is not None:
        of = tender.refunds.entry
        return next((one for one in entries if one.of == of and one.by.sale == sale.id), None)
    hold = hold_name(sale, tender)
    found = (one for one in entries if one.kind is EntryKind.REDEEM and one.hold == hold)
    return next(found, None)
