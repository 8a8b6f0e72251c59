"""Orders in the exchange format: whole, or told why not (SRT-10, ETRON-11, T-038)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos.domain.order import OrderKind
from pos.domain.quantity import Quantity
from tests.storage.catalogue.folder import FILES, Folder
from tests.storage.catalogue.test_goods import GOODS

LINES = (
    "order_number,position,product,variant,service,name,quantity,packaging,price,shop_category,text"
)
VARIANTS = (
    "units",
    "attributes",
    "attribute_values",
    "product_attributes",
    "product_values",
    "variants",
)
ORDERS = "number,kind,customer,name,due,paid,lines"


@pytest.fixture
def shop(folder: Folder) -> Folder:
    """A folder with goods, variants and two orders."""
    for name in (f"{each}.csv" for each in VARIANTS):
        folder.write(name, GOODS[name])
    folder.write("shop.csv", "name,vat_id,booking_product\nGreißlerei,ATU12345675,100\n")
    folder.write(
        "orders.csv",
        f"{ORDERS}\nW-1,,7,,2026-11-24,0,2\nT-1,booking,,Berta Berg,2026-11-24T10:30,1,\n",
    )
    folder.write(
        "order_lines.csv",
        f"{LINES}\nW-1,1,,103-B,,,2,,1.20,w9,\nW-1,2,103,,,,1,Karton,,,\n"
        "T-1,1,,,SCHNITT,Haarschnitt,1,,35.00,,\nT-1,2,,,101,,1,,,,\n",
    )
    return folder


def reasons(shop: Folder) -> list[tuple[str, str]]:
    return [(problem.file, problem.reason) for problem in shop.imported().problems]


def test_lines_name_products_variants_and_services(shop: Folder) -> None:
    assert reasons(shop) == []
    with shop.reader() as reader:
        web, booking = reader.orders()
    assert [(each.product, each.variant) for each in web.lines] == [("103", "103-B"), ("103", "")]
    first, second = web.lines
    assert (first.quantity, first.price) == (Quantity.of(2), Decimal("1.20"))
    assert first.shop_category == "w9"
    assert second.packaging == "Karton" and second.price is None
    assert (web.customer, web.name, web.card) == ("7", "Pichler", "K-7")
    assert (booking.customer, booking.name, booking.paid) == ("", "Berta Berg", True)
    assert booking.kind is OrderKind.BOOKING
    assert [(each.product, each.name) for each in booking.lines] == [
        ("", "Haarschnitt"),
        ("101", ""),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("W-1,3,104,103-B,,,1,,,,", "one_article"),
        ("W-1,3,,,,,1,,,,", "one_article"),
        ("W-1,3,999,,,,1,,,,", "unknown_reference"),
        ("W-1,3,103,,,,1,Fass,,,", "packaging_elsewhere"),
        ("W-1,3,,,FREMD,Fremdes,1,,,,", "service_unlinked"),
    ],
)
def test_an_order_that_loses_a_line_is_not_taken(shop: Folder, row: str, reason: str) -> None:
    shop.add("order_lines.csv", row)
    assert reasons(shop) == [("order_lines.csv", reason), ("orders.csv", "order_incomplete")]
    with shop.reader() as reader:
        assert [each.number for each in reader.orders()] == ["T-1"]


def test_a_line_that_cannot_be_read_leaves_the_order_short_of_what_it_said(shop: Folder) -> None:
    shop.write("order_lines.csv", f"{LINES}\nW-1,1,103,,,,viel,,,,\nW-1,2,103,,,,1,,,,\n")
    assert reasons(shop) == [
        ("order_lines.csv", "not_a_number"),
        ("orders.csv", "order_incomplete"),
        ("orders.csv", "order_incomplete"),
    ]


def test_an_order_is_not_half_old_and_half_new(shop: Folder) -> None:
    """What stood before stands for no faulty line, else it would be settled for too little."""
    shop.imported()
    shop.write("order_lines.csv", f"{LINES}\nW-1,1,,103-B,,,viel,,1.20,w9,\nW-1,2,103,,,,2,,,,\n")
    assert ("orders.csv", "order_incomplete") in reasons(shop)
    with shop.reader() as reader:
        assert reader.order("W-1") is None


def test_most_orders_may_be_settled_at_once(shop: Folder) -> None:
    numbers = range(100, 200)
    shop.add("orders.csv", *(f"W-{each},,7,,,," for each in numbers))
    shop.add("order_lines.csv", *(f"W-{each},1,103,,,,1,,,," for each in numbers))
    assert reasons(shop) == []
    shop.write("orders.csv", f"{ORDERS}\nW-150,,7,,,,\n")
    shop.write("order_lines.csv", f"{LINES}\nW-150,1,103,,,,1,,,,\n")
    assert reasons(shop) == []
    with shop.reader() as reader:
        assert [each.number for each in reader.orders()] == ["W-150"]


def test_an_order_of_nobody_known_is_told(shop: Folder) -> None:
    shop.add("orders.csv", "W-2,,999,,,,")
    assert ("orders.csv", "unknown_reference") in reasons(shop)


def test_a_folder_without_orders_keeps_those_there_are(shop: Folder) -> None:
    shop.imported()
    for name in ("orders.csv", "order_lines.csv"):
        (shop.source / name).unlink()
    assert reasons(shop) == []
    with shop.reader() as reader:
        assert len(reader.orders()) == 2
    shop.write("orders.csv", f"{ORDERS}\n")
    shop.write("order_lines.csv", f"{LINES}\n")
    assert reasons(shop) == []
    with shop.reader() as reader:
        assert reader.orders() == ()


def test_the_files_are_empty_where_there_are_none(folder: Folder) -> None:
    assert "orders.csv" not in FILES
    folder.imported()
    with folder.reader() as reader:
        assert reader.orders() == () and reader.order("W-1") is None
