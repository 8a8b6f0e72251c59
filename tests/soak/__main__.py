"""`python -m tests.soak --runs N`: N days killed at random moments; exit 0 if all books agree."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.soak.books import Broken
from tests.soak.child import Child, Fate
from tests.soak.day import Day, Tally
from tests.soak.ledger import Ledger
from tests.support.shop import make_shop

NO_PINS = "number,name,role\nanna,Anna,cashier\nmaria,Maria,manager\n"
"""Checking a PIN is slow on purpose, and says nothing about the books."""

MEMORY = Path("/dev/shm")
"""Files here outlive a killed process as they do on a disk, and wear none out."""

BROKEN = Path("build/soak")
"""Where the folder of a day that broke is left to be looked at."""


def main() -> int:
    """Play the days; a day that breaks names its seed, which plays it again."""
    given = _arguments()
    tally, began = Tally(), time.monotonic()
    where = MEMORY if MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="kassa-soak-", dir=where) as temporary:
        shop = make_shop(Path(temporary) / "shop", operators=NO_PINS)
        _warm_up(shop, Path(temporary))
        for seed in range(given.seed, given.seed + given.runs):
            folder = Path(temporary) / str(seed)
            folder.mkdir()
            try:
                Day(shop, folder, seed, given.deaths, given.steps).play(tally)
            except Broken as broken:
                print(f"seed {seed}: {broken}", file=sys.stderr)
                shutil.copytree(folder, BROKEN / str(seed), dirs_exist_ok=True)
                return 1
            shutil.rmtree(folder)
    print(tally.text(time.monotonic() - began))
    return 0


def _warm_up(shop: Path, folder: Path) -> None:
    """Play one day without deaths here, so that forked tills find all they load loaded."""
    data = Path(shutil.copytree(shop, folder / "data"))
    ledger, (hear, tell) = Ledger(folder / "ledger.jsonl"), os.pipe()
    Child(data, ledger, Fate(), tell, steps=10).live(Random(0))
    ledger.close()
    os.close(hear)
    os.close(tell)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--runs", type=int, default=30, help="days to play")
    parser.add_argument("--seed", type=int, default=1, help="of the first day; the next follow")
    parser.add_argument("--deaths", type=int, default=4, help="deaths in each day")
    parser.add_argument("--steps", type=int, default=100, help="commands in each day, about")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
