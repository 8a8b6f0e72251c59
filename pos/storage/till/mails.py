"""Messages on their way, in till.db."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos.domain.errors import Refusal
from pos.ports.mail import Letter, MailState
from pos.storage.till.card_tables import mail
from pos.storage.till.joining import Joining


class Mails(Joining):
    """Implements `MailBook` on the till's connection."""

    def add_once(self, letter: Letter) -> bool:
        """Queue a letter; False where one with its key was queued before."""
        row = {
            "key": letter.key,
            "kind": letter.kind,
            "recipient": letter.recipient,
            "facts": json.dumps(dict(letter.facts), ensure_ascii=False, sort_keys=True),
            "state": letter.state.value,
            "attempts": 0,
            "at": letter.at,
        }
        return self._do(upsert(mail).values(**row).on_conflict_do_nothing()) > 0

    def mark(self, letter: int, state: MailState, fault: str, at: datetime) -> None:
        """Write down where it stands now; an attempt is counted when it begins."""
        attempts = mail.c.attempts + (1 if state is MailState.SENDING else 0)
        done = at if state is MailState.SENT else None
        changes = {"state": state.value, "fault": fault, "attempts": attempts, "done_at": done}
        self._do(update(mail).where(mail.c.id == letter).values(**changes))

    def letter(self, letter: int) -> Letter:
        """One letter; raises Refusal "no_such_letter"."""
        found = self._all(select(mail).where(mail.c.id == letter))
        if not found:
            raise Refusal("no_such_letter")
        return _letter(found[0])

    def letters(self, *states: MailState, limit: int = 100) -> Sequence[Letter]:
        """Those in these states, oldest first."""
        wanted = [state.value for state in states]
        statement = select(mail).where(mail.c.state.in_(wanted)).order_by(mail.c.id).limit(limit)
        return [_letter(row) for row in self._all(statement)]

    def count(self, *states: MailState) -> int:
        """How many stand so."""
        wanted = [state.value for state in states]
        return int(self._all(select(func.count()).where(mail.c.state.in_(wanted)))[0][0])


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        key=row.key,
        kind=row.kind,
        recipient=row.recipient,
        facts=json.loads(row.facts),
        at=row.at,
        state=MailState(row.state),
        fault=row.fault,
        attempts=row.attempts,
    )
