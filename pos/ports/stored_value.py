"""Cards and their balances: who keeps them, and who decides what may be spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from pos.domain.customer_choice import CustomerChoice
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By, EntryKind


class Unreachable(Exception):
    """The authority can't be asked just now; the programme's offline rule decides."""


class BalanceAuthority(Protocol):
    """Decides what a card is worth, for every till that takes it.

    A step is done when the call returns. A step told twice (the same hold, the same reference) is
    done once. An authority on this machine writes within the till's transaction where one is under
    way, so that a sale and its cards are durable together; one elsewhere answers within a moment,
    or raises Unreachable and has done nothing that a repeat would double.

    All raise Refusal with the reason, and "voucher_unknown" for a card nobody knows.
    """

    def find(self, digest: str, masked: str) -> Card | None:
        """The card whose code has this digest and is masked like this."""

    def card(self, card: str) -> Card:
        """The card of that id, with its owner as of now."""

    def give(self, card: str, customer: str) -> None:
        """Write down another owner, for every till that takes the card."""

    def register(self, card: Card, *, alone: bool = False) -> None:
        """Learn of a new card; raises Refusal "voucher_code_used" where another has its code.

        `alone`: it is a wallet, and the customer may have no other in the programme: raises
        "wallet_exists" (ETRON-42).
        """

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        """The customer's card in a programme, at whichever till it was made."""

    def confirm(self, card: str) -> Account:
        """The card's ledger as of now."""

    def reserve(
        self, card: str, hold: str, amount: Money, by: By, until: datetime | None = None
    ) -> Account:
        """Promise money to a sale; raises Refusal "voucher_balance" with what there is.

        From `until` on the reservation makes way where somebody else needs the money (W-19).
        """

    def set_aside(self, card: str, amount: Money, by: By) -> Account:
        """Keep up to an amount for the till in `by` to spend while it can't ask."""

    def draw(self, card: str, hold: str, amount: Money, by: By) -> Account:
        """Book what that till has spent of it; raises Refusal "voucher_balance"."""

    def book(self, card: str, hold: str, by: By) -> Account:
        """Take what was reserved; raises Refusal "voucher_no_hold"."""

    def release(self, card: str, hold: str, by: By) -> Account:
        """Give back what was reserved; raises Refusal "voucher_no_hold"."""

    def issue(self, card: str, amount: Money, by: By) -> Account:
        """Put the first money on a card; raises Refusal "voucher_issued"."""

    def top_up(self, card: str, amount: Money, by: By) -> Account:
        """Put more money on a card."""

    def cancel(self, card: str, of: int, by: By, amount: Money | None = None) -> Account:
        """Take back an entry, wholly or in part; raises Refusal "voucher_nothing_to_cancel"."""

    def expire(self, card: str, by: By) -> Account:
        """Write off what is left."""

    def correct(self, card: str, amount: Money, by: By) -> Account:
        """Put a balance right; wants a reason."""


class CardState(StrEnum):
    """Which cards a list shows. `blank`: made, but nothing was ever put on it."""

    OPEN = "open"
    EMPTY = "empty"
    EXPIRED = "expired"
    BLANK = "blank"


class CardQuery(Struct, frozen=True):
    """A search among the cards. Empty fields match everything.

    Attributes:
        ending: the last symbols of the code, as masked codes show them; one alone narrows nothing.
        day: today in the shop's zone; what has expired depends on it.
        after: id of the last card of the page before.
    """

    programme: str = ""
    ending: str = ""
    customer: str = ""
    run: str = ""
    state: CardState | None = None
    day: date = date.min
    after: str = ""
    limit: int = 100


class CardRow(Struct, frozen=True):
    """A card in a list, with what it holds and what of that is reserved."""

    card: Card
    balance: Money
    reserved: Money


class ProgrammeCount(Struct, frozen=True):
    """The cards of a programme in sum (ETRON-43)."""

    programme: str
    cards: int
    balance: Money


class OpenHold(Struct, frozen=True):
    """A reservation that is neither booked nor released."""

    card: str
    hold: str
    sale: str
    till: str
    amount: Money
    at: datetime


class CardBook(Protocol):
    """The cards this till knows. Writes join the till's transaction where one is under way."""

    def find(self, digest: str, masked: str) -> Card | None:
        """The card whose code has this digest and is masked like this."""

    def card(self, card: str) -> Card:
        """The card of that id; raises Refusal "voucher_unknown"."""

    def add(self, cards: Iterable[Card]) -> None:
        """Keep new cards; raises Refusal "voucher_code_used" on a code that is there."""

    def issue_all(self, cards: Sequence[Card], amount: Money, by: By, run: str = "") -> None:
        """Keep new cards and put the same money on each: what generating does, batch by batch.
        Nothing leaves them blank.

        `run` names the generation they belong to.
        """

    def issue_each(self, cards: Sequence[tuple[Card, Money]], by: By, run: str = "") -> None:
        """Keep new cards, each with money of its own: what an import brings, batch by batch."""

    def has_foreign(self) -> bool:
        """Whether there is a card whose code was made elsewhere."""

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        """The customer's card in a programme, as far as this till knows."""

    def cards_of(self, customer: str) -> Sequence[CardRow]:
        """Every card of a customer."""

    def cards(self, query: CardQuery) -> Sequence[CardRow]:
        """A page of the list, in order of their ids."""

    def counts(self) -> Sequence[ProgrammeCount]:
        """Every programme that has cards; sums up the whole ledger, so not while somebody waits."""

    def accounts_of_sale(self, sale: str) -> Sequence[Account]:
        """The ledgers of all cards a sale has touched."""

    def open_holds(self) -> Sequence[OpenHold]:
        """Every reservation that is not over, oldest first."""

    def learn(self, account: Account) -> None:
        """Copy what an authority elsewhere has written down since."""


class UntoldStep(Struct, frozen=True):
    """A step the authority couldn't be told: nobody doubts it, it only has to learn of it.

    Attributes:
        kind: ISSUE, TOP_UP, REDEEM of a reservation, RELEASE or CANCEL.
        amount: as the step's own method takes it; zero for REDEEM and RELEASE.
        of: number of the entry that is taken back; None for others.
    """

    id: int
    kind: EntryKind
    card: str
    amount: Money
    by: By
    hold: str = ""
    of: int | None = None


class RunState(StrEnum):
    """What a generation of cards is about just now.

    Attributes:
        TAKING_BACK: it was stopped, and what it made is taken back.
        MAILING: messages with its codes are queued.
    """

    MAKING = "making"
    TAKING_BACK = "taking_back"
    MAILING = "mailing"
    DONE = "done"
    STOPPED = "stopped"


class CardRun(Struct, frozen=True):
    """One generation of cards (ETRON-41, ETRON-42), and how far it has come.

    Attributes:
        amount: on each card; nothing for wallets that begin empty.
        chosen: for whom; None for anonymous cards.
        wanted: cards that were asked for, or customers that were chosen.
        state, place: what is being done, and the customer or card it has come to.
        made, skipped, taken_back, mailed: cards; skipped are customers who have such a wallet.
    """

    id: str
    programme: str
    amount: Money
    expires: date | None
    chosen: CustomerChoice | None
    wanted: int
    at: datetime
    operator: str
    state: RunState = RunState.MAKING
    place: str = ""
    made: int = 0
    skipped: int = 0
    taken_back: int = 0
    mailed: int = 0

    @property
    def is_busy(self) -> bool:
        """Whether something of it is still to be done."""
        return self.state not in (RunState.DONE, RunState.STOPPED)


class RunBook(Protocol):
    """The generations of this till. Writes join the till's transaction."""

    def save(self, run: CardRun) -> None:
        """Keep a generation as it is now."""

    def run(self, run: str) -> CardRun:
        """A generation; raises Refusal "no_such_run"."""

    def runs(self, limit: int = 100) -> Sequence[CardRun]:
        """The generations, newest first."""

    def busy(self) -> CardRun | None:
        """The oldest generation that is not over."""


class UnconfirmedState(StrEnum):
    """Where a redemption stands that was accepted while nobody could confirm it."""

    WAITING = "waiting"
    BOOKED = "booked"
    CLASH = "clash"


class Unconfirmed(Struct, frozen=True):
    """A redemption that was accepted while nobody could confirm it; `at` in UTC."""

    hold: str
    card: str
    amount: Money
    sale: str
    at: datetime
    state: UnconfirmedState = UnconfirmedState.WAITING


class UnconfirmedRow(Struct, frozen=True):
    """Such a redemption in a list: with the masked code of its card, and its sale.

    Attributes:
        receipt: number of the sale's receipt; `operator` rang it up.
    """

    redemption: Unconfirmed
    masked: str
    receipt: int
    operator: str


class UntoldBook(Protocol):
    """What an authority elsewhere doesn't know yet. Writes join the till's transaction."""

    def note(self, step: UntoldStep) -> None:
        """Keep a step to be told; one for a hold is kept once."""

    def told(self, step: int) -> None:
        """The authority has answered."""

    def steps(self, card: str = "") -> Sequence[UntoldStep]:
        """What is still to be told, of a card or of all, oldest first."""

    def accept(self, redemption: Unconfirmed) -> None:
        """Keep a redemption that nobody could confirm."""

    def settle(self, hold: str, state: UnconfirmedState) -> None:
        """Write down how it ended."""

    def unconfirmed(self, card: str = "") -> Sequence[Unconfirmed]:
        """Redemptions that still wait, of a card or of all, oldest first."""

    def unconfirmed_rows(
        self, state: UnconfirmedState | None = None, after: str = "", limit: int = 100
    ) -> Sequence[UnconfirmedRow]:
        """A page of the redemptions in a state (None: in any), newest first; `after` is the hold
        of the last one of the page before.
        """

    def waiting(self) -> int:
        """How much is still to be told or confirmed."""


class Cards(CardBook, BalanceAuthority, Protocol):
    """The cards of this till with their ledgers: the authority while nobody else is."""
