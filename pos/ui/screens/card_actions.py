"""What can be done with the card on the screen: pay, fill up, take back, look after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.domain.customer import Customer
from pos.domain.money import Money
from pos.runtime.lane import Outcome
from pos.till.voucher_views import CardView
from pos.ui.face import Face
from pos.ui.panes.card import CardPane
from pos.ui.panes.owner import OwnerPane
from pos.ui.screens.steps import Answering, Steps
from pos.ui.work import Tone, Work


class CardActions(QObject):
    """One method a command of the card's pane; each asks what it needs, then sends it."""

    def __init__(
        self,
        face: Face,
        work: Work,
        screen: Answering,
        card: CardPane,
        owners: OwnerPane,
        steps: Steps,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen, self._steps = face, work, screen, steps
        self.card, self.owners = card, owners
        card.chosen.connect(self._on_command)

    def _on_command(self, command: str) -> None:
        card = self.card.card
        if card is not None:
            method: Callable[[CardView], None] = getattr(self, f"_{command}")
            method(card)

    def _redeem(self, card: CardView) -> None:
        self._steps.send(lambda till: till.redeem(card=card.card))

    def _redeem_part(self, card: CardView) -> None:
        self._steps.ask_amount(
            self._face.text("card.redeem_of", amount=card.available),
            lambda amount: self._pay(card.card, amount),
            self._face.text("card.redeem_part"),
        )

    def _pay(self, card: str, amount: Money) -> None:
        self._steps.send(lambda till: till.redeem(card=card, amount=amount))

    def _top_up(self, card: CardView) -> None:
        if card.amount is not None:
            self._load(card.card, None)
            return
        self._steps.ask_amount(
            self._face.text("vouchers.holds", balance=card.available),
            lambda amount: self._load(card.card, amount),
            f"{card.name}: {self._face.text('card.top_up')}",
        )

    def _load(self, card: str, amount: Money | None) -> None:
        self._steps.send(lambda till: till.top_up(card=card, amount=amount), self._on_loaded)

    def _on_loaded(self, outcome: Outcome[object]) -> None:
        """The line is in the sale: what is to be seen now is the sale."""
        if self._work.take(outcome):
            self._work.do(lambda till: till.hide_voucher())

    def _set_customer(self, card: CardView) -> None:
        """A personal code is a customer card with credit (T-133)."""
        self._steps.send(lambda till: till.set_customer(card.customer))

    def _take_back_voucher(self, card: CardView) -> None:
        def take(reason: str) -> None:
            self._screen.open_pane(self.card)
            self._steps.send(
                lambda till: till.take_back_voucher(card=card.card, reason=reason),
                self._on_loaded,
            )

        self._steps.ask_words(
            self._face.text("card.take_back_voucher"),
            self._face.text("card.take_back_explain"),
            take,
        )

    def _void_redemption(self, card: CardView) -> None:
        self._steps.send(lambda till: till.void_redemption(card=card.card), self._on_loaded)

    def _show_voucher_code(self, card: CardView) -> None:
        self._steps.send(lambda till: till.show_voucher_code(card.card))

    def _print_voucher(self, card: CardView) -> None:
        self._steps.send(lambda till: till.print_voucher(card.card), self._on_printed)

    def _on_printed(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            self._work.say(Tone.GOOD, self._face.text("card.printed"))

    def _mail_voucher(self, card: CardView) -> None:
        self._steps.ask_words(
            self._face.text("card.mail_voucher"),
            self._face.text("card.mail_explain", name=card.customer_name or card.name),
            lambda address: self._mail(card.card, address),
        )

    def _mail(self, card: str, address: str) -> None:
        self._screen.open_pane(self.card)
        self._steps.send(lambda till: till.mail_voucher(card, address), self._on_mailed)

    def _on_mailed(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            self._work.say(Tone.GOOD, self._face.text("card.mailed"))

    def _give_voucher(self, card: CardView) -> None:
        def take(customer: Customer) -> None:
            self._steps.send(lambda till: till.give_voucher(card.card, customer.number))
            self._screen.open_pane(self.card)

        self.owners.ask(self._face.text("card.give_voucher"), take)
        self._screen.open_pane(self.owners)

    def _correct_voucher(self, card: CardView) -> None:
        """The balance as it should be is typed; what changes follows from it."""
        self._steps.ask_amount(
            self._face.text("vouchers.holds", balance=card.balance),
            lambda amount: self._ask_reason(card, amount - card.balance),
            self._face.text("card.correct_voucher"),
        )

    def _ask_reason(self, card: CardView, change: Money) -> None:
        def take(reason: str) -> None:
            self._steps.send(lambda till: till.correct_voucher(card.card, change, reason))
            self._screen.open_pane(self.card)

        self._steps.ask_words(
            self._face.text("card.correct_voucher"),
            self._face.text("card.correct_explain", amount=change),
            take,
            needed=True,
        )

    def _write_off_voucher(self, card: CardView) -> None:
        self._steps.send(lambda till: till.write_off_voucher(card.card))
