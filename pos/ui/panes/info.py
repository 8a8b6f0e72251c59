"""Everything about a product, a key away from selling it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.till.info_views import ProductInfo
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_text import base_words, unit_price
from pos.ui.panes.info_parts import PARTS, TARGET, Showing
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import clear, column, fill, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.picture import Picture
from pos.ui.widgets.pill import pill
from pos.ui.work import Work

TWO_COLUMNS = 860
"""From this width on the parts stand in two columns, at 100 %."""
PICTURE, THUMB = 168, 56


class InfoPane(Pane):
    """The page of one product. It shows what the till answered and asks nothing itself.

    Signals:
        taken(product, variant): ring it up.
        opened(target): a reference, a file's path or an address was touched.
        compared(ProductInfo): another product is wanted beside this one.
    """

    taken = Signal(str, str)
    opened = Signal(str)
    compared = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("info.title"))
        self.info: ProductInfo | None = None
        self._columns = 0
        self._picture: Picture | None = None
        self._content = QVBoxLayout()
        self._content.setContentsMargins(0, 0, 8, 0)
        self._content.setSpacing(12)
        content = QWidget()
        content.setLayout(self._content)
        self.area: QScrollArea = scrolling(content)
        self.take = Key(
            face.look,
            face.text("info.sell"),
            icon="plus",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=64,
        )
        self.take.clicked.connect(self._on_take)
        self.body.addWidget(self.area, 1)
        if not face.compact:
            self.body.addWidget(label(face.text("info.scan"), "caption", wrap=True))
        self.compare = Key(
            face.look,
            face.text("compare.key"),
            icon="columns-2",
            hint=face.text("compare.hint"),
            height=64,
        )
        self.compare.clicked.connect(self._on_compare)
        keys = row(self.compare, self.take)
        keys.setStretch(0, 1)
        keys.setStretch(1, 2)
        self.body.addLayout(keys)

    def show_info(self, info: ProductInfo) -> None:
        """Show a product from its top."""
        self.info = info
        self.take.setEnabled(info.active)
        self._paint()
        self.area.verticalScrollBar().setValue(0)

    def renew(self, info: ProductInfo) -> None:
        """Show what is new of the same product, where the eye is."""
        bar = self.area.verticalScrollBar()
        place = bar.value()
        self.info = info
        self._paint()
        bar.setValue(place)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter rings it up, a letter compares it, its own key closes it; arrows scroll."""
        if event.text() and event.text().upper() == self.compare.hint:
            self._on_compare()
            return True
        bar = self.area.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.take.isEnabled():
                self._on_take()
            case Qt.Key.Key_Insert:
                self.left.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + bar.pageStep() // 2)
            case Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep() // 2)
            case _:
                return super().hotkey(event)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        if self.info is not None and self._wanted_columns() != self._columns:
            self._paint()

    def _wanted_columns(self) -> int:
        return 2 if self.width() >= self.face.look.px(TWO_COLUMNS) else 1

    def _paint(self) -> None:
        assert self.info is not None
        self._columns = self._wanted_columns()
        clear(self._content)
        self._content.addWidget(self._head(self.info))
        showing = Showing(self.face, self.info, self._on_key, self.opened.emit)
        cards = [part for make in PARTS if (part := make(showing)) is not None]
        both = row(gap=12)
        for place in range(self._columns):
            stack = column(gap=12)
            fill(stack, *_share(cards, place, self._columns), None)
            both.addLayout(stack, 1)
        self._content.addLayout(both)
        self._content.addStretch(1)

    def _head(self, info: ProductInfo) -> QWidget:
        face = self.face
        name = label(info.name, "title", wrap=True)
        number = face.text("info.number", number=info.variant or info.number)
        terms = " · ".join(filter(None, (info.category, number)))
        told = column(name, gap=4)
        if info.choice:
            told.addWidget(label(info.choice, "lead", wrap=True))
        told.addWidget(label(terms, "soft", wrap=True))
        if not info.active:
            told.addWidget(label(face.text("info.inactive"), "strong", tone="danger"))
        if info.tags:
            told.addWidget(flowing(*(pill(face.look, tag.name, tag.colour) for tag in info.tags)))
        self._add_price(told, info)
        if info.short_text:
            told.addWidget(label(info.short_text, wrap=True))
        told.addStretch(1)
        made = frame("card")
        both = row(self._pictures(info), told, gap=16, margin=16)
        both.setStretch(1, 1)
        made.setLayout(both)
        return made

    def _add_price(self, told: QBoxLayout, info: ProductInfo) -> None:
        face = self.face
        if info.price is None:
            told.addWidget(label(face.text("info.no_price"), "lead"))
            return
        price = unit_price(face, info.price)
        amount = label(face.text("info.least", price=price) if info.least else price, "amount")
        per = label(face.text("info.per", unit=info.unit), "soft")
        told.addLayout(row(amount, per, None, gap=10))
        if info.base_price is not None:
            told.addWidget(label(base_words(face, info.base_price), "body"))
        rate = face.texts.percent(info.tax_rate)
        key = "terms_list" if info.price_list else "terms"
        terms = face.text(f"info.{key}", tax=info.tax_name, rate=rate, list=info.price_list)
        terms = terms if info.tax_included else face.text("info.plus", terms=terms)
        told.addWidget(label(terms, "caption", wrap=True))

    def _pictures(self, info: ProductInfo) -> QWidget:
        """The first picture large; a touch on a small one shows that."""
        made = QWidget()
        picture = Picture(self.face, PICTURE, info.pictures[0] if info.pictures else "")
        self._picture = picture
        content = column(picture, gap=8)
        if len(info.pictures) > 1:
            thumbs = row(gap=8)
            for number, name in enumerate(info.pictures[:3], 1):
                thumbs.addWidget(self._thumb(number, name))
            thumbs.addStretch(1)
            content.addLayout(thumbs)
        content.addStretch(1)
        made.setLayout(content)
        made.setVisible(bool(info.pictures))
        return made

    def _thumb(self, number: int, name: str) -> Key:
        words = self.face.text("info.picture", number=number)
        key = Key(self.face.look, height=THUMB, name=words)
        inside = row(Picture(self.face, THUMB - 12, name), margin=4)
        key.setLayout(inside)
        key.setProperty(TARGET, name)
        key.clicked.connect(self._on_thumb)
        return key

    def _on_thumb(self) -> None:
        if self._picture is not None:
            self._picture.show_picture(str(self.sender().property(TARGET)))

    def _on_key(self) -> None:
        self.opened.emit(str(self.sender().property(TARGET)))

    def _on_take(self) -> None:
        if self.info is not None:
            self.taken.emit(self.info.number, self.info.variant)

    def _on_compare(self) -> None:
        if self.info is not None:
            self.compared.emit(self.info)


def _share(cards: list[QWidget], place: int, columns: int) -> list[QWidget]:
    """The cards of one column: each goes where least stands already."""
    heights = [0] * columns
    shares: list[list[QWidget]] = [[] for _ in range(columns)]
    for one in cards:
        least = heights.index(min(heights))
        shares[least].append(one)
        heights[least] += one.sizeHint().height()
    return shares[place]
