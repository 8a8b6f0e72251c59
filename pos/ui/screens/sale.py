"""The selling screen: what is to be done at the left, the sale at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from pos.domain.panel import is_offered
from pos.domain.product import Product
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.runtime.lane import Outcome
from pos.till.sale_views import LineView
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.panes.catalogue import CataloguePane
from pos.ui.panes.checkout import CheckoutPane
from pos.ui.panes.menu import MenuPane
from pos.ui.panes.number import NumberPane
from pos.ui.panes.pane import Pane
from pos.ui.panes.parked import ParkedPane
from pos.ui.panes.words import WordsPane
from pos.ui.scans import Scans
from pos.ui.screens.actions import Actions
from pos.ui.screens.cart import Cart
from pos.ui.screens.customer_actions import ACTIONS as CUSTOMER_ACTIONS
from pos.ui.screens.customer_actions import CustomerActions
from pos.ui.screens.goods_actions import ACTIONS as GOODS_ACTIONS
from pos.ui.screens.goods_actions import GoodsActions
from pos.ui.screens.info_actions import ACTIONS as INFO_ACTIONS
from pos.ui.screens.info_actions import InfoActions
from pos.ui.screens.order_actions import ACTIONS as ORDER_ACTIONS
from pos.ui.screens.order_actions import OrderActions
from pos.ui.screens.price_actions import ACTIONS as PRICE_ACTIONS
from pos.ui.screens.price_actions import PriceActions
from pos.ui.screens.return_actions import ACTIONS as RETURN_ACTIONS
from pos.ui.screens.return_actions import ReturnActions
from pos.ui.screens.rewards_actions import ACTIONS as REWARDS_ACTIONS
from pos.ui.screens.rewards_actions import RewardsActions
from pos.ui.screens.screen import Screen
from pos.ui.screens.voucher_actions import ACTIONS as VOUCHER_ACTIONS
from pos.ui.screens.voucher_actions import VoucherActions
from pos.ui.shelf import Shelf
from pos.ui.widgets.basics import frame, place_sale, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.long_press import LongPress
from pos.ui.widgets.stack import Stack
from pos.ui.widgets.suggestions import SHOWN
from pos.ui.work import Work

HOTKEYS = {
    Qt.Key.Key_F3: "customer",
    Qt.Key.Key_F6: "discount",
    Qt.Key.Key_F4: "quantity",
    Qt.Key.Key_F5: "price",
    Qt.Key.Key_F7: "park",
    Qt.Key.Key_F8: "history",
    Qt.Key.Key_F9: "voucher",
    Qt.Key.Key_F10: "pay",
    Qt.Key.Key_F11: "drawer",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Return: "pay",
    Qt.Key.Key_Enter: "pay",
    Qt.Key.Key_Menu: "menu",
    Qt.Key.Key_Insert: "info",
}
SIGNS = {"+": "more", "-": "less", "?": "why"}


class SaleScreen(Screen):
    """Left a pane, right the sale. In portrait they stand under each other."""

    def __init__(self, face: Face, work: Work, shelf: Shelf, scans: Scans) -> None:
        super().__init__(face, work)
        self.catalogue = CataloguePane(face, work, shelf)
        self.number, self.words = NumberPane(face, work), WordsPane(face, work)
        self.parked, self.checkout = ParkedPane(face, work), CheckoutPane(face, work)
        self.menu = MenuPane(face, work)
        self.cart = Cart(face, work, scans)
        self._scans = scans
        self.prices = PriceActions(face, work, shelf, self, self)
        self.people = CustomerActions(face, work, self, self)
        self.goods = GoodsActions(face, work, self, self)
        self.infos = InfoActions(face, work, shelf, scans, self, self)
        self.vouchers = VoucherActions(face, work, shelf, scans, self, self)
        self.returns = ReturnActions(face, work, self, self)
        self.rewards = RewardsActions(face, work, self, self)
        self.orders = OrderActions(face, work, self, self)
        self._quantity: Quantity | None = None
        self.panes = Stack()
        for pane in self._all_panes():
            self.panes.addWidget(pane)
            pane.left.connect(self.show_catalogue)
            pane.wanted.connect(self.act)
        self.vouchers.card.left.connect(self.vouchers.left_card)
        self.commands = Actions(face, work, self, self)
        self.cart.wanted.connect(self.act)
        self.cart.suggestions.chosen.connect(self._on_suggested)
        self.catalogue.chosen.connect(self._on_chosen)
        self.catalogue.coded.connect(self._on_coded)
        self.catalogue.asked.connect(self._on_asked)
        self._line_press = LongPress(self.cart.lines)
        self._line_press.held.connect(self._on_line_held)
        self.catalogue.stepped.connect(self.cart.lines.step)
        self.goods.wanted.connect(self.act)
        scans.asked.connect(self.goods.answer)
        work.catalogue_changed.connect(self.catalogue.model.again)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._arrange()
        self._paying = False
        self._sale = ""

    def entered(self) -> None:
        """Open where the work is: at the till's payment, or in the catalogue."""
        self.catalogue.home(self._start())
        self.pane.entered()

    def _start(self) -> str:
        return self.work.view.start_category if self.work.view is not None else ""

    @property
    def pane(self) -> Pane:
        """What stands at the left."""
        current = self.panes.currentWidget()
        assert isinstance(current, Pane)
        return current

    def open_pane(self, pane: Pane) -> None:
        """Put a pane at the left."""
        self.show_cart(shown=False)
        if self.work.view is not None:
            pane.show_view(self.work.view)
        if self.panes.currentWidget() is not pane:
            self.panes.setCurrentWidget(pane)
            self.turned.emit(pane is self.checkout)
            self._show_bar()
        pane.entered()

    def show_catalogue(self) -> None:
        """Back to the goods; while the customer pays, back to the payment."""
        self.open_pane(self.checkout if self._paying else self.catalogue)

    def show_view(self, view: TillView) -> None:
        """Paint the snapshot; payment begins and ends with the state of the sale."""
        self.cart.show_view(view)
        self.pane.show_view(view)
        self.prices.tell(view)
        paying = view.sale is not None and view.sale.state is SaleState.TENDERING
        if paying != self._paying:
            self._paying = paying
            self.show_catalogue()
        self.vouchers.tell(view)
        self._toggle.set_text(
            self.face.text("cart.pieces", count=view.sale.pieces if view.sale else 0),
            self.cart.total.text(),
        )
        self._show_bar()
        sale = view.sale.id if view.sale is not None else ""
        if sale != self._sale and not sale:
            self.catalogue.home(self._start())
        self._sale = sale

    def hotkey(self, event: QKeyEvent) -> bool:
        """The pane first; what it doesn't need may be a key of the sale."""
        if self.pane.hotkey(event):
            return True
        if self.pane is not self.catalogue:
            return False
        if event.key() == Qt.Key.Key_F2:
            self.catalogue.entered()
            return True
        undo = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Z and undo:
            self.act("undo")
            return True
        place = event.key() - int(Qt.Key.Key_0)
        if undo and 0 < place <= SHOWN:
            return self.cart.suggestions.choose(place)
        if event.key() == Qt.Key.Key_I and undo:
            self.act("info")
            return True
        action = SIGNS.get(event.text()) or HOTKEYS.get(Qt.Key(event.key()), "")
        if action:
            self.act(action)
        return bool(action)

    def step_aside(self) -> None:
        """A scan ends the typing of a number: what comes now is goods (complaint 14)."""
        panes = (*self.prices.panes, *self.goods.panes, *self.vouchers.panes, *self.returns.panes)
        panes = (*panes, *self.orders.panes)
        aside = (self.number, self.parked, self.menu, self.people.form, *panes)
        self.vouchers.step_aside()
        if self.pane in aside:
            self.show_catalogue()

    def take_scan(self, code: str, scanner: str) -> bool:
        """While product information is open a scan shows the next product, and in the form of a
        customer it is the card.
        """
        return self.infos.take_scan(code) or self.people.take_scan(code)

    def act(self, action: str) -> None:
        """Do what a key is for; what this shop does without is no action (T-207)."""
        view = self.work.view
        if view is not None and not is_offered(action, view.without):
            return
        line = self.selected_line()
        if action == "price" and line is not None and line.receipt:
            action = "return_amount"
        for actions, part in (
            (INFO_ACTIONS, self.infos),
            (PRICE_ACTIONS, self.prices),
            (CUSTOMER_ACTIONS, self.people),
            (GOODS_ACTIONS, self.goods),
            (RETURN_ACTIONS, self.returns),
            (REWARDS_ACTIONS, self.rewards),
            (ORDER_ACTIONS, self.orders),
            (VOUCHER_ACTIONS, self.vouchers),
        ):
            if action in actions:
                part.act(action)
                return
        self.commands.act(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the shape of the window."""
        super().resizeEvent(event)
        if self.face.compact:
            return
        place_sale(self.face, self._layout, self.cart, self.size())

    def show_page(self, page: str) -> None:
        """Ask the shell for a page."""
        self.wanted.emit(page)

    def ring_up(self, product: str, quantity: Quantity | None, variant: str = "") -> None:
        """Put a product, or one variant of it, into the sale."""
        self._quantity = quantity
        self.work.do(
            lambda till: till.add_product(product, quantity, variant=variant), self._on_added
        )

    def find_customer(self, text: str) -> None:
        """Look a customer up."""
        self.act("customer")
        self.prices.customers.field.setText(text)

    def selected_line(self) -> LineView | None:
        """The line that keys are meant for."""
        return self.cart.selected()

    def selected_product(self) -> Product | None:
        """The product the keyboard is on among the tiles."""
        return self.catalogue.current_product()

    def show_cart(self, *, shown: bool) -> None:
        """Where the two don't fit beside each other: show the lines, or the goods."""
        self._toggle.setChecked(shown)
        if self.face.compact:
            self._stack.setCurrentWidget(self.cart if shown else self.panes)

    def _arrange(self) -> None:
        """Two columns, or one at a time over a bar with the total and Pay."""
        self._stack, self._bar = Stack(), frame("bar")
        self._toggle = Key(self.face.look, "", icon="shopping-basket", height=56)
        self._toggle.setCheckable(True)
        self._toggle.clicked.connect(self._on_toggle)
        if not self.face.compact:
            for unused in (self._stack, self._bar, self._toggle):
                unused.setParent(self)
                unused.hide()
            self._layout.addWidget(self.panes, 1)
            self._layout.addWidget(self.cart)
            return
        bar = row(self._toggle, self.cart.pay, gap=8, margin=8)
        bar.setStretch(0, 1)
        bar.setStretch(1, 1)
        self._bar.setLayout(bar)
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.cart)
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom)
        self._layout.addWidget(self._stack, 1)
        self._layout.addWidget(self._bar)

    def _show_bar(self) -> None:
        """Where space is short, total and Pay give way to what is asked."""
        self._bar.setVisible(self.face.compact and self.pane is self.catalogue)

    def _on_toggle(self) -> None:
        self.show_cart(shown=self._toggle.isChecked())

    def _all_panes(self) -> tuple[Pane, ...]:
        return (
            self.catalogue,
            self.number,
            self.words,
            self.parked,
            self.checkout,
            self.menu,
            *self.prices.panes,
            self.people.form,
            *self.goods.panes,
            *self.infos.panes,
            *self.vouchers.panes,
            *self.returns.panes,
            self.rewards.pane,
            *self.orders.panes,
        )

    def _on_asked(self, product: Product) -> None:
        self.infos.show_product(product.number)

    def _on_line_held(self, row_number: int) -> None:
        self.cart.lines.select(row_number)
        line = self.cart.selected()
        if line is not None:
            self.infos.show_product(line.product, line.goods.variant)

    def _on_chosen(self, product: Product, quantity: Quantity | None, variant: str) -> None:
        if product.weighed and quantity is None:
            self.goods.weigh(product.number)
        else:
            self.ring_up(product.number, quantity, variant)

    def _on_suggested(self, product: str) -> None:
        self.ring_up(product, None)

    def _on_coded(self, code: str) -> None:
        self._scans.send(code)

    def _on_added(self, outcome: Outcome[object]) -> None:
        refusal = outcome.refusal
        if refusal is None or not self.goods.answer(refusal, self._quantity):
            self.work.take(outcome)
