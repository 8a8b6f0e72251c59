from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.money import Money
from tests.support.till import TestTill


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestTill]:
    """A till nobody has signed in at."""
    test_till = TestTill(tmp_path)
    yield test_till
    test_till.close()


@pytest.fixture
def open_desk(desk: TestTill) -> TestTill:
    """Anna has signed in and opened a session with 100.00."""
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(10000))
    return desk
