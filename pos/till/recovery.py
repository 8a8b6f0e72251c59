"""Start-up: the till as it was left, whatever ended it."""

from __future__ import annotations

from pos.domain.journal import Kind
from pos.domain.sale import SaleState
from pos.till import aside, closing, code_table, customers, errands, keys, printing, signing
from pos.till.desk import Desk
from pos.till.undo import LineRemoved
from pos.till.vouchers import recovering


def recover(desk: Desk) -> None:
    """Take up the open session and sale, and finish a sale that had its number."""
    last = desk.store.last_entry()
    if last is not None:
        desk.latest = last.entry.at
    desk.session = desk.store.open_session()
    desk.kept_customers.publish(desk.store.kept_customers())
    customers.settle(desk)
    printing.set_interrupted_aside(desk)
    _count_session(desk)
    for reserved in desk.store.sales_in(SaleState.SEALING):
        closing.finish(desk, reserved)
        # Nobody has seen its change: it is shown once, or the goods would be rung up again.
        desk.finished_late = reserved.id
    for open_sale in desk.store.sales_in(SaleState.OPEN, SaleState.TENDERING):
        desk.sale = open_sale
        desk.undos[:] = [LineRemoved(line.number) for line in open_sale.lines if line.removed]
    recovering.recover(desk)
    keys.load(desk)
    errands.recover(desk)
    code_table.take_up(desk)
    aside.take_up(desk)
    signing.count_tries(desk)
    desk.now()
    if desk.clock_behind:
        with desk.writing() as work:
            desk.record(work, Kind.CLOCK_BEHIND, {"clock": desk.clock.now().isoformat()})


def _count_session(desk: Desk) -> None:
    if desk.session is None:
        return
    desk.sales, desk.turnover = desk.store.takings(desk.session.number)
