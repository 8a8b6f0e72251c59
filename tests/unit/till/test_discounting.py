"""Discounts at the till: right, limit, reason, shares, papers, reports, and back again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.storage.verify import verify
from pos.till.customers import CustomerFields
from pos.till.sale_views import SaleView
from pos.till.till import Till
from pos.till.views import TillView
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.support.till import TestTill


@pytest.fixture
def manager(open_desk: TestTill) -> TestTill:
    """Maria is at the till, a coffee and a milk are in the sale."""
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    open_desk.till.scan(MILK)
    return open_desk


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


@pytest.fixture
def limited(manager: TestTill, monkeypatch: pytest.MonkeyPatch) -> TestTill:
    """Maria may give 20 %."""
    people = tuple(
        replace(one, discount_limit=Decimal(20)) for one in manager.desk.catalogue.operators()
    )
    monkeypatch.setattr(manager.desk.catalogue, "operators", lambda: people)
    manager.till.sign_in("maria", "9999")
    return manager


def test_percent_off_a_line(manager: TestTill) -> None:
    sale = sale_of(manager.till.discount_line(1, percent=Decimal(10), reason="Delle"))
    line = sale.lines[0]
    assert (line.full, line.amount, sale.total) == (Money(799), Money(719), Money(878))
    assert [(one.kind, one.amount, one.percent, one.reason) for one in line.reductions] == [
        ("percent", Money(80), Decimal(10), "Delle")
    ]


def test_amount_off_a_line(manager: TestTill) -> None:
    assert sale_of(manager.till.discount_line(1, amount=Money(100))).lines[0].amount == Money(699)


def test_a_price_instead_holds_for_each_unit(manager: TestTill) -> None:
    manager.till.discount_line(1, instead=Money(599))
    sale = sale_of(manager.till.set_quantity(1, Quantity(3000)))
    assert sale.lines[0].amount == Money(1797)
    with pytest.raises(Refusal, match="discount_instead"):
        manager.till.discount_line(1, instead=Money(799))


def test_a_discount_on_the_sale_is_shared_and_respread(manager: TestTill) -> None:
    sale = sale_of(manager.till.discount_sale(amount=Money(100)))
    assert (sale.subtotal, sale.total) == (Money(958), Money(858))
    assert sale.discount is not None and sale.discount.amount == Money(100)
    kept = manager.desk.sale
    assert kept is not None and [line.share for line in kept.lines] == [83, 17]
    sale = sale_of(manager.till.remove_line(2))
    assert sale.total == Money(699)
    assert sale_of(manager.till.undo()).total == Money(858)


def test_percent_off_the_sale_counts_later_lines_too(manager: TestTill) -> None:
    manager.till.discount_sale(percent=Decimal(10))
    sale = sale_of(manager.till.scan(COLA))
    assert (sale.subtotal, sale.discount and sale.discount.amount) == (Money(1172), Money(115))
    assert [line.amount for line in sale.lines][3] == Money(25)


def test_cashier_without_the_right_calls_somebody(open_desk: TestTill) -> None:
    till = open_desk.till
    till.scan(COFFEE)
    with pytest.raises(Refusal, match="right_missing"):
        till.discount_line(1, percent=Decimal(5))
    view = till.discount_line(1, percent=Decimal(5), approver="maria", pin="9999")
    assert sale_of(view).total == Money(759)
    assert view.operator is not None and view.operator.number == "anna"
    entry = [link.entry for link in open_desk.store.journal()][-1]
    assert entry.kind is Kind.DISCOUNT_GRANTED
    assert (entry.operator, entry.data["discount"]) == (
        "anna",
        {"kind": "percent", "percent": "5", "by": "maria", "reason": ""},
    )


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (lambda till: till.discount_line(1, percent=Decimal(21)), "discount_limit"),
        (lambda till: till.discount_line(1, amount=Money(161)), "discount_limit"),
        (lambda till: till.discount_line(1, instead=Money(638)), "discount_limit"),
        (lambda till: till.discount_sale(percent=Decimal(21)), "discount_limit"),
        (lambda till: till.discount_line(1, percent=Decimal(0)), "discount_percent"),
        (lambda till: till.discount_sale(amount=Money(959)), "discount_amount"),
        (lambda till: till.discount_line(1), "discount_unclear"),
        (
            lambda till: till.discount_line(1, percent=Decimal(1), amount=Money(1)),
            "discount_unclear",
        ),
        (lambda till: till.discount_line(9, percent=Decimal(1)), "no_such_line"),
        (lambda till: till.remove_discount(1), "no_discount"),
        (lambda till: till.remove_discount(), "no_discount"),
    ],
)
def test_what_is_refused_changes_nothing(
    limited: TestTill, attempt: Callable[[Till], TillView], code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        attempt(limited.till)
    assert sale_of(limited.till.view()).total == Money(958)


def test_up_to_the_limit_is_granted(limited: TestTill) -> None:
    assert sale_of(limited.till.discount_line(1, instead=Money(639))).total == Money(798)


def test_the_shop_may_want_a_reason(manager: TestTill, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = replace(manager.desk.shop, discount_reason=True, discount_reasons=("Delle",))
    monkeypatch.setattr(manager.desk.catalogue, "shop", lambda: shop)
    with pytest.raises(Refusal, match="discount_reason"):
        manager.till.discount_line(1, percent=Decimal(5))
    view = manager.till.discount_line(1, percent=Decimal(5), reason="Delle")
    assert (view.discount_reason, view.discount_reasons) == (True, ("Delle",))


def test_deposits_and_removed_lines_are_not_discounted(manager: TestTill) -> None:
    manager.till.scan(COLA)
    with pytest.raises(Refusal, match="discount_deposit"):
        manager.till.discount_line(4, percent=Decimal(5))
    manager.till.remove_line(1)
    with pytest.raises(Refusal, match="line_removed"):
        manager.till.discount_line(1, percent=Decimal(5))


def test_one_off_customers_get_discounts_where_the_till_grants_them(
    manager: TestTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = manager.desk.catalogue.till("1")
    assert profile is not None
    strict = replace(profile, one_off_discounts=False)
    monkeypatch.setattr(manager.desk.catalogue, "till", lambda number: strict)
    manager.till.set_one_off(CustomerFields("Kurz"))
    with pytest.raises(Refusal, match="discount_one_off"):
        manager.till.discount_sale(percent=Decimal(5))
    manager.till.set_customer("102")
    manager.till.discount_sale(percent=Decimal(5))
    with pytest.raises(Refusal, match="discount_one_off"):
        manager.till.set_one_off(CustomerFields("Kurz"))


def test_a_discount_comes_off_a_manual_price_too(manager: TestTill) -> None:
    manager.till.set_price(1, Money(500))
    assert sale_of(manager.till.discount_line(1, percent=Decimal(10))).total == Money(609)
    assert sale_of(manager.till.reset_price(1)).total == Money(878)


def test_a_discounted_line_stays_by_itself(manager: TestTill) -> None:
    manager.till.discount_line(1, percent=Decimal(10))
    sale = sale_of(manager.till.scan(COFFEE))
    assert [line.amount for line in sale.lines] == [Money(719), Money(159), Money(799)]


def test_discounts_are_taken_back_one_after_the_other(manager: TestTill) -> None:
    till = manager.till
    till.discount_line(1, percent=Decimal(10))
    till.discount_line(1, percent=Decimal(20))
    till.discount_sale(amount=Money(50))
    till.remove_discount()
    assert sale_of(till.undo()).total == Money(748)
    assert sale_of(till.undo()).total == Money(798)
    assert sale_of(till.undo()).total == Money(878)
    assert sale_of(till.undo()).total == Money(958)


def test_receipt_journal_and_report_tell_the_discounts(manager: TestTill) -> None:
    till = manager.till
    till.discount_line(1, percent=Decimal(10), reason="Delle")
    till.discount_sale(amount=Money(78), reason="Treue")
    till.tender("cash")
    paper = document_text(manager.tray.papers[-1])
    for words in ("Rabatt 10 % (Delle)", "−0,80", "Zwischensumme", "8,78", "−0,78", "8,00"):
        assert words in paper, paper
    closed = [link.entry for link in manager.store.journal()][-2]
    assert closed.kind is Kind.SALE_CLOSED
    assert closed.data["discounts"] == [
        {
            "line": 1,
            "off": 80,
            "kind": "percent",
            "percent": "10",
            "by": "maria",
            "reason": "Delle",
        },
        {
            "line": 0,
            "off": 78,
            "kind": "amount",
            "minor": 78,
            "of": "EUR",
            "by": "maria",
            "reason": "Treue",
        },
    ]
    report = document_text(till.report("x")).replace("−", "-")
    for words in ("1 × Rabatte auf Positionen", "1 × Rabatte auf Verkäufe", "Delle", "Treue"):
        assert words in report, report
    assert all(finding.ok for finding in verify(manager.folder))


def test_discounts_survive_a_restart(manager: TestTill) -> None:
    manager.till.discount_line(1, percent=Decimal("12.5"))
    manager.till.discount_sale(amount=Money(50))
    before = sale_of(manager.till.view())
    assert sale_of(manager.restart().view()) == before


def test_no_discount_while_paying(manager: TestTill) -> None:
    manager.till.start_checkout()
    with pytest.raises(Refusal, match="sale_not_open"):
        manager.till.discount_sale(percent=Decimal(5))
    with pytest.raises(Refusal, match="sale_not_open"):
        manager.till.discount_line(1, percent=Decimal(5))
    with pytest.raises(Refusal, match="sale_not_open"):
        manager.till.remove_discount()
