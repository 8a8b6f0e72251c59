"""Snapshots of cards: what a screen or a story sees of vouchers and wallets. All frozen."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from pos.domain.money import Money


class CardEntryView(Struct, frozen=True):
    """One step of a card's history. `kind` is a text key under `voucher.step.`.

    Attributes:
        operator: by name.
        receipt: number of the sale's receipt at that till; 0 for a step without one.
    """

    number: int
    kind: str
    amount: Money
    balance: Money
    at: datetime
    till: str
    operator: str
    reason: str
    receipt: int = 0


class CardView(Struct, frozen=True):
    """A card on the screen.

    Attributes:
        card: its id; commands name it.
        code: masked, or clear for whoever asked with the right.
        available: what can be spent: the balance less what is reserved.
        problem: why it can't be used here and now; empty where it can.
        message: what can be handed over with the code, as it would be sent; empty while the code is
            hidden (ETRON-43).
        confirmed: False where nobody could be asked, and this is what the till knows.
        can: what may be done with it now by whoever stands here, by the names of the commands.
        amount: what each top-up is; None where it is typed.
    """

    card: str
    code: str
    programme: str
    name: str
    is_wallet: bool
    balance: Money
    available: Money
    expires: date | None
    customer: str
    customer_name: str
    problem: str
    history: tuple[CardEntryView, ...]
    confirmed: bool = True
    message: str = ""
    can: tuple[str, ...] = ()
    amount: Money | None = None


class ProgrammeView(Struct, frozen=True):
    """A programme this till sells. `amount` is fixed, or None where it is typed (T-121)."""

    number: str
    name: str
    product: str
    is_wallet: bool
    amount: Money | None


class CardFilterView(Struct, frozen=True):
    """A programme whose cards a list can show, sold here or not."""

    programme: str
    name: str


class CardKindView(Struct, frozen=True):
    """A programme as cards of it can be generated, or not.

    Attributes:
        amount: fixed, or None where it is typed.
        problem: why none can be made here, a refusal's code; empty where they can.
    """

    programme: str
    name: str
    is_wallet: bool
    amount: Money | None
    problem: str = ""


class OfferView(Struct, frozen=True):
    """A programme as it is offered for this sale: a new card, or the customer's wallet (T-124).

    Attributes:
        amount: fixed, or None where it is typed.
        card: id of the wallet the customer has in it; empty for a new card.
        balance: what is on that wallet; None for a new card.
    """

    programme: str
    name: str
    is_wallet: bool
    amount: Money | None
    card: str = ""
    balance: Money | None = None


class TaskView(Struct, frozen=True):
    """Something a manager has to look at; `text` says what.

    Attributes:
        receipt: number of the receipt of this till it is about; 0 for none.
        card: id of the card it is about; empty for none.
    """

    id: int
    kind: str
    at: datetime
    text: str
    receipt: int = 0
    card: str = ""


class UnconfirmedView(Struct, frozen=True):
    """A redemption accepted without confirmation; `state` is "waiting", "booked" or "clash".

    Attributes:
        id: names it where the next page is asked for.
        receipt: number of the receipt of this till.
        operator: who took the card, by name.
        other_till, other_receipt, other_at: of a clash, who took the money before; empty, 0 and
            None where nobody did and the card just held less.
    """

    id: str
    card: str
    code: str
    amount: Money
    receipt: int
    operator: str
    at: datetime
    state: str
    other_till: str = ""
    other_receipt: int = 0
    other_at: datetime | None = None


class RunView(Struct, frozen=True):
    """A generation of cards, and how far it has come.

    Attributes:
        run: its id; commands name it.
        state: "making", "taking_back", "mailing", "done" or "stopped".
        wanted: cards asked for, or customers chosen; `made` and `skipped` together come to it.
        skipped: customers who have such a wallet already.
        taken_back, mailed: cards whose money went back, and whose message is queued.
    """

    run: str
    programme: str
    state: str
    amount: Money
    expires: date | None
    wanted: int
    made: int
    skipped: int
    taken_back: int
    mailed: int
    at: datetime


class RowProblemView(Struct, frozen=True):
    """A row that wasn't taken: its line in the table, its column where one is meant, and why."""

    line: int
    column: str
    text: str


class ImportView(Struct, frozen=True):
    """Foreign codes being read in, and what came of the rows so far (T-130).

    Attributes:
        rows, at: rows of the table, and those that were looked at.
        added, known: cards that are new, and those that were there before.
        problem_count: all faulty rows; `problems` tells the first of them.
    """

    file: str
    busy: bool
    rows: int
    at: int
    added: int
    known: int
    problem_count: int
    problems: tuple[RowProblemView, ...]


class RecipientsView(Struct, frozen=True):
    """Who a choice of customers means, before anything is made for them.

    Attributes:
        count: customers who fit.
        first: the names of the first of them.
    """

    count: int
    first: tuple[str, ...]


class ProgrammeCountView(Struct, frozen=True):
    """The cards of a programme in sum (ETRON-43)."""

    programme: str
    name: str
    cards: int
    balance: Money


class LetterView(Struct, frozen=True):
    """A message that hasn't left. `state` is "waiting", "sending" or "failed"; `fault` says why."""

    id: int
    recipient: str
    state: str
    fault: str
    attempts: int
    at: datetime


class CardRowView(Struct, frozen=True):
    """A card in the list, its code masked."""

    card: str
    code: str
    programme: str
    balance: Money
    available: Money
    expires: date | None
    customer: str
    customer_name: str = ""
