"""What tiles and lines tell besides name and price: ribbons, tags, stock; and chips that narrow."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor

from pos.domain.product import ProductTile, Tag
from pos.domain.quantity import Quantity
from pos.domain.variants import Template
from pos.ports.goods import Details, Filter, FilterValue
from pos.till.sale_views import StockCount
from pos.ui.models.line_text import line_mark
from pos.ui.widgets.filter_chips import FilterChips
from pos.ui.widgets.pill import ink_on
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.ui.driver import Driver
from tests.ui.test_goods import COLOUR

RED = "#a3261b"


class Narrowing(MemoryCatalogue):
    """Notes what the tiles were narrowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.narrowed: list[tuple[str, ...]] = []

    def products_in(
        self,
        category: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        self.narrowed.append(tuple(values))
        return super().products_in(category, offset, limit, language, values)


@pytest.fixture
def shelves(selling: Driver) -> Driver:
    """Goods with a ribbon, and with something to narrow by."""
    catalogue = Narrowing()
    catalogue.told["1"] = Details(tags=(Tag("Neu", RED, ribbon=True), Tag("Bio", "#2f7d32")))
    catalogue.templates["6"] = Template("6", (COLOUR,))
    values = (FilterValue("rot", "Rot"), FilterValue("blau", "Blau"))
    catalogue.filters = (Filter("farbe", "Farbe", values),)
    selling.desk.desk.catalogue = catalogue
    return selling


def reds(driver: Driver) -> int:
    """How many pixels of the tiles are of the ribbon's colour."""
    image = driver.selling.catalogue.grid.viewport().grab().toImage()
    red = QColor(RED).rgb()
    return sum(
        image.pixel(x, y) == red for x in range(image.width()) for y in range(0, image.height(), 4)
    )


def open_shelf(driver: Driver) -> None:
    driver.selling.catalogue.open("10")
    driver.settle()


def test_a_ribbon_shows_on_the_tile_and_off_hides_it(shelves: Driver) -> None:
    """The corner mark on the product button (ETRON-24); a screen reader hears the tags."""
    open_shelf(shelves)
    assert reds(shelves) > 20
    model = shelves.selling.catalogue.model
    assert "Neu, Bio" in str(model.data(model.index(0)))
    shelves.shell.preferences.ribbons = "off"
    shelves.shell.rebuild()
    open_shelf(shelves)
    assert reds(shelves) == 0


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#f2c14e", "#a3261b", "#808080"])
def test_words_on_any_colour_can_be_read(colour: str) -> None:
    """Tags have the shop's colours (ETRON-23); the writing stands out at least 4.5 to 1."""
    light, dark = sorted((_light(QColor(colour)), _light(ink_on(QColor(colour)))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _light(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_chip_narrows_the_tiles_and_lets_go_again(shelves: Driver) -> None:
    """A visible attribute has its chip (ETRON-21)."""
    catalogue = shelves.desk.desk.catalogue
    assert isinstance(catalogue, Narrowing)
    open_shelf(shelves)
    assert shelves.visible(FilterChips)
    shelves.touch_key("Farbe")
    shelves.touch_key("Farbe: Rot")
    assert catalogue.narrowed[-1] == ("rot",)
    shelves.touch_key("Farbe: Rot")
    assert not catalogue.narrowed[-1]


def test_no_chip_where_nothing_narrows(shelves: Driver) -> None:
    catalogue = shelves.desk.desk.catalogue
    assert isinstance(catalogue, Narrowing)
    catalogue.filters = ()
    open_shelf(shelves)
    assert not shelves.visible(FilterChips)


def test_stock_stands_under_the_amount_where_the_till_shows_it(shelves: Driver) -> None:
    """Here, and everywhere together in brackets (T-034)."""
    shelves.scan(COFFEE)
    line = shelves.sale.lines[0]
    face = shelves.selling.face
    assert line.stock is None
    assert line_mark(face, line) == ("", "", "")
    counted = replace(line, stock=StockCount(Quantity(6000), Quantity(26000)))
    assert line_mark(face, counted)[1] == "Lager 6 (26)"
