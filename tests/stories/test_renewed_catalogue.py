"""What the back office changes between two steps of a day: names, shelves, what may be sold."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.app.build import OpenTill
from pos.app.demo import SETTINGS
from pos.app.printing import DirectPrinting
from pos.domain.errors import Refusal
from pos.runtime.resources import resource
from pos.storage.catalogue.importing import import_folder
from pos.till.till import Till

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
SHIRT, PENDANT = "60001", "60003"


class Office:
    """A back office with the demo shop, and a till that gets its files."""

    def __init__(self, folder: Path) -> None:
        self._files, self.data = folder / "files", folder / "data"
        shutil.copytree(resource("demo"), self._files)
        self.data.mkdir()
        (self.data / "till.toml").write_text(SETTINGS, encoding="utf-8")
        self.send()

    def change(self, file: str, number: str, **fields: str) -> None:
        """Another text in fields of a row; columns the file doesn't have yet are added."""
        path = self._files / f"{file}.csv"
        with path.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            row |= fields if row["number"] == number else {n: row.get(n, "") for n in fields}
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def add(self, file: str, row: str) -> None:
        with (self._files / f"{file}.csv").open("a", encoding="utf-8") as rows:
            rows.write(f"{row}\n")

    def send(self) -> None:
        report = import_folder(self._files, self.data, NOW)
        assert not report.problem_count, report.problems

    @contextmanager
    def till(self, number: str = "1") -> Iterator[Till]:
        with OpenTill(self.data, DirectPrinting, number) as opened:
            opened.till.sign_in("maria", "9999")
            if opened.till.view().session is None:
                opened.till.open_session()
            yield opened.till


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_renamed_attribute_leaves_parked_sales_whole(office: Office) -> None:
    """Matched by its number, never by its name (ETRON-15, SRT-10)."""
    with office.till() as till:
        till.add_product(SHIRT, options={"farbe": "rot", "groesse": "m"})
        parked = till.park().parked[0].id
    office.change("attributes", "farbe", name="Ton")
    office.change("attribute_values", "rot", name="Ziegel")
    office.send()
    with office.till() as till:
        till.resume(parked)
        assert till.choices(SHIRT, line=1).attributes[0].chosen == "rot"
        sale = till.set_options(1, {"farbe": "rot", "groesse": "l"}).sale
        assert sale is not None
        (line,) = sale.lines
        assert line.goods.variant == "60001-ro-l"
        assert [option.name for option in line.goods.options] == ["Ziegel", "L"]


def test_a_variant_of_the_till_is_the_back_office_s_from_the_next_catalogue_on(
    office: Office,
) -> None:
    """Known by its set of values, so the new number is sold from then on (ETRON-18)."""
    stone = {"stein": "stein-granat"}
    with office.till() as till:
        sale = till.add_product(PENDANT, options=stone).sale
        assert sale is not None and sale.lines[0].goods.made_here
        till.tender("card")
    office.add("variants", "60003-GR,60003,stein-granat,,1")
    office.send()
    with office.till() as till:
        sale = till.add_product(PENDANT, options=stone).sale
        assert sale is not None
        goods = sale.lines[0].goods
        assert (goods.variant, goods.made_here) == ("60003-GR", False)


def test_goods_move_on_the_shelf_and_not_in_the_stock(office: Office) -> None:
    """The tree of tiles is its own (ETRON-9)."""
    office.change("products", "60004", pos_categories="11")
    office.send()
    with office.till() as till:
        (found,) = (tile for tile in till.tiles("11") if tile.product.number == "60004")
        assert found.product.category == "M"
        assert all(tile.product.number != "60004" for tile in till.tiles("6"))


def test_what_may_not_be_sold_is_neither_shown_nor_rung_up(office: Office) -> None:
    """No tile, no hit, no scan; its number was its code until then (T-040)."""
    with office.till() as till:
        assert till.scan("60004").sale is not None
        till.cancel_sale("Versehen")
    office.change("products", "60004", active="0")
    office.send()
    with office.till() as till:
        assert not till.tiles(text="Geschenkkorb Frühstück")
        assert [each.reason for each in till.scan("60004").unknown] == ["product_inactive"]
        with pytest.raises(Refusal, match="product_inactive"):
            till.add_product("60004")


def test_two_tills_off_line_mean_the_same_new_variant(tmp_path: Path) -> None:
    """Each makes it by itself, under one number: the back office merges one variant, two sales
    (ETRON-18).
    """
    numbers = set()
    for till_number in ("1", "2"):
        folder = tmp_path / till_number
        folder.mkdir()
        with Office(folder).till(till_number) as till:
            sale = till.add_product(PENDANT, options={"stein": "stein-topas"}).sale
            assert sale is not None and sale.lines[0].goods.made_here
            numbers.add(sale.lines[0].goods.variant)
            till.tender("card")
    assert len(numbers) == 1
