"""Programmes of stored value, and customers to make cards for: as the files say, or told."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.customer_choice import CustomerChoice
from pos.domain.stored_value.offline import OfflineRule
from pos.domain.stored_value.programme import TaxKind
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.catalogue.importing import import_folder
from tests.storage.catalogue.folder import NOW, Folder

HEADER = "number,name,product,kind,tax_kind,tills,code_prefix,code_length,code_symbols,offline\n"
GOOD = "gift,Gutschein,900,gift_voucher,multi_purpose,,2116,20,letters,capped\n"


@pytest.fixture
def shop(folder: Folder) -> Folder:
    """A folder with a service of each tax, and two tills."""
    folder.add("taxes.csv", "Z,Ohne,2016-01-01,0,zero")
    folder.add("products.csv", "900,Gutschein,0,Z,Stk,,,,,", "901,Essen,0,N,Stk,,,,,")
    folder.write("tills.csv", "number,name\n1,Kassa 1\n2,Kassa 2\n")
    folder.write("programmes.csv", HEADER + GOOD)
    return folder


def test_a_good_programme_is_read(shop: Folder) -> None:
    report = shop.imported()
    assert report.problems == []
    with shop.reader() as reader:
        (gift,) = reader.programmes()
    assert (gift.number, gift.tax_kind, gift.offline.rule) == (
        "gift",
        TaxKind.MULTI,
        OfflineRule.CAPPED,
    )


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("x,X,901,,multi_purpose,,2116,20,letters,", "tax_kind", "voucher_taxed"),
        ("x,X,900,,single_purpose,,2116,20,letters,", "tax_kind", "voucher_untaxed"),
        ("x,X,900,,,,2116,9,letters,", "code_length", "voucher_code"),
        ("x,X,900,,,,2116,16,digits,", "code_length", "voucher_code"),
        ("x,X,900,,,,,60,letters,", "code_length", "voucher_code"),
        ("x,X,900,,,1 9,2116,20,letters,", "tills", "voucher_till"),
        ("x,X,999,,,,2116,20,letters,", "product", "unknown_key"),
    ],
)
def test_a_programme_that_can_not_be_is_told_and_left_out(
    shop: Folder, row: str, field: str, reason: str
) -> None:
    """The product's tax must fit the kind (T-125), codes must be hard to guess (T-133), and each
    till must be there (ETRON-40); the good programme beside it comes all the same.
    """
    shop.add("programmes.csv", row)
    report = shop.imported()
    found = [(each.file, each.line, each.field) for each in report.problems]
    assert found == [("programmes.csv", 3, field)]
    problem = report.problems[0]
    if reason.startswith("voucher"):
        assert problem.reason == reason
    for language in LANGUAGES:
        text = Texts(language).get(f"catalogue.problem.{problem.reason}", **problem.values)
        assert len(text) > 15
    with shop.reader() as reader:
        assert [each.number for each in reader.programmes()] == ["gift"]


def test_a_replayed_import_changes_nothing_but_its_count(shop: Folder) -> None:
    """The same folder again: the same programmes, and no problem that wasn't there before."""
    first = shop.imported()
    with shop.reader() as reader:
        before = reader.programmes()
    again = import_folder(shop.source, shop.data, NOW)
    with shop.reader() as reader:
        assert reader.programmes() == before
    assert again.problems == first.problems == []
    assert again.files["programmes.csv"].taken == first.files["programmes.csv"].taken


CUSTOMERS = """number,name,city,postcode,registered,tags,active
1,Anna,Wien,1010,2024-05-01,vip news,1
2,Berta,Wien,1020,2025-05-01,news,1
3,Cleo,Ybbs,3370,2026-05-01,vip,1
4,Dora,Wien,1010,,,1
5,Emma,Wien,1010,2025-05-01,vip,0
"""


@pytest.mark.parametrize(
    ("choice", "numbers"),
    [
        (CustomerChoice(), ["1", "2", "3", "4"]),
        (CustomerChoice(tag="vip"), ["1", "3"]),
        (CustomerChoice(tag="vi"), []),
        (CustomerChoice(tag="news"), ["1", "2"]),
        (CustomerChoice(place="wien"), ["1", "2", "4"]),
        (CustomerChoice(place="10"), ["1", "2", "4"]),
        (CustomerChoice(place="1010"), ["1", "4"]),
        (CustomerChoice(registered_from=date(2025, 1, 1)), ["2", "3"]),
        (CustomerChoice(registered_to=date(2025, 5, 1)), ["1", "2"]),
        (CustomerChoice("news", "Wien", date(2025, 5, 1), date(2025, 5, 1)), ["2"]),
    ],
)
def test_customers_are_chosen_by_tag_place_and_day(
    folder: Folder, choice: CustomerChoice, numbers: list[str]
) -> None:
    """Filters and tags (ETRON-41, T-127); whoever is no customer any more isn't chosen."""
    folder.write("customers.csv", CUSTOMERS)
    assert folder.imported().problems == []
    with folder.reader() as reader:
        found = reader.chosen_customers(choice, "", 100)
        assert [each.number for each in found] == numbers
        assert reader.count_customers(choice) == len(numbers)
        assert [each.number for each in reader.chosen_customers(choice, "1", 1)] == [
            number for number in numbers if number > "1"
        ][:1]
        assert reader.customer_tags() == ("news", "vip")
