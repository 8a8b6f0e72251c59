"""Who stands at the till: a tile for everybody, and the PIN."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.operator import Operator
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Screen
from pos.ui.widgets.basics import centred, clear, column, frame, label, scrolling, sides
from pos.ui.widgets.button import Key
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.pictures import paint_picture
from pos.ui.work import Work

MOST_DIGITS = 12
MOST_IN_A_COLUMN = 5
MOST_F_KEYS = 8


class OperatorTile(Key):
    """A person: initials in their colour, and the name."""

    takes_raw_keys = True

    def __init__(self, face: Face, operator: Operator, number: int) -> None:
        super().__init__(
            face.look,
            operator.name,
            kind="plain",
            size=tokens.LEAD,
            height=72,
            hint=f"F{number + 1}" if number <= MOST_F_KEYS else "",
        )
        self.operator, self._face = operator, face
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the round sign beside the name."""
        return super().sizeHint() + QSize(self.look.px(60), 0)

    def _paint_row(self, painter: QPainter) -> None:
        px = self.look.px
        side = px(56)
        sign = QRectF(px(12), (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.tint(self.operator.number))
        painter.drawEllipse(sign)
        inner = sign.adjusted(px(5), px(5), -px(5), -px(5))
        if not paint_picture(painter, self._face, self.operator.picture, inner):
            self._paint_initials(painter, sign)
        painter.setFont(self.font())
        painter.setPen(self.ink())
        area = QRectF(sign.right() + px(14), 0, self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        self._paint_right(painter, QRectF(self.rect()).adjusted(px(12), 0, -px(14), 0))

    def _paint_initials(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(self.look.colour("text"))
        painter.setFont(self.look.font(tokens.LEAD, tokens.SEMIBOLD))
        letters = "".join(word[0] for word in self.operator.name.split()[:2]).upper()
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters)


class PinDots(QWidget):
    """Shows how many digits were typed, never which."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face, self.count = face, 0
        self.setMinimumSize(face.look.px(200), face.look.px(44))
        self.setAccessibleName(face.text("sign_in.pin"))

    def set_count(self, count: int) -> None:
        """Another number of digits."""
        self.count = count
        self.setAccessibleDescription(self._face.text("sign_in.digits", count=count))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Four places at least; filled ones are typed."""
        look = self._face.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, side, gap = max(4, self.count), look.px(16), look.px(16)
        left = (self.width() - places * side - (places - 1) * gap) / 2
        pen = painter.pen()
        pen.setWidth(2)
        for place in range(places):
            filled = place < self.count
            pen.setColor(look.colour("accent" if filled else "edge"))
            painter.setPen(pen)
            painter.setBrush(look.colour("accent") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(
                QRectF(left + place * (side + gap), self.height() / 2 - side / 2, side, side)
            )


class SignIn(Screen):
    """Tiles at the left, PIN pad at the right. Arrows or F-keys choose, digits type, Enter goes."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work)
        self.operators: tuple[Operator, ...] = ()
        self.chosen: Operator | None = None
        self.pin = ""
        self.tiles: list[OperatorTile] = []
        self._shop, self._till = label(role="amount"), label(role="soft")
        self._notice = label(role="soft", wrap=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._build()

    def entered(self) -> None:
        """Ask who may sign in."""
        super().entered()
        self._type("")
        self.work.ask(lambda till: till.operators(), self._on_operators)

    def show_view(self, view: TillView) -> None:
        """Say which till this is, and who locked it."""
        self._shop.setText(view.shop)
        self._till.setText(view.till_name)
        open_sale = view.sale is not None and view.sale.lines_count > 0
        key = "locked_sale" if open_sale else "locked" if view.locked else "welcome"
        self._notice.setText(self.face.text(f"sign_in.{key}"))
        if view.operator is not None and self.chosen is None:
            self._choose_number(view.operator.number)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Digits type the PIN; arrows and F-keys choose who."""
        key = event.key()
        if event.text().isdigit():
            self.press(event.text())
        elif key == Qt.Key.Key_Backspace:
            self.press("back")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sign_in()
        elif key == Qt.Key.Key_Escape:
            self._type("")
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._step(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Right) else -1)
        elif Qt.Key.Key_F2 <= key < Qt.Key.Key_F2 + MOST_F_KEYS:
            self._choose_row(key - Qt.Key.Key_F2)
        else:
            return False
        return True

    def press(self, sign: str) -> None:
        """Type a digit of the PIN, or take one back."""
        if sign == "back":
            self._type(self.pin[:-1])
        elif sign == "C":
            self._type("")
        elif len(self.pin) < MOST_DIGITS:
            self._type(self.pin + sign)

    def sign_in(self) -> None:
        """Let the chosen operator in, if the PIN is right."""
        if self.chosen is not None and (self.pin or not self.chosen.has_pin):
            number, pin = self.chosen.number, self.pin
            self._type("")
            self.work.do(lambda till: till.sign_in(number, pin))

    def _build(self) -> None:
        face = self.face
        people = QWidget()
        people.setProperty("surface", "clear")
        inner = QVBoxLayout(people)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addLayout(self._grid)
        inner.addStretch(1)
        head = column(self._shop, self._till, gap=4)
        listed = people if face.narrow else scrolling(people)
        left = column(head, 16, self._notice, listed, gap=12)
        card = frame("card")
        self.dots = PinDots(face)
        self._who = label(role="lead")
        self._who.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pad = Keypad(face, corner="C", height=72, on_card=True)
        pad.pressed.connect(self.press)
        self.enter = Key(
            face.look,
            face.text("sign_in.enter"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            height=68,
            size=tokens.LEAD,
        )
        self.enter.clicked.connect(self.sign_in)
        inside = column(self._who, self.dots, 8, pad, 4, self.enter, gap=8, margin=24)
        card.setLayout(inside)
        card.setMinimumWidth(face.look.px(340))
        if not face.narrow:
            card.setMaximumWidth(face.look.px(420))
        people_side, pin_side = QWidget(), QWidget()
        people_side.setLayout(left)
        pin_side.setLayout(column(None, card, None))
        content = sides(face, people_side, pin_side, (1, 0), 32)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        height = 0 if face.narrow else face.look.px(640)
        outer.addLayout(centred(content, face.look.px(1080), height))

    def _on_operators(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, tuple | list):
            return
        operators = tuple(outcome.value)
        if operators != self.operators:
            self.operators = operators
            self._show_operators()
        view = self.work.view
        known = view.operator.number if view and view.operator else ""
        self._choose_number(known or (operators[0].number if operators else ""))

    def _show_operators(self) -> None:
        clear(self._grid)
        columns = 2 if len(self.operators) > MOST_IN_A_COLUMN else 1
        self.tiles = [OperatorTile(self.face, one, n) for n, one in enumerate(self.operators, 1)]
        for number, tile in enumerate(self.tiles):
            tile.clicked.connect(self._on_tile)
            self._grid.addWidget(tile, number // columns, number % columns)

    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, OperatorTile):
            self._choose_number(tile.operator.number)
            if not tile.operator.has_pin:
                self.sign_in()

    def _choose_row(self, number: int) -> None:
        if 0 <= number < len(self.operators):
            self._choose_number(self.operators[number].number)

    def _step(self, by: int) -> None:
        numbers = [operator.number for operator in self.operators]
        at = numbers.index(self.chosen.number) if self.chosen else -by
        self._choose_row((at + by) % len(numbers) if numbers else -1)

    def _choose_number(self, number: str) -> None:
        self.chosen = next((one for one in self.operators if one.number == number), self.chosen)
        for tile in self.tiles:
            tile.setChecked(tile.operator == self.chosen)
        if self.chosen is not None:
            self._who.setText(self.chosen.name)
        self._type("")

    def _type(self, pin: str) -> None:
        self.pin = pin
        self.dots.set_count(len(pin))
