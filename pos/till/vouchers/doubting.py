"""What was accepted while nobody could confirm it: the manager's list of it, and how each ended."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.errors import Refusal
from pos.domain.operator import Right
from pos.ports.stored_value import UnconfirmedRow, UnconfirmedState
from pos.till.desk import Desk
from pos.till.papers import operator_name
from pos.till.voucher_views import UnconfirmedView
from pos.till.vouchers.settling import other_redemption


def unconfirmed(desk: Desk, state: str, after: str, limit: int) -> Sequence[UnconfirmedView]:
    """A page of such redemptions, newest first; raises Refusal "unconfirmed_state"."""
    desk.demand(Right.VOUCHERS)
    if state and state not in tuple(UnconfirmedState):
        raise Refusal("unconfirmed_state", state=state[:40])
    wanted = UnconfirmedState(state) if state else None
    rows = desk.store.untold.unconfirmed_rows(wanted, after, limit)
    return [_view(desk, row) for row in rows]


def _view(desk: Desk, row: UnconfirmedRow) -> UnconfirmedView:
    one, clash = row.redemption, row.redemption.state is UnconfirmedState.CLASH
    account = desk.store.cards.confirm(one.card) if clash else None
    other = other_redemption(account, desk.till) if account else None
    return UnconfirmedView(
        id=one.hold,
        card=one.card,
        code=row.masked,
        amount=one.amount,
        receipt=row.receipt,
        operator=operator_name(desk, row.operator),
        at=one.at,
        state=one.state.value,
        other_till=other.by.till if other else "",
        other_receipt=other.by.receipt if other else 0,
        other_at=other.by.at if other else None,
    )
