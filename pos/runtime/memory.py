"""Large values that last: kept out of the sight of Python's garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside the block lasts until nobody refers to it; no collection walks over it.

    A price book of 100,000 rules is half a million objects. Each full collection looks at all of
    them, which takes longer than the prices of ten thousand products. What holds no circles needs
    no collector: it goes with its last reference, frozen or not. What else was alive by chance is
    looked at again when the next such block begins.
    """
    watched = gc.isenabled()
    gc.unfreeze()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if watched:
            gc.enable()
