"""The till that is going to die: it plays on where the one before it was killed."""

from __future__ import annotations

import os
import signal
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from pos.app.build import OpenTill
from pos.app.printing import DirectPrinting
from pos.domain.errors import Refusal
from pos.ports.devices import DeviceError
from pos.ports.document import Document
from pos.runtime.clock import SystemClock
from pos.till import commands
from pos.till.views import TillView
from tests.soak.cashier import Cashier
from tests.soak.ledger import ANSWERED, ASKED, BEGAN, REFUSED, Facts, Ledger

CLOSING = ("tender", "refund", "void_receipt")
"""Commands that may close a sale."""


@dataclass(frozen=True)
class Fate:
    """How a child is going to die.

    Attributes:
        delay: seconds until the parent kills it: after its start, or after it reached `point`.
        point: a point of the closing path, or the kind of a journal entry; empty for none.
        times: how often `point` is reached before it counts.
        at_point: the child kills itself right there.
    """

    delay: float | None = None
    point: str = ""
    times: int = 1
    at_point: bool = False


class SlowClock:
    """The machine's clock, set back by a span: what a flat battery on the board does."""

    def __init__(self, behind: timedelta) -> None:
        self._clock = SystemClock()
        self._behind = behind

    def now(self) -> datetime:
        return self._clock.now() - self._behind

    def passed(self) -> timedelta:
        return self._clock.passed()


class FlakyPrinter:
    """Runs out of paper now and then."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def print(self, document: Document) -> None:
        if self._random.random() < 0.1:
            raise DeviceError("paper_out")

    def check(self) -> str:
        return ""

    def kick(self) -> None:
        """There is no drawer to open."""


class Child:
    """One life of the till on a data folder.

    Args:
        told: a pipe; a byte goes down it when the fate's point is reached.
        steps: commands of the day after which this life closes its session.
    """

    def __init__(self, data: Path, ledger: Ledger, fate: Fate, told: int, steps: int) -> None:
        self._data, self._ledger, self._fate, self._told = data, ledger, fate, told
        self._steps = steps
        self._seen: Counter[str] = Counter()

    def live(self, random: Random) -> None:
        """Play until the day is done, or until it dies."""
        behind = timedelta(hours=1 if random.random() < 0.1 else 0)
        printer = FlakyPrinter(random)
        with OpenTill(
            self._data,
            lambda _printers, done: DirectPrinting({"Bon": printer}, done),
            clock=SlowClock(behind),
            reached=self._reached,
        ) as opened:
            view = opened.till.view()
            self._ledger.note(BEGAN, self._facts(opened, view))
            asked = sum(note.kind == ASKED for note in self._ledger.notes())
            cashier = Cashier(random)
            while command := cashier.next(view, closing_time=asked >= self._steps):
                view = self._ask(opened, view, *command)
                asked += 1

    def _ask(
        self, opened: OpenTill, view: TillView, name: str, fields: dict[str, object]
    ) -> TillView:
        self._ledger.note(ASKED, {"do": name, **fields})
        try:
            view = commands.call(opened.till, name, fields)
        except Refusal as refusal:
            facts = self._facts(opened, opened.till.view())
            self._ledger.note(REFUSED, facts | {"refused": refusal.code})
            return opened.till.view()
        closed = name in CLOSING and view.sale is None and view.last_sale is not None
        facts = self._facts(opened, view)
        if closed and view.last_sale is not None:
            facts["receipt"] = [view.last_sale.number, view.last_sale.total.minor]
        self._ledger.note(ANSWERED, facts)
        return view

    @staticmethod
    def _facts(opened: OpenTill, view: TillView) -> Facts:
        """What the screen shows: enough to tell whether it was there after the death."""
        last, sale = opened.store.last_entry(), view.sale
        return {
            "journal": last.number if last else 0,
            "sale": [sale.id, sale.total.minor, len(sale.lines)] if sale else None,
            "session": view.session.number if view.session else None,
            "parked": sorted(parked.id for parked in view.parked),
        }

    def _reached(self, point: str) -> None:
        self._seen[point] += 1
        if point != self._fate.point or self._seen[point] != self._fate.times:
            return
        if self._fate.at_point:
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(self._told, b"!")
