"""What the voucher window does: codes, cards on the screen, what is sold, and ways out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.customer import Customer
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.voucher_views import OfferView, ProgrammeView
from pos.ui.face import Face
from pos.ui.panes.card import CardPane
from pos.ui.panes.cards import CardsPane
from pos.ui.panes.checkout import CheckoutPane
from pos.ui.panes.decision import Decision, DecisionPane
from pos.ui.panes.number import NumberPane
from pos.ui.panes.offers import OffersPane
from pos.ui.panes.owner import OwnerPane
from pos.ui.panes.pane import Pane
from pos.ui.panes.vouchers import VoucherPane
from pos.ui.panes.words import WordsPane
from pos.ui.scans import Scans
from pos.ui.screens.card_actions import CardActions
from pos.ui.screens.steps import Steps
from pos.ui.shelf import Shelf
from pos.ui.work import Tone, Work

ACTIONS = ("voucher", "list_vouchers", "manage_vouchers", "own_card")


class Vouching(Protocol):
    """What these actions need of the selling screen."""

    number: NumberPane
    words: WordsPane
    checkout: CheckoutPane

    @property
    def pane(self) -> Pane:
        """What stands at the left."""

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def show_catalogue(self) -> None:
        """Back to the goods, or to the payment."""

    def act(self, action: str) -> None:
        """Do what a key is for."""

    def show_page(self, page: str) -> None:
        """Ask the shell for a page."""


class VoucherActions(QObject):
    """One method an action, and the panes they open."""

    def __init__(
        self,
        face: Face,
        work: Work,
        shelf: Shelf,
        scans: Scans,
        screen: Vouching,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._face, self._work, self._scans, self._screen = face, work, scans, screen
        self.vouchers, self.card = VoucherPane(face, work), CardPane(face, work)
        self.cards, self.offers = CardsPane(face, work), OffersPane(face, work)
        self.decision, self.owners = DecisionPane(face, work), OwnerPane(face, work, shelf)
        self._from: Pane | None = None
        self._shown, self._waiting = "", ""
        self._own_code, self._asks_code = "", False
        self._steps = Steps(face, work, screen)
        self.looking_after = CardActions(
            face, work, screen, self.card, self.owners, self._steps, self
        )
        self.vouchers.coded.connect(self._on_code)
        self.vouchers.card_chosen.connect(self._on_card)
        self.vouchers.offer_chosen.connect(self._on_offer)
        self.cards.chosen.connect(self._on_card)
        self.cards.owner_wanted.connect(self._on_filter_owner)
        work.asked.connect(self._on_question)
        work.cards_wanted.connect(self._on_cards_wanted)
        scans.part = self.typed_part
        scans.claim = self._claim
        scans.sent.connect(self._on_scan)
        screen.words.left.connect(self._on_words_left)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them."""
        return (
            self.vouchers,
            self.card,
            self.cards,
            self.offers,
            self.decision,
            self.owners,
        )

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def voucher(self) -> None:
        """Open the voucher window; an amount typed in payment is the part to pay."""
        view = self._work.view
        if view is not None and view.credit_notes and _paying(view):
            self._credit(view.credit_notes)
            return
        if view is None or not view.programmes:
            self._work.say(Tone.INFO, self._face.text("vouchers.none"))
            return
        part = self.typed_part()
        self._screen.open_pane(self.vouchers)
        if _paying(view):
            self.vouchers.show_part(part)

    def _credit(self, notes: tuple[ProgrammeView, ...]) -> None:
        """What is owed becomes a voucher; only several kinds are a question (T-117)."""
        if len(notes) == 1:
            self._give_credit(notes[0].number)
            return
        offers = [OfferView(one.number, one.name, is_wallet=False, amount=None) for one in notes]
        self.offers.ask(tuple(offers), lambda offer: self._give_credit(offer.programme))
        self._screen.open_pane(self.offers)

    def _give_credit(self, programme: str) -> None:
        self._steps.send(lambda till: till.credit_note(programme))

    def list_vouchers(self) -> None:
        """Show all cards."""
        self._screen.open_pane(self.cards)

    def _on_cards_wanted(self, programme: str, run: str) -> None:
        self.cards.show_only(programme, run)
        self._screen.open_pane(self.cards)

    def manage_vouchers(self) -> None:
        """Open the manager's page."""
        self._screen.show_page("vouchers")

    def own_card(self) -> None:
        """Sell a card that was printed elsewhere: its code first, by scanner or typed (T-133)."""
        self._asks_code = True
        self._steps.ask_words(
            self._face.text("vouchers.own"),
            self._face.text("vouchers.own_explain"),
            self._take_own_code,
            needed=True,
        )

    def _claim(self, code: str) -> bool:
        """While the code of a card is asked for, a scan is the answer."""
        asked = self._asks_code and self._screen.pane is self._screen.words
        if asked:
            self._take_own_code(code)
        return asked

    def _on_scan(self, code: str) -> None:
        """What can be done once more is this scan, and no command before it."""
        self._steps.again = lambda: self._scans.send(code)

    def _on_words_left(self) -> None:
        self._asks_code = False

    def _take_own_code(self, code: str) -> None:
        self._own_code, self._asks_code = code, False
        self._work.ask(lambda till: till.voucher_offers(), self._on_own_offers)

    def _on_own_offers(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list):
            self.offers.ask(tuple(outcome.value), self._on_own_offer)
            self._screen.open_pane(self.offers)

    def _on_own_offer(self, offer: OfferView) -> None:
        if offer.amount is None:
            self._steps.ask_amount(offer.name, lambda amount: self._issue(offer.programme, amount))
        else:
            self._issue(offer.programme, None)

    def _issue(self, programme: str, amount: Money | None) -> None:
        code = self._own_code
        self._steps.send(lambda till: till.issue_voucher(programme, amount=amount, code=code))

    def tell(self, view: TillView) -> None:
        """Show a card as soon as the till does; go on with what waited for a customer."""
        shown = view.voucher.card if view.voucher is not None else ""
        if shown and shown != self._shown:
            self._from = self._screen.pane if self._screen.pane is self.cards else None
            self._screen.open_pane(self.card)
        elif not shown and self._shown and self._screen.pane is self.card:
            self._screen.show_catalogue()
        elif shown and self._screen.pane not in self._beside_card:
            self._hide()
        self._shown = shown
        self._go_on(view)

    @property
    def _beside_card(self) -> tuple[Pane, ...]:
        """Panes that ask something about the card; any other means that it is done with."""
        screen = self._screen
        return (self.card, self.owners, self.decision, screen.number, screen.words)

    def step_aside(self) -> None:
        """A scan follows: the card that is shown is done with."""
        self._waiting = ""
        if self._shown:
            self._hide()

    def left_card(self) -> None:
        """The card was put away: back to the list it came from."""
        came_from, self._from = self._from, None
        if self._shown:
            self._hide()
        if came_from is not None:
            self._screen.open_pane(came_from)

    def typed_part(self) -> Money | None:
        """The amount typed in payment: what the next card shall pay of the sale."""
        view, entry = self._work.view, self._screen.checkout.entry
        if view is None or not _paying(view) or not entry.text:
            return None
        return self._steps.read(entry.text)

    def _go_on(self, view: TillView) -> None:
        waiting = self._waiting
        if waiting and view.sale is not None and view.sale.customer is not None:
            self._waiting = ""
            self._sell(waiting, None)

    def _on_code(self, code: str) -> None:
        view, part = self._work.view, self.vouchers.part
        if view is not None and _paying(view):
            self._screen.show_catalogue()
            self._steps.send(lambda till: till.redeem(code, amount=part))
        else:
            self._steps.send(lambda till: till.check_voucher(code))

    def _on_card(self, card: str) -> None:
        view, part = self._work.view, self.vouchers.part
        if view is not None and _paying(view):
            self._screen.show_catalogue()
            self._steps.send(lambda till: till.redeem(card=card, amount=part))
        else:
            self._steps.send(lambda till: till.check_voucher(card=card))

    def _on_offer(self, offer: object) -> None:
        assert isinstance(offer, OfferView)
        if offer.amount is None:
            self._steps.ask_amount(offer.name, lambda amount: self._sell(offer.programme, amount))
        else:
            self._sell(offer.programme, None)

    def _sell(self, programme: str, amount: Money | None) -> None:
        self._steps.send(lambda till: till.sell_voucher(programme, amount))
        if self._screen.pane is self.vouchers:
            self._screen.show_catalogue()

    def _on_filter_owner(self) -> None:
        def take(customer: Customer) -> None:
            self._screen.open_pane(self.cards)
            self.cards.show_owner(customer)

        self.owners.ask(self._face.text("cards.owner"), take)
        self._screen.open_pane(self.owners)

    def _on_question(self, refusal: object) -> None:
        """The till wants to know something, or another way is open."""
        assert isinstance(refusal, Refusal)
        match refusal.code:
            case "voucher_programme_needed":
                product = str(refusal.values["product"])
                self._work.ask(lambda till: till.voucher_offers(product), self._on_offers)
            case "voucher_amount_missing":
                number = str(refusal.values["number"])
                name = str(refusal.values["programme"])
                self._steps.ask_amount(name, lambda amount: self._sell(number, amount))
            case "wallet_needs_customer":
                self._waiting = str(refusal.values["number"])
                self._work.say(Tone.INFO, self._work.texts.refusal(refusal))
                self._screen.act("customer")
            case "wallet_in_sale":
                self._ask_replace(refusal, str(refusal.values["wanted"]))
            case "wallet_of_other":
                self._ask_replace(refusal, str(refusal.values["number"]), again=True)

    def _on_offers(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list):
            self.offers.ask(tuple(outcome.value), self._on_offer)
            self._screen.open_pane(self.offers)

    def _ask_replace(self, refusal: Refusal, number: str, *, again: bool = False) -> None:
        """Another customer, and the wallet goes out of the sale, in one step (W-17)."""
        verb = "owner.replace_by_owner" if again else "owner.replace"
        repeat = self._steps.again if again else lambda: None

        def take() -> None:
            self._work.do(lambda till: till.replace_customer(number))
            repeat()

        self.decision.ask(
            Decision(
                self._face.text("owner.title"),
                self._work.texts.refusal(refusal),
                self._face.text(verb),
                take,
                icon="arrow-right-left",
            )
        )
        self._screen.open_pane(self.decision)

    def _hide(self) -> None:
        self._work.do(lambda till: till.hide_voucher())


def _paying(view: TillView) -> bool:
    return view.sale is not None and view.sale.state is SaleState.TENDERING
