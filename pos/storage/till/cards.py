"""Cards and their ledgers in till.db: the authority while no back office is connected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card, Origin
from pos.domain.stored_value.ledger import Account, By, EntryKind, LedgerEntry
from pos.ports.stored_value import CardQuery, CardRow, CardState, OpenHold, ProgrammeCount
from pos.storage.engine import telling_refusals
from pos.storage.till.card_tables import card as cards
from pos.storage.till.card_tables import card_entry as entries
from pos.storage.till.putting import put_many

# Built once: SQLAlchemy takes longer to put such a statement together than SQLite to run it.
_BY_ID = select(cards).where(cards.c.id == bindparam("card"))
_BY_DIGEST = select(cards).where(cards.c.digest == bindparam("digest"))
_LEDGER = (
    select(cards.c.currency, entries)
    .select_from(cards.outerjoin(entries, entries.c.card == cards.c.id))
    .where(cards.c.id == bindparam("card"))
    .order_by(entries.c.number)
)
_ENDS = (EntryKind.REDEEM.value, EntryKind.RELEASE.value)


class CardLedger:
    """Implements `BalanceAuthority` and `CardBook` on the till's connection.

    A call within a transaction takes part in it; else it is a transaction of its own.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def confirm(self, card: str) -> Account:
        """The card's ledger as of now."""
        rows = self._all(_LEDGER, card=card)
        if not rows:
            raise Refusal("voucher_unknown")
        currency = rows[0].currency
        made = (row for row in rows if row.number is not None)
        return Account(card, currency, tuple(_entry(row, currency) for row in made))

    def register(self, card: Card) -> None:
        """Learn of a new card."""
        with self._writing():
            if self._first(_BY_ID, card=card.id) is None:
                self._insert_cards([card])

    def reserve(
        self, card: str, hold: str, amount: Money, by: By, until: datetime | None = None
    ) -> Account:
        """Promise money to a sale."""
        return self._apply(card, lambda account: account.reserve(hold, amount, by, until))

    def set_aside(self, card: str, amount: Money, by: By) -> Account:
        """Keep up to an amount for a till to spend while it can't ask."""
        return self._apply(card, lambda account: account.set_aside(amount, by))

    def draw(self, card: str, hold: str, amount: Money, by: By) -> Account:
        """Book what a till has spent of it."""
        return self._apply(card, lambda account: account.draw(hold, amount, by))

    def book(self, card: str, hold: str, by: By) -> Account:
        """Take what was reserved."""
        return self._apply(card, lambda account: account.redeem(hold, by))

    def release(self, card: str, hold: str, by: By) -> Account:
        """Give back what was reserved."""
        return self._apply(card, lambda account: account.release(hold, by))

    def issue(self, card: str, amount: Money, by: By) -> Account:
        """Put the first money on a card."""
        return self._apply(card, lambda account: account.issue(amount, by))

    def top_up(self, card: str, amount: Money, by: By) -> Account:
        """Put more money on a card."""
        return self._apply(card, lambda account: account.top_up(amount, by))

    def cancel(self, card: str, of: int, by: By, amount: Money | None = None) -> Account:
        """Take back an entry, wholly or in part."""
        return self._apply(card, lambda account: account.cancel(of, by, amount))

    def expire(self, card: str, by: By) -> Account:
        """Write off what is left."""
        return self._apply(card, lambda account: account.expire(by))

    def correct(self, card: str, amount: Money, by: By) -> Account:
        """Put a balance right."""
        return self._apply(card, lambda account: account.correct(amount, by))

    def find(self, digest: str) -> Card | None:
        """The card whose code has this digest."""
        row = self._first(_BY_DIGEST, digest=digest)
        return None if row is None else _card(row)

    def card(self, card: str) -> Card:
        """The card of that id."""
        row = self._first(_BY_ID, card=card)
        if row is None:
            raise Refusal("voucher_unknown")
        return _card(row)

    def add(self, new: Iterable[Card]) -> None:
        """Keep new cards."""
        with self._writing():
            self._insert_cards(list(new))

    def issue_all(self, new: Sequence[Card], amount: Money, by: By, run: str = "") -> None:
        """Keep new cards and put the same money on each; nothing leaves them blank."""
        with self._writing():
            self._insert_cards(new, run)
            if new and amount:
                first = Account(new[0].id, new[0].currency).issue(amount, by).entries[0]
                row = _entry_row(first)
                put_many(self._connection, entries, [row | {"card": card.id} for card in new])

    def issue_each(self, new: Sequence[tuple[Card, Money]], by: By, run: str = "") -> None:
        """Keep new cards, each with money of its own."""
        with self._writing():
            self._insert_cards([card for card, _ in new], run)
            issued = (Account(card.id, card.currency).issue(amount, by) for card, amount in new)
            rows = [_entry_row(account.entries[0]) for account in issued]
            put_many(self._connection, entries, rows)

    def give(self, card: str, customer: str) -> None:
        """Write down another owner."""
        with self._writing():
            self._connection.execute(
                update(cards).where(cards.c.id == card).values(customer=customer)
            )

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        """The customer's card in a programme."""
        row = self._first(
            select(cards)
            .where(cards.c.customer == customer, cards.c.programme == programme)
            .where(cards.c.customer != "")
            .limit(1)
        )
        return None if row is None else _card(row)

    def cards_of(self, customer: str) -> Sequence[CardRow]:
        """Every card of a customer."""
        return self.cards(CardQuery(customer=customer)) if customer else ()

    def cards(self, query: CardQuery) -> Sequence[CardRow]:
        """A page of the list, in order of their ids."""
        return [_listed(row) for row in self._all(_list(query))]

    def counts(self) -> Sequence[ProgrammeCount]:
        """Every programme that has cards."""
        statement = (
            select(
                cards.c.programme,
                cards.c.currency,
                func.count(cards.c.id.distinct()).label("number"),
                func.coalesce(func.sum(entries.c.amount), 0).label("balance"),
            )
            .join(entries, entries.c.card == cards.c.id, isouter=True)
            .group_by(cards.c.programme, cards.c.currency)
            .order_by(cards.c.programme)
        )
        return [
            ProgrammeCount(row.programme, row.number, Money(row.balance, row.currency))
            for row in self._all(statement)
        ]

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

    def count(self) -> int:
        """How many cards there are."""
        row = self._first(select(func.count()).select_from(cards))
        return 0 if row is None else int(row[0])

    def accounts_of_sale(self, sale: str) -> Sequence[Account]:
        """The ledgers of all cards a sale has touched."""
        touched = select(entries.c.card).where(entries.c.sale == sale, entries.c.sale != "")
        return [self.confirm(row.card) for row in self._all(touched.distinct())]

    def open_holds(self) -> Sequence[OpenHold]:
        """Every reservation that is not over, oldest first."""
        ended = entries.alias("ended")
        over = exists().where(ended.c.hold == entries.c.hold, ended.c.kind.in_(_ENDS))
        statement = (
            select(entries, cards.c.currency)
            .join(cards, cards.c.id == entries.c.card)
            .where(entries.c.kind == EntryKind.RESERVE.value, ~over)
            .order_by(entries.c.at)
        )
        return [
            OpenHold(row.card, row.hold, row.sale, row.till, Money(row.held, row.currency), row.at)
            for row in self._all(statement)
        ]

    def learn(self, account: Account) -> None:
        """Copy what an authority elsewhere has written down since."""
        with self._writing():
            known = len(self.confirm(account.card).entries)
            self._insert_entries(account.entries[known:])

    def _apply(self, card: str, step: Callable[[Account], Account]) -> Account:
        with self._writing():
            before = self.confirm(card)
            after = step(before)
            self._insert_entries(after.entries[len(before.entries) :])
        return after

    def _insert_cards(self, new: Sequence[Card], run: str = "") -> None:
        if not new:
            return
        try:
            put_many(self._connection, cards, [_card_row(each, run) for each in new])
        except IntegrityError as error:
            raise Refusal("voucher_code_used") from error

    def _insert_entries(self, new: Sequence[LedgerEntry]) -> None:
        if new:
            self._connection.execute(insert(entries), [_entry_row(each) for each in new])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with telling_refusals():
            if self._connection.in_transaction():
                yield
                return
            with self._connection.begin():
                yield

    def _all(self, statement: Select[Any], **values: object) -> Sequence[Row[Any]]:
        with self._writing():
            return self._connection.execute(statement, values).all()

    def _first(self, statement: Select[Any], **values: object) -> Row[Any] | None:
        found = self._all(statement, **values)
        return found[0] if found else None


def _list(query: CardQuery) -> Select[Any]:
    """The cards of a query with the sums of their last entries."""
    last = (
        select(func.max(entries.c.number))
        .where(entries.c.card == cards.c.id)
        .correlate(cards)
        .scalar_subquery()
    )
    joined = cards.outerjoin(entries, and_(entries.c.card == cards.c.id, entries.c.number == last))
    statement = select(cards, entries.c.balance, entries.c.reserved).select_from(joined)
    wanted = {
        cards.c.programme: query.programme,
        cards.c.customer: query.customer,
        cards.c.run: query.run,
    }
    for column, value in wanted.items():
        if value:
            statement = statement.where(column == value)
    if query.ending:
        statement = statement.where(cards.c.masked.endswith(query.ending.upper(), autoescape=True))
    if query.after:
        statement = statement.where(cards.c.id > query.after)
    if query.state is not None:
        statement = statement.where(_in_state(query))
    return statement.order_by(cards.c.id).limit(query.limit)


def _in_state(query: CardQuery) -> ColumnElement[bool]:
    fresh = or_(cards.c.expires.is_(None), cards.c.expires >= query.day)
    match query.state:
        case CardState.OPEN:
            return and_(entries.c.balance > 0, fresh)
        case CardState.EMPTY:
            return entries.c.balance == 0
        case CardState.EXPIRED:
            return and_(entries.c.balance > 0, not_(fresh))
        case _:
            return entries.c.balance.is_(None)


def _listed(row: Row[Any]) -> CardRow:
    balance, reserved = (
        Money(row.balance or 0, row.currency),
        Money(row.reserved or 0, row.currency),
    )
    return CardRow(_card(row), balance, reserved)


_CARD_FIELDS = attrgetter(*Card.__slots__)


def _card_row(card: Card, run: str) -> dict[str, Any]:
    row = dict(zip(Card.__slots__, _CARD_FIELDS(card), strict=True))
    row["origin"], row["run"] = card.origin.value, run
    return row


def _card(row: Row[Any]) -> Card:
    fields = {name: getattr(row, name) for name in Card.__slots__}
    return Card(**fields | {"origin": Origin(row.origin)})


def _entry_row(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "card": entry.card,
        "number": entry.number,
        "kind": entry.kind.value,
        "amount": entry.amount.minor,
        "held": entry.held.minor,
        "balance": entry.balance.minor,
        "reserved": entry.reserved.minor,
        "hold": entry.hold,
        "of": entry.of,
        "sale": entry.by.sale,
        "till": entry.by.till,
        "operator": entry.by.operator,
        "at": entry.by.at,
        "reason": entry.by.reason,
        "until": entry.until,
        "receipt": entry.by.receipt,
        "step": entry.by.step,
    }


def read_by(row: Row[Any]) -> By:
    """Who did a step, of a row that has the columns for it."""
    return By(row.at, row.till, row.operator, row.sale, row.reason, row.receipt, row.step)


def _entry(row: Row[Any], currency: str) -> LedgerEntry:
    return LedgerEntry(
        card=row.card,
        number=row.number,
        kind=EntryKind(row.kind),
        amount=Money(row.amount, currency),
        held=Money(row.held, currency),
        balance=Money(row.balance, currency),
        reserved=Money(row.reserved, currency),
        by=read_by(row),
        hold=row.hold,
        of=row.of,
        until=row.until,
    )
