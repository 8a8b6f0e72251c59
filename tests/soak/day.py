"""One till day with several deaths in it, on one data folder."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.soak.books import Broken, look
from tests.soak.child import Child, Fate
from tests.soak.ledger import ASKED, FOUND, REFUSED, STARTED, Ledger, Note

POINTS = (
    "before_reserve",
    "after_reserve",
    "after_seal",
    "after_commit",
    "after_line_added",
    "after_line_removed",
    "after_quantity_changed",
    "after_goods_returned",
    "after_sale_parked",
    "after_checkout_begun",
    "after_tender_added",
)
LONGEST = 60.0
"""Seconds after which a life that should have ended by itself counts as hung."""


@dataclass
class Tally:
    """What happened in all days together.

    Attributes:
        killed: lives ended by SIGKILL; the others were through with the day before.
        found: receipts that were closed, but never answered, because the till died in between.
    """

    days: int = 0
    lives: int = 0
    killed: int = 0
    commands: int = 0
    refused: int = 0
    receipts: int = 0
    found: int = 0

    def count(self, notes: list[Note]) -> None:
        """Add the ledger of a day."""
        self.days += 1
        self.commands += sum(note.kind == ASKED for note in notes)
        self.refused += sum(note.kind == REFUSED for note in notes)
        self.receipts += sum(note.kind != ASKED and "receipt" in note.facts for note in notes)
        self.found += sum(note.kind == FOUND for note in notes)

    def text(self, seconds: float) -> str:
        """One line for the terminal."""
        return (
            f"{self.days} days in {seconds:.0f} s: {self.lives} lives, {self.killed} killed; "
            f"{self.commands} commands, {self.refused} refused; {self.receipts} receipts, "
            f"{self.found} of them closed in the moment of death; every book agrees"
        )


class Day:
    """A day from its seed: the same seed asks the same commands and dies in the same ways.

    Args:
        shop: a data folder with the catalogue, copied for this day.
        folder: gets the data folder and, outside of it, the ledger.
    """

    def __init__(self, shop: Path, folder: Path, seed: int, deaths: int, steps: int) -> None:
        self._data, self._random = folder / "data", Random(seed)
        self._deaths, self._steps = deaths, steps
        shutil.copytree(shop, self._data)
        self._ledger = Ledger(folder / "ledger.jsonl")

    def play(self, tally: Tally) -> None:
        """Live, die, look at the books, and go on; the last life ends the day by itself.

        Raises Broken.
        """
        fates = [self._fate() for _ in range(self._deaths)]
        for life, fate in enumerate([*fates, Fate()], 1):
            status = self._life(fate, self._steps * life // (self._deaths + 1))
            killed = status == signal.SIGKILL
            if status and not (killed and fate != Fate()):
                raise Broken(f"a till came to its own end: {status}")
            tally.lives += 1
            tally.killed += killed
            look(self._data, self._ledger)
        tally.count(self._ledger.notes())
        self._ledger.close()

    def _fate(self) -> Fate:
        point, times = self._random.choice(POINTS), self._random.randrange(1, 3)
        return self._random.choice(
            [
                Fate(delay=self._random.uniform(0.0, 0.12)),
                Fate(point=point, times=times, at_point=True),
                Fate(point=point, times=times, delay=self._random.uniform(0.0, 0.004)),
            ]
        )

    def _life(self, fate: Fate, steps: int) -> int:
        """Fork a till, end it as its fate says; returns the signal or the exit code."""
        self._ledger.note(STARTED, {})
        seed = self._random.randrange(2**32)
        hear, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(hear)
            self._be_the_till(Child(self._data, self._ledger, fate, tell, steps), Random(seed))
        os.close(tell)
        try:
            return self._end(pid, hear, fate)
        finally:
            os.close(hear)

    @staticmethod
    def _be_the_till(child: Child, random: Random) -> None:
        """Never returns: nothing of the parent may run in the child after its day."""
        code = 1
        try:
            child.live(random)
            code = 0
        except BaseException:  # noqa: BLE001 - the last thing this process does is to tell it
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)

    @staticmethod
    def _end(pid: int, hear: int, fate: Fate) -> int:
        """Wait for the fate's moment, or for the child's own end: the pipe closes with it."""
        if fate.point and fate.delay is not None:
            select.select([hear], [], [], LONGEST)
            os.read(hear, 1)
        select.select([hear], [], [], LONGEST if fate.delay is None else fate.delay)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
