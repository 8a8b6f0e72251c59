"""Any order of commands: totals, drawer, receipts and reports stay those of a simple model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.storage.verify import verify
from pos.till import session
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from tests.support.catalogue import CARTON, COFFEE, COLA, MILK, ROLL
from tests.support.till import TestTill

PRODUCTS = {COFFEE: "1", CARTON: "1", MILK: "2", COLA: "3", ROLL: "6"}
CENTS = {"1": 799, "2": 159, "3": 189 + 25, "6": 55}
TIER, TIER_CENTS = 10, 45
"""From ten rolls on each costs less, in whichever lines they are."""


@dataclass
class Line:
    """What the model knows of a line; a deposit belongs to its line and isn't counted apart."""

    product: str
    pack: int
    pieces: int
    removed: bool = False
    ordered: bool = False


@dataclass
class Sale:
    """The model's sale: lines by the number the till gave them, what was paid, and the order that
    is settled by it.
    """

    lines: dict[int, Line] = field(default_factory=dict)
    order: str = ""
    card: int = 0
    cash: int = 0

    def cents(self) -> int:
        active = [line for line in self.lines.values() if not line.removed]
        rolls = sum(line.pieces for line in active if line.product == "6")
        prices = CENTS | ({"6": TIER_CENTS} if rolls >= TIER else {})
        return sum(line.pieces * prices[line.product] for line in active)

    def due(self) -> int:
        return self.cents() - self.card - self.cash

    def active(self) -> list[int]:
        return [number for number, line in self.lines.items() if not line.removed]


class AnyOrder(RuleBasedStateMachine):
    """The till beside the model. Amounts are cents."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="kassa-order-")
        self.desk = TestTill(Path(self.folder.name))
        self.sale: Sale | None = None
        self.paying = False
        self.parked: dict[str, Sale] = {}
        self.carts: dict[str, list[Line]] = {}
        self.waiting: set[str] = set()
        self.drawer: int | None = None
        self.left = 0
        self.receipts = self.sold = self.turnover = self.by_card = 0

    def teardown(self) -> None:
        self.desk.close()
        assert not [finding for finding in verify(self.desk.folder) if not finding.ok]
        self.folder.cleanup()

    @property
    def view(self) -> TillView:
        return self.desk.till.view()

    @property
    def shown(self) -> SaleView:
        shown = self.view.sale
        assert shown is not None
        return shown

    def open_for_lines(self) -> bool:
        return self.drawer is not None and not self.paying

    def has_active_line(self) -> bool:
        return self.sale is not None and not self.paying and bool(self.sale.active())

    @initialize()
    def come(self) -> None:
        self.desk.till.sign_in("maria", "9999")

    @precondition(lambda self: self.drawer is None)
    @rule(amount=st.one_of(st.none(), st.integers(0, 30_000)))
    def open_session(self, amount: int | None) -> None:
        self.desk.till.open_session(None if amount is None else Money(amount))
        self.drawer = self.left if amount is None else amount
        self.sold = self.turnover = self.by_card = 0

    @precondition(lambda self: self.open_for_lines())
    @rule(code=st.sampled_from(sorted(PRODUCTS)), count=st.sampled_from([1, 2, 3, 11]))
    def scan(self, code: str, count: int) -> None:
        view = self.desk.till.scan(f"{count}*{code}")
        assert view.sale is not None
        self.sale = self.sale or Sale()
        product, pack = PRODUCTS[code], 12 if code == CARTON else 1
        for line in self.sale.lines.values():
            known = (line.product, line.pack, line.removed, line.ordered)
            if known == (product, pack, False, False):
                line.pieces += count * pack
                return
        number = max(line.number for line in view.sale.lines if line.deposit_of is None)
        assert number not in self.sale.lines
        self.sale.lines[number] = Line(product, pack, count * pack)

    @precondition(lambda self: self.has_active_line())
    @rule(data=st.data(), count=st.integers(1, 20))
    def set_quantity(self, data: st.DataObject, count: int) -> None:
        assert self.sale is not None
        number = data.draw(st.sampled_from(self.sale.active()))
        self.desk.till.set_quantity(number, Quantity.of(count))
        line = self.sale.lines[number]
        line.pieces = count * line.pack

    @precondition(lambda self: self.has_active_line())
    @rule(data=st.data(), back=st.booleans())
    def remove_line(self, data: st.DataObject, back: bool) -> None:
        assert self.sale is not None
        number = data.draw(st.sampled_from(self.sale.active()))
        self.desk.till.remove_line(number)
        if back:
            self.desk.till.undo()
        self.sale.lines[number].removed = not back

    @precondition(lambda self: self.has_active_line())
    @rule()
    def park(self) -> None:
        assert self.sale is not None
        number = self.shown.id
        self.desk.till.park("Frau Huber")
        self.parked[number], self.sale = self.sale, None

    @precondition(lambda self: self.parked and self.sale is None and self.drawer is not None)
    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.parked)))
        self.desk.till.resume(number)
        self.sale = self.parked.pop(number)

    @precondition(lambda self: self.sale is not None and not self.paying)
    @rule()
    def cancel(self) -> None:
        assert self.sale is not None
        self.desk.till.cancel_sale("Kunde gegangen")
        self._let_go()
        self.sale = None

    def _let_go(self) -> None:
        """The order of the sale waits again."""
        if self.sale is not None and self.sale.order:
            self.waiting.add(self.sale.order)

    @precondition(lambda self: self.has_active_line())
    @rule()
    def make_order(self) -> None:
        """An order keeps its number however often it is changed."""
        assert self.sale is not None
        number = self.sale.order or f"A1-{len(self.carts) + 1}"
        self.desk.till.make_order("Frau Huber", slip=False)
        lines = (self.sale.lines[each] for each in sorted(self.sale.active()))
        self.carts[number] = [replace(line, ordered=True) for line in lines]
        self.waiting.add(number)
        self.sale = None

    @precondition(lambda self: self.carts and self.drawer is not None)
    @rule(data=st.data())
    def load_order(self, data: st.DataObject) -> None:
        """Only one that waits can be loaded, and only where no sale is in the way."""
        number = data.draw(st.sampled_from(sorted(self.carts)))
        if self.sale is not None or number not in self.waiting:
            with pytest.raises(Refusal):
                self.desk.till.load_order(number)
            return
        shown = self.desk.till.load_order(number).sale
        assert shown is not None
        goods = [line.number for line in shown.lines if line.deposit_of is None]
        cart = [replace(line) for line in self.carts[number]]
        self.sale = Sale(dict(zip(goods, cart, strict=True)), number)
        self.waiting.remove(number)

    @precondition(lambda self: self.has_active_line())
    @rule()
    def start_checkout(self) -> None:
        self.desk.till.start_checkout()
        self.paying = True

    @precondition(lambda self: self.paying)
    @rule()
    def back_to_sale(self) -> None:
        assert self.sale is not None
        self.desk.till.back_to_sale()
        self.sale.card = self.sale.cash = 0
        self.paying = False

    @precondition(lambda self: self.paying or self.has_active_line())
    @rule(more=st.integers(0, 2_000))
    def pay_cash(self, more: int) -> None:
        assert self.sale is not None
        self.sale.cash += (amount := self.sale.due() + more)
        self.desk.till.tender("cash", Money(amount))
        self._closed(change=more)

    @precondition(lambda self: self.paying or self.has_active_line())
    @rule(part=st.integers(1, 100))
    def pay_a_part(self, part: int) -> None:
        assert self.sale is not None
        amount = max(1, self.sale.due() * part // 200)
        if amount < self.sale.due():
            method = "card" if part % 2 else "cash"
            self.desk.till.tender(method, Money(amount))
            setattr(self.sale, method, getattr(self.sale, method) + amount)
            self.paying = True

    @precondition(lambda self: self.paying or self.has_active_line())
    @rule()
    def pay_card(self) -> None:
        assert self.sale is not None
        self.sale.card += self.sale.due()
        self.desk.till.tender("card")
        self._closed(change=0)

    def _closed(self, change: int) -> None:
        assert self.sale is not None and self.drawer is not None
        self.receipts += 1
        self.sold += 1
        self.turnover += self.sale.cents()
        self.by_card += self.sale.card
        self.drawer += self.sale.cash - change
        last = self.view.last_sale
        assert last is not None
        assert (last.number, last.total.minor) == (self.receipts, self.sale.cents())
        assert last.change == Money(change)
        if not any(self.sale.lines[each].ordered for each in self.sale.active()):
            self._let_go()
        self.sale, self.paying = None, False

    @precondition(lambda self: self.drawer is not None)
    @rule(amount=st.integers(1, 5_000))
    def pay_in(self, amount: int) -> None:
        assert self.drawer is not None
        self.desk.till.pay_in(Money(amount), "Wechselgeld")
        self.drawer += amount

    @precondition(lambda self: self.drawer)
    @rule(share=st.integers(1, 100))
    def pay_out(self, share: int) -> None:
        assert self.drawer is not None
        amount = max(1, self.drawer * share // 100)
        self.desk.till.pay_out(Money(amount), "Bank")
        self.drawer -= amount

    @precondition(lambda self: self.drawer is not None and self.sale is None)
    @rule(off=st.integers(-200, 200), leave=st.integers(0, 100))
    def close_session(self, off: int, leave: int) -> None:
        assert self.drawer is not None
        counted = max(0, self.drawer + off)
        self.left = counted * leave // 100
        self.desk.till.close_session(Money(counted), None, Money(self.left), "gezählt")
        closed = self.desk.store.last_session()
        assert closed is not None and closed.expected == Money(self.drawer)
        self.drawer = None
        assert self.view.proposed_float == Money(self.left)

    @rule()
    def lose_power(self) -> None:
        before = self.view
        after = self.desk.restart().view()
        assert (
            after.sale,
            after.parked,
            after.session,
            after.print_jobs,
            after.proposed_float,
        ) == (
            before.sale,
            before.parked,
            before.session,
            before.print_jobs,
            before.proposed_float,
        )
        self.desk.till.sign_in("maria", "9999")

    @invariant()
    def the_sale_is_the_models(self) -> None:
        view = self.view
        assert (view.sale is None) == (self.sale is None)
        if view.sale is None or self.sale is None:
            return
        active = [line for line in view.sale.lines if not line.removed]
        assert view.sale.total.minor == sum(line.amount.minor for line in active)
        assert (view.sale.total.minor, view.sale.due.minor) == (self.sale.cents(), self.sale.due())
        assert (view.sale.state is SaleState.TENDERING) == self.paying
        assert view.sale.pieces == sum(
            line.pieces for line in self.sale.lines.values() if not line.removed
        )

    @invariant()
    def the_orders_are_the_models(self) -> None:
        if self.drawer is not None:
            found = {each.number: each.state for each in self.desk.till.orders()}
            assert {number for number, state in found.items() if state == "open"} == self.waiting

    @invariant()
    def the_books_are_the_models(self) -> None:
        assert self.desk.store.receipt_numbers() == list(range(1, self.receipts + 1))
        assert sorted(parked.id for parked in self.view.parked) == sorted(self.parked)
        if self.drawer is None:
            return
        figures = session.report_figures(self.desk.desk, "x")
        assert figures.expected == self.desk.till.expected_cash() == Money(self.drawer)
        assert (figures.sales, figures.turnover.minor) == (self.sold, self.turnover)
        by_method = {tender.method: tender.amount.minor for tender in figures.tenders}
        assert by_method.get("card", 0) == self.by_card
        assert sum(by_method.values()) == self.turnover
        assert sum(tax.gross.minor for tax in figures.taxes) == self.turnover


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=5, stateful_step_count=40, deadline=None)
