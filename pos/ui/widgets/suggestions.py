"""Goods that go with what was rung up last: a quiet strip under the lines.

It costs no tap and asks nothing. It never takes the keyboard, and no key moves when it comes or
goes: only the list of lines above it gives way. It is asked for after the line is painted, and in
the till's idle moments.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from pos.domain.sale import SaleState
from pos.runtime.lane import Outcome
from pos.till.sale_views import LineView
from pos.till.surface_views import SuggestionView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_text import unit_price
from pos.ui.widgets.basics import row
from pos.ui.widgets.button import Key
from pos.ui.work import Work

SHOWN = 3
Question = tuple[str, frozenset[str], str, str, bool]
"""What an answer depends on: product, what is in the sale, customer, list, prices without tax."""


class SuggestionKey(Key):
    """Adds one of the goods: how it goes with the line, its name, its price."""

    def __init__(self, face: Face, place: int) -> None:
        hint = face.text("suggest.key", place=place)
        super().__init__(face.look, hint=hint, kind="key", height=66, size=tokens.CAPTION)
        self._face = face
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.view: SuggestionView | None = None
        self.price = ""

    def show_goods(self, view: SuggestionView) -> None:
        """Offer these goods."""
        self.view = view
        price = unit_price(self._face, view.price)
        self.price = self._face.text("suggest.from", price=price) if view.is_from else price
        self.setText(view.name)
        self.setAccessibleName(f"{self._kind}: {view.name}, {self.price}")
        self.update()

    @property
    def _kind(self) -> str:
        return self._face.texts.get(f"related.{self.view.kind}") if self.view else ""

    def sizeHint(self) -> QSize:
        """Three of them share the width."""
        return QSize(self.look.px(96), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Kind, name, price and key: one under the other."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        px = self.look.px
        area = QRectF(self.rect()).adjusted(px(10), px(5), -px(10), -px(5))
        height = area.height() / 3
        rows = [
            QRectF(area.left(), area.top() + place * height, area.width(), height)
            for place in range(3)
        ]
        small = self.look.font(tokens.CAPTION, tokens.MEDIUM)
        painter.setFont(small)
        painter.setPen(self.hint_ink())
        # Beside the price: kind and name need all of the width, and a price never does.
        painter.drawText(rows[2], RIGHT, self.hint)
        elide, room = Qt.TextElideMode.ElideRight, area.width()
        painter.drawText(rows[0], LEFT, QFontMetricsF(small).elidedText(self._kind, elide, room))
        painter.setPen(self.ink())
        painter.drawText(rows[2], LEFT, self.price)
        painter.setFont(self.font())
        name = QFontMetricsF(self.font()).elidedText(self.text(), elide, room)
        painter.drawText(rows[1], LEFT, name)


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SuggestionStrip(QWidget):
    """Up to three goods, each added by one touch or one key.

    Signals:
        chosen(product): number of the goods to add.
    """

    chosen = Signal(str)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self._work = work
        self.keys = tuple(SuggestionKey(face, place) for place in range(1, SHOWN + 1))
        for key in self.keys:
            key.clicked.connect(self._on_key)
        layout = row(*self.keys, gap=8)
        for place in range(SHOWN):
            layout.setStretch(place, 1)
        layout.setContentsMargins(12, 4, 12, 8)
        self.setLayout(layout)
        self.hide()
        self._wanted: Question | None = None
        self._asked: Question | None = None

    def follow(self, view: TillView, line: LineView | None) -> None:
        """Ask what goes with the line that keys are meant for; only where that may have changed."""
        wanted = _question(view, line)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if wanted is None:
            self.hide()
        else:
            self._ask()

    def choose(self, place: int) -> bool:
        """Add the goods at a place, counted from 1; False where there are none."""
        if self.isHidden() or place > SHOWN or self.keys[place - 1].view is None:
            return False
        self.keys[place - 1].click()
        return True

    def _ask(self) -> None:
        """One question at a time: while one is out, only the newest is kept."""
        wanted = self._wanted
        if self._asked is None and wanted is not None:
            self._asked = wanted
            product = wanted[0]
            self._work.ask(lambda till: till.suggestions(product), self._on_answer, urgent=False)

    def _on_answer(self, outcome: Outcome[object]) -> None:
        answered, self._asked = self._asked, None
        if answered != self._wanted:
            self._ask()
            return
        found = outcome.value if isinstance(outcome.value, tuple) else ()
        for key, view in zip(self.keys, (*found, *[None] * SHOWN), strict=False):
            key.view = None
            key.setVisible(view is not None)
            if view is not None:
                key.show_goods(view)
        self.setVisible(bool(found))

    def _on_key(self) -> None:
        key = self.sender()
        if isinstance(key, SuggestionKey) and key.view is not None:
            self.chosen.emit(key.view.product)


def _question(view: TillView, line: LineView | None) -> Question | None:
    """What to ask about a line; None while there is nothing to offer it to."""
    sale = view.sale
    if sale is None or sale.state is not SaleState.OPEN or line is None or line.removed:
        return None
    there = frozenset(each.product for each in sale.lines if not each.removed)
    customer = sale.customer.number if sale.customer is not None else ""
    return line.product, there, customer, sale.price_list, sale.net_view
