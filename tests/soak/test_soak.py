"""About thirty killed days in every test run, and proof that a wrong book would be seen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.soak.books import Broken, look
from tests.soak.child import Child, Fate
from tests.soak.ledger import ANSWERED, ASKED, STARTED, Ledger
from tests.support.shop import make_shop

DAYS = ("--runs", "30", "--deaths", "3", "--steps", "60")


@pytest.mark.timeout(400)
def test_killed_days_leave_whole_books() -> None:
    """In a process of its own: a fork wants a parent without threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", *DAYS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = re.search(r"30 days .* (\d+) killed; .* (\d+) receipts", done.stdout)
    assert told is not None, done.stdout
    killed, receipts = int(told[1]), int(told[2])
    assert killed > 30 and receipts > 100, done.stdout


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a day without deaths."""
    folder = tmp_path_factory.mktemp("day")
    data = make_shop(folder / "data", operators="number,name,role\nmaria,Maria,manager\n")
    ledger, (hear, tell) = Ledger(folder / "ledger.jsonl"), os.pipe()
    ledger.note(STARTED, {})
    Child(data, ledger, Fate(), tell, steps=40).live(Random(7))
    ledger.close()
    os.close(hear)
    os.close(tell)
    return folder


@pytest.fixture
def ledger(day: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the day's ledger, to be falsified."""
    path = tmp_path / "ledger.jsonl"
    path.write_bytes((day / "ledger.jsonl").read_bytes())
    ledger = Ledger(path)
    yield ledger
    ledger.close()


def test_a_true_ledger_agrees(day: Path, ledger: Ledger) -> None:
    look(day / "data", ledger)


def test_a_lost_receipt_is_seen(day: Path, ledger: Ledger) -> None:
    ledger.note(ANSWERED, ledger.notes()[-1].facts | {"receipt": [99, 100]})
    with pytest.raises(Broken, match="receipt 99 over 100 is lost"):
        look(day / "data", ledger)


def test_a_lost_journal_entry_is_seen(day: Path, ledger: Ledger) -> None:
    facts = ledger.notes()[-1].facts
    ledger.note(ANSWERED, facts | {"journal": facts["journal"] + 1})
    with pytest.raises(Broken, match="the journal ends at"):
        look(day / "data", ledger)


def test_a_lost_sale_is_seen(day: Path, ledger: Ledger) -> None:
    ledger.note(ANSWERED, ledger.notes()[-1].facts | {"sale": ["x", 159, 1]})
    with pytest.raises(Broken, match="the open sale is"):
        look(day / "data", ledger)


def test_a_receipt_that_came_unasked_is_seen(day: Path, tmp_path: Path, ledger: Ledger) -> None:
    notes = ledger.notes()
    last = max(index for index, note in enumerate(notes) if "receipt" in note.facts)
    short = Ledger(tmp_path / "short.jsonl")
    for note in notes[: last - 1]:
        short.note(*note)
    short.note(ASKED, {"do": "scan"})
    with pytest.raises(Broken, match="came unasked"):
        look(day / "data", short)
    short.close()
