"""The models under Qt's own tester, and what they tell of a change."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.domain.product import PosCategory, Product, ProductTile, Unit
from pos.domain.quantity import Quantity
from pos.ports.store import ReceiptQuery
from pos.runtime.texts import Texts
from pos.till.sale_views import LineView
from pos.ui.bridge import Bridge
from pos.ui.face import Face
from pos.ui.look import Look
from pos.ui.models.line_items import LineItemsModel
from pos.ui.models.line_text import unit_price
from pos.ui.models.receipts import ReceiptsModel
from pos.ui.models.tiles import TilesModel
from pos.ui.shelf import PAGE, Shelf
from pos.ui.tokens import LIGHT
from tests.support.catalogue import MILK, MemoryCatalogue
from tests.ui.driver import Driver
from tests.ui.late_lane import LateLane


@pytest.fixture
def face(qapp: object, tmp_path: Path) -> Face:
    """German, light."""
    return Face(Texts("de_AT"), Look(LIGHT), tmp_path)


def line(number: int, name: str = "Semmel", pieces: int = 1) -> LineView:
    """A line of rolls."""
    amount = Money(55 * pieces)
    return LineView(
        number, f"P{name}", name, Quantity.of(pieces), "Stk.", Decimal("0.55"), amount, 1000
    )


class Heard:
    """What a model told."""

    def __init__(self, model: LineItemsModel) -> None:
        self.told: list[tuple[str, int, int]] = []
        model.rowsInserted.connect(lambda _, first, last: self.told.append(("in", first, last)))
        model.rowsRemoved.connect(lambda _, first, last: self.told.append(("out", first, last)))
        model.dataChanged.connect(lambda a, b: self.told.append(("new", a.row(), b.row())))


def test_lines_tell_only_what_changed(face: Face, qtmodeltester: ModelTester) -> None:
    model = LineItemsModel(face)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    heard = Heard(model)
    model.show((line(1), line(2)))
    model.show((line(1), line(2, pieces=3)))
    model.show((line(1), line(2, pieces=3), line(3)))
    model.show((line(1), line(2, pieces=3), line(3)))
    model.show((replace(line(1), removed=True), line(2, pieces=3), line(3)))
    model.show(())
    assert heard.told == [
        ("in", 0, 1), ("new", 1, 1), ("in", 2, 2), ("new", 0, 0), ("out", 0, 2),
    ]  # fmt: skip


def test_another_sale_is_another_list(face: Face, qtmodeltester: ModelTester) -> None:
    model = LineItemsModel(face)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show((line(1), line(2)))
    heard = Heard(model)
    model.show((line(1, "Kipferl"),))
    assert heard.told == [("out", 0, 1), ("in", 0, 0)]


def test_a_line_is_read_aloud(face: Face) -> None:
    model = LineItemsModel(face)
    model.show((replace(line(1, pieces=2), removed=True),))
    assert model.index(0).data() == "Semmel, 2 × €\u00a00,55, €\u00a01,10, Entfernt"


def test_receipts_model(face: Face, selling: Driver, qtmodeltester: ModelTester) -> None:
    selling.scan(MILK)
    selling.window.work.do(lambda till: till.tender("cash"))
    selling.settle()
    model = ReceiptsModel(face)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(tuple(selling.desk.till.receipts(ReceiptQuery())))
    assert model.rowCount() == 1
    assert "Beleg 1" in str(model.index(0).data())


FOUND = 2 * PAGE + 50
"""Two whole pages, and a part of one."""


class ManyShelves(MemoryCatalogue):
    """Two categories, and one thousand goods that all are called the same."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def pos_categories(self, parent: str = "", language: str = "") -> tuple[PosCategory, ...]:
        return () if parent else (PosCategory("10", "Getränke"), PosCategory("20", "Brot"))

    def category_path(self, number: str, language: str = "") -> tuple[PosCategory, ...]:
        return (PosCategory(number, "Brot"),)

    def products_in(
        self,
        category: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        return tuple(map(self._tile, range(offset, min(1000, offset + limit))))

    def search(
        self,
        text: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        self.asked.append(text)
        return tuple(map(self._tile, range(offset, min(FOUND, offset + limit))))

    def _tile(self, number: int) -> ProductTile:
        unit = Unit("pc", "Stk.")
        return ProductTile(Product(str(number), f"Semmel {number}", Decimal("0.55"), "AT10", unit))


@pytest.fixture
def late() -> LateLane:
    """A lane that works when it is told to."""
    return LateLane()


def tiles(face: Face, late: LateLane, shelves: ManyShelves) -> TilesModel:
    """A model on a late lane."""
    bridge = Bridge()
    model = TilesModel(face, Shelf(bridge, late, lambda: shelves))
    bridge.setParent(model)
    return model


def test_tiles_come_page_by_page(
    face: Face, late: LateLane, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    model = tiles(face, late, ManyShelves())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.search("semmel")
    late.work()
    qtbot.waitUntil(lambda: model.rowCount() == PAGE)
    model.fetchMore(model.index(-1))
    model.fetchMore(model.index(-1))  # asked twice while the page is on its way
    late.work()
    qtbot.waitUntil(lambda: model.rowCount() == 2 * PAGE)
    model.fetchMore(model.index(-1))
    late.work()
    qtbot.waitUntil(lambda: model.rowCount() == FOUND)
    assert not model.canFetchMore(model.index(-1))


def test_the_newest_question_wins(face: Face, late: LateLane, qtbot: QtBot) -> None:
    shelves = ManyShelves()
    model = tiles(face, late, shelves)
    for text in ("s", "se", "sem"):
        model.search(text)
    late.work()
    qtbot.waitUntil(lambda: model.rowCount() == PAGE)
    assert shelves.asked == ["sem"]


def test_an_answer_that_comes_too_late_is_dropped(face: Face, late: LateLane, qtbot: QtBot) -> None:
    model = tiles(face, late, ManyShelves())
    model.search("semmel")
    late.work()  # answered, but the answer has not arrived when the category is opened
    model.open("")
    late.work()
    qtbot.waitUntil(lambda: not model.waiting)
    assert [model.tile(row) for row in range(model.rowCount())] == [
        PosCategory("10", "Getränke"), PosCategory("20", "Brot"),
    ]  # fmt: skip


def test_a_unit_price_finer_than_a_cent_keeps_its_currency_and_places() -> None:
    face = Face(Texts("de_AT"), Look(LIGHT), Path())
    assert unit_price(face, Decimal("0.02400")) == "€\u00a00,024"
    assert unit_price(face, Decimal("24.00")) == "€\u00a024,00"
