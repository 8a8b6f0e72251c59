"""What an authority elsewhere doesn't know yet: steps to be told, redemptions to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos.domain.money import Money
from pos.domain.stored_value.ledger import EntryKind
from pos.ports.stored_value import Unconfirmed, UnconfirmedRow, UnconfirmedState, UntoldStep
from pos.storage.till.card_rows import read_by
from pos.storage.till.card_tables import card as cards
from pos.storage.till.card_tables import unconfirmed, untold
from pos.storage.till.joining import Joining
from pos.storage.till.tables import sale

_WITH_CARDS = select(unconfirmed, cards.c.currency, cards.c.masked).join(
    cards, cards.c.id == unconfirmed.c.card
)
_WITH_SALES = _WITH_CARDS.join(sale, sale.c.id == unconfirmed.c.sale).add_columns(
    sale.c.receipt_number, sale.c.operator
)


class UntoldSteps(Joining):
    """Implements `UntoldBook` on the till's connection."""

    def note(self, step: UntoldStep) -> None:
        """Keep a step to be told; one for a hold is kept once."""
        if step.hold and self._all(_same(step)):
            return
        self._do(insert(untold).values(**_row(step)))

    def told(self, step: int) -> None:
        """The authority has answered."""
        self._do(update(untold).where(untold.c.id == step).values(told=1))

    def steps(self, card: str = "") -> Sequence[UntoldStep]:
        """What is still to be told, of a card or of all, oldest first."""
        statement = (
            select(untold, cards.c.currency)
            .join(cards, cards.c.id == untold.c.card)
            .where(untold.c.told == 0)
            .order_by(untold.c.id)
        )
        if card:
            statement = statement.where(untold.c.card == card)
        return [_step(row) for row in self._all(statement)]

    def accept(self, redemption: Unconfirmed) -> None:
        """Keep a redemption that nobody could confirm; told twice, it is kept once."""
        row = {
            "hold": redemption.hold,
            "card": redemption.card,
            "amount": redemption.amount.minor,
            "sale": redemption.sale,
            "at": redemption.at,
            "state": redemption.state.value,
        }
        self._do(upsert(unconfirmed).values(**row).on_conflict_do_nothing())

    def settle(self, hold: str, state: UnconfirmedState) -> None:
        """Write down how it ended."""
        self._do(update(unconfirmed).where(unconfirmed.c.hold == hold).values(state=state.value))

    def unconfirmed(self, card: str = "") -> Sequence[Unconfirmed]:
        """Redemptions that still wait, of a card or of all, oldest first."""
        statement = _WITH_CARDS.where(unconfirmed.c.state == UnconfirmedState.WAITING.value)
        if card:
            statement = statement.where(unconfirmed.c.card == card)
        statement = statement.order_by(unconfirmed.c.at, unconfirmed.c.hold)
        return [_unconfirmed(row) for row in self._all(statement)]

    def unconfirmed_rows(
        self, state: UnconfirmedState | None = None, after: str = "", limit: int = 100
    ) -> Sequence[UnconfirmedRow]:
        """A page of the redemptions in a state (None: in any), newest first; `after` is the hold
        of the last one of the page before.
        """
        place = tuple_(unconfirmed.c.at, unconfirmed.c.hold)
        statement = _WITH_SALES.order_by(unconfirmed.c.at.desc(), unconfirmed.c.hold.desc())
        if state is not None:
            statement = statement.where(unconfirmed.c.state == state.value)
        if after:
            last = select(unconfirmed.c.at, unconfirmed.c.hold).where(unconfirmed.c.hold == after)
            statement = statement.where(place < last.scalar_subquery())
        return [_row_of(row) for row in self._all(statement.limit(limit))]

    def waiting(self) -> int:
        """How much is still to be told or confirmed."""
        steps = select(func.count()).where(untold.c.told == 0)
        redemptions = select(func.count()).where(
            unconfirmed.c.state == UnconfirmedState.WAITING.value
        )
        return sum(int(self._all(each)[0][0]) for each in (steps, redemptions))


def _same(step: UntoldStep) -> Select[Any]:
    return select(untold.c.id).where(
        untold.c.card == step.card, untold.c.hold == step.hold, untold.c.kind == step.kind.value
    )


def _row(step: UntoldStep) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "card": step.card,
        "amount": step.amount.minor,
        "hold": step.hold,
        "of": step.of,
        "sale": step.by.sale,
        "till": step.by.till,
        "operator": step.by.operator,
        "at": step.by.at,
        "reason": step.by.reason,
        "receipt": step.by.receipt,
        "step": step.by.step,
        "told": 0,
    }


def _step(row: Row[Any]) -> UntoldStep:
    amount = Money(row.amount, row.currency)
    return UntoldStep(row.id, EntryKind(row.kind), row.card, amount, read_by(row), row.hold, row.of)


def _unconfirmed(row: Row[Any]) -> Unconfirmed:
    amount, state = Money(row.amount, row.currency), UnconfirmedState(row.state)
    return Unconfirmed(row.hold, row.card, amount, row.sale, row.at, state)


def _row_of(row: Row[Any]) -> UnconfirmedRow:
    return UnconfirmedRow(_unconfirmed(row), row.masked, row.receipt_number or 0, row.operator)
