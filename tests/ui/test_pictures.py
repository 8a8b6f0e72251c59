"""Pictures of goods and categories: of any size, any shape, missing, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from pos.domain.product import PosCategory, ProductTile
from pos.runtime.lane import Outcome
from pos.runtime.texts import Texts
from pos.ui.face import Face
from pos.ui.look import Look
from pos.ui.shelf import Page
from pos.ui.tokens import PALETTES
from pos.ui.widgets.pictures import picture
from tests.ui.driver import Driver

SIDE = 96


@pytest.fixture
def face(qapp: QApplication, tmp_path: Path) -> Face:
    return Face(Texts("de_AT"), Look(PALETTES["light"]), tmp_path)


@pytest.mark.parametrize(
    ("file", "size", "shown"),
    [
        ("small.png", (128, 128), (SIDE, SIDE)),
        ("tiny.png", (16, 16), (SIDE, SIDE)),
        ("large.jpg", (1920, 1920), (SIDE, SIDE)),
        ("wide.jpg", (1920, 1080), (SIDE, 54)),
        ("thin.png", (4, 1024), (1, SIDE)),
    ],
)
def test_a_picture_of_any_size_fits_its_place(
    face: Face, file: str, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    """Small ones grow, large ones are read as small as they are shown (T-036)."""
    Image.new("RGB", size, "#336699").save(face.pictures / file)
    made = picture(face, file, SIDE, 1)
    assert (made.width(), made.height()) == shown
    assert made.toImage().pixelColor(0, 0).blue() > 140


def test_what_is_no_picture_is_none(face: Face) -> None:
    (face.pictures / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nno more of it")
    assert picture(face, "broken.png", SIDE, 1).isNull()
    assert picture(face, "missing.png", SIDE, 1).isNull()


def test_a_category_with_a_broken_picture_opens_and_sells(driver: Driver) -> None:
    """Its name is always there (ETRON-10)."""
    driver.open()
    (driver.desk.folder / "broken.png").write_bytes(b"nothing of a picture")
    pane = driver.selling.catalogue
    tiles = (PosCategory("10", "Getränke", picture="broken.png"),)
    question = pane.model._question
    pane.model.take_page(Outcome(Page(question, tiles, 0, False)))
    driver.settle()
    assert not pane.grid.grab().isNull()
    pane.grid.picked.emit(0)
    driver.settle()
    assert pane.model.category == "10"
    (row,) = (
        row
        for row in range(pane.model.rowCount())
        if isinstance(tile := pane.model.tile(row), ProductTile) and tile.product.number == "6"
    )
    pane.grid.picked.emit(row)
    driver.settle()
    assert driver.sale.lines[0].product == "6"
