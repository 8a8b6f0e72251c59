"""What contradicts itself is told by file, row, field and reason: rules and programmes."""

from __future__ import annotations

import pytest

from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.catalogue.report import Problem
from tests.storage.catalogue.folder import FILES, Folder

RULE = "number,list,scope,compute,product,category,price,discount,surcharge,min_margin,max_margin"
RULES = f"{RULE},start,end,base\ngood,shop,product,fixed,101,,1.29,,,,,,,\n"
SERVICES = """\
900,Gutschein,0,Z,Stk,,,,,,
902,Zwanziger,20,Z,Stk,,,,,,
903,Lose,0,Z,kg,,,,1,,
904,Flasche,0,Z,Stk,,,,,,909
905,Alt,0,Z,Stk,,,,,0,
909,Pfand,0.25,Z,Stk,,,,,,
"""
PROGRAMMES = "number,name,product,first_day,last_day,valid_days,minimum,maximum\n"


def the_one(folder: Folder) -> Problem:
    """The only problem of the import, which each language has words for."""
    (problem,) = folder.imported().problems
    for language in LANGUAGES:
        words = Texts(language).get(f"catalogue.problem.{problem.reason}", **problem.values)
        assert len(words) > 15
    return problem


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("x,shop,all,fixed,,,1,,,,,2026-12-02,2026-12-01,", "end", "rule_backwards"),
        (
            "x,shop,all,fixed,,,1,,,,,2026-12-02T10:00:00+01:00,2026-12-02T08:59:00Z,",
            "end",
            "rule_backwards",
        ),
        ("x,shop,all,formula,,,,10,,5,1,,,", "min_margin", "rule_margins"),
        ("x,shop,all,percentage,,,,150,,,,,,", "discount", "rule_discount"),
    ],
)
def test_a_rule_that_can_not_be_is_told_and_left_out(
    folder: Folder, row: str, field: str, reason: str
) -> None:
    folder.write("price_rules.csv", f"{RULES}{row}\n")
    problem = the_one(folder)
    assert (problem.file, problem.line, problem.field) == ("price_rules.csv", 3, field)
    assert (problem.reason, problem.kept) == (reason, False)


@pytest.mark.parametrize(
    "row",
    [
        "x,shop,all,fixed,,,1,,,,,2026-12-02,2026-12-02,",
        "x,shop,all,formula,,,,10,,5,0,,,",
        "x,shop,all,formula,,,,10,,5,5,,,",
        "x,shop,all,percentage,,,,100,,,,,,",
        "x,shop,product,fixed,101,,1,150,,,,,,",
        "x,shop,all,formula,,,,,-0.10,,,,,",
        "x,shop,all,formula,,,,,-50,0.10,,,,",
        "x,shop,all,formula,,,,,-50,,,,,cost",
    ],
)
def test_a_rule_that_is_only_odd_is_taken(folder: Folder, row: str) -> None:
    folder.write("price_rules.csv", f"{RULES}{row}\n")
    assert folder.imported().problems == []


@pytest.mark.parametrize(
    "scope", ["all,formula,,", "product,formula,101,", "category,formula,,FOOD"]
)
def test_a_rule_that_goes_below_zero_is_told_with_an_example(folder: Folder, scope: str) -> None:
    """It stays: the till holds such a price at zero."""
    folder.write("price_rules.csv", f"{RULES}x,shop,{scope},,,-50.00,,,,,\n")
    problem = the_one(folder)
    assert (problem.line, problem.field, problem.reason) == (3, "surcharge", "rule_below_zero")
    assert problem.kept and problem.values["price"].startswith("-")


@pytest.mark.parametrize(
    ("row", "product", "price"),
    [
        ("x,shop,all,,cost,,-0.50,", "100", "-0.10"),
        ("x,shop,category,MILK,cost,,-0.39,0", "", ""),
        ("x,shop,all,,cost,,-20,20.01", "", ""),
        ("x,night,all,,list,shop,-1.35,", "103", "-0.06"),
        ("x,night,all,,list,shop,-1.29,", "", ""),
        ("x,night,category,FOOD,list,shop,-1.35,", "", ""),
    ],
)
def test_a_rule_is_looked_through_to_cost_and_other_lists(
    folder: Folder, row: str, product: str, price: str
) -> None:
    """Milk costs 0.40, cheese nobody knows; list "shop" sells 103 at 1.29 and not at 1.49."""
    head, milk, *others = FILES["products.csv"].splitlines()
    goods = (f"{head},cost", f"{milk},0.40", *(f"{each}," for each in others), "")
    folder.write("products.csv", "\n".join(goods))
    rules = "number,list,scope,category,base,base_list,surcharge,min_margin,compute,product,price\n"
    fixed = "r1,shop,product,,,,,,fixed,103,1.29\n"
    folder.write("price_rules.csv", f"{rules}{fixed}{row},formula,,\n")
    problems = folder.imported().problems
    assert [each.values for each in problems if each.reason == "rule_below_zero"] == (
        [{"product": product, "price": price}] if product else []
    )


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("x,X,900,,,,50,10", "minimum", "voucher_bounds"),
        ("x,X,900,2027-01-01,2026-12-31,,,", "last_day", "voucher_days"),
        ("x,X,900,,,0,,", "valid_days", "voucher_valid_days"),
        ("x,X,902,,,,,10", "product", "voucher_price"),
        ("x,X,902,,,,50,", "product", "voucher_price"),
        ("x,X,903,,,,,", "product", "voucher_weighed"),
        ("x,X,904,,,,,", "product", "voucher_deposit"),
        ("x,X,905,,,,,", "product", "voucher_inactive"),
    ],
)
def test_a_programme_that_can_not_be_sold_is_told(
    folder: Folder, row: str, field: str, reason: str
) -> None:
    """One whose service sleeps stays all the same: its cards are still to be redeemed."""
    folder.add("taxes.csv", "Z,Ohne,2016-01-01,0,zero")
    goods = FILES["products.csv"].splitlines()
    folder.write("products.csv", f"{goods[0]},deposit\n" + ",\n".join([*goods[1:], ""]) + SERVICES)
    folder.write("programmes.csv", f"{PROGRAMMES}gift,Gutschein,900,,,,,\n{row}\n")
    problem = the_one(folder)
    assert (problem.file, problem.line, problem.field) == ("programmes.csv", 3, field)
    assert (problem.reason, problem.kept) == (reason, reason == "voucher_inactive")
    with folder.reader() as reader:
        taken = {each.number for each in reader.programmes()}
    assert taken == ({"gift", "x"} if problem.kept else {"gift"})
