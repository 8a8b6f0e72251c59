"""Scans on their way to the till, and those that came while the customer was paying."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.ui.work import Work

ASKING = ("weight_needed", "choose_variant", "serial_needed", "lot_needed", "invoice_needed")
"""Refusals that are questions: the goods are sold once they are answered."""


class Scans(QObject):
    """Sends codes to the till in their order and looks at what became of each.

    Signals:
        held_changed(): another list of held codes.
        sent(code): a code is on its way to the till.
        heard(ok): the till has answered a scan that asks nothing: sold, or not known as goods.
        asked(Refusal): goods were scanned that need an answer first: a weight, a choice, a number.
        receipt(number): a receipt of this till was scanned.

    Attributes:
        part: asked with each code for what was typed in payment: of a voucher only that is taken.
        claim: offered each code first; True takes it, where a code was just asked for.
        held: codes read during payment; the cashier decides about each (complaint 12).
    """

    held_changed = Signal()
    sent = Signal(str)
    heard = Signal(bool)
    asked = Signal(object)
    receipt = Signal(int)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._sent: deque[str] = deque()
        self.held: tuple[str, ...] = ()
        self.part: Callable[[], Money | None] = lambda: None
        self.claim: Callable[[str], bool] = lambda _code: False

    def send(self, code: str) -> None:
        """Hand a code to the till."""
        if self.claim(code):
            return
        self._sent.append(code)
        self.sent.emit(code)
        part = self.part()
        self._work.do(lambda till: till.scan(code, part), self._on_answer)

    def drop(self, code: str) -> None:
        """Forget a held code."""
        self.held = tuple(held for held in self.held if held != code)
        self.held_changed.emit()

    def book(self, code: str) -> None:
        """Ring a held code up now; payment is left for it."""
        self.drop(code)
        view = self._work.view
        if view is not None and view.sale is not None and view.sale.state is SaleState.TENDERING:
            self._work.do(lambda till: till.back_to_sale())
        self.send(code)

    def _on_answer(self, outcome: Outcome[object]) -> None:
        code = self._sent.popleft()
        refusal = outcome.refusal
        if refusal is not None and refusal.code in ASKING:
            self.asked.emit(refusal)
            return
        if refusal is not None and refusal.code == "receipt_scanned":
            self.heard.emit(True)
            self.receipt.emit(refusal.values["receipt"])
            return
        self.heard.emit(self._sold(outcome))
        if refusal is not None and refusal.code == "scan_in_checkout":
            self.held = (*(held for held in self.held if held != code), code)
            self.held_changed.emit()
        self._work.take(outcome)

    def _sold(self, outcome: Outcome[object]) -> bool:
        """Whether a scan did what it should: no refusal, and no code set aside beside the sale."""
        after, before = outcome.value, self._work.view
        if not isinstance(after, TillView) or before is None:
            return False
        return {each.id for each in after.unknown} <= {each.id for each in before.unknown}
