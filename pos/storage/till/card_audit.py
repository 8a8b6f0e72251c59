"""What an auditor asks of the cards: do their ledgers add up, and do the sums follow them?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select

from pos.domain.stored_value.ledger import EntryKind
from pos.storage.till.card_tables import BLANK, EMPTY, FUNDED, card_hold, card_tally
from pos.storage.till.card_tables import card as cards
from pos.storage.till.card_tables import card_entry as entries
from pos.storage.till.joining import Joining

_ENDS = (EntryKind.REDEEM.value, EntryKind.RELEASE.value)


class CardAudit(Joining):
    """Goes through every card, so not while somebody waits."""

    def count(self) -> int:
        """How many cards there are."""
        row = self._first(select(func.count()).select_from(cards))
        return 0 if row is None else int(row[0])

    def first_wrong(self) -> str:
        """The id of a card whose entries don't add up to what they say; empty where all do."""
        last = entries.alias("last")
        sums = (
            select(
                entries.c.card,
                func.count().label("count"),
                func.max(entries.c.number).label("newest"),
                func.sum(entries.c.amount).label("balance"),
                func.sum(entries.c.held).label("reserved"),
            )
            .group_by(entries.c.card)
            .subquery()
        )
        wrong = or_(
            sums.c.count != sums.c.newest,
            sums.c.balance != last.c.balance,
            sums.c.reserved != last.c.reserved,
            sums.c.reserved < 0,
            sums.c.balance < sums.c.reserved,
        )
        row = self._first(
            select(sums.c.card)
            .join(last, and_(last.c.card == sums.c.card, last.c.number == sums.c.newest))
            .where(wrong)
            .limit(1)
        )
        return "" if row is None else str(row.card)

    def first_unfollowed(self) -> str:
        """Which of the sums kept beside the ledgers differs from them; empty where none does."""
        pairs = {
            "tally": (_recount(), select(card_tally)),
            "holds": (_open_holds(), select(card_hold)),
        }
        for name, (counted, kept) in pairs.items():
            if set(self._all(counted)) != set(self._all(kept)):
                return name
        return "standing" if self._first(_misjudged()) is not None else ""


def _recount() -> Select[Any]:
    """The tally, of the entries themselves."""
    return (
        select(
            cards.c.programme,
            cards.c.currency,
            func.count(cards.c.id.distinct()),
            func.coalesce(func.sum(entries.c.amount), 0),
        )
        .join(entries, entries.c.card == cards.c.id, isouter=True)
        .group_by(cards.c.programme, cards.c.currency)
    )


def _open_holds() -> Select[Any]:
    ended = entries.alias("ended")
    over = exists().where(ended.c.hold == entries.c.hold, ended.c.kind.in_(_ENDS))
    made = entries.c.kind == EntryKind.RESERVE.value
    told = (entries.c.hold, entries.c.card, entries.c.sale, entries.c.till)
    return select(*told, entries.c.held, entries.c.at).where(made, ~over)


def _misjudged() -> Select[Any]:
    """A card that is said to hold what its newest entry doesn't say."""
    balance = (
        select(entries.c.balance)
        .where(entries.c.card == cards.c.id)
        .order_by(entries.c.number.desc())
        .limit(1)
        .correlate(cards)
        .scalar_subquery()
    )
    stands = case((balance > 0, FUNDED), (balance == 0, EMPTY), else_=BLANK)
    return select(cards.c.id).where(cards.c.standing != stands).limit(1)
