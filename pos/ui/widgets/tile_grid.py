"""Tiles with picture, name and price, in columns that always fill the width."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pos.domain.product import PosCategory, ProductTile
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import paint_icon
from pos.ui.models.tiles import BASE_PRICE, PRICE, TILE, Index, TilesModel
from pos.ui.shelf import Tile
from pos.ui.widgets.basics import finger_scroll
from pos.ui.widgets.pictures import paint_picture
from pos.ui.widgets.pill import paint_ribbon, paint_tag
from pos.ui.widgets.stamps import Stamps

GAP = 10
SPARE = 8
"""Pixels the list keeps for itself; a column that needs them would wrap."""
MEASURE = re.compile(r"(\d) (?=(l|cl|ml|kg|g|dag|Stk|Stück)\b)")
CHOICE_ICON = "layers"
"""Marks goods that come in variants, on tiles and lines (T-030)."""
MOST_TILES = 60
LONGEST_STUMP = 3
"""So few letters of a word on a line of their own say less than "…"."""
SIZES = {"small": (112, 126), "medium": (122, 146), "large": (176, 186)}


class TileDelegate(QStyledItemDelegate):
    """Draws one tile. A category is a tinted card with an arrow, a product a white one with
    its price, so the two differ by more than colour."""

    def __init__(self, face: Face, grid: TileGrid) -> None:
        super().__init__(grid)
        self._face, self._grid = face, grid
        self._stamps = Stamps(MOST_TILES)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The cell of the grid."""
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the tile at `index`."""
        tile: Tile = index.data(TILE)
        price, base = index.data(PRICE), index.data(BASE_PRICE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        current = selected and self._grid.shows_current
        pressed = index == self._grid.pressed_index

        def draw(stamp: QPainter) -> None:
            half = GAP / 2
            card = QRectF(option.rect).adjusted(half, half, -half, -half)
            self._card(stamp, card, tile, current=current, pressed=pressed)
            if isinstance(tile, PosCategory):
                self._category(stamp, card, tile)
            else:
                self._product(stamp, card, tile, price, base)

        self._stamps.put(painter, (tile, price, base, current, pressed), option.rect, draw)

    def _card(
        self, painter: QPainter, card: QRectF, tile: Tile, *, current: bool, pressed: bool
    ) -> None:
        look = self._face.look
        ground = look.colour("surface")
        if isinstance(tile, PosCategory):
            ground = look.tint(tile.parent or tile.number)
        if pressed:
            ground = look.colour("pressed")
        painter.setBrush(ground)
        painter.setPen(look.colour("hairline") if look.palette.outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(card, tokens.RADIUS_LARGE - 2, tokens.RADIUS_LARGE - 2)
        if current:
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.colour("focus"))
            pen.setWidth(3)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = card.adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(ring, tokens.RADIUS_LARGE - 3, tokens.RADIUS_LARGE - 3)

    def _category(self, painter: QPainter, card: QRectF, tile: PosCategory) -> None:
        px = self._face.look.px
        inner = card.adjusted(px(12), px(12), -px(12), -px(10))
        font = self._face.look.font(tokens.BODY, tokens.SEMIBOLD)
        name_height = self._name_height(tile.name, font, inner.width())
        room = QRectF(inner.left(), inner.top(), inner.width(), inner.height() - name_height)
        side = min(room.height() - px(6), room.width(), px(84))
        where = QRectF(inner.left(), inner.top(), side, side)
        if not paint_picture(painter, self._face, tile.picture, where):
            side = min(side, px(40))
            where = QRectF(inner.left(), inner.top(), side, side)
            paint_icon(painter, "layout-grid", self._face.look.colour("soft"), where)
        arrow = QRectF(inner.right() - px(18), inner.top(), px(18), px(18))
        paint_icon(painter, "chevron-right", self._face.look.colour("soft"), arrow)
        name = QRectF(inner.left(), inner.bottom() - name_height, inner.width(), name_height)
        self._lines(painter, name, lines_of(tile.name, font, name.width()), font)

    def _product(
        self, painter: QPainter, card: QRectF, tile: ProductTile, price: str, base: str
    ) -> None:
        look, product = self._face.look, tile.product
        px = look.px
        inner = card.adjusted(px(12), px(10), -px(12), -px(10))
        price_font = look.font(tokens.LEAD, tokens.BOLD, figures=True)
        price_height = QFontMetricsF(price_font).height()
        name_font = look.font(tokens.CAPTION, tokens.MEDIUM)
        words = self._words(tile, name_font, inner.width())
        name_height = QFontMetricsF(name_font).lineSpacing() * max(2, len(words))
        below = price_height + name_height + px(4)
        side = min(inner.height() - below - px(4), inner.width(), px(96))
        where = QRectF(inner.center().x() - side / 2, inner.top(), side, side)
        if not paint_picture(painter, self._face, product.picture, where):
            self._initials(painter, where, product.name, product.category or product.number)
        if tile.chosen:
            mark = QRectF(inner.left() - px(2), inner.top() - px(2), px(16), px(16))
            paint_icon(painter, CHOICE_ICON, look.colour("soft"), mark)
        self._tags(painter, card, where, tile)
        top = inner.bottom() - below
        room = QRectF(inner.left(), top, inner.width(), name_height)
        self._lines(painter, room, words, name_font)
        self._price(
            painter,
            QRectF(inner.left(), inner.bottom() - price_height, inner.width(), price_height),
            tile,
            price,
            price_font,
            base,
        )

    def _tags(self, painter: QPainter, card: QRectF, picture: QRectF, tile: ProductTile) -> None:
        """A ribbon at the corner, and the first tag over the foot of the picture (ETRON-23)."""
        ribbons = [tag for tag in tile.tags if tag.ribbon and self._face.ribbons]
        if ribbons:
            area = QRectF(card.left(), card.top(), card.width(), card.height())
            paint_ribbon(painter, self._face.look, ribbons[0], area)
        plain = [tag for tag in tile.tags if not tag.ribbon]
        if plain:
            area = QRectF(card.left(), picture.top(), card.width(), picture.height())
            paint_tag(painter, self._face.look, plain[0], area.adjusted(8, 0, -8, 0))

    def _price(
        self,
        painter: QPainter,
        area: QRectF,
        tile: ProductTile,
        price: str,
        font: QFont,
        base: str,
    ) -> None:
        look, product = self._face.look, tile.product
        if QFontMetricsF(font).horizontalAdvance(price) > area.width():
            font = look.font(tokens.BODY, tokens.BOLD, figures=True)
        if tile.open_price:
            font = look.font(tokens.BODY, tokens.MEDIUM)
        painter.setFont(font)
        painter.setPen(look.colour("soft" if tile.open_price else "strong"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, price)
        if product.weighed:
            painter.setFont(look.font(tokens.CAPTION, tokens.MEDIUM))
            painter.setPen(look.colour("soft"))
            per = self._face.text("tile.per", unit=product.unit.name)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, per)
        elif base:
            taken = QFontMetricsF(font).horizontalAdvance(price) + look.px(6)
            self._base_price(painter, area.adjusted(0, 0, -taken, 0), base)

    def _base_price(self, painter: QPainter, area: QRectF, base: str) -> None:
        """Quietly beside the price; where there is no room, the information page tells it."""
        font = self._face.look.font(tokens.CAPTION, tokens.MEDIUM)
        if QFontMetricsF(font).horizontalAdvance(base) <= area.width():
            painter.setFont(font)
            painter.setPen(self._face.look.colour("soft"))
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, base)

    def _initials(self, painter: QPainter, area: QRectF, name: str, key: str) -> None:
        look = self._face.look
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tint(key))
        painter.drawRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
        painter.setPen(look.colour("soft"))
        painter.setFont(look.font(tokens.TITLE, tokens.SEMIBOLD))
        words = [word for word in name.split() if word[:1].isalpha()]
        letters = "".join(word[0] for word in words[:2]).upper()
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters)

    def _name_height(self, name: str, font: QFont, width: float) -> float:
        return QFontMetricsF(font).lineSpacing() * len(lines_of(name, font, width))

    def _words(self, tile: ProductTile, font: QFont, width: float) -> list[str]:
        """The name in two lines, or in a third one where its end is what tells goods apart; a
        variant has the second one to itself (T-030).
        """
        if not tile.variant_name:
            return lines_of(tile.product.name, font, width, 3)
        metrics, right = QFontMetricsF(font), Qt.TextElideMode.ElideRight
        both = (tile.product.name, tile.variant_name)
        return [metrics.elidedText(words, right, width) for words in both]

    def _lines(self, painter: QPainter, area: QRectF, lines: list[str], font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._face.look.colour("text"))
        height = QFontMetricsF(font).lineSpacing()
        for number, words in enumerate(lines):
            row = QRectF(area.left(), area.top() + number * height, area.width(), height)
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class TileGrid(QListView):
    """The grid. One touch on a tile picks it; Enter picks the current one.

    Signals:
        picked(row): a tile was chosen.
    """

    picked = Signal(int)

    def __init__(self, face: Face, model: TilesModel) -> None:
        super().__init__()
        few = face.compact and face.tiles == "medium"
        self._face, self._least = face, SIZES["small" if few else face.tiles]
        self.pressed_index = model.index(-1)
        self.shows_current = False
        self.setModel(model)
        self.setItemDelegate(TileDelegate(face, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(face.text("catalogue.tiles"))
        self.clicked.connect(self._on_click)
        self.pressed.connect(self._on_press)
        model.modelReset.connect(self.scrollToTop)
        finger_scroll(self.viewport())

    def show_current(self, shown: bool) -> None:
        """Ring the current tile: only while the keyboard works in the grid."""
        self.shows_current = shown
        if shown and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def step(self, key: int) -> None:
        """Move the current tile by an arrow key."""
        move = {
            Qt.Key.Key_Left: QAbstractItemView.CursorAction.MoveLeft,
            Qt.Key.Key_Right: QAbstractItemView.CursorAction.MoveRight,
            Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
            Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
        }[Qt.Key(key)]
        index = self.moveCursor(move, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space pick; arrows move; the rest goes to the screen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.picked.emit(self.currentIndex().row())
        elif event.key() in ARROWS:
            self.step(event.key())
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        """Ring the current tile."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.show_current(True)

    def focusOutEvent(self, event: object) -> None:
        """No ring without the keyboard."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.show_current(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns, and let them share the width evenly."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        width = self.width() - bar - SPARE
        least, height = (self._face.look.px(side) for side in self._least)
        columns = max(2, width // (least + GAP))
        self.setGridSize(QSize(width // columns, height + GAP))
        super().resizeEvent(event)

    def mouseReleaseEvent(self, event: object) -> None:
        """Let the pressed tile spring back."""
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]
        self.let_go()

    def let_go(self) -> None:
        """No tile is pressed any more."""
        self.pressed_index = self.model().index(-1, 0)
        self.viewport().update()

    def _on_press(self, index: object) -> None:
        self.pressed_index = index  # type: ignore[assignment]
        self.viewport().update()

    def _on_click(self, index: Index) -> None:
        self.picked.emit(index.row())


ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def lines_of(text: str, font: QFont, width: float, most: int = 2) -> list[str]:
    """Break a name into lines at its words, never between a figure and its unit; what is left
    over ends in "…"."""
    text = MEASURE.sub("\\1\u00a0", text)
    lines: list[str] = []
    while len(lines) < most - 1:
        cut = _first_line(text, font, width)
        if cut >= len(text) or _leaves_a_stump(text, cut):
            break
        lines.append(text[:cut].rstrip())
        text = text[cut:].strip()
    return [*lines, QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)]


def _leaves_a_stump(text: str, cut: int) -> bool:
    """Whether a word too long for the line would leave a letter or three on the next one."""
    rest = text[cut:].partition(" ")[0]
    return text[cut - 1].isalpha() and rest[:1].isalpha() and len(rest) <= LONGEST_STUMP


def _first_line(text: str, font: QFont, width: float) -> int:
    """How many characters stand in the first line."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    return first.textLength()


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
