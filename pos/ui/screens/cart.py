"""The sale beside the catalogue: lines, total, what can be done with a line, and Pay."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.sale import SaleState
from pos.till.aside import HELD
from pos.till.sale_views import CustomerView, LineView, SaleView
from pos.till.views import TillView, UnknownCodeView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_items import LineItemsModel
from pos.ui.models.line_text import whole_words
from pos.ui.scans import Scans
from pos.ui.screens.panel import Panel
from pos.ui.screens.strips import HeldStrip, UnknownStrip
from pos.ui.widgets.basics import clear, column, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.facts_line import FactsLine
from pos.ui.widgets.line_list import LineList
from pos.ui.widgets.still import Still
from pos.ui.widgets.suggestions import SuggestionStrip
from pos.ui.work import Work

NAME_WIDTH, BESIDE_POINTS = 132, 92
"""Of a customer in the head; the rest of a longer name is left out."""
NARROWEST = 448
"""Of this half of the window; two thirds of what it has more go to the customer's name."""
MOST_STRIPS = 2
"""More strips than these would push the lines away; the newest are shown."""


class Cart(QFrame):
    """The right half of the selling screen.

    Signals:
        wanted(action): a key of the function block was pressed; the action's name.
    """

    wanted = Signal(str)

    def __init__(self, face: Face, work: Work, scans: Scans) -> None:
        super().__init__()
        self._face, self._work, self._scans = face, work, scans
        self.setProperty("surface", "side")
        self.model = LineItemsModel(face, self)
        self.lines = LineList(face)
        self.lines.setModel(self.model)
        self._strips_shown: tuple[UnknownCodeView, ...] = ()
        self._before: tuple[LineView, ...] = ()
        self._off_shown: tuple[tuple[str, str], ...] = ()
        self._strips = QVBoxLayout()
        self._strips.setSpacing(6)
        self.block = Panel(face)
        self.keys = self.block.keys
        self.suggestions = SuggestionStrip(face, work)
        self._build()

    def show_view(self, view: TillView) -> None:
        """Paint the sale."""
        sale = view.sale
        lines = shown_lines(sale)
        self.model.show(lines)
        self._follow(lines)
        self._nothing.setVisible(not lines)
        self._show_head(view)
        self._show_total(view, sale)
        self._show_strips()
        self._show_keys(view, sale)
        self.suggestions.follow(view, self.selected())

    def selected(self) -> LineView | None:
        """The line commands are meant for; the newest where none was chosen."""
        return self.lines.selected_line()

    def _follow(self, lines: tuple[LineView, ...]) -> None:
        """Select the line that came or changed, so that the next key is meant for it."""
        if lines == self._before:
            return
        before = {line.number: line for line in self._before}
        changed = [
            row
            for row, line in enumerate(lines)
            if before.get(line.number) != line and line.deposit_of is None
        ]
        self._before = lines
        if changed:
            self.lines.select(changed[-1])
        elif lines and not self.lines.currentIndex().isValid():
            self.lines.select(len(lines) - 1)

    def _show_head(self, view: TillView) -> None:
        sale, text = view.sale, self._face.text
        title = sale.label if sale and sale.label else text("cart.title")
        if sale and sale.order:
            name = f" · {sale.label}" if sale.label else ""
            title = text("cart.order", order=sale.order) + name
        self._title.setText(text("cart.voids", number=sale.voids) if sale and sale.voids else title)
        terms = [view.operator.name] if view.operator else []
        if view.session:
            terms.append(text("status.session_short", number=view.session.number))
        customer = sale.customer if sale is not None else None
        own = customer.price_list if customer is not None else ""
        if first := own or view.price_list:
            terms.append(text("status.price_list", name=first))
        # Whose prices these are is needed most; the session stands in the status line too.
        places = range(len(terms))
        self._terms.show_facts(tuple(terms), (len(terms) - 1, *places[:-1]) if terms else ())
        self._show_points(sale)
        self._show_customer(customer)
        note = sale.note if sale is not None else ""
        self._note.setText(text("cart.note", note=note) if note else "")
        self._note.setVisible(bool(note))

    def _show_customer(self, customer: CustomerView | None) -> None:
        key, look = self.customer, self._face.look
        name = customer.name if customer is not None else self._face.text("do.customer")
        metrics = QFontMetricsF(key.font())
        width = look.px(NAME_WIDTH if self.points.isHidden() else BESIDE_POINTS)
        width += max(0, self.width() - look.px(NARROWEST)) * 2 // 3
        key.set_text(metrics.elidedText(name, Qt.TextElideMode.ElideRight, width))
        key.set_kind("selected" if customer is not None else "key")
        key.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More of the customer's name where there is room."""
        super().resizeEvent(event)
        if self._work.view is not None and self._work.view.sale is not None:
            self._show_customer(self._work.view.sale.customer)

    def _show_points(self, sale: SaleView | None) -> None:
        """Beside the customer; whoever has no account has no points either (COMARCH-12)."""
        points, key = sale.points if sale is not None else None, self.points
        key.setVisible(points is not None)
        if points is not None:
            key.set_text(str(points.balance))
            key.set_kind("selected" if points.spending else "key")
            key.setAccessibleName(f"{points.name}: {points.balance}")

    def _show_total(self, view: TillView, sale: SaleView | None) -> None:
        zero, money = self._face.zero(), self._face.money
        self.total.setText(money(sale.total if sale else zero))
        self._pieces.setText(self._face.text("cart.pieces", count=sale.pieces if sale else 0))
        if sale is not None and sale.net_view:
            self._pieces.setText(self._face.text("cart.net", net=sale.net, tax=sale.tax))
        elif sale is not None and sale.tax_free:
            self._pieces.setText(self._face.text("cart.tax_free"))
        off = whole_words(self._face, sale) if sale is not None else ()
        self._reduced.setVisible(bool(off) and not (sale and sale.net_view))
        if sale is not None and off != self._off_shown:
            self._off_shown = off
            self._show_off(off)
        if sale is not None:
            self._subtotal.setText(money(sale.subtotal))

    def _show_off(self, off: tuple[tuple[str, str], ...]) -> None:
        """A row for each thing that comes off the sale as a whole."""
        clear(self._off_rows)
        for words, amount in off:
            said = label(words, "strong", tone="discount", wrap=True)
            line = QWidget()
            layout = row(said, label(amount, "strong", tone="discount"), gap=8)
            layout.setStretch(0, 1)
            line.setLayout(layout)
            self._off_rows.addWidget(line)

    def _show_strips(self) -> None:
        """Codes that wait for a person: held ones, and those nobody knows."""
        view = self._work.view
        wanted = view.unknown if view is not None else ()
        if wanted == self._strips_shown:
            return
        self._strips_shown = wanted
        clear(self._strips)
        for one in wanted[-MOST_STRIPS:]:
            if one.reason == HELD:
                self._strips.addWidget(HeldStrip(self._face, self._work, self._scans, one))
            else:
                self._strips.addWidget(UnknownStrip(self._face, self._work, one))

    def _show_keys(self, view: TillView, sale: SaleView | None) -> None:
        paying = sale is not None and sale.state is SaleState.TENDERING
        self.block.setVisible(not paying)
        self.pay.setVisible(not paying)
        self.back.setVisible(paying)
        has_line = sale is not None and bool(sale.lines)
        # The till's own list decides (T-053): keys must not move when a customer comes.
        listed = any(each.name for each in view.price_lists[:1])
        idle = {"voucher": not view.programmes, "why": not listed}
        self.block.show_keys(tuple(key for key in view.panel if not idle.get(key)))
        self.block.enable(has_line=has_line)
        self.pay.setEnabled(sale is not None and sale.lines_count > 0)
        gives_back = sale is not None and sale.total.minor < 0
        self.pay.set_text(self._face.text("do.pay_out" if gives_back else "do.pay"))
        self._show_park(view, has_line)
        self._show_remove()

    def _show_park(self, view: TillView, has_line: bool) -> None:
        parked = len(view.parked)
        resumes = not has_line
        key = self.keys.get("park")
        if key is None:
            return
        key.icon_name = "play" if resumes else "pause"
        name = "resume" if resumes else "park"
        key.set_text(self._face.text(f"do.{name}"))
        key.badge = str(parked) if parked else ""
        key.setEnabled(has_line or parked > 0)
        key.update()

    def _show_remove(self) -> None:
        line = self.selected()
        removed = line is not None and line.removed
        key = self.keys.get("remove")
        if key is None:
            return
        key.icon_name = "undo-2" if removed else "trash-2"
        key.set_text(self._face.text("do.restore" if removed else "do.remove"))

    def _build(self) -> None:
        face = self._face
        self._note = label(role="caption", wrap=True)
        self._note.setContentsMargins(16, 0, 16, 8)
        self._strips.setContentsMargins(12, 0, 12, 8)
        # Over the list, not in its place: the first line of a sale then moves nothing else.
        self._nothing = Empty(face, "scan-barcode", face.text("cart.empty"))
        self._nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.lines.viewport().setLayout(column(self._nothing, gap=0))
        self.lines.selectionModel().currentChanged.connect(self._on_current)
        layout = column(self._head(), self._note, self._strips, self.lines, self.suggestions, gap=0)
        layout.setStretch(3, 1)
        foot = self._foot()
        if face.compact:
            self.setLayout(self._beside(layout))
        else:
            layout.addLayout(foot)
            self.setLayout(layout)

    def _head(self) -> QWidget:
        """What is sold to whom under which terms: label, session, price list, operator."""
        face = self._face
        self._title, self._terms = label(role="lead"), FactsLine(" · ")
        self.customer = Key(face.look, face.text("do.customer"), icon="user", hint="F3", height=56)
        self.customer.setProperty("action", "customer")
        self.customer.clicked.connect(self._on_key)
        self.points = Key(face.look, "", icon="star", height=56)
        self.points.setProperty("action", "points")
        self.points.clicked.connect(self._on_key)
        self.points.hide()
        words = column(None, self._title, self._terms, None, gap=0)
        head = row(words, self.customer, self.points, gap=8)
        head.setStretch(0, 1)
        head.setContentsMargins(16, 12, 12, 4)
        box = QWidget()
        box.setLayout(head)
        box.setMinimumHeight(face.look.px(72))
        return box

    def _beside(self, lines: QVBoxLayout) -> QHBoxLayout:
        """Where space is short the keys stand beside the lines; total and Pay are in the bar."""
        keys = QWidget()
        keys.setLayout(column(self._reduced, self.block, self.back, None, margin=8))
        both = row(gap=0)
        both.addLayout(lines, 3)
        both.addWidget(scrolling(keys), 2)
        return both

    def _foot(self) -> QVBoxLayout:
        face = self._face
        line = frame("hairline")
        line.setFixedHeight(1)
        caption = label(face.text("cart.total"), "lead")
        self._pieces = label(role="caption")
        self.total = label(role="amount")
        self.total.setAccessibleName(face.text("cart.total"))
        sums = QWidget()
        total = row(column(caption, self._pieces, gap=0), None, self.total, gap=8)
        total.setContentsMargins(0, 0, 0, 0)
        sums.setLayout(total)
        self.sum = Still(sums)
        self._reduced = self._reduction_rows()
        self.block.wanted.connect(self.wanted)
        self.pay = Key(
            face.look,
            face.text("do.pay"),
            icon="banknote",
            hint=face.text("key.pay"),
            kind="primary",
            size=tokens.TITLE,
            height=56 if face.compact else 72,
        )
        self.pay.setProperty("action", "pay")
        self.pay.clicked.connect(self._on_key)
        self.back = Key(
            face.look,
            face.text("do.back_to_sale"),
            icon="arrow-left",
            hint=face.text("key.esc"),
            height=64,
            size=tokens.LEAD,
        )
        self.back.setProperty("action", "back_to_sale")
        self.back.clicked.connect(self._on_key)
        if face.compact:
            for unused in (line, self.sum):
                unused.setParent(self)
                unused.hide()
            return column()
        foot = column(self._reduced, self.sum, self.block, self.pay, self.back, gap=10)
        foot.setContentsMargins(16, 10, 16, 12)
        return column(line, foot, gap=0)

    def _reduction_rows(self) -> QWidget:
        """The sum of the lines, and what comes off all of them."""
        rows = QWidget()
        self._subtotal = label(role="body")
        self._off_rows = column(gap=2)
        caption = label(self._face.texts.get("receipt.subtotal"), "soft")
        rows.setLayout(column(row(caption, None, self._subtotal), self._off_rows, gap=2))
        rows.hide()
        return rows

    def _on_key(self) -> None:
        self.wanted.emit(str(self.sender().property("action")))

    def _on_current(self) -> None:
        self._show_remove()
        if self._work.view is not None:
            self.suggestions.follow(self._work.view, self.selected())


def shown_lines(sale: SaleView | None) -> tuple[LineView, ...]:
    """The lines as they are to be shown: with their tax, or without where that is wanted."""
    if sale is None or not sale.net_view:
        return sale.lines if sale is not None else ()
    return tuple(
        replace(
            line,
            amount=line.net,
            unit_price=line.net_price,
            public_price=None,
            reductions=(),
        )
        for line in sale.lines
    )
