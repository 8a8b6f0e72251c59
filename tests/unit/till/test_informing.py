"""What the till tells of goods: information, cost, codes, and where goods go back to."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.facts import Fact, FactKind
from pos.domain.operator import Right
from pos.domain.stock_category import CostMethod, Removal, StockCategory
from pos.ports.goods import Details
from pos.till.info_views import CompareRow
from tests.storage.till.raw import raw
from tests.support.catalogue import BANANA, CARTON, COFFEE, MemoryCatalogue
from tests.support.till import TestTill


@pytest.fixture
def catalogue(open_desk: TestTill) -> MemoryCatalogue:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def test_the_slip_of_a_return_names_the_place_of_the_rule(
    open_desk: TestTill, catalogue: MemoryCatalogue
) -> None:
    """Return a garment: the place on the slip is the rule's (ETRON-8)."""
    catalogue.told["1"] = Details(put_away="Textilregal")
    till = open_desk.till
    till.add_product("1")
    till.tender("cash")
    assert "Textilregal" not in document_text(open_desk.tray.papers[-1])
    till.start_return(1, reason="zu klein")
    till.tender("cash")
    slip = open_desk.tray.papers[-1]
    assert slip.kind == "return_slip"
    assert "Textilregal" in document_text(slip)


def test_only_who_has_the_right_sees_costs(open_desk: TestTill, catalogue: MemoryCatalogue) -> None:
    """A manager sees cost 4.20 "average"; a cashier sees no cost at all (ETRON-6)."""
    catalogue.categories = {"K": StockCategory("K", "Kaffee", cost_method=CostMethod.AVERAGE)}
    coffee = replace(catalogue.goods["1"], cost=Decimal("4.20"), category="K")
    catalogue.goods["1"] = coffee
    desk, till = open_desk.desk, open_desk.till
    assert desk.operator is not None
    desk.operator = replace(desk.operator, rights=frozenset({Right.COSTS}))
    cost = till.product_info("1").cost
    assert cost is not None
    assert (cost.cost, cost.method, cost.group) == (Decimal("4.20"), "average", False)
    desk.operator = replace(desk.operator, rights=frozenset())
    assert till.product_info("1").cost is None
    assert till.compare("1", "2").one.cost is None


def test_two_articles_of_one_group_cost_the_same(
    open_desk: TestTill, catalogue: MemoryCatalogue
) -> None:
    """Screws are valued together, whatever each of them cost (ETRON-5)."""
    group = StockCategory("S", "Schrauben", group_cost=Decimal("0.03"))
    catalogue.categories = {"S": group}
    for number, cost in (("1", "0.02"), ("2", "0.05")):
        product = catalogue.goods[number]
        catalogue.goods[number] = replace(product, cost=Decimal(cost), category="S")
    assert open_desk.desk.operator is not None
    open_desk.desk.operator = replace(open_desk.desk.operator, rights=frozenset({Right.COSTS}))
    costs = [open_desk.till.product_info(number).cost for number in ("1", "2")]
    assert [(each.cost, each.group) for each in costs if each] == [(Decimal("0.03"), True)] * 2


def test_a_code_tells_of_its_goods_and_sells_nothing(open_desk: TestTill) -> None:
    till = open_desk.till
    for code, number in ((COFFEE, "1"), (CARTON, "1"), ("5", "5"), (BANANA, "4")):
        found = till.code_info(code)
        assert found is not None
        assert found.number == number
    assert till.code_info("C#KK-101") is None
    assert till.view().sale is None
    with pytest.raises(Refusal, match="unknown_code"):
        till.code_info("9000000009998")


def test_a_reference_to_nothing_opens_nothing(
    open_desk: TestTill, catalogue: MemoryCatalogue
) -> None:
    facts = [("a", "product:99"), ("b", "customer:99"), ("c", "product:2"), ("d", "customer:101")]
    catalogue.told["1"] = Details(
        facts=tuple(Fact(name, name, FactKind.REFERENCE, value) for name, value in facts)
    )
    told = open_desk.till.product_info("1").facts
    assert [(each.text, each.target) for each in told] == [
        ("99", ""),
        ("99", ""),
        ("Vollmilch 1 l", "product:2"),
        ("Johanna Pichler", "customer:101"),
    ]


def test_a_comparison_keeps_the_order_of_both(
    open_desk: TestTill, catalogue: MemoryCatalogue
) -> None:
    """Two articles in one table; what only one tells stands in its place (COMARCH-13)."""

    def told(**facts: str) -> Details:
        return Details(
            facts=tuple(Fact(name, name, FactKind.TEXT, text) for name, text in facts.items())
        )

    catalogue.told = {"1": told(A="1", C="3"), "2": told(A="1", B="2", C="4")}
    rows = open_desk.till.compare("1", "2").rows[1:]
    assert rows == (CompareRow("A", "1", "1"), CompareRow("B", "", "2"), CompareRow("C", "3", "4"))
    assert [row.differs for row in rows] == [False, True, True]


def test_prices_that_wait_for_a_customer_are_not_told_either(
    open_desk: TestTill, catalogue: MemoryCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = catalogue.tills()[0]
    hidden = replace(profile, prices_for_all=False)
    monkeypatch.setattr(catalogue, "tills", lambda: (hidden,))
    found = open_desk.till.product_info("6")
    assert (found.price, found.tiers, found.cost) == (None, (), None)


def test_the_stock_movement_of_a_sale_names_the_rule(
    open_desk: TestTill, catalogue: MemoryCatalogue
) -> None:
    """The back office picks the lot by it (ETRON-2)."""
    catalogue.categories = {"K": StockCategory("K", "Kaffee", removal=Removal.LIFO)}
    catalogue.goods["1"] = replace(catalogue.goods["1"], category="K")
    open_desk.till.add_product("1")
    open_desk.till.add_product("6")
    open_desk.till.tender("cash")
    with raw(open_desk.folder) as connection:
        ((body,),) = connection.exec_driver_sql("SELECT body FROM outbox").all()
    assert json.loads(body)["removal"] == {"1": "lifo"}
