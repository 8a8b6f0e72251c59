"""Category and product tiles, page by page from the search lane."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pos.domain.base_price import base_price
from pos.domain.product import PosCategory, ProductTile
from pos.ports.goods import Filter
from pos.runtime.lane import Outcome
from pos.ui.face import Face
from pos.ui.models.line_text import unit_price
from pos.ui.shelf import Page, Shelf, Tile

TILE = int(Qt.ItemDataRole.UserRole)
PRICE = TILE + 1
BASE_PRICE = TILE + 2
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class TilesModel(QAbstractListModel):
    """Shows one category, or what a search found. Holds only the pages that were looked at.

    Signals:
        arrived(): the first page of a question is there.

    Attributes:
        category, text: what is asked for; a text goes before the category.
        path: the category with all above it.
        filters: what the tiles may be narrowed by; values: what they are, by attribute.
        waiting: whether the first page is still on its way.
        prices_shown: a trade counter may want to know its customer first (COMARCH-6).
    """

    arrived = Signal()

    def __init__(self, face: Face, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face, self._shelf = face, shelf
        self._tiles: list[Tile] = []
        self._question = 0
        self._products = 0
        self._more = False
        self.category = ""
        self.text = ""
        self.waiting = False
        self.path: tuple[PosCategory, ...] = ()
        self.filters: tuple[Filter, ...] = ()
        self.values: dict[str, str] = {}
        self.prices_shown = True

    def show_prices(self, shown: bool) -> None:
        """Let prices be seen, or not yet."""
        if shown != self.prices_shown:
            self.prices_shown = shown
            if self._tiles:
                self.dataChanged.emit(self.index(0), self.index(len(self._tiles) - 1))

    def open(self, category: str) -> None:
        """Show a category; the empty one is the top."""
        self.category, self.text = category, ""
        self.values = {}
        self._ask(0)

    def search(self, text: str) -> None:
        """Show what a text finds."""
        self.text = text
        self.values = {}
        self._ask(0)

    def narrow(self, attribute: str, value: str) -> None:
        """Show only goods that offer a value; an empty value lets the attribute go (ETRON-21)."""
        self.values.pop(attribute, "")
        if value:
            self.values[attribute] = value
        self._ask(0)

    def again(self) -> None:
        """Ask the same once more: the catalogue is a new one."""
        self._ask(0)

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many tiles are held."""
        return 0 if parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The tile itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self._tiles):
            return None
        tile = self._tiles[index.row()]
        if role == TILE:
            return tile
        if role == PRICE:
            return self._price(tile) if isinstance(tile, ProductTile) else ""
        if role == BASE_PRICE:
            return self._base_price(tile) if isinstance(tile, ProductTile) else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(tile)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether another page may follow."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it is appended when it arrives."""
        if self._more:
            self._more = False
            self._ask(self._products)

    def tile(self, row: int) -> Tile | None:
        """The tile in a row, or None."""
        return self._tiles[row] if 0 <= row < len(self._tiles) else None

    def take_page(self, outcome: Outcome[object]) -> None:
        """Take an answer of the search lane; an overtaken one is dropped."""
        page = outcome.value
        if not isinstance(page, Page) or page.question != self._question:
            return
        self._more = page.more
        self.waiting = False
        if page.offset:
            self._products += page.products
            self._append(page.tiles)
            return
        self._products = page.products
        self.beginResetModel()
        self._tiles, self.path = list(page.tiles), page.path
        if not self.values:
            self.filters = page.filters
        self.endResetModel()
        self.arrived.emit()

    def _ask(self, offset: int) -> None:
        self.waiting = offset == 0
        language, values = self._face.texts.language, tuple(self.values.values())
        if self.text:
            self._question = self._shelf.search(self.text, language, offset, self.take_page, values)
        else:
            self._question = self._shelf.open(
                self.category, language, offset, self.take_page, values
            )

    def _append(self, tiles: tuple[Tile, ...]) -> None:
        if tiles:
            first = len(self._tiles)
            self.beginInsertRows(QModelIndex(), first, first + len(tiles) - 1)
            self._tiles.extend(tiles)
            self.endInsertRows()

    def _spoken(self, tile: Tile) -> str:
        if isinstance(tile, PosCategory):
            return self._face.text("tile.category", name=tile.name)
        tags = (tag.name for tag in tile.tags)
        return ", ".join(
            filter(None, (tile.product.name, tile.variant_name, *tags, self._price(tile)))
        )

    def _base_price(self, tile: ProductTile) -> str:
        """ "3,38/l", where the price is shown and one price counts for all of it (T-206)."""
        if not self.prices_shown or tile.chosen or tile.open_price:
            return ""
        price = tile.product.price if tile.price is None else tile.price
        base = base_price(price, tile.product.content, self._face.currency)
        return "" if base is None else f"{self._face.texts.amount(base.price)}/{base.per}"

    def _price(self, tile: ProductTile) -> str:
        """What the till's list asks for one; the least of what may be chosen (W-11)."""
        if not self.prices_shown:
            return ""
        if tile.open_price:
            return self._face.text("tile.open_price")
        price = tile.product.price if tile.price is None else tile.price
        words = unit_price(self._face, price)
        return self._face.text("tile.from", price=words) if tile.chosen else words
