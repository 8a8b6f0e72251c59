"""Generations of cards in till.db: what was asked for, and how far each has come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from pos.domain.customer_choice import CustomerChoice
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.ports.stored_value import CardRun, RunState
from pos.storage.till.card_tables import card_run
from pos.storage.till.joining import Joining
from pos.storage.till.putting import put

_OVER = (RunState.DONE.value, RunState.STOPPED.value)

# Built once: SQLAlchemy takes longer to put such a statement together than SQLite to run it.
_BUSY = (
    select(card_run)
    .where(card_run.c.state.not_in(_OVER))
    .order_by(card_run.c.at, card_run.c.id)
    .limit(1)
)
_PUT = put(card_run)


class CardRuns(Joining):
    """Implements `RunBook` on the till's connection."""

    def save(self, run: CardRun) -> None:
        """Keep a generation as it is now."""
        with self._transaction():
            self._connection.execute(_PUT, _row(run))

    def run(self, run: str) -> CardRun:
        """A generation; raises Refusal "no_such_run"."""
        found = self._all(select(card_run).where(card_run.c.id == run))
        if not found:
            raise Refusal("no_such_run")
        return _run(found[0])

    def runs(self, limit: int = 100) -> Sequence[CardRun]:
        """The generations, newest first."""
        newest = select(card_run).order_by(card_run.c.at.desc(), card_run.c.id).limit(limit)
        return [_run(row) for row in self._all(newest)]

    def busy(self) -> CardRun | None:
        """The oldest generation that is not over."""
        found = self._all(_BUSY)
        return _run(found[0]) if found else None


def _row(run: CardRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "programme": run.programme,
        "currency": run.amount.currency,
        "amount": run.amount.minor,
        "expires": run.expires,
        "chosen": json.dumps(run.chosen.record(), ensure_ascii=False) if run.chosen else "",
        "wanted": run.wanted,
        "state": run.state.value,
        "place": run.place,
        "made": run.made,
        "skipped": run.skipped,
        "taken_back": run.taken_back,
        "mailed": run.mailed,
        "at": run.at,
        "operator": run.operator,
    }


def _run(row: Row[Any]) -> CardRun:
    return CardRun(
        id=row.id,
        programme=row.programme,
        amount=Money(row.amount, row.currency),
        expires=row.expires,
        chosen=CustomerChoice.read(json.loads(row.chosen)) if row.chosen else None,
        wanted=row.wanted,
        at=row.at,
        operator=row.operator,
        state=RunState(row.state),
        place=row.place,
        made=row.made,
        skipped=row.skipped,
        taken_back=row.taken_back,
        mailed=row.mailed,
    )
