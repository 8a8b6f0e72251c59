"""How much of the goods, in which unit or packaging; goods by weight less their wrapping."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.quantity import ONE, Quantity
from pos.runtime.lane import Outcome
from pos.till.measures import MeasuresView, MeasureView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_text import unit_price
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.work import Tone, Work

LETTERS = "ABCDEFGHIJ"
TARE_LETTER = "T"


class MeasureQuestion(Struct, frozen=True):
    """What is counted: a product to be rung up, or a line that is there already."""

    product: str
    line: int | None = None


class MeasureAnswer(Struct, frozen=True):
    """How it is counted.

    Attributes:
        quantity: in the measure; None where nothing was typed.
        net: the wrapping was not on the scale.
    """

    question: MeasureQuestion
    measure: MeasureView
    quantity: Quantity | None
    net: bool = False


class MeasurePane(Pane):
    """Units and packagings as keys, and a number pad. For a line a touch on a unit is enough; goods
    by weight want their weight first.

    Signals:
        taken(MeasureAnswer): how much, of what.
    """

    taken = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, " ")
        self._question: MeasureQuestion | None = None
        self._view: MeasuresView | None = None
        self._chosen = 0
        self._explain = label(role="soft", wrap=True)
        self._ways = QHBoxLayout()
        self.entry = Entry(face, face.text("measure.entry"), size=tokens.AMOUNT, decimals=3)
        self.entry.accepted.connect(self.accept)
        self.tare = Key(face.look, "", icon="check", hint=TARE_LETTER, height=56)
        self.tare.setCheckable(True)
        self.tare.toggled.connect(self._show_tare)
        pad = Keypad(face, height=48 if face.compact else 64)
        pad.pressed.connect(self.entry.press)
        self.take = Key(
            face.look,
            face.text("number.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            height=56 if face.compact else 72,
            size=tokens.LEAD,
        )
        self.take.clicked.connect(self.accept)
        content = QWidget()
        inside = column(self._explain, self._ways, self.entry, self.tare, pad, gap=10)
        inside.setStretch(4, 1)
        inside.setContentsMargins(0, 0, 8 if face.compact else 0, 0)
        content.setLayout(inside)
        if face.compact:
            self.body.addWidget(scrolling(content), 1)
            self.body.addWidget(self.take)
            return
        inside.addWidget(self.take)
        self.body.addLayout(centred(content, face.look.px(640), face.look.px(760)), 1)

    @property
    def chosen(self) -> MeasureView | None:
        """What is counted in now."""
        return self._view.measures[self._chosen] if self._view else None

    def ask(self, question: MeasureQuestion) -> None:
        """Begin to ask."""
        self._question, self._view = question, None
        self.entry.clear()
        product, line = question.product, question.line
        self.work.ask(lambda till: till.measures(product, line), self._on_measures)

    def entered(self) -> None:
        """The keyboard types the number."""
        self.entry.setFocus()

    def pick(self, place: int) -> None:
        """Count in another measure; on a line that is all that was missing."""
        view, question = self._view, self._question
        if view is None or question is None or place >= len(view.measures):
            return
        self._chosen = place
        if question.line is not None:
            self._hand_over()
        else:
            self._show_ways()

    def accept(self) -> None:
        """Hand over what was typed; nothing typed changes nothing."""
        if self._question is None or self._view is None:
            return
        if self.entry.text:
            self._hand_over()
        elif self._question.line is not None:
            self.left.emit()

    def hotkey(self, event: QKeyEvent) -> bool:
        """A letter chooses a measure, T the wrapping; digits go to the entry."""
        sign = event.text().upper()
        if sign == TARE_LETTER and self.tare.isVisible():
            self.tare.toggle()
            return True
        if sign and sign in LETTERS:
            self.pick(LETTERS.index(sign))
            return True
        return super().hotkey(event) or self.entry.take_key(event)

    def _hand_over(self) -> None:
        question, measure = self._question, self.chosen
        assert question is not None and measure is not None
        quantity = self._typed()
        if self.entry.text and quantity is None:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return
        net = self.tare.isVisible() and not self.tare.isChecked()
        self._question = None
        self.left.emit()
        self.taken.emit(MeasureAnswer(question, measure, quantity, net))

    def _typed(self) -> Quantity | None:
        try:
            return Quantity.parse(self.entry.text) if self.entry.text else None
        except ValueError:
            return None

    def _on_measures(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, MeasuresView):
            return
        view = outcome.value
        self._view = view
        marked = (place for place, each in enumerate(view.measures) if each.chosen)
        self._chosen = next(marked, 0)
        self.title.setText(view.name)
        on_line = self._question is not None and self._question.line is not None
        words = "line" if on_line else "weight" if view.weighed else "add"
        self._explain.setText(self.face.text(f"measure.{words}"))
        self._explain.setVisible(not self.face.compact)
        self.tare.setVisible(view.weighed and not on_line and view.tare.thousandths > 0)
        self.tare.setChecked(True)
        self._show_tare()
        self._show_ways()

    def _show_ways(self) -> None:
        """All keys anew, the chosen one marked; the entry counts in it."""
        view = self._view
        assert view is not None
        clear(self._ways)
        keys = [self._key(place, each) for place, each in enumerate(view.measures)]
        self._ways.addWidget(flowing(*keys))
        measure = view.measures[self._chosen]
        decimals = 3 if measure.step < ONE else 0
        self.entry.decimals, self.entry.suffix = decimals, measure.name
        shown = self.face.texts.quantity(view.quantity) if view.quantity else ""
        self.entry.hint(shown or self.face.texts.decimal(Decimal(0), decimals))

    def _key(self, place: int, measure: MeasureView) -> Key:
        words, face, chosen = measure.name, self.face, place == self._chosen
        price = unit_price(face, measure.price)
        if measure.content is not None and self._view is not None:
            content = face.texts.quantity(measure.content)
            words = face.text("measure.pack", name=words, content=content, unit=self._view.unit)
        key = Key(
            face.look,
            words,
            icon="check" if chosen else "package" if measure.is_packaging else "ruler",
            caption=price if measure.is_packaging else f"{price}/{measure.name}",
            hint=LETTERS[place] if place < len(LETTERS) else "",
            kind="selected" if chosen else "key",
            height=64,
        )
        key.setProperty("place", place)
        key.clicked.connect(self._on_key)
        return key

    def _on_key(self) -> None:
        self.pick(int(self.sender().property("place")))

    def _show_tare(self) -> None:
        if self._view is None:
            return
        taken = self.tare.isChecked()
        words = "tare" if taken else "no_tare"
        self.tare.icon_name = "check" if taken else "x"
        tare = self.face.texts.quantity(self._view.tare)
        self.tare.set_text(self.face.text(f"measure.{words}", tare=tare, unit=self._view.unit))
