"""What stands on the customer display: greeting, sale, payment, thanks; one look of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.till.sale_views import LastSaleView, LineView, SaleView
from pos.till.surface_views import ShownPriceView
from pos.till.views import TillView
from pos.ui.display.lines import CustomerLines, counted
from pos.ui.face import Face, together
from pos.ui.models.line_text import line_detail, unit_price
from pos.ui.screens.cart import shown_lines
from pos.ui.widgets.basics import column, frame, label, row
from pos.ui.widgets.pictures import picture

PICTURE = 132
LOGO = 240


class Board(QWidget):
    """Paints snapshots for the customer.

    What it shows is what the receipt will say, and no more: no costs, no partner's price, nobody's
    name. Prices wait where the till keeps them from people it doesn't know (COMARCH-6).

    Attributes:
        upright: the screen is higher than it is wide.
        newest: the line shown large, None while nothing is sold.
    """

    def __init__(self, face: Face, *, upright: bool) -> None:
        super().__init__()
        self.face, self.upright = face, upright
        self.lines = CustomerLines(face)
        self._shown: tuple[LineView, ...] = ()
        self.newest: LineView | None = None
        self._layers = QStackedWidget()
        self._greeting, self._selling, self._thanks = (
            self._greeting_layer(),
            self._selling_layer(),
            self._thanks_layer(),
        )
        for layer in (self._greeting, self._selling, self._thanks):
            self._layers.addWidget(layer)
        self.setLayout(column(self._layers, gap=0))

    def show_view(self, view: TillView) -> None:
        """Paint a snapshot."""
        sale, last = view.sale, view.last_sale
        if sale is not None and any(not line.removed for line in sale.lines):
            self._show_sale(view, sale)
        elif sale is None and last is not None:
            self._show_thanks(last)
        else:
            self._show_greeting(view)

    def show_price(self, shown: ShownPriceView | None) -> None:
        """A price to look at beside the newest line, never charged; None or hidden: nothing."""
        price = shown.price if shown is not None else None
        self._compared.setVisible(price is not None)
        if shown is not None and price is not None:
            words = f"{shown.title} {unit_price(self.face, price)}"
            self._compared.setText(together(words))

    def words(self) -> str:
        """All that can be read now, for tests and screen readers."""
        shown = [each for each in self.findChildren(QLabel) if each.isVisibleTo(self)]
        return " | ".join(each.text() for each in shown if each.text())

    def _show_greeting(self, view: TillView) -> None:
        open_now = view.session is not None
        self._shop.setText(view.shop)
        self._greets.setText(self.face.text("display.greeting" if open_now else "display.closed"))
        self.newest = None
        self._layers.setCurrentWidget(self._greeting)

    def _show_sale(self, view: TillView, sale: SaleView) -> None:
        lines = tuple(line for line in shown_lines(sale) if not line.removed)
        before = {line.number: line for line in self._shown}
        changed = [
            line for line in lines if line.deposit_of is None and before.get(line.number) != line
        ]
        self._shown = lines
        self.lines.show_lines(lines, priced=view.prices_shown)
        newest = self.newest
        if changed or newest is None or all(line.number != newest.number for line in lines):
            newest = changed[-1] if changed else lines[-1]
        self._show_newest(view, newest)
        self._show_sums(view, sale)
        self._layers.setCurrentWidget(self._selling)

    def _show_newest(self, view: TillView, line: LineView) -> None:
        face = self.face
        if self.newest is None or self.newest.product != line.product:
            self.show_price(None)
        self.newest = line
        side = face.look.px(PICTURE)
        pixmap = picture(face, line.picture, side, self.devicePixelRatioF())
        self._picture.setVisible(bool(line.picture) and not pixmap.isNull())
        self._picture.setPixmap(pixmap)
        self._name.setText(line.name)
        words = line_detail(face, line) if view.prices_shown else counted(face, line)
        self._detail.setText(words)

    def _show_sums(self, view: TillView, sale: SaleView) -> None:
        money, paying = self.face.money, sale.state is SaleState.TENDERING
        self._sums.setVisible(view.prices_shown)
        self._hidden.setVisible(not view.prices_shown)
        self._total.setText(money(sale.total))
        self._pieces.setText(self.face.text("cart.pieces", count=sale.pieces))
        self._net.setVisible(sale.net_view)
        self._net.setText(self.face.text("cart.net", net=sale.net, tax=sale.tax))
        off = sale.subtotal - sale.total
        self._off.setVisible(bool(off))
        self._off_amount.setText(self.face.off(off))
        part = paying and sale.paid != Money(0, sale.paid.currency)
        self._paid_amount.setText(money(sale.paid))
        owed = sale.due.minor < 0
        self._due_words.setText(self.face.text("display.owed" if owed else "display.due"))
        self._due_amount.setText(money(max(sale.due, -sale.due)))
        self._paid_row.setVisible(part)
        self._paid.setVisible(part or (paying and owed))

    def _show_thanks(self, last: LastSaleView) -> None:
        money = self.face.money
        self._thanked.setText(money(last.total))
        change = last.change
        self._change.setVisible(change != Money(0, change.currency))
        self._change_amount.setText(money(change))
        back = last.given.minor < 0
        words = "display.given_back" if back else "display.given"
        self._given.setText(self.face.text(words, amount=max(last.given, -last.given)))
        self._shown, self.newest = (), None
        self._layers.setCurrentWidget(self._thanks)

    def _greeting_layer(self) -> QWidget:
        face = self.face
        logo = QPixmap(str(face.pictures / "logo.png"))
        sign = QLabel()
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sign.setVisible(not logo.isNull())
        # Logos are drawn for white paper, so they get some in every theme.
        plate = f"background: {face.look.palette.paper}; border-radius: {face.look.px(16)}px;"
        sign.setStyleSheet(f"{plate} padding: {face.look.px(20)}px;")
        if not logo.isNull():
            sign.setPixmap(picture(face, "logo.png", face.look.px(LOGO), self.devicePixelRatioF()))
        self._shop, self._greets = label(role="amount", wrap=True), label(role="title", wrap=True)
        for each in (self._shop, self._greets):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        plated = row(None, sign, None)
        return _layer(column(None, plated, 20, self._shop, 8, self._greets, None, margin=32))

    def _selling_layer(self) -> QWidget:
        listed = frame("pane")
        listed.setLayout(column(self.lines, gap=0))
        layer = QWidget()
        down = QBoxLayout.Direction.TopToBottom
        across = QBoxLayout.Direction.LeftToRight
        layout = QBoxLayout(down if self.upright else across, layer)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(listed, 3)
        layout.addLayout(self._side(), 2)
        return layer

    def _side(self) -> QVBoxLayout:
        """The newest line large, and the sums under it."""
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = label(role="title", wrap=True)
        self._detail, self._compared = label(role="lead"), label(role="lead", tone="soft")
        self._compared.hide()
        card = frame("card")
        card.setLayout(
            column(self._picture, self._name, self._detail, self._compared, gap=6, margin=20)
        )
        self._hidden = label(self.face.text("display.no_prices"), "lead", wrap=True)
        return column(card, None, self._hidden, self._sums_box(), gap=12, margin=20)

    def _sums_box(self) -> QWidget:
        face = self.face
        self._total, self._pieces = label(role="display"), label(role="lead", tone="soft")
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._off, self._off_amount = QWidget(), label(role="lead", tone="discount")
        words = label(face.text("display.discount"), "lead", tone="discount")
        self._off.setLayout(_edge(row(words, None, self._off_amount)))
        self._paid = QWidget()
        self._paid_amount, self._due_amount = label(role="lead"), label(role="amount")
        self._paid_row, self._due_words = QWidget(), label(role="lead")
        paid = row(label(face.text("display.paid"), "lead"), None, self._paid_amount)
        self._paid_row.setLayout(_edge(paid))
        due = row(self._due_words, None, self._due_amount)
        self._paid.setLayout(_edge(column(self._paid_row, due, gap=4)))
        head = row(label(face.text("cart.total"), "title"), None, self._pieces)
        self._net = label(role="lead", tone="soft", wrap=True)
        self._net.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._sums = QWidget()
        self._sums.setLayout(
            _edge(column(self._off, head, self._total, self._net, self._paid, gap=4))
        )
        return self._sums

    def _thanks_layer(self) -> QWidget:
        face = self.face
        thanks = label(face.text("display.thanks"), "amount", wrap=True)
        self._thanked = label(role="display")
        self._change, self._change_amount = QWidget(), label(role="hero")
        caption, self._given = label(face.text("display.change"), "title"), label(role="lead")
        for each in (thanks, self._thanked, caption, self._change_amount, self._given):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._change.setLayout(_edge(column(caption, self._change_amount, gap=4)))
        total = label(face.text("cart.total"), "lead")
        total.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return _layer(
            column(
                None,
                thanks,
                16,
                total,
                self._thanked,
                self._given,
                16,
                self._change,
                None,
                margin=32,
            )
        )


def _layer(layout: QVBoxLayout) -> QWidget:
    layer = QWidget()
    layer.setLayout(layout)
    return layer


def _edge(layout: QBoxLayout) -> QBoxLayout:
    layout.setContentsMargins(0, 0, 0, 0)
    return layout
