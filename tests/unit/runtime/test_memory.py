"""What lasts is neither walked over by the collector nor kept longer than anybody needs it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pos.runtime.memory import lasting, settle, start_lasting


class Node:
    """Something the collector watches."""

    def __init__(self) -> None:
        self.other: Node | None = None


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_the_collector_rests_inside_and_works_again_after() -> None:
    with lasting():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_it_works_again_after_an_error_too() -> None:
    with pytest.raises(ValueError, match="no book"), lasting():
        raise ValueError("no book")
    assert gc.isenabled()


def test_what_nobody_needs_is_gone_at_once() -> None:
    with lasting():
        node = Node()
    gone = weakref.ref(node)
    del node
    assert gone() is None


def test_circles_alive_by_chance_go_when_the_next_block_begins() -> None:
    first, second = Node(), Node()
    first.other, second.other = second, first
    gone = weakref.ref(first)
    with lasting():
        pass
    del first, second
    with lasting():
        assert gone() is None


def test_no_collection_disturbs_the_start_and_a_block_within_does_not_end_it() -> None:
    start_lasting()
    with lasting():
        pass
    assert not gc.isenabled()
    settle()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
