"""Scans on their way to the till, and what the till holds of those that came during payment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.runtime.lane import Outcome
from pos.till.aside import HELD
from pos.till.views import TillView, UnknownCodeView
from pos.ui.work import Work

ASKING = ("weight_needed", "choose_variant", "serial_needed", "lot_needed", "invoice_needed")
"""Refusals that are questions: the goods are sold once they are answered."""


class Scans(QObject):
    """Sends codes to the till in their order and looks at what became of each.

    Signals:
        sent(code): a code is on its way to the till.
        heard(ok): the till has answered a scan that asks nothing: sold, or not known as goods.
        asked(Refusal): goods were scanned that need an answer first: a weight, a choice, a number.
        receipt(number): a receipt of this till was scanned.

    Attributes:
        part: asked with each code for what was typed in payment: of a voucher only that is taken.
        claim: offered each code first; True takes it, where a code was just asked for.
    """

    sent = Signal(str)
    heard = Signal(bool)
    asked = Signal(object)
    receipt = Signal(int)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.part: Callable[[], Money | None] = lambda: None
        self.claim: Callable[[str], bool] = lambda _code: False

    def send(self, code: str) -> None:
        """Hand a code to the till."""
        if self.claim(code):
            return
        self.sent.emit(code)
        part = self.part()
        self._work.do(lambda till: till.scan(code, part), self._on_answer)

    def book(self, held: UnknownCodeView) -> None:
        """Ring up what was scanned during payment (complaint 12); payment is left for it."""
        view = self._work.view
        if view is not None and view.sale is not None and view.sale.state is SaleState.TENDERING:
            self._work.do(lambda till: till.back_to_sale())
        self.send(held.scanned)
        self._work.do(lambda till: till.dismiss_unknown(held.id))

    def _on_answer(self, outcome: Outcome[object]) -> None:
        refusal = outcome.refusal
        if refusal is not None and refusal.code in ASKING:
            self.asked.emit(refusal)
            return
        if refusal is not None and refusal.code == "receipt_scanned":
            self.heard.emit(True)
            self.receipt.emit(refusal.values["receipt"])
            return
        self.heard.emit(self._sold(outcome))
        self._work.take(outcome)
        if refusal is not None and refusal.code == HELD:
            self._work.do(lambda till: till.view())

    def _sold(self, outcome: Outcome[object]) -> bool:
        """Whether a scan did what it should: no refusal, and no code set aside beside the sale."""
        after, before = outcome.value, self._work.view
        if not isinstance(after, TillView) or before is None:
            return False
        return {each.id for each in after.unknown} <= {each.id for each in before.unknown}
