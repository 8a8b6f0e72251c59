from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.support.till import TestTill


@pytest.fixture(scope="session")
def days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two sessions: one closed, one open with a parked, an open and a cancelled sale.

    Receipts 1 and 2 are of the first session, 3 of the second.
    """
    folder = tmp_path_factory.mktemp("days")
    desk = TestTill(folder)
    till = desk.till
    till.sign_in("maria", "9999")
    till.open_session(Money(10000))
    till.scan(COFFEE)
    till.scan(COLA)
    till.tender("cash", Money(2000))
    till.scan(MILK)
    till.tender("card")
    till.close_session(counted=Money(11013), leave=Money(10000), reason="gezählt")
    till.open_session()
    till.scan(f"2*{MILK}")
    till.tender("cash")
    till.scan(COFFEE)
    till.cancel_sale("Kunde gegangen")
    till.add_product("4", Quantity(500))
    till.park("Frau Huber")
    till.scan(COLA)
    desk.close()
    return folder


@pytest.fixture
def folder(days: Path, tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    return Path(shutil.copytree(days, tmp_path / "data"))


@pytest.fixture
def desk(folder: Path) -> Iterator[TestTill]:
    """The till on that folder, opened again."""
    desk = TestTill(folder)
    yield desk
    desk.close()
