"""The owner may let the lowest price count instead of the stated order of sources (SRT-11)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos.app.build import OpenTill
from pos.app.printing import DirectPrinting
from pos.domain.money import Money
from tests.support.catalogue import COFFEE
from tests.support.shop import make_shop

SHOP = "name,cheapest_wins\nTestladen,{}\n"
LISTS = "number,name,promotion\nladen,Laden,0\naktion,Aktion,1\n"
RULES = """\
number,list,customer,scope,compute,product,price
1,aktion,,product,fixed,1,6.50
2,,7,product,fixed,1,6.99
"""


@pytest.fixture(params=[("0", "6.99", "own"), ("1", "6.50", "promotion")], ids=["order", "lowest"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[OpenTill, str, str]]:
    """A promotion of 6.50 beside a price of 6.99 agreed with customer 7."""
    flag, price, source = request.param
    data = make_shop(
        tmp_path / "data",
        shop=SHOP.format(flag),
        price_lists=LISTS,
        price_rules=RULES,
        customers="number,name\n7,Huber\n",
    )
    (data / "till.toml").write_text('till = "1"\n', encoding="utf-8")
    with OpenTill(data, DirectPrinting) as opened:
        yield opened, price, source


def test_which_price_counts_and_how_it_is_told(shop: tuple[OpenTill, str, str]) -> None:
    opened, price, source = shop
    opened.till.sign_in("maria", "9999")
    opened.till.open_session(Money(0))
    opened.till.scan(COFFEE)
    sale = opened.till.set_customer("7").sale
    assert sale is not None
    assert (sale.lines[0].unit_price, sale.lines[0].price_source) == (Decimal(price), source)
    told = [row.text for row in opened.till.explain_in_words(1)]
    assert any("niedrigste dieser Preise" in text for text in told) is (source == "promotion")
