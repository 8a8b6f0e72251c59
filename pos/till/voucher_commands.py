"""The commands of the till that are about vouchers and wallets (T-120)."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.money import Money
from pos.till.approving import Approval
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.views import TillView
from pos.till.voucher_views import CardFilterView, CardRowView, OfferView
from pos.till.vouchers import (
    crediting,
    finding,
    loading,
    mailing,
    managing,
    offering,
    owning,
    printing,
    scanning,
    taking_back,
)


class VoucherCommands(Facade):
    """Cards are named by their code, or by the id a screen shows; never by both."""

    @command
    def issue_voucher(
        self,
        programme: str = "",
        product: str = "",
        amount: Money | None = None,
        customer: str = "",
        code: str = "",
    ) -> TillView:
        """Sell a new card of a programme, or of the one behind a product. `code` is of a card
        that was printed elsewhere.
        """
        loading.issue(self._desk, programme, product, amount, customer, code)
        return self._changed()

    @command
    def sell_voucher(self, programme: str, amount: Money | None = None) -> TillView:
        """Sell of a programme: fill the customer's wallet in it up, else make a new card."""
        offering.sell(self._desk, programme, amount)
        return self._changed()

    @command
    def credit_note(self, programme: str) -> TillView:
        """Give a new voucher for what the customer is owed, and close the sale (T-117)."""
        crediting.credit(self._desk, programme)
        return self._changed()

    @command
    def top_up(self, code: str = "", card: str = "", amount: Money | None = None) -> TillView:
        """Put more money on a card."""
        loading.top_up(self._desk, self._found(code, card), amount)
        return self._changed()

    @command
    def redeem(self, code: str = "", card: str = "", amount: Money | None = None) -> TillView:
        """Pay with a card, wholly or a part. By its id only the wallet of the sale's customer."""
        scanning.redeem(self._desk, code, card, amount)
        return self._changed()

    @command
    def check_voucher(self, code: str = "", card: str = "") -> TillView:
        """Show what a card holds, and its history."""
        scanning.show(self._desk, self._found(code, card).card.id, proved=bool(code))
        return self._changed()

    @command
    def hide_voucher(self) -> TillView:
        """Take the card off the screen."""
        scanning.hide(self._desk)
        return self._changed()

    @command
    def take_back_voucher(
        self, code: str = "", card: str = "", reason: str = "", approver: str = "", pin: str = ""
    ) -> TillView:
        """Take the newest sale or top-up of a card back, by its code or off the screen it was
        shown on; the money goes back the way it was paid.
        """
        approval = Approval(reason, approver, pin)
        taking_back.take_back(self._desk, self._found(code, card), approval)
        return self._changed()

    @command
    def void_redemption(self, code: str = "", card: str = "") -> TillView:
        """Put the newest redemption back on its card; the customer pays it in another way."""
        taking_back.void_redemption(self._desk, self._found(code, card))
        return self._changed()

    @command
    def replace_customer(self, number: str) -> TillView:
        """Sell to another customer; wallets of the one before go out of the sale."""
        owning.replace_customer(self._desk, number)
        return self._changed()

    @command
    def correct_voucher(self, card: str, amount: Money, reason: str) -> TillView:
        """Put a balance right, up or down."""
        managing.correct(self._desk, card, amount, reason)
        return self._changed()

    @command
    def write_off_voucher(self, card: str) -> TillView:
        """Write off what is left on an expired card."""
        managing.write_off(self._desk, card)
        return self._changed()

    @command
    def give_voucher(self, card: str, customer: str) -> TillView:
        """Write down another owner of a card."""
        managing.give(self._desk, card, customer)
        return self._changed()

    @command
    def show_voucher_code(self, card: str) -> TillView:
        """Show the code of a card to somebody with the right."""
        managing.show_code(self._desk, card)
        return self._changed()

    @command
    def print_voucher(self, card: str) -> TillView:
        """Print a card again."""
        printing.print_card(self._desk, card)
        return self._changed()

    @command
    def mail_voucher(self, card: str, address: str = "") -> TillView:
        """Queue the message with a card's code; without an address to its owner."""
        mailing.mail(self._desk, card, address)
        return self._changed()

    @command
    def finish_task(self, task: int) -> TillView:
        """A manager has looked at it."""
        managing.finish_task(self._desk, task)
        return self._changed()

    @query
    def voucher_offers(self, product: str = "") -> Sequence[OfferView]:
        """What is sold here and now, or the programmes behind one product, with the balances of
        the wallets the sale's customer has.
        """
        return offering.offers(self._desk, product)

    @query
    def wallets(self, customer: str = "") -> Sequence[CardRowView]:
        """The cards of a customer, by default of the sale's."""
        return offering.wallets(self._desk, customer)

    @query
    def vouchers(
        self,
        programme: str = "",
        ending: str = "",
        customer: str = "",
        state: str = "",
        after: str = "",
        limit: int = 100,
        run: str = "",
    ) -> Sequence[CardRowView]:
        """A page of the cards, or of one generation; `state` is "open", "empty", "expired" or
        "blank".
        """
        return managing.cards(self._desk, programme, ending, customer, state, after, limit, run)

    @query
    def card_filters(self) -> Sequence[CardFilterView]:
        """The programmes whose cards `vouchers` can show, those sold here first."""
        return managing.filters(self._desk)

    def _found(self, code: str, card: str) -> finding.Found:
        if code:
            return finding.by_code(self._desk, code)
        return finding.by_id(self._desk, card)
