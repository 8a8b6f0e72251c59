"""Finding goods: search and scan line on top, path, and the tiles."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from pos.domain.product import PosCategory, Product, ProductTile
from pos.domain.quantity import Quantity
from pos.till.sale_views import CustomerView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.models.tiles import TilesModel
from pos.ui.panes.pane import Pane
from pos.ui.shelf import Shelf
from pos.ui.widgets.basics import clear, label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.filter_chips import FilterChips
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.letters import Letters
from pos.ui.widgets.long_press import LongPress
from pos.ui.widgets.tile_grid import TileGrid
from pos.ui.work import Work

SHORTEST_CODE = 4
"""Digits from this length on are a code; shorter ones may be a quantity for the next key."""


class CataloguePane(Pane):
    """The search line has the keyboard all the time; tiles are a touch or a Tab away.

    Signals:
        chosen(product, quantity, variant): ring this up; the quantity may be None, the variant
            empty.
        coded(text): a code was typed, perhaps with a quantity before it.
        asked(product): a tile was pressed long: everything about it.
        stepped(by): an arrow key wants to move in the lines of the sale.
    """

    chosen = Signal(object, object, str)
    coded = Signal(str)
    asked = Signal(object)
    stepped = Signal(int)

    def __init__(self, face: Face, work: Work, shelf: Shelf) -> None:
        super().__init__(face, work)
        self._picks = False
        self._terms: tuple[CustomerView | None, str, bool] = (None, "", False)
        self.model = TilesModel(face, shelf, self)
        self.grid = TileGrid(face, self.model)
        self.grid.picked.connect(self._on_picked)
        self._press = LongPress(self.grid)
        self._press.held.connect(self._on_held)
        self.model.arrived.connect(self._on_arrived)
        self.field = QLineEdit()
        self.field.setPlaceholderText(face.text("catalogue.search"))
        self.field.setAccessibleName(face.text("catalogue.search"))
        self.field.setProperty("search", True)
        self.field.setMaxLength(100)
        # As high as the keys beside it; the border comes on top.
        self.field.setStyleSheet(f"min-height: {face.look.px(56) - 4}px;")
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._on_text)
        self._put_sign()
        self._letters = Letters(face, self.field)
        self._letters.hide()
        self.field.textChanged.connect(self._on_changed)
        self.path = flowing(gap=6)
        self.chips = FilterChips(face)
        self.chips.narrowed.connect(self.model.narrow)
        self._empty = Empty(face, "search")
        self._build()

    def entered(self) -> None:
        """The keyboard belongs to the search line."""
        self.field.setFocus()

    def show_view(self, view: TillView) -> None:
        """Tiles show this customer's prices; some tills want to know the customer first."""
        self.model.show_prices(view.prices_shown)
        sale = view.sale
        customer = sale.customer if sale is not None else None
        terms = (customer, sale.price_list if sale is not None else "", view.net_view)
        if terms != self._terms:
            self._terms = terms
            self.model.again()

    def open(self, category: str) -> None:
        """Show a category; the empty one is the top."""
        self.field.clear()
        self.model.open(category)

    def home(self, start: str = "") -> None:
        """Back to where each sale begins (T-021)."""
        if self.model.category != start or self.model.text or not self.model.rowCount():
            self.open(start)

    def current_product(self) -> Product | None:
        """The product the keyboard is on; None while it isn't among the tiles."""
        if not self.grid.shows_current:
            return None
        tile = self.model.tile(self.grid.currentIndex().row())
        return tile.product if isinstance(tile, ProductTile) else None

    @property
    def typed(self) -> str:
        """What stands in the search line."""
        return self.field.text().strip()

    def clear(self) -> None:
        """Empty the search line."""
        if self.field.text():
            self.field.clear()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Esc goes one step back: the search, then the category. Letters go to the search line."""
        if event.key() == Qt.Key.Key_Escape:
            return self._step_back()
        if not self.field.text() and _is_for_the_sale(event):
            return False
        if event.text().isprintable() and event.text() and not _is_a_shortcut(event):
            self.field.setFocus()
            self.field.insert(event.text())
            self._on_text(self.field.text())
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search line work on tiles and lines."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_field_key(event)
        return False

    def _on_field_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._on_enter()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if self.model.text:
                self.grid.show_current(True)
                self.grid.step(key)
            else:
                self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if not self.field.text() and _is_for_the_sale(event):
            event.ignore()  # refused here, the key goes on to the screen
            return True
        return False

    def _on_enter(self) -> bool:
        """A code is rung up, words pick the current tile; an empty line pays (not here).

        No name has a "#": with one it is a code of the shop's own, such as a receipt's.
        """
        if not self.typed:
            return False
        _, star, rest = self.typed.partition("*")
        code = rest.strip() if star else self.typed
        if "#" in code or (code.isdigit() and len(code) >= SHORTEST_CODE):
            text = self.typed
            self.field.clear()
            self._on_text("")
            self.coded.emit(text)
        elif code:
            self._pick_found()
        return True

    def _pick_found(self) -> None:
        """Pick the current hit; Enter may be faster than the search, then it waits for it. What no
        goods are called by may be a serial number, a voucher, a customer's card (T-024).
        """
        self._picks = self.model.waiting
        if self._picks:
            return
        if self.model.rowCount():
            self._on_picked(max(0, self.grid.currentIndex().row()))
        elif _may_be_code(self.typed.rpartition("*")[2].strip()):
            text = self.typed
            self.field.clear()
            self.coded.emit(text)

    def _on_text(self, text: str) -> None:
        self._picks = False
        _, star, rest = text.partition("*")
        wanted = (rest if star else text).strip()
        if wanted.isdigit() and len(wanted) < SHORTEST_CODE:
            wanted = ""
        if wanted != self.model.text:
            if wanted:
                self.model.search(wanted)
            else:
                self.model.open(self.model.category)

    def _on_changed(self, text: str) -> None:
        """A text set by a key of this window counts as typed too."""
        self._on_text(text)

    def _on_picked(self, row_number: int) -> None:
        tile = self.model.tile(row_number)
        if isinstance(tile, PosCategory):
            self.open(tile.number)
        elif isinstance(tile, ProductTile):
            quantity = self._quantity()
            self.field.clear()
            self.chosen.emit(tile.product, quantity, tile.variant)

    def _on_held(self, row_number: int) -> None:
        self.grid.let_go()
        tile = self.model.tile(row_number)
        if isinstance(tile, ProductTile):
            self.asked.emit(tile.product)

    def _quantity(self) -> Quantity | None:
        count, star, _ = self.typed.partition("*")
        text = count if star or count.isdigit() else ""
        try:
            return Quantity.parse(text) if text and (star or len(text) < SHORTEST_CODE) else None
        except ValueError:
            return None

    def _on_arrived(self) -> None:
        self._show_path()
        self.chips.show_filters(self.model.filters, self.model.values)
        found = self.model.rowCount() > 0
        self.grid.setVisible(found)
        self._empty.setVisible(not found)
        key = "nothing" if self.model.text else "no_goods"
        self._empty.words.setText(self.face.text(f"catalogue.{key}", text=self.model.text))
        if self.model.text and found:
            self.grid.setCurrentIndex(self.model.index(0))
            self.grid.show_current(True)
            if self._picks:
                self._pick_found()
        else:
            self.grid.show_current(self.grid.hasFocus())
            if self._picks and not found:
                self._pick_found()

    def _show_path(self) -> None:
        layout = self.path.layout()
        assert layout is not None
        clear(layout)
        if self.model.text:
            words = self.face.text("catalogue.found", count=self.model.rowCount())
            layout.addWidget(self._step(words, "", current=True))
            return
        layout.addWidget(
            self._step(
                self.face.text("catalogue.all"), "", icon="house", current=not self.model.path
            )
        )
        for number, category in enumerate(self.model.path, 1):
            arrow = label()
            arrow.setPixmap(self._pixmap("chevron-right", 16))
            arrow.setFixedHeight(self.face.look.px(tokens.TARGET))
            layout.addWidget(arrow)
            last = number == len(self.model.path)
            layout.addWidget(self._step(category.name, category.number, current=last))

    def _step(self, words: str, category: str, *, icon: str = "", current: bool) -> Key:
        kind = "quiet" if current else "key"
        key = Key(self.face.look, words, icon=icon, kind=kind, height=tokens.TARGET)
        key.setProperty("category", category)
        key.clicked.connect(self._on_step)
        return key

    def _on_step(self) -> None:
        self.open(str(self.sender().property("category")))

    def _step_back(self) -> bool:
        if self.field.text():
            self.field.clear()
            self.field.setFocus()
        elif self.model.path:
            above = self.model.path[:-1]
            self.open(above[-1].number if above else "")
        else:
            return False
        return True

    def _build(self) -> None:
        face = self.face
        letters = Key(face.look, icon="keyboard", height=56, name=face.text("letters.show"))
        letters.setCheckable(True)
        letters.toggled.connect(self._letters.setVisible)
        hint = label(face.text("catalogue.hint"), "caption")
        top = row(self.field, hint, letters, gap=10)
        top.setStretch(0, 1)
        self.body.setContentsMargins(12, 12, 2, 0)
        self.body.setSpacing(8)
        top.setContentsMargins(4, 0, 10, 0)
        self.path.setContentsMargins(4, 0, 10, 0)
        self.body.addLayout(top)
        self.body.addWidget(self.path)
        self.body.addWidget(self.chips)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self._letters)
        self._empty.hide()

    def _put_sign(self) -> None:
        """The sign of the search before the words, as large as they are."""
        sign = QLabel(self.field)
        sign.setPixmap(self._pixmap("search", 22))
        # The line's own rules reach what lies in it: as high as the line, the sign would hang low.
        sign.setStyleSheet("min-height: 0; padding: 0; border: 0")
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        px = self.face.look.px
        sign.setGeometry(px(14), px(17), px(22), px(22))
        self.field.setTextMargins(px(34), 0, 0, 0)

    def _pixmap(self, name: str, size: int):  # type: ignore[no-untyped-def]
        look = self.face.look
        return icon(name, look.colour("soft").name(), look.px(size), self.devicePixelRatioF())


def _is_a_shortcut(event: QKeyEvent) -> bool:
    """Whether Ctrl goes with it; AltGr, which writes signs, is Ctrl and Alt together."""
    held = event.modifiers()
    alt = bool(held & Qt.KeyboardModifier.AltModifier)
    return bool(held & Qt.KeyboardModifier.ControlModifier) and not alt


def _may_be_code(text: str) -> bool:
    """Whether something typed looks like a number of a thing, and not like words."""
    return " " not in text and any(sign.isdigit() for sign in text)


def _is_for_the_sale(event: QKeyEvent) -> bool:
    """Whether a key pressed in the empty search line is meant for the sale."""
    if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        return True
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    commands = (Qt.Key.Key_Z, Qt.Key.Key_I)
    return (bool(control) and event.key() in commands) or event.text() in ("+", "-", "?")
