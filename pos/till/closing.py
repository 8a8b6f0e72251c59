"""Closing a sale in two transactions, with the fiscal seal between them.

Reserve: receipt number and content are durable and frozen. Seal: the fiscal unit signs, outside
any transaction. Commit: seal, closed state, journal, print job and parcel, all or nothing. A crash
anywhere leaves a sale that start-up either finds open, or finishes with the number it has.
"""

from __future__ import annotations

import json

from msgspec.structs import replace

from pos.domain.balance import deduction_facts, discount_facts
from pos.domain.card_moves import card_moves
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.sale import Sale, SaleState
from pos.ports.fiscal import FiscalRecord, Seal
from pos.ports.store import UnitOfWork
from pos.till import closing_checks, coupons, order_states, papers, points, returning
from pos.till.card_ledger import book, check_cards
from pos.till.card_papers import queue_cards, revealed
from pos.till.desk import Desk, line_facts
from pos.till.paper_choice import paper_of
from pos.till.put_away import queue_slip


def close(desk: Desk, paid: Sale) -> None:
    """Close a sale whose tenders cover its total."""
    desk.reached("before_reserve")
    reserved = _reserve(desk, paid)
    desk.reached("after_reserve")
    finish(desk, reserved)


def check(desk: Desk, paid: Sale) -> None:
    """Refuse what couldn't be booked any more once the sale has its number."""
    check_cards(desk.store.cards, desk.balances, paid, desk.by(paid))
    closing_checks.demand_room(desk, paid)
    closing_checks.demand_serials(desk, paid)
    returning.check_left(desk, paid)
    coupons.demand_payable(desk, paid)
    points.demand_payable(desk, paid)


def _reserve(desk: Desk, paid: Sale) -> Sale:
    check(desk, paid)
    paid = closing_checks.first_loads(desk, paid)
    moves = points.moves(desk, paid)
    with desk.writing() as work:
        reserved = replace(
            paid.move(SaleState.SEALING),
            receipt_number=work.next_number("receipt"),
            closed_at=desk.now(),
            points=moves,
        )
        desk.save(work, reserved)
        facts = {"number": reserved.receipt_number}
        desk.record(work, Kind.RECEIPT_RESERVED, facts, sale=reserved)
    desk.sale = reserved
    return reserved


def finish(desk: Desk, reserved: Sale) -> None:
    """Seal and commit a reserved sale; start-up comes here too after a crash."""
    seal = desk.fiscal.seal(_fiscal_record(reserved))
    desk.reached("after_seal")
    closed = reserved.move(SaleState.CLOSED)
    cash = any(tender.is_cash and tender.counts for tender in closed.tenders)
    with desk.writing() as work:
        work.save_seal(reserved, seal)
        work.save_sale(closed, reserved)
        book(desk.balances, desk.store.untold, closed, desk.by(closed))
        points.book(desk, closed)
        coupons.book(desk, closed)
        facts = closed_facts(closed, seal)
        desk.record(work, Kind.SALE_CLOSED, facts, sale=closed)
        _tell_new_variants(work, desk, closed)
        _tell_captured(work, desk, closed)
        orders = order_states.settle(desk, work, closed)
        named = [each.record() for each in orders]
        more = {"removal": removal_rules(desk, closed), "orders": named}
        told = json.dumps(facts | more, ensure_ascii=False)
        work.add_parcel("sale", closed.id, told, desk.now())
        job = desk.queue(work, papers.receipt(desk, closed, seal))
        slip = queue_slip(desk, work, closed)
        rests = order_states.queue_rests(desk, work, orders)
        cards = queue_cards(desk, work, closed)
        if cash:
            desk.record(work, Kind.DRAWER_OPENED, {"reason": "sale"}, sale=closed)
    desk.reached("after_commit")
    _show(desk, closed)
    if cash:
        desk.count_opening("sale")
        desk.kick()
    for paper in (job, slip, *rests):
        if paper is not None:
            desk.printing.send(paper)
    for card in cards:
        desk.printing.send(revealed(desk, card))


def removal_rules(desk: Desk, closed: Sale) -> dict[str, str]:
    """Which lot of each product the back office takes off its stock first (ETRON-2)."""
    sold = desk.catalogue.products({line.product for line in closed.active_lines})
    tree = desk.catalogue.stock_categories()
    known = {number: tree.get(product.category) for number, product in sold.items()}
    return {number: each.removal.value for number, each in known.items() if each is not None}


def _tell_new_variants(work: UnitOfWork, desk: Desk, closed: Sale) -> None:
    """Variants made here reach the back office before the sale that names them (ETRON-18)."""
    for line in closed.active_lines:
        if line.goods.made_here:
            values = sorted(option.value for option in line.goods.options if option.varies)
            body = {"number": line.goods.variant, "product": line.product, "values": values}
            key = f"variant-{line.goods.variant}"
            work.add_parcel_once("variant", key, json.dumps(body), desk.now())


def _tell_captured(work: UnitOfWork, desk: Desk, closed: Sale) -> None:
    """Serial numbers and lots nobody in the office has seen go there for review (W-16)."""
    for line in closed.active_lines:
        goods = line.goods
        if goods.captured:
            number = goods.serial or goods.lot
            body = {"product": line.product, "serial": goods.serial, "lot": goods.lot}
            key = f"serial-{line.product}-{number}"
            work.add_parcel_once("serial", key, json.dumps(body), desk.now())


def _show(desk: Desk, closed: Sale) -> None:
    desk.forget_customer()
    desk.sale = None
    desk.last_sale = closed
    desk.undos.clear()
    desk.net_view = None
    desk.sales += 1
    desk.turnover += closed.total.minor


def _fiscal_record(sale: Sale) -> FiscalRecord:
    assert sale.receipt_number is not None and sale.closed_at is not None
    untaxed = {line.tax_code for line in sale.active_lines if line.untaxed}
    gross: dict[str, Money] = {}
    for group in sale.tax_groups:
        code = "" if group.rate == 0 and group.code in untaxed else group.code
        gross[code] = gross.get(code, Money(0, sale.currency)) + group.amount.gross
    void = sale.voids is not None
    return FiscalRecord(sale.till, sale.receipt_number, sale.closed_at, sale.total, gross, void)


def closed_facts(sale: Sale, seal: Seal) -> dict[str, object]:
    """What the journal says of a closed sale: enough for every report and for an auditor."""
    return {
        "number": sale.receipt_number,
        "total": sale.total.minor,
        "currency": sale.currency,
        "change": sale.settlement.change.minor,
        "lines": [line_facts(line, sale.currency) for line in sale.active_lines],
        "taxes": [
            [
                group.code,
                group.rate,
                group.amount.net.minor,
                group.amount.tax.minor,
                group.amount.gross.minor,
            ]
            for group in sale.tax_groups
        ],
        "tenders": [
            [tender.method, tender.is_cash, tender.amount.minor]
            for tender in sale.tenders
            if tender.pays
        ],
        "cards": [move.record() for move in card_moves(sale)],
        "note": sale.note,
        "customer": sale.customer.number if sale.customer else "",
        "paper": paper_of(sale).value,
        "price_list": sale.price_list,
        "tax_free": sale.tax_free.record() if sale.tax_free else None,
        "discounts": discount_facts(sale),
        "deductions": deduction_facts(sale),
        "points": [move.record() for move in sale.points],
        "voids": sale.voids or 0,
        "seal": {"unit": seal.unit, "data": seal.data},
    }
