"""Points and coupons in the window, by keys and by touch (T-129, COMARCH-12)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.ui.panes.rewards import RewardsPane, offered
from tests.support.catalogue import COFFEE, MILK, MemoryCatalogue
from tests.ui.driver import Driver
from tests.ui.test_access import _faults
from tests.unit.till.test_points import COUPONS, PROGRAMME

ENTER, ESCAPE, DISCOUNT = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F6


@pytest.fixture
def shop(selling: Driver) -> Driver:
    """A coffee is in the sale of a shop with points and coupons; customer 101 has 420 points."""
    catalogue = selling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.points, catalogue.handed_out = (PROGRAMME,), COUPONS
    selling.window.work.do(lambda till: till.correct_points("101", 420, "Übertrag"))
    selling.settle()
    selling.scan(COFFEE)
    return selling


def pane(driver: Driver) -> RewardsPane:
    return driver.selling.rewards.pane


def take_customer(driver: Driver) -> None:
    driver.window.work.do(lambda till: till.set_customer("101"))
    driver.settle()


def test_a_coupon_is_typed_and_taken_back(shop: Driver) -> None:
    shop.key(DISCOUNT)
    shop.write("c")
    assert shop.selling.pane is pane(shop)
    shop.write("ten")
    shop.key(ENTER)
    assert shop.sale.total == Money(719)
    shop.touch_key("Zehn zurücknehmen")
    assert shop.sale.total == Money(799)


def test_a_coupon_that_does_not_count_is_told_in_words(shop: Driver) -> None:
    shop.selling.act("points")
    shop.write("summer")
    shop.key(ENTER)
    assert "galt bis 31.08.2026" in shop.notices[0]
    assert shop.sale.total == Money(799)


def test_a_scanned_coupon_comes_off(shop: Driver) -> None:
    shop.scan(MILK)
    shop.scan("MILK1")
    assert shop.sale.total == Money(858)


def test_points_stand_beside_a_customer_with_an_account(shop: Driver) -> None:
    """No account, no points to see (COMARCH-12)."""
    key = shop.selling.cart.points
    assert not key.isVisible()
    take_customer(shop)
    assert key.isVisible() and key.text() == "420"
    shop.touch(key)
    assert shop.selling.pane is pane(shop)
    shop.window.work.do(lambda till: till.clear_customer())
    shop.settle()
    assert not key.isVisible()


def test_points_are_spent_by_keys(shop: Driver) -> None:
    take_customer(shop)
    before = shop.sale.total
    shop.selling.act("points")
    shop.write("+")
    assert shop.sale.points is not None and shop.sale.points.spending == 350
    assert shop.sale.total == before - Money(700)
    shop.write("-")
    assert shop.sale.total == before
    shop.touch(pane(shop).spend_keys[-1])
    assert shop.sale.points.spending == 50 and shop.sale.total == before - Money(100)
    assert shop.selling.cart.points.kind == "selected"
    shop.key(ESCAPE)
    assert shop.selling.pane is shop.selling.catalogue


def test_a_manager_takes_points_away_with_a_reason(shop: Driver) -> None:
    take_customer(shop)
    shop.selling.act("points")
    shop.touch_key("Punkte abziehen")
    shop.write("20")
    shop.key(ENTER)
    shop.write("Doppelt gebucht")
    shop.key(ENTER)
    points = shop.sale.points
    assert points is not None and points.balance == 400
    shop.selling.act("points")
    shop.settle()
    told = [each.text() for each in pane(shop).findChildren(type(pane(shop).title))]
    assert any("Doppelt gebucht" in words for words in told)


@pytest.mark.parametrize(
    ("steps", "keys"),
    [(0, []), (1, [1]), (4, [4, 3, 2, 1]), (6, [6, 4, 3, 1]), (100, [100, 75, 50, 1])],
)
def test_few_keys_offer_many_steps(steps: int, keys: list[int]) -> None:
    assert offered(steps) == keys


@pytest.mark.parametrize("language", ["de_AT", "en"])
def test_nothing_is_cut_or_small(shop: Driver, language: str) -> None:
    shop.window.work.do(lambda till: till.set_language(language))
    assert _everywhere(shop) == []


@pytest.mark.parametrize("scale", [150, 200])
def test_nothing_goes_over_the_edge_in_large_writing(shop: Driver, scale: int) -> None:
    shop.shell.preferences.scale = scale
    shop.shell.rebuild()
    shop.settle()
    assert [fault for fault in _everywhere(shop) if "edge" in fault] == []


def _everywhere(shop: Driver) -> list[str]:
    shop.selling.act("points")
    found = _faults(shop, "nobody")
    # Somebody whose prices are those of all: no notice tells of changed ones.
    shop.window.work.do(lambda till: till.correct_points("301", 420, "Übertrag"))
    shop.window.work.do(lambda till: till.set_customer("301"))
    shop.window.work.do(lambda till: till.take_coupon("TEN"))
    shop.window.work.do(lambda till: till.spend_points())
    shop.settle()
    found += _faults(shop, "points")
    for pane_name in ("customer", "discount"):
        shop.selling.act(pane_name)
        shop.settle()
        found += _faults(shop, pane_name)
    return found
