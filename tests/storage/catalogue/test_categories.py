"""What categories rule: lots, accounts, places; and what is left out where they are inactive."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos.domain.reservation import Reservation
from pos.domain.stock_category import CostMethod, Removal, Valuation
from tests.storage.catalogue.folder import Folder

PLACES = "number,name,name:en\nregal,Regal,Shelf\nkuehl,Kühlung,Cold store\n"
LOTS = (
    "product,number,place,since\n"
    "100,A,kuehl,2026-01-01\n100,B,regal,2026-03-01\n100,C,kuehl,2026-05-01\n"
)


@pytest.fixture
def stocked(folder: Folder) -> Folder:
    folder.write("places.csv", PLACES)
    folder.write("serials.csv", LOTS)
    return folder


def categories(folder: Folder, header: str, milk: str) -> None:
    food = "FOOD,Essen," + "," * (header.count(",") + 1)
    rows = (f"number,name,parent,{header}", food, f"MILK,Molkerei,FOOD,{milk}", "")
    folder.write("categories.csv", "\n".join(rows))


@pytest.mark.parametrize(
    ("rule", "place", "order"),
    [("fifo", "", "ABC"), ("lifo", "", "CBA"), ("nearest", "regal", "BAC"), ("nearest", "", "ABC")],
)
def test_the_removal_rule_says_which_lot_goes_first(
    stocked: Folder, rule: str, place: str, order: str
) -> None:
    """The till suggests the older lot by FIFO; after a sync with LIFO the newer one (ETRON-2)."""
    stocked.imported()
    categories(stocked, "removal", rule)
    stocked.imported()
    with stocked.reader() as reader:
        assert "".join(each.number for each in reader.serials("100", place)) == order


def test_goods_whose_tax_the_accounts_do_not_know_are_named(stocked: Folder) -> None:
    """10 % where the account knows 20 %: the data check names product and category (ETRON-4)."""
    categories(stocked, "income_account,account_taxes", "4000,N")
    report = stocked.imported()
    told = [(each.line, each.field, each.reason, each.kept) for each in report.problems]
    assert told == [(line, "tax", "account_tax", True) for line in (2, 3, 4, 6)]
    assert report.problems[0].values == {"value": "G", "product": "100", "category": "Molkerei"}
    with stocked.reader() as reader:
        assert reader.product("100") is not None


def test_accounts_that_know_all_taxes_are_fine(stocked: Folder) -> None:
    categories(stocked, "account_taxes", "N G")
    assert not stocked.imported().problems


def test_everything_of_a_category_comes_in(stocked: Folder) -> None:
    """Accounts, cost, group cost, valuation, reservation and place (ETRON-5 to ETRON-8)."""
    header = (
        "name:en,long_text,cost_method,group_cost,put_away,reservation,income_account,"
        "expense_account,valuation,stock_account,journal,goods_in_account,goods_out_account"
    )
    values = "Dairy,<b>kalt</b><script>x</script>,average,0.35,kuehl,whole,4000,5000,automatic"
    categories(stocked, header, f"{values},1600,LAGER,3000,3010")
    stocked.imported()
    with stocked.reader() as reader:
        milk = reader.stock_categories("en")["MILK"]
        assert (milk.name, milk.parent, milk.long_text) == ("Dairy", "FOOD", "<b>kalt</b>")
        assert (milk.cost_method, milk.removal) == (CostMethod.AVERAGE, Removal.FIFO)
        assert (milk.group_cost, milk.reservation) == (Decimal("0.35"), Reservation.WHOLE)
        accounts = milk.accounts
        assert (accounts.income, accounts.expense, accounts.stock) == ("4000", "5000", "1600")
        assert (accounts.goods_in, accounts.goods_out) == ("3000", "3010")
        assert (accounts.journal, accounts.valuation) == ("LAGER", Valuation.AUTOMATIC)
        assert reader.put_away("100", "en") == "Cold store"
        assert reader.put_away("103") == ""


def test_the_rule_of_the_product_goes_before_its_category(stocked: Folder) -> None:
    categories(stocked, "put_away", "kuehl")
    stocked.write("product_details.csv", "product,place\n100,regal\n")
    stocked.imported()
    with stocked.reader() as reader:
        assert (reader.put_away("100"), reader.put_away("101")) == ("Regal", "Kühlung")


def test_inactive_categories_are_gone_and_their_words_still_find_goods(stocked: Folder) -> None:
    """Not named in a path, not shown as a till category; the goods are sold all the same, and
    the words of the category find them (SRT-19).
    """
    categories(stocked, "keywords,active", "Kühlregal,0")
    stocked.imported()
    with stocked.reader() as reader:
        assert reader.stock_category("MILK") == "Essen"
        assert "14" not in {each.number for each in reader.pos_categories("1")}
        found = {tile.product.number for tile in reader.search("kuhlregal", 0, 9)}
        assert found == {"100", "101", "104"}


def test_till_categories_come_by_sequence_then_by_name(stocked: Folder) -> None:
    """Sequences 2, 1, 0: the order is 1, 2, then 0 by name; the page of one is kept (ETRON-12)."""
    stocked.write(
        "pos_categories.csv",
        "number,name,parent,sequence,url\n"
        "1,Oben,,1,\n11,Zwei,1,2,https://shop.example/zwei\n12,Eins,1,1,\n13,B,1,0,\n14,A,1,0,\n",
    )
    stocked.imported()
    with stocked.reader() as reader:
        assert [each.number for each in reader.pos_categories("1")] == ["12", "11", "14", "13"]
        assert reader.details("100").url == "https://shop.example/zwei"


def test_a_hidden_category_of_the_online_shop_hides_nothing_here(stocked: Folder) -> None:
    """The product is still sold at the till; its hidden shop category isn't named (ETRON-11)."""
    stocked.write(
        "web_categories.csv",
        "number,name,parent,hidden,website,picture\n"
        "w1,Käse,,0,https://shop.example/kaese,\nw2,Alt,w1,1,,\n",
    )
    stocked.write("product_details.csv", "product,web_categories\n101,w1 w2\n")
    stocked.imported()
    with stocked.reader() as reader:
        assert reader.details("101").web_categories == ("Käse",)
        assert reader.web_categories()["w2"].parent == "w1"
        match = reader.find_code("101")
        assert match is not None
        assert match.product.active


def test_an_address_that_is_none_is_told(stocked: Folder) -> None:
    stocked.write("product_details.csv", "product,url\n100,javascript:alert(1)\n")
    (problem,) = stocked.imported().problems
    assert (problem.field, problem.reason) == ("url", "address")
