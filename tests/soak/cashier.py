"""A cashier who does anything a cashier may do, by chance; the same seed does the same."""

from __future__ import annotations

from random import Random
from typing import Any

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from tests.support.catalogue import BANANA, CARTON, COFFEE, COLA, MILK, ROLL

Command = tuple[str, dict[str, Any]]

CODES = (COFFEE, MILK, COLA, ROLL, CARTON, f"0,735*{BANANA}", f"3*{ROLL}", f"12*{ROLL}", "4711")
MANAGER = "maria"


class Cashier:
    """Chooses the next command from what the screen shows."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def next(self, view: TillView, *, closing_time: bool) -> Command | None:
        """The next command; None when it is closing time and the session is closed."""
        if closing_time and view.session is None:
            return None
        if view.operator is None or view.locked:
            return self._sign_in()
        if view.session is None:
            return "open_session", {"float": self._random.choice(["0.00", "100.00", "150.50"])}
        if view.sale is None:
            return self._between_sales(view, closing_time=closing_time)
        if view.sale.state is SaleState.TENDERING:
            return self._paying(view.sale)
        return self._selling(view.sale, closing_time=closing_time)

    def _sign_in(self) -> Command:
        return "sign_in", {"operator": self._random.choice(["anna", MANAGER])}

    def _between_sales(self, view: TillView, *, closing_time: bool) -> Command:
        roll = self._random.random()
        if closing_time or roll < 0.02:
            return self._close_session(view)
        if view.parked and roll < 0.25:
            return "resume", {"sale": self._random.choice(view.parked).id}
        if roll < 0.40:
            return self._other(view)
        if view.last_sale is not None and roll < 0.60:
            return self._take_back(view.last_sale.number)
        return self._ring_up()

    def _take_back(self, newest: int) -> Command:
        """Give something of a receipt back, or all of it; receipts of long ago too."""
        receipt = self._random.randrange(max(1, newest - 6), newest + 1)
        choices: list[Command] = [
            ("start_return", {"receipt": receipt, "reason": "Defekt"}),
            ("start_return", {"receipt": receipt, "lines": {"1": "1"}}),
            ("void_receipt", {"receipt": receipt, "reason": "Verrechnet"}),
            ("resell", {"receipt": receipt}),
        ]
        return self._random.choices(choices, [3, 4, 2, 1])[0]

    def _close_session(self, view: TillView) -> Command:
        if view.operator is not None and view.operator.number != MANAGER:
            return "sign_in", {"operator": MANAGER}
        counted = Money(self._random.randrange(0, 50_000))
        return "close_session", {"counted": str(counted), "reason": "gezählt"}

    def _other(self, view: TillView) -> Command:
        choices: list[Command] = [
            ("pay_in", {"amount": "20.00", "reason": "Wechselgeld"}),
            ("pay_out", {"amount": "5.00", "reason": "Blumen"}),
            ("open_drawer", {"reason": "Wechseln"}),
            ("print_report", {"kind": "x"}),
            ("new_sale", {}),
            ("lock", {}),
            ("sign_out", {}),
            self._sign_in(),
        ]
        if view.last_sale is not None:
            choices.append(("reprint", {}))
        for job in view.print_jobs:
            choices += [("retry_job", {"job": job.id})] * 3
            choices.append(("drop_job", {"job": job.id, "reason": "Papier aus"}))
        return self._random.choice(choices)

    def _ring_up(self) -> Command:
        if self._random.random() < 0.1:
            return "add_product", {"product": "4", "quantity": f"{self._random.randrange(1, 5)}.25"}
        return "scan", {"code": self._random.choice(CODES)}

    def _selling(self, sale: SaleView, *, closing_time: bool) -> Command:
        roll = self._random.random()
        if closing_time or roll < 0.25:
            return self._take_money(sale)
        if roll < 0.60:
            return self._ring_up()
        return self._change(sale)

    def _change(self, sale: SaleView) -> Command:
        line = self._random.choice(sale.lines).number
        quantity = str(self._random.randrange(1, 15))
        choices: list[Command] = [
            ("set_quantity", {"line": line, "quantity": quantity}),
            ("remove_line", {"line": line}),
            ("restore_line", {"line": line}),
            ("undo", {}),
            ("set_price", {"line": line, "price": "0.99"}),
            ("reset_price", {"line": line}),
            ("set_note", {"text": "für Oma"}),
            ("park", {"label": "Frau Huber"}),
            ("cancel_sale", {"reason": "Kunde gegangen"}),
            ("start_checkout", {}),
        ]
        weights = [6, 4, 2, 4, 1, 1, 1, 2, 1, 2]
        return self._random.choices(choices, weights)[0]

    def _take_money(self, sale: SaleView) -> Command:
        if not sale.lines_count:
            return "cancel_sale", {"reason": "leer"}
        comes_back = any(line.comes_back for line in sale.lines)
        if comes_back and self._random.random() < 0.2:
            return "cancel_sale", {"reason": "zu spät, oder zu wenig in der Lade"}
        if sale.total.minor < 0:
            return "refund", {}
        return "tender", {"method": self._random.choice(["cash", "cash", "card"])}

    def _paying(self, sale: SaleView) -> Command:
        roll = self._random.random()
        if roll < 0.1:
            return "back_to_sale", {}
        if roll < 0.2 and sale.tenders:
            return "remove_tender", {"number": sale.tenders[0].number}
        if sale.due.minor < 0:
            return "refund", {} if roll < 0.7 else {"method": "cash"}
        if roll < 0.4 and sale.due.minor > 200:
            return "tender", {"method": "card", "amount": "1.00"}
        if roll < 0.7:
            return "tender", {"method": "cash", "amount": str(sale.due + Money(500))}
        return "tender", {"method": "cash"}
