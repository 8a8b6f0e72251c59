"""What the keys around product information do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.facts import REFERENCES
from pos.domain.product import Product
from pos.domain.quantity import Quantity
from pos.runtime.lane import Outcome
from pos.till.info_views import ComparisonView, ProductInfo
from pos.till.sale_views import LineView
from pos.ui import outside
from pos.ui.face import Face
from pos.ui.panes.compare import ComparePane
from pos.ui.panes.info import InfoPane
from pos.ui.panes.info_parts import MAILED
from pos.ui.panes.pane import Pane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.scans import Scans
from pos.ui.shelf import Shelf
from pos.ui.work import Tone, Work

ACTIONS = ("info", "price_note")


class Informing(Protocol):
    """What these actions need of the selling screen."""

    words: WordsPane

    @property
    def pane(self) -> Pane:
        """What stands at the left."""

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def show_catalogue(self) -> None:
        """Back to the goods."""

    def selected_line(self) -> LineView | None:
        """The line that keys are meant for."""

    def selected_product(self) -> Product | None:
        """The product the keyboard is on among the tiles."""

    def find_customer(self, text: str) -> None:
        """Look a customer up."""

    def ring_up(self, product: str, quantity: Quantity | None, variant: str = "") -> None:
        """Put a product into the sale."""


class InfoActions(QObject):
    """Opens the page of a product, and what is touched on it."""

    def __init__(
        self,
        face: Face,
        work: Work,
        shelf: Shelf,
        scans: Scans,
        screen: Informing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._face, self._work, self._scans, self._screen = face, work, scans, screen
        self._code = ""
        self._mailed = ("", "")
        self.page = InfoPane(face, work)
        self.page.taken.connect(self._on_taken)
        self.page.opened.connect(self.open)
        self.page.compared.connect(self._on_compared)
        work.price_came.connect(self._on_price)
        self.compare = ComparePane(face, work, shelf)
        self.compare.chosen.connect(self._on_second)
        self.compare.taken.connect(self._on_compared_taken)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them."""
        return (self.page, self.compare)

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def info(self) -> None:
        """The page of the tile the keyboard is on, else of the selected line."""
        if (meant := self._meant()) is not None:
            self.show_product(*meant)

    def price_note(self) -> None:
        """Print the price note of the tile the keyboard is on, else of the selected line."""
        if (meant := self._meant()) is not None:
            product, variant = meant
            self._work.do(lambda till: till.print_price_note(product, variant), self._on_printed)

    def _meant(self) -> tuple[str, str] | None:
        """Product and variant that keys are meant for; says so where there is none."""
        product, line = self._screen.selected_product(), self._screen.selected_line()
        if product is not None:
            return product.number, ""
        if line is not None:
            return line.product, line.goods.variant
        self._work.say(Tone.INFO, self._face.text("info.nothing"))
        return None

    def show_product(self, product: str, variant: str = "") -> None:
        """Open the page of a product."""
        self._work.ask(lambda till: till.product_info(product, variant), self._on_info)

    def take_scan(self, code: str) -> bool:
        """While the page is open a scan shows the next product; what is no goods goes to the till
        as always.
        """
        if self._screen.pane not in self.panes:
            return False
        self._code = code
        self._work.ask(lambda till: till.code_info(code), self._on_scanned)
        return True

    def open(self, target: str) -> None:
        """Open what was touched: another product, a customer's name, a file, an address."""
        kind, _, number = target.partition(":")
        if target.startswith(MAILED):
            self._ask_address(target.removeprefix(MAILED))
            return
        if kind == "customer":
            self._screen.find_customer(number)
            return
        if kind in REFERENCES:
            self._work.ask(lambda till: till.code_info(number), self._on_info)
            return
        name = Path(target).name
        opened = outside.open_outside(target)
        key, tone = ("opened", Tone.INFO) if opened else ("not_opened", Tone.WARN)
        self._work.say(tone, self._face.text(f"info.{key}", name=name))

    def _on_printed(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            self._work.say(Tone.GOOD, self._face.text("info.note_printed"))

    def _ask_address(self, file: str) -> None:
        """Where a document goes; the customer of the sale is proposed."""
        info = self.page.info
        if info is None:
            return
        view = self._work.view
        customer = view.sale.customer if view is not None and view.sale is not None else None
        known = customer.name if customer is not None else ""
        paper = next((each for each in info.documents if each.file == file), None)
        name, product = paper.name if paper else file, info.number
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("document.title"),
                explanation=self._explain(name, known),
                take=lambda address: self._mail(product, file, name, address or known),
                needed=not known,
                verb=self._face.text("document.verb"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def _explain(self, paper: str, customer: str) -> str:
        if customer:
            return self._face.text("document.explain_customer", name=paper, customer=customer)
        return self._face.text("document.explain", name=paper)

    def _mail(self, product: str, file: str, name: str, to: str) -> None:
        address = to if "@" in to else ""
        self._mailed = (name, to)
        self._work.do(lambda till: till.mail_document(product, file, address), self._on_mailed)

    def _on_mailed(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            name, to = self._mailed
            self._work.say(Tone.GOOD, self._face.text("document.sent", name=name, address=to))

    def _on_info(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, ProductInfo):
            self.page.show_info(outcome.value)
            self._screen.open_pane(self.page)

    def _on_price(self, product: str) -> None:
        """A live price came: the page that is open says it (OXOMI-16)."""
        info = self.page.info
        if self._screen.pane is self.page and info is not None and info.number == product:
            variant = info.variant
            self._work.ask(lambda till: till.product_info(product, variant), self._on_renewed)

    def _on_renewed(self, outcome: Outcome[object]) -> None:
        if isinstance(outcome.value, ProductInfo) and self._screen.pane is self.page:
            self.page.renew(outcome.value)

    def _on_scanned(self, outcome: Outcome[object]) -> None:
        if outcome.refusal is None and outcome.value is None:
            self._screen.show_catalogue()
            self._scans.send(self._code)
        elif self._screen.pane is self.compare and isinstance(outcome.value, ProductInfo):
            self._on_second(outcome.value.number)
        else:
            self._on_info(outcome)

    def _on_compared(self, info: ProductInfo) -> None:
        self.compare.begin(info)
        self._screen.open_pane(self.compare)

    def _on_second(self, product: str) -> None:
        first = self.compare.first
        if first is not None:
            number = first.number
            self._work.ask(lambda till: till.compare(number, product), self._on_comparison)

    def _on_comparison(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, ComparisonView):
            self.compare.show_comparison(outcome.value)

    def _on_compared_taken(self, product: str) -> None:
        self._on_taken(product, "")

    def _on_taken(self, product: str, variant: str) -> None:
        self._screen.show_catalogue()
        self._screen.ring_up(product, None, variant)
