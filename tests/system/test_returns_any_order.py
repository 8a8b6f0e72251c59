"""Sales, returns, exchanges and voids in any order: drawer, card and turnover stay a model's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.storage.verify import verify
from pos.till import session
from tests.support.catalogue import CARTON, COFFEE, COLA, MILK
from tests.support.till import TestTill

PACKS = {COFFEE: 1, CARTON: 12, COLA: 1, MILK: 1}
CENTS = {COFFEE: 799, CARTON: 799, COLA: 189 + 25, MILK: 159}
"""Of one piece, with its deposit."""


@dataclass
class Receipt:
    """What of a closed sale can still come back: packs by line, and how they were paid."""

    session: int
    codes: dict[int, str]
    left: dict[int, int]
    card: int
    cash: int
    touched: bool = False

    def cents(self, line: int, packs: int) -> int:
        return packs * PACKS[self.codes[line]] * CENTS[self.codes[line]]

    def split(self, cents: int) -> tuple[int, int]:
        """So much of it by card and in cash: the card goes first."""
        card = min(cents, self.card)
        return card, cents - card


class Returns(RuleBasedStateMachine):
    """The till beside the model. Amounts are cents."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="kassa-returns-")
        self.desk = TestTill(Path(self.folder.name))
        self.receipts: dict[int, Receipt] = {}
        self.drawer = 10_000
        self.sold = self.turnover = self.by_card = self.number = 0
        self.session = 1

    def teardown(self) -> None:
        self.desk.close()
        assert not [finding for finding in verify(self.desk.folder) if not finding.ok]
        self.folder.cleanup()

    @initialize()
    def come(self) -> None:
        self.desk.till.sign_in("maria", "9999")
        self.desk.till.open_session(Money(self.drawer))

    @rule(
        goods=st.dictionaries(st.sampled_from(sorted(PACKS)), st.integers(1, 4), min_size=1),
        share=st.sampled_from([0, 30, 100]),
    )
    def sell(self, goods: dict[str, int], share: int) -> None:
        view = self.desk.till.view()
        for code, count in goods.items():
            view = self.desk.till.scan(f"{count}*{code}")
        assert view.sale is not None
        lines = [line.number for line in view.sale.lines if line.deposit_of is None]
        total = view.sale.total.minor
        card = total * share // 100
        if card:
            self.desk.till.tender("card", Money(card))
        if total - card:
            self.desk.till.tender("cash")
        self._closed(total, card, total - card)
        codes = dict(zip(lines, goods, strict=True))
        left = dict(zip(lines, goods.values(), strict=True))
        self.receipts[self.number] = Receipt(self.session, codes, left, card, total - card)

    @precondition(lambda self: self.open_receipts())
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """Some of one line; no more than is left, and no more cash than is there."""
        number, receipt, line, packs = self._pick(data)
        till, cents = self.desk.till, receipt.cents(line, packs)
        with pytest.raises(Refusal, match="return_too_much"):
            till.start_return(number, {str(line): str(receipt.left[line] + 1)})
        till.start_return(number, {str(line): str(packs)})
        card, cash = receipt.split(cents)
        if cash > self.drawer:
            with pytest.raises(Refusal, match="payout_exceeds_cash"):
                till.refund()
            till.cancel_sale("zu wenig in der Lade")
            return
        till.refund()
        self._came_back(receipt, line, packs)
        receipt.card, receipt.cash = receipt.card - card, receipt.cash - cash
        self._closed(-cents, -card, -cash)

    @precondition(lambda self: self.open_receipts())
    @rule(data=st.data())
    def exchange(self, data: st.DataObject) -> None:
        """For a carton, which costs more than anything that may come back here."""
        number, receipt, line, packs = self._pick(data)
        cents = receipt.cents(line, packs)
        difference = 4 * 12 * 799 - cents
        if difference <= 0:
            return
        self.desk.till.start_return(number, {str(line): str(packs)})
        self.desk.till.scan(f"4*{CARTON}")
        self.desk.till.tender("cash")
        self._came_back(receipt, line, packs)
        self._closed(difference, 0, difference)

    @precondition(lambda self: self.open_receipts())
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.open_receipts()))
        receipt = self.receipts[number]
        refused = ""
        if receipt.session != self.session:
            refused = "void_other_session"
        elif receipt.touched:
            refused = "void_partly_returned"
        elif receipt.cash > self.drawer:
            refused = "payout_exceeds_cash"
        if refused:
            with pytest.raises(Refusal, match=refused):
                self.desk.till.void_receipt(number, "Verrechnet")
            assert self.desk.till.view().sale is None
            return
        self.desk.till.void_receipt(number, "Verrechnet")
        receipt.left = {}
        self._closed(-receipt.card - receipt.cash, -receipt.card, -receipt.cash)

    @rule()
    def close_session(self) -> None:
        till = self.desk.till
        till.close_session(till.expected_cash())
        closed = self.desk.store.last_session()
        assert closed is not None and closed.expected == Money(self.drawer)
        till.open_session()
        self.session += 1
        self.sold = self.turnover = self.by_card = 0

    @rule()
    def lose_power(self) -> None:
        self.desk.restart()
        self.desk.till.sign_in("maria", "9999")

    @invariant()
    def the_books_are_the_models(self) -> None:
        assert self.desk.store.receipt_numbers() == list(range(1, self.number + 1))
        if not self.number:
            return
        figures = session.report_figures(self.desk.desk, "x")
        assert figures.expected == Money(self.drawer)
        assert (figures.sales, figures.turnover.minor) == (self.sold, self.turnover)
        by_method = {tender.method: tender.amount.minor for tender in figures.tenders}
        assert by_method.get("card", 0) == self.by_card
        assert sum(tax.gross.minor for tax in figures.taxes) == self.turnover

    @invariant()
    def what_is_left_is_the_models(self) -> None:
        for number, receipt in self.receipts.items():
            shown = {line.number: line for line in self.desk.till.returnable(number).lines}
            for line in receipt.codes:
                left = receipt.left.get(line, 0)
                assert shown[line].left == Quantity.of(left)
                assert shown[line].amount.minor == receipt.cents(line, left)

    def open_receipts(self) -> list[int]:
        return [number for number, receipt in self.receipts.items() if any(receipt.left.values())]

    def _pick(self, data: st.DataObject) -> tuple[int, Receipt, int, int]:
        number = data.draw(st.sampled_from(self.open_receipts()))
        receipt = self.receipts[number]
        line = data.draw(st.sampled_from([one for one, left in receipt.left.items() if left]))
        return number, receipt, line, data.draw(st.integers(1, receipt.left[line]))

    @staticmethod
    def _came_back(receipt: Receipt, line: int, packs: int) -> None:
        receipt.left[line] -= packs
        receipt.touched = True

    def _closed(self, total: int, card: int, cash: int) -> None:
        self.number += 1
        self.sold += 1
        self.turnover += total
        self.by_card += card
        self.drawer += cash
        last = self.desk.till.view().last_sale
        assert last is not None
        assert (last.number, last.total.minor) == (self.number, total)


TestReturns = Returns.TestCase
TestReturns.settings = settings(max_examples=5, stateful_step_count=20, deadline=None)
