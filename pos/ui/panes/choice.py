"""Choosing a variant and its options: one group for each attribute, with real prices (T-030)."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.quantity import Quantity
from pos.runtime.lane import Outcome
from pos.till.choice_views import AttributeView, ChoiceView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_text import unit_price
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import clear, column, label, row, scrolling, set_tone
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.letters import Letters
from pos.ui.widgets.pictures import PLATE, paint_picture
from pos.ui.widgets.value_key import ROWS, ValueKey
from pos.ui.work import Work

PICTURE, SMALL_PICTURE = 112, 64


class ChoiceQuestion(Struct, frozen=True):
    """What is chosen of which product.

    Attributes:
        quantity: how many are rung up then; None leaves it to the till.
        variant: what a scanned code stood for already.
        line: number of the line that is changed; None for a new one.
    """

    product: str
    quantity: Quantity | None = None
    variant: str = ""
    line: int | None = None


class _Picture(QWidget):
    """The goods as chosen so far."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face, self._name = face, ""
        side = face.look.px(SMALL_PICTURE if face.compact else PICTURE)
        self.setFixedSize(QSize(side, side))

    def show_picture(self, name: str) -> None:
        """Show another picture; an empty name shows none."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PLATE))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, tokens.RADIUS_LARGE, tokens.RADIUS_LARGE)
        inset = self._face.look.px(8)
        paint_picture(painter, self._face, self._name, area.adjusted(inset, inset, -inset, -inset))


class ChoicePane(Pane):
    """What is chosen shows at once in picture and price; Enter takes it when nothing is missing.

    Signals:
        taken(question, options, texts): the choice is made; values and words by attribute.
    """

    taken = Signal(object, object, object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, " ")
        self._question: ChoiceQuestion | None = None
        self._view: ChoiceView | None = None
        self._words: dict[str, QLineEdit] = {}
        self._keys: dict[tuple[str, str], ValueKey] = {}
        self._kept: dict[str, str] = {}
        self._picked: dict[str, str] = {}
        self._typing: list[tuple[QLineEdit, Letters]] = []
        self.picture = _Picture(face)
        self.price = label(role="amount")
        self._missing = label(role="body", tone="soft", wrap=True)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(12)
        self.take = Key(
            face.look,
            "",
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            height=56 if face.compact else 72,
            size=tokens.LEAD,
        )
        self.take.clicked.connect(self.accept)
        facts = column(None, self.price, self._missing, None, gap=2)
        head = row(self.picture, facts, gap=16)
        content = QWidget()
        inside = column(gap=0)
        inside.setContentsMargins(0, 0, 8, 0)
        if face.compact:
            inside.addLayout(head)
            inside.addSpacing(12)
        else:
            self.body.addLayout(head)
        inside.addLayout(self._groups)
        inside.addStretch(1)
        content.setLayout(inside)
        self._area = scrolling(content)
        self._area.verticalScrollBar().rangeChanged.connect(self._show_letters)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.take)

    def ask(self, question: ChoiceQuestion) -> None:
        """Begin to choose; what was chosen for this product before is chosen again."""
        self._question, self._view = question, None
        self._kept, self._picked = {}, {}
        product, variant, line = question.product, question.variant, question.line
        self.work.ask(lambda till: till.choices(product, None, variant, line), self._on_choices)

    @property
    def chosen(self) -> dict[str, str]:
        """The values chosen so far, by attribute; a touch counts before its answer is there."""
        attributes = self._view.attributes if self._view else ()
        shown = {each.number: each.chosen for each in attributes if each.chosen}
        return shown | self._picked

    @property
    def texts(self) -> dict[str, str]:
        """The customer's words, by attribute."""
        typed = {number: field.text().strip() for number, field in self._words.items()}
        return {number: words for number, words in typed.items() if words}

    def pick(self, attribute: str, value: str) -> None:
        """Choose a value; picture and all prices follow."""
        view, question = self._view, self._question
        if view is None or question is None:
            return
        self._kept |= self.texts
        self._picked[attribute] = value
        options = self.chosen
        product = question.product
        self.work.ask(lambda till: till.choices(product, options), self._on_choices)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter takes the choice from wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return True
        return super().hotkey(event)

    def accept(self) -> None:
        """Hand the choice over, if all is chosen."""
        question = self._question
        if question is None or not self.take.isEnabled():
            return
        options, texts = self.chosen, self.texts
        self._question = None
        self.left.emit()
        self.taken.emit(question, options, texts)

    def _on_choices(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, ChoiceView):
            return
        self._view = outcome.value
        self._paint(outcome.value)

    def _paint(self, view: ChoiceView) -> None:
        text = self.face.text
        self.title.setText(view.name)
        self.picture.setVisible(bool(view.picture))
        self.picture.show_picture(view.picture)
        price = unit_price(self.face, view.price)
        shown = text("tile.from", price=price) if view.is_from else price
        self.price.setText(shown)
        changed = self._question is not None and self._question.line is not None
        self.take.set_text(text("choice.change" if changed else "choice.take"), shown)
        self._show_groups(view.attributes)
        self._show_missing()

    def _show_groups(self, attributes: tuple[AttributeView, ...]) -> None:
        """All keys anew, for every price may be another; the keyboard stays where it was."""
        had = self.focusWidget()
        mark = (had.attribute, had.value) if isinstance(had, ValueKey) else None
        clear(self._groups)
        self._words, self._keys = {}, {}
        self._typing.clear()
        for attribute in attributes:
            self._groups.addLayout(self._group(attribute))
        silent = [field for field in self._words.values() if not field.text()]
        if silent:
            silent[0].setFocus()
        elif mark in self._keys:
            self._keys[mark].setFocus()

    def _show_letters(self) -> None:
        """What the words are typed with comes into sight, once it has its place."""
        for field, letters in self._typing:
            self._area.ensureWidgetVisible(letters, 0, 0)
            self._area.ensureWidgetVisible(field, 0, 0)

    def _group(self, attribute: AttributeView) -> QVBoxLayout:
        keys = [self._key(attribute, index) for index in range(len(attribute.values))]
        if attribute.display in ROWS:
            values = QWidget()
            values.setLayout(column(*keys, gap=6))
        else:
            values = flowing(*keys)
        title = label(attribute.name, "lead")
        wish = label("" if attribute.required else self.face.text("choice.optional"), "soft")
        group = column(row(title, wish, None, gap=8), values, gap=6)
        chosen = next((each for each in attribute.values if each.number == attribute.chosen), None)
        if chosen is not None and chosen.text_limit:
            field = self._field(attribute, chosen.text_limit)
            letters = Letters(self.face, field)
            group.addWidget(field)
            group.addWidget(letters)
            self._typing.append((field, letters))
        return group

    def _key(self, attribute: AttributeView, index: int) -> ValueKey:
        key = ValueKey(self.face, attribute, attribute.values[index])
        key.clicked.connect(self._on_key)
        self._keys[key.attribute, key.value] = key
        return key

    def _field(self, attribute: AttributeView, limit: int) -> QLineEdit:
        field = QLineEdit(self._kept.get(attribute.number, attribute.text))
        field.setMaxLength(limit)
        field.setPlaceholderText(self.face.text("choice.words", count=limit))
        field.setAccessibleName(f"{attribute.name}: {self.face.text('choice.words', count=limit)}")
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.textChanged.connect(self._show_missing)
        self._words[attribute.number] = field
        return field

    def _show_missing(self) -> None:
        view = self._view
        if view is None:
            return
        silent = [
            attribute.name
            for attribute in view.attributes
            if attribute.number in self._words and not self._words[attribute.number].text().strip()
        ]
        missing = [*view.missing, *silent]
        words = self.face.text("choice.missing", names=", ".join(missing)) if missing else ""
        self._missing.setText(words)
        set_tone(self._missing, "warn" if missing else "soft")
        self.take.setEnabled(not missing)

    def _on_key(self) -> None:
        key = self.sender()
        if isinstance(key, ValueKey):
            self.pick(key.attribute, key.value)
