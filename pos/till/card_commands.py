"""The commands that look after many cards at once: settle, generate, send, import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos.domain.customer_choice import CustomerChoice
from pos.domain.money import Money
from pos.till import errands, mailing
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.views import TillView
from pos.till.voucher_views import (
    CardKindView,
    LetterView,
    ProgrammeCountView,
    RecipientsView,
    RunView,
    UnconfirmedView,
)
from pos.till.vouchers import doubting, generating, importing, managing, printing, settling, sharing


class CardCommands(Facade):
    """What a manager does to cards; nobody waits at the counter for it."""

    @command
    def settle_cards(self) -> TillView:
        """Tell the authority elsewhere what it missed, and set money aside for the next time."""
        self._desk.who()
        settling.settle(self._desk)
        settling.prepare(self._desk)
        return self._changed()

    @command
    def generate_vouchers(
        self,
        programme: str,
        count: int,
        amount: Money | None = None,
        expires: date | None = None,
    ) -> TillView:
        """Make so many cards of nobody; a few are there at once, many come piece by piece."""
        generating.generate(self._desk, programme, count, amount, expires, None)
        return self._changed()

    @command
    def generate_for_customers(
        self,
        programme: str,
        tag: str = "",
        place: str = "",
        registered_from: date | None = None,
        registered_to: date | None = None,
        amount: Money | None = None,
        expires: date | None = None,
    ) -> TillView:
        """Make a card for each customer who fits; wallets may begin empty."""
        chosen = CustomerChoice(tag, place, registered_from, registered_to)
        generating.generate(self._desk, programme, 0, amount, expires, chosen)
        return self._changed()

    @command
    def stop_generation(self, run: str = "") -> TillView:
        """Stop making cards, and take back what was made; of the newest generation, or another."""
        generating.stop(self._desk, run)
        return self._changed()

    @command
    def mail_generation(self, run: str = "") -> TillView:
        """Queue a message for each card of the newest generation, or of another, whose owner has
        an address.
        """
        generating.mail(self._desk, run)
        return self._changed()

    def card_sheet(self, programme: str = "", run: str = "", after: str = "") -> printing.Sheet:
        """A page of the cards of a programme or a generation as a sheet to cut; it is written
        elsewhere.
        """
        return printing.sheet(self._desk, programme, run, after)

    def code_list(self, programme: str = "", run: str = "", after: str = "") -> sharing.CodeList:
        """A page of the cards of a programme or a generation with their codes, to be shared."""
        return sharing.code_list(self._desk, programme, run, after)

    @command
    def import_vouchers(self, path: str, programme: str = "") -> TillView:
        """Read codes that somebody else made out of a CSV or XLSX file; `programme` is for rows
        that name none.
        """
        importing.read_in(self._desk, path, programme)
        return self._changed()

    @command
    def stop_voucher_import(self) -> TillView:
        """Read no more of it; what was taken stays."""
        importing.stop(self._desk)
        return self._changed()

    @command
    def work_on(self) -> TillView:
        """Do one piece of what waits: cards to be made, messages to be sent."""
        errands.work_on(self._desk)
        return self._changed()

    @command
    def retry_letter(self, letter: int) -> TillView:
        """Send a message again that failed."""
        mailing.retry(self._desk, letter)
        return self._changed()

    def letter_done(self, letter: int, fault: str, *, for_good: bool = False) -> TillView:
        """Whoever sends messages tells what became of one; `fault` is a key under `mail.fault`."""
        mailing.done(self._desk, letter, fault, for_good=for_good)
        return self._changed()

    @query
    def card_kinds(self) -> Sequence[CardKindView]:
        """The programmes, and of which of them cards can be generated here."""
        return generating.kinds(self._desk)

    @query
    def card_runs(self) -> Sequence[RunView]:
        """The generations of cards, newest first."""
        return generating.runs(self._desk)

    @query
    def recipients(
        self,
        tag: str = "",
        place: str = "",
        registered_from: date | None = None,
        registered_to: date | None = None,
    ) -> RecipientsView:
        """Who a choice of customers means."""
        chosen = CustomerChoice(tag, place, registered_from, registered_to)
        return managing.recipients(self._desk, chosen)

    @query
    def customer_tags(self) -> Sequence[str]:
        """The tags customers can be chosen by."""
        return self._desk.catalogue.customer_tags()

    @query
    def voucher_counts(self) -> Sequence[ProgrammeCountView]:
        """How many cards each programme has, and what is on them (ETRON-43)."""
        return managing.counts(self._desk)

    @query
    def letters(self) -> Sequence[LetterView]:
        """The messages that have not left, and why."""
        return mailing.letters(self._desk)

    @query
    def unconfirmed_redemptions(
        self, state: str = "", after: str = "", limit: int = 100
    ) -> Sequence[UnconfirmedView]:
        """A page of what was accepted while nobody could confirm it, newest first; `state` is
        "waiting", "booked" or "clash".
        """
        return doubting.unconfirmed(self._desk, state, after, limit)
