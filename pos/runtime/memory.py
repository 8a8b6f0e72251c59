"""What lasts is kept out of the sight of Python's garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def start_lasting() -> None:
    """Nothing is collected while the program loads: what it makes now, it keeps.

    Collecting would look at all modules again and again, a tenth of the start. `settle` ends it.
    """
    gc.disable()


def settle() -> None:
    """The program has loaded: what it stands on is never looked at, what comes now is."""
    gc.freeze()
    gc.enable()


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside the block lasts until nobody refers to it; no collection walks over it.

    A price book of 100,000 rules is half a million objects. Each full collection looks at all of
    them, which takes longer than the prices of ten thousand products. What holds no circles needs
    no collector: it goes with its last reference, frozen or not. What else was alive by chance is
    looked at again when the next such block begins.
    """
    if not gc.isenabled():
        yield
        return
    gc.unfreeze()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        settle()
