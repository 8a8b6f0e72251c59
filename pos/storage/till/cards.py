"""Cards and their ledgers in till.db: the authority while no back office is connected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By, LedgerEntry
from pos.ports.stored_value import CardQuery, CardRow, OpenHold, ProgrammeCount
from pos.storage.till.card_list import backwards, listed, page
from pos.storage.till.card_rows import card_row, entry_row, read_card, read_entry
from pos.storage.till.card_tables import BLANK, FUNDED, card_hold, card_tally
from pos.storage.till.card_tables import card as cards
from pos.storage.till.card_tables import card_entry as entries
from pos.storage.till.joining import Joining
from pos.storage.till.putting import put_many

# Built once: SQLAlchemy takes longer to put such a statement together than SQLite to run it.
_BY_ID = select(cards).where(cards.c.id == bindparam("card"))
_BY_CODE = select(cards).where(
    backwards() == bindparam("ending"), cards.c.digest == bindparam("digest")
)
_LEDGER = (
    select(cards.c.currency, entries)
    .select_from(cards.outerjoin(entries, entries.c.card == cards.c.id))
    .where(cards.c.id == bindparam("card"))
    .order_by(entries.c.number)
)
_COUNTS = select(card_tally).order_by(card_tally.c.programme, card_tally.c.currency)
_HOLDS = (
    select(card_hold, cards.c.currency)
    .join(cards, cards.c.id == card_hold.c.card)
    .order_by(card_hold.c.at, card_hold.c.hold)
)


class CardLedger(Joining):
    """Implements `BalanceAuthority` and `CardBook` on the till's connection.

    A call within a transaction takes part in it; else it is a transaction of its own.
    """

    def confirm(self, card: str) -> Account:
        """The card's ledger as of now."""
        rows = self._all(_LEDGER, card=card)
        if not rows:
            raise Refusal("voucher_unknown")
        currency = rows[0].currency
        made = (row for row in rows if row.number is not None)
        return Account(card, currency, tuple(read_entry(row, currency) for row in made))

    def register(self, card: Card, *, alone: bool = False) -> None:
        """Learn of a new card."""
        with self._transaction():
            if self._first(_BY_ID, card=card.id) is not None:
                return
            if alone and self.wallet_of(card.customer, card.programme) is not None:
                raise Refusal("wallet_exists", name=card.customer, programme=card.programme)
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

    def find(self, digest: str, masked: str) -> Card | None:
        """The card whose code has this digest and is masked like this."""
        row = self._first(_BY_CODE, digest=digest, ending=masked[:-5:-1])
        return None if row is None else read_card(row)

    def card(self, card: str) -> Card:
        """The card of that id."""
        row = self._first(_BY_ID, card=card)
        if row is None:
            raise Refusal("voucher_unknown")
        return read_card(row)

    def add(self, new: Iterable[Card]) -> None:
        """Keep new cards."""
        with self._transaction():
            self._insert_cards(list(new))

    def issue_all(self, new: Sequence[Card], amount: Money, by: By, run: str = "") -> None:
        """Keep new cards and put the same money on each; nothing leaves them blank."""
        with self._transaction():
            self._insert_cards(new, run, FUNDED if amount else BLANK)
            if new and amount:
                first = Account(new[0].id, new[0].currency).issue(amount, by).entries[0]
                row = entry_row(first)
                put_many(self._connection, entries, [row | {"card": card.id} for card in new])

    def issue_each(self, new: Sequence[tuple[Card, Money]], by: By, run: str = "") -> None:
        """Keep new cards, each with money of its own."""
        with self._transaction():
            self._insert_cards([card for card, _ in new], run, FUNDED)
            issued = (Account(card.id, card.currency).issue(amount, by) for card, amount in new)
            rows = [entry_row(account.entries[0]) for account in issued]
            put_many(self._connection, entries, rows)

    def give(self, card: str, customer: str) -> None:
        """Write down another owner."""
        with self._transaction():
            self.card(card)
            self._connection.execute(
                update(cards).where(cards.c.id == card).values(customer=customer)
            )

    def has_foreign(self) -> bool:
        """Whether there is a card whose code was made elsewhere."""
        return self._first(select(cards.c.id).where(cards.c.salt == "").limit(1)) is not None

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        """The customer's card in a programme."""
        row = self._first(
            select(cards)
            .where(cards.c.customer == customer, cards.c.programme == programme)
            .where(cards.c.customer != "")
            .limit(1)
        )
        return None if row is None else read_card(row)

    def cards_of(self, customer: str) -> Sequence[CardRow]:
        """Every card of a customer."""
        return self.cards(CardQuery(customer=customer)) if customer else ()

    def cards(self, query: CardQuery) -> Sequence[CardRow]:
        """A page of the list, in order of their ids."""
        return [listed(row) for row in self._all(page(query))]

    def counts(self) -> Sequence[ProgrammeCount]:
        """Every programme that has cards."""
        return [
            ProgrammeCount(row.programme, row.cards, Money(row.balance, row.currency))
            for row in self._all(_COUNTS)
        ]

    def accounts_of_sale(self, sale: str) -> Sequence[Account]:
        """The ledgers of all cards a sale has touched."""
        touched = select(entries.c.card).where(entries.c.sale == sale, entries.c.sale != "")
        return [self.confirm(row.card) for row in self._all(touched.distinct())]

    def open_holds(self) -> Sequence[OpenHold]:
        """Every reservation that is not over, oldest first."""
        return [
            OpenHold(
                row.card, row.hold, row.sale, row.till, Money(row.amount, row.currency), row.at
            )
            for row in self._all(_HOLDS)
        ]

    def learn(self, account: Account) -> None:
        """Copy what an authority elsewhere has written down since."""
        with self._transaction():
            known = len(self.confirm(account.card).entries)
            self._insert_entries(account.entries[known:])

    def _apply(self, card: str, step: Callable[[Account], Account]) -> Account:
        with self._transaction():
            before = self.confirm(card)
            after = step(before)
            self._insert_entries(after.entries[len(before.entries) :])
        return after

    def _insert_cards(self, new: Sequence[Card], run: str = "", standing: str = BLANK) -> None:
        """Keep cards; where money follows at once, saying so here saves moving each of them."""
        if not new:
            return
        try:
            put_many(self._connection, cards, [card_row(each, run, standing) for each in new])
        except IntegrityError as error:
            raise Refusal("voucher_code_used") from error

    def _insert_entries(self, new: Sequence[LedgerEntry]) -> None:
        if new:
            self._connection.execute(insert(entries), [entry_row(each) for each in new])
