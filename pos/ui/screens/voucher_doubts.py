"""Redemptions that were accepted while nobody could confirm them, and how each ended."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.voucher_views import UnconfirmedView
from pos.ui.face import Face
from pos.ui.screens.voucher_post import Waiting
from pos.ui.widgets.basics import label
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work

PAGE = 30
SIGNS = {
    "waiting": ("clock", "soft"),
    "booked": ("circle-check", "good"),
    "clash": ("triangle-alert", "warn"),
}
"""Each state with its sign and tone."""


class DoubtsList(Waiting):
    """Newest first, filtered by state; each leads to its receipt and to its card.

    Signals:
        receipt_wanted(number): the receipt of one.
        card_wanted(card): the card of one, by id.
        left(): back to the tasks.
    """

    receipt_wanted = Signal(int)
    card_wanted = Signal(str)
    left = Signal()

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, "circle-check", face.text("doubts.none"))
        self._work, self.state, self._waiting = work, "", 0
        self.rows: tuple[UnconfirmedView, ...] = ()
        back = Key(face.look, face.text("doubts.back"), icon="arrow-left", height=56)
        back.clicked.connect(self.left)
        self.states = [self._state_key(state) for state in ("", *SIGNS)]
        self.head.addWidget(flowing(back, *self.states))
        self.head.addWidget(label(face.text("doubts.explain"), "soft", wrap=True))

    def entered(self) -> None:
        """Ask anew."""
        self._fetch("")

    def show_view(self, view: TillView) -> None:
        """Some were confirmed meanwhile: ask again."""
        if view.cards_waiting != self._waiting and self.isVisible():
            self.entered()
        self._waiting = view.cards_waiting

    def _fetch(self, after: str) -> None:
        state = self.state
        self._work.ask(
            lambda till: till.unconfirmed_redemptions(state, after, PAGE),
            self._on_more_rows if after else self._on_rows,
        )

    def _on_rows(self, outcome: Outcome[object]) -> None:
        self.rows = ()
        self._on_more_rows(outcome)

    def _on_more_rows(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.rows += tuple(outcome.value)
            rows = [self._row(each) for each in self.rows]
            if len(outcome.value) == PAGE:
                more = Key(
                    self.face.look, self.face.text("doubts.more"), icon="arrow-down", height=56
                )
                more.clicked.connect(self._on_more)
                rows.append(flowing(more))
            self.show_rows(rows)

    def _row(self, one: UnconfirmedView) -> QWidget:
        text, texts = self.face.text, self.face.texts
        sign, tone = SIGNS[one.state]
        state = text(f"doubts.state.{one.state}")
        words = " · ".join((one.code, self.face.money(one.amount), state))
        facts = " · ".join(self._facts(one))
        receipt = text("tasks.receipt", number=one.receipt)
        return self.row_of(
            sign,
            tone,
            words,
            f"{texts.moment(one.at)} · {facts}",
            self.lead_of(receipt, self._on_receipt, one.receipt),
            self.lead_of(text("tasks.card"), self._on_card, one.card),
        )

    def _facts(self, one: UnconfirmedView) -> Iterator[str]:
        yield one.operator
        if one.other_at is not None:
            yield self.face.text(
                "doubts.taken",
                till=one.other_till,
                receipt=one.other_receipt,
                at=self.face.texts.moment(one.other_at),
            )
        elif one.state == "clash":
            yield self.face.text("doubts.short")

    def _state_key(self, state: str) -> Key:
        words = self.face.text(f"doubts.state.{state or 'any'}")
        key = Key(self.face.look, words, height=56)
        key.setCheckable(True)
        key.setAutoExclusive(True)
        key.setChecked(not state)
        key.setProperty("state", state)
        key.clicked.connect(self._on_state)
        return key

    def _on_state(self) -> None:
        self.state = str(self.sender().property("state"))
        self.entered()

    def _on_more(self) -> None:
        self._fetch(self.rows[-1].id)

    def _on_receipt(self) -> None:
        self.receipt_wanted.emit(int(self.sender().property("leads_to")))

    def _on_card(self) -> None:
        self.card_wanted.emit(str(self.sender().property("leads_to")))
