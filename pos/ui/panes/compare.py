"""Two products side by side (COMARCH-13)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.product import PosCategory, ProductTile
from pos.till.info_views import ComparisonView, ProductInfo
from pos.ui.face import Face
from pos.ui.models.tiles import TilesModel
from pos.ui.panes.field_pane import FieldPane
from pos.ui.panes.info_parts import TARGET
from pos.ui.shelf import Shelf
from pos.ui.widgets.basics import clear, column, frame, label, padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.picture import Picture
from pos.ui.widgets.tile_grid import TileGrid
from pos.ui.work import Work

PICTURE = 96


class ComparePane(FieldPane):
    """First the second product is found, by scan, search or touch; then both stand in one table.
    What they share is quiet, what differs is strong.

    Signals:
        chosen(product): this is the second one.
        taken(product): ring this one up.
    """

    chosen = Signal(str)
    taken = Signal(str)

    def __init__(self, face: Face, work: Work, shelf: Shelf) -> None:
        super().__init__(face, work, face.text("compare.title"), face.text("compare.second"))
        self.first: ProductInfo | None = None
        self.view: ComparisonView | None = None
        self.model = TilesModel(face, shelf, self)
        self.grid = TileGrid(face, self.model)
        self.grid.picked.connect(self._on_picked)
        self.field.setMinimumHeight(face.look.px(56))
        self.field.textChanged.connect(self._on_text)
        self._name = label(role="lead", wrap=True)
        chooser = QWidget()
        inside = column(self._name, self.field, self.grid, gap=12)
        inside.setStretch(2, 1)
        chooser.setLayout(inside)
        self._table = QVBoxLayout()
        card = frame("card")
        card.setLayout(column(self._table, margin=16))
        self._steps = QStackedWidget()
        self._steps.addWidget(chooser)
        self._steps.addWidget(scrolling(padded(card)))
        self.body.addWidget(self._steps, 1)

    def begin(self, first: ProductInfo) -> None:
        """Ask for the product to put beside this one."""
        self.first, self.view = first, None
        self._name.setText(first.name)
        self._steps.setCurrentIndex(0)
        self.field.clear()
        self.model.open("")

    def entered(self) -> None:
        """The keyboard types a name."""
        if self.view is None:
            self.field.setFocus()
        else:
            self.setFocus()

    def show_comparison(self, view: ComparisonView) -> None:
        """Show the table."""
        self.view = view
        clear(self._table)
        self._table.addWidget(self._grid_of(view))
        self._steps.setCurrentIndex(1)
        self.setFocus()

    def step(self, by: int) -> None:
        """Mark another tile."""
        self.grid.show_current(True)
        self.grid.step(Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up)

    def take(self) -> None:
        """The marked tile is the one."""
        self._on_picked(max(0, self.grid.currentIndex().row()))

    def _on_text(self, text: str) -> None:
        if words := text.strip():
            self.model.search(words)
        else:
            self.model.open(self.model.category)

    def _on_picked(self, row_number: int) -> None:
        tile = self.model.tile(row_number)
        if isinstance(tile, PosCategory):
            self.model.open(tile.number)
        elif isinstance(tile, ProductTile):
            self.chosen.emit(tile.product.number)

    def _grid_of(self, view: ComparisonView) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, info in enumerate((view.one, view.other), 1):
            grid.addWidget(self._head(info), 0, place)
        for line, row in enumerate(view.rows, 1):
            role = "strong" if row.differs else "soft"
            grid.addWidget(_cell(row.name, "soft"), line, 0)
            for place, words in enumerate((row.one, row.other), 1):
                grid.addWidget(_cell(words or self.face.text("compare.nothing"), role), line, place)
        return made

    def _head(self, info: ProductInfo) -> QWidget:
        made = QWidget()
        key = Key(self.face.look, self.face.text("info.sell"), icon="plus", height=56)
        key.setEnabled(info.active)
        key.setProperty(TARGET, info.number)
        key.setAccessibleName(f"{info.name}: {key.text()}")
        key.clicked.connect(self._on_take)
        picture = Picture(self.face, PICTURE, info.pictures[0] if info.pictures else "")
        inside = column(picture, label(info.name, "lead", wrap=True), None, key, gap=8)
        made.setLayout(inside)
        return made

    def _on_take(self) -> None:
        self.taken.emit(str(self.sender().property(TARGET)))


def _cell(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return made
