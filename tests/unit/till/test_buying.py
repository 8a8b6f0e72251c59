"""Customers, lists and codes: previewed line by line, applied, taken back; manual prices stay."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.till_profile import CustomerOnReceipt, NetPrices
from pos.ports.fiscal import FiscalRecord, Seal
from pos.storage.verify import verify
from pos.till.customers import CustomerFields
from pos.till.sale_views import SaleView
from pos.till.shelves import PricedShelves
from pos.till.views import TillView
from tests.support.catalogue import COFFEE, COLA, MILK, ROLL
from tests.support.till import TestTill


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


Profile = Callable[..., None]


@pytest.fixture
def set_profile(open_desk: TestTill, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """Describes the till otherwise from here on."""

    def change(**fields: object) -> None:
        catalogue = open_desk.desk.catalogue
        profile = replace(catalogue.till("1"), **fields)  # type: ignore[type-var]
        monkeypatch.setattr(catalogue, "till", lambda number: profile)

    return change


def facts_of(desk: TestTill, kind: Kind) -> dict[str, object]:
    entries = [link.entry for link in desk.store.journal() if link.entry.kind is kind]
    return dict(entries[-1].data)


def test_a_customers_list_prices_every_line_anew(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.scan(f"10*{ROLL}")
    view = open_desk.till.set_customer("101")
    sale = sale_of(view)
    assert sale.customer is not None and sale.customer.name == "Johanna Pichler"
    assert [(line.unit_price, line.full, line.amount) for line in sale.lines] == [
        (Decimal("7.19"), Money(799), Money(719)),
        (Decimal("0.41"), Money(450), Money(410)),
    ]
    assert view.price_change is not None and view.price_change.price_list == "Stammkunden"
    assert (view.price_change.before, view.price_change.after) == (Money(1249), Money(1129))
    assert facts_of(open_desk, Kind.CUSTOMER_SET)["prices"] == [
        [1, "7.99", "7.19"],
        [2, "0.45", "0.41"],
    ]
    assert open_desk.till.undo().sale is not None
    assert sale_of(open_desk.till.view()).total == Money(1249)
    assert sale_of(open_desk.till.view()).customer is None


def test_a_preview_changes_nothing(open_desk: TestTill) -> None:
    before = sale_of(open_desk.till.scan(COFFEE))
    entries = len(list(open_desk.store.journal()))
    view = open_desk.till.preview_prices(customer="102")
    assert view.preview is not None
    assert [(line.before, line.after, line.source) for line in view.preview.lines] == [
        (Money(799), Money(699), "own")
    ]
    assert (view.preview.customer, view.preview.changed) == ("Kanzlei Moser", 1)
    assert sale_of(view) == before
    assert len(list(open_desk.store.journal())) == entries
    assert open_desk.till.drop_preview().preview is None
    with pytest.raises(Refusal, match="no_preview"):
        open_desk.till.apply_preview()


def test_a_preview_becomes_real(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.preview_prices(customer="102")
    view = open_desk.till.apply_preview()
    assert view.preview is None
    assert sale_of(view).total == Money(699)


def test_a_preview_of_nobody_gives_the_tills_prices(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.set_customer("102")
    view = open_desk.till.preview_prices(customer="")
    assert view.preview is not None and view.preview.after == Money(799)


def test_any_change_of_the_sale_drops_the_preview(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.preview_prices(customer="102")
    assert open_desk.till.scan(MILK).preview is None


def test_manual_prices_stay_and_are_marked(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.scan(MILK)
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.set_price(1, Money(500))
    view = open_desk.till.preview_prices(customer="101")
    assert view.preview is not None
    assert [(line.after, line.kept) for line in view.preview.lines] == [
        (Money(500), True),
        (Money(143), False),
    ]
    assert (view.preview.changed, view.preview.kept) == (1, 1)
    sale = sale_of(open_desk.till.set_customer("101"))
    assert (sale.lines[0].amount, sale.lines[0].price_source) == (Money(500), "manual")


def test_deposits_keep_their_price(open_desk: TestTill) -> None:
    open_desk.till.scan(COLA)
    sale = sale_of(open_desk.till.set_customer("101"))
    assert [line.amount for line in sale.lines] == [Money(170), Money(25)]


def test_tiles_show_what_this_customer_pays(open_desk: TestTill) -> None:
    desk = open_desk.desk
    shelves = PricedShelves(desk.catalogue, desk.prices, "1", open_desk.clock)

    def price() -> Decimal | None:
        return shelves.search("Kaffee", 0, 1)[0].price

    assert price() == Decimal("7.99")
    open_desk.till.set_customer("102")
    assert price() == Decimal("6.99")
    open_desk.till.clear_customer()
    open_desk.till.choose_price_list("evening")
    assert price() == Decimal("5.00")
    open_desk.till.cancel_sale("gone")
    assert price() == Decimal("7.99")


def test_a_card_sets_its_customer_and_the_next_line_is_theirs(open_desk: TestTill) -> None:
    view = open_desk.till.scan("KK-102")
    assert sale_of(view).customer is not None
    assert sale_of(open_desk.till.scan(COFFEE)).total == Money(699)
    open_desk.till.cancel_sale()
    assert sale_of(open_desk.till.scan("C#KK-101")).customer is not None
    open_desk.till.cancel_sale()
    assert sale_of(open_desk.till.scan("C#201")).customer is not None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("C#999", "customer_unknown"),
        ("KK-109", "customer_inactive"),
        ("L#nothing", "price_code_unknown"),
        ("L#WEB26", "price_code_not_here"),
        ("WEB26", "price_code_not_here"),
    ],
)
def test_a_card_or_code_that_is_none_is_listed(open_desk: TestTill, code: str, reason: str) -> None:
    view = open_desk.till.scan(code)
    assert [unknown.reason for unknown in view.unknown] == [reason]
    assert view.sale is None


@pytest.mark.parametrize("code", ["L#CLUB26", "CLUB26"])
def test_a_code_switches_the_list_for_this_sale(open_desk: TestTill, code: str) -> None:
    open_desk.till.scan(COFFEE)
    view = open_desk.till.scan(code)
    assert (sale_of(view).total, view.price_list) == (Money(759), "Klub")
    assert sale_of(open_desk.till.undo()).total == Money(799)
    open_desk.till.enter_price_code("CLUB26")
    open_desk.till.tender("cash")
    assert sale_of(open_desk.till.scan(COFFEE)).total == Money(799)


def test_a_code_is_previewed(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    view = open_desk.till.preview_prices(code="CLUB26")
    assert view.preview is not None
    assert (view.preview.price_list, view.preview.after) == ("Klub", Money(759))


def test_a_list_counts_for_one_sale(open_desk: TestTill) -> None:
    view = open_desk.till.scan(COFFEE)
    assert [(each.number, each.name, each.chosen) for each in view.price_lists] == [
        ("", "Laden", True),
        ("evening", "Abend", False),
        ("regulars", "Stammkunden", False),
    ]
    view = open_desk.till.choose_price_list("evening")
    assert (sale_of(view).total, view.price_list) == (Money(500), "Abend")
    assert [each.number for each in view.price_lists if each.chosen] == ["evening"]
    view = open_desk.till.choose_price_list("shop")
    assert (sale_of(view).total, sale_of(view).price_list) == (Money(799), "")
    open_desk.till.choose_price_list("evening")
    open_desk.till.tender("cash")
    assert open_desk.till.new_sale().price_list == "Laden"


@pytest.mark.parametrize("number", ["old", "club", "web", "nothing"])
def test_a_list_that_is_not_offered_is_refused(open_desk: TestTill, number: str) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="price_list_not_here"):
        open_desk.till.choose_price_list(number)


def test_a_till_may_offer_some_lists_only(open_desk: TestTill, set_profile: Profile) -> None:
    set_profile(price_lists=("regulars",))
    view = open_desk.till.scan(COFFEE)
    assert [each.number for each in view.price_lists] == ["", "regulars"]
    with pytest.raises(Refusal, match="price_list_not_here"):
        open_desk.till.choose_price_list("evening")


def test_a_list_of_other_countries_is_left_with_the_customer(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.choose_price_list("evening")
    sale = sale_of(open_desk.till.set_customer("301"))
    assert (sale.total, sale.price_list) == (Money(799), "")
    assert sale_of(open_desk.till.undo()).total == Money(500)


def test_a_till_may_grant_nobody_a_price_of_their_own(
    open_desk: TestTill, set_profile: Profile
) -> None:
    set_profile(customer_prices=False)
    open_desk.till.scan(COFFEE)
    assert sale_of(open_desk.till.set_customer("102")).total == Money(799)


def test_while_paying_a_card_is_taken_if_the_total_stands(open_desk: TestTill) -> None:
    """Attach at checkout (T-071)."""
    open_desk.till.scan(MILK)
    open_desk.till.start_checkout()
    assert sale_of(open_desk.till.scan("KK-102")).customer is not None
    with pytest.raises(Refusal, match="customer_changes_total"):
        open_desk.till.scan("KK-101")
    with pytest.raises(Refusal, match="scan_in_checkout"):
        open_desk.till.scan(COFFEE)
    view = open_desk.till.tender("cash")
    assert view.last_sale is not None
    assert open_desk.store.sale_by_receipt(1).customer == open_desk.desk.catalogue.customer("102")


def test_a_customer_survives_parking_and_a_restart(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.set_customer("101")
    open_desk.till.choose_price_list("evening")
    parked = open_desk.till.park().parked[0].id
    till = open_desk.restart()
    till.sign_in("anna", "1111")
    view = till.resume(parked)
    assert sale_of(view).customer is not None
    assert (sale_of(view).price_list, sale_of(view).total) == ("Abend", Money(719))
    till.tender("cash")
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_clearing_needs_a_customer(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="no_customer"):
        open_desk.till.clear_customer()
    open_desk.till.set_customer("102")
    assert sale_of(open_desk.till.clear_customer()).total == Money(799)


def test_an_unknown_or_closed_account_is_refused(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="customer_unknown"):
        open_desk.till.set_customer("999")
    with pytest.raises(Refusal, match="customer_inactive"):
        open_desk.till.set_customer("109")
    assert open_desk.till.view().sale is None


def test_a_one_off_customer_stands_on_this_sale_alone(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    view = open_desk.till.set_one_off(
        CustomerFields("Firma Kurz", kind="company", street="Ring 1", postcode="1010", city="Wien")
    )
    customer = sale_of(view).customer
    assert customer is not None
    assert (customer.number, customer.address) == ("", ("Ring 1", "1010 Wien"))
    assert sale_of(view).total == Money(799)
    assert open_desk.desk.catalogue.customers("Kurz", 0, 10) == ()
    open_desk.till.tender("cash")
    assert "Firma Kurz" in document_text(open_desk.tray.papers[-1])
    with pytest.raises(Refusal, match="customer_name"):
        open_desk.till.set_one_off(CustomerFields(" "))
    with pytest.raises(Refusal, match="customer_kind"):
        open_desk.till.set_one_off(CustomerFields("Kurz", kind="club"))


@pytest.mark.parametrize(
    ("printed", "number", "there"),
    [
        (CustomerOnReceipt.NOBODY, "101", False),
        (CustomerOnReceipt.NOBODY, "102", True),  # an invoice has its recipient
        (CustomerOnReceipt.COMPANIES, "102", True),
        (CustomerOnReceipt.COMPANIES, "101", False),
        (CustomerOnReceipt.ALL, "101", True),
    ],
)
def test_a_receipt_names_whom_the_shop_wants_named(
    open_desk: TestTill,
    monkeypatch: pytest.MonkeyPatch,
    printed: CustomerOnReceipt,
    number: str,
    there: bool,
) -> None:
    shop = replace(open_desk.desk.shop, customer_on_receipt=printed)
    monkeypatch.setattr(open_desk.desk.catalogue, "shop", lambda: shop)
    open_desk.till.scan(MILK)
    open_desk.till.set_customer(number)
    open_desk.till.tender("cash")
    paper = document_text(open_desk.tray.papers[-1])
    assert (f"Kundennummer {number}" in paper) is there


def test_net_prices_are_for_companies(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="net_private"):
        open_desk.till.show_net(True)
    open_desk.till.set_customer("101")
    with pytest.raises(Refusal, match="net_private"):
        open_desk.till.show_net(True)
    assert sale_of(open_desk.till.set_customer("102")).net_allowed
    sale = sale_of(open_desk.till.show_net(True))
    assert sale.net_view
    assert (sale.lines[0].net, sale.net + sale.tax, sale.total) == (
        Money(583),
        sale.total,
        Money(699),
    )
    assert not sale_of(open_desk.till.clear_customer()).net_view


def test_one_off_companies_see_net_prices_with_the_switch_alone(
    open_desk: TestTill, set_profile: Profile
) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.set_one_off(CustomerFields("Firma Kurz", kind="company"))
    with pytest.raises(Refusal, match="net_not_here"):
        open_desk.till.show_net(True)
    set_profile(net_prices=NetPrices.ONE_OFF)
    assert sale_of(open_desk.till.show_net(True)).net_view
    set_profile(net_prices=NetPrices.NOBODY)
    assert not sale_of(open_desk.till.set_customer("102")).net_allowed


def test_a_trade_counter_shows_prices_to_those_it_knows(
    open_desk: TestTill, set_profile: Profile
) -> None:
    set_profile(prices_for_all=False)
    assert not open_desk.till.scan(COFFEE).prices_shown
    assert not open_desk.till.set_one_off(CustomerFields("Kurz")).prices_shown
    assert open_desk.till.set_customer("101").prices_shown


def test_tax_free_wants_status_proof_and_somebody_who_may(open_desk: TestTill) -> None:
    till = open_desk.till
    till.scan(COFFEE)
    with pytest.raises(Refusal, match="tax_domestic"):
        till.set_tax_free("Pass")
    till.set_customer("301")
    with pytest.raises(Refusal, match="tax_proof"):
        till.set_tax_free(" ")
    with pytest.raises(Refusal, match="right_missing"):
        till.set_tax_free("Pass")
    with pytest.raises(Refusal, match="right_missing"):
        till.set_tax_free("Pass", approver="anna", pin="1111")
    with pytest.raises(Refusal, match="pin_wrong"):
        till.set_tax_free("Pass", approver="maria", pin="1234")
    view = till.set_tax_free("Pass CH 123, U34", approver="maria", pin="9999")
    assert (sale_of(view).total, sale_of(view).tax, sale_of(view).tax_free) == (
        Money(666),
        Money(0),
        "third_country",
    )
    assert view.operator is not None and view.operator.number == "anna"
    assert sale_of(till.scan(MILK)).tax == Money(0)
    assert view.price_change is None
    assert sale_of(till.clear_tax_free()).tax > Money(0)
    with pytest.raises(Refusal, match="not_tax_free"):
        till.clear_tax_free()


def test_a_tax_free_receipt_says_why_and_to_whom(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(f"2*{COFFEE}")
    open_desk.till.set_customer("201")
    open_desk.till.set_tax_free("CMR 4711")
    view = open_desk.till.tender("cash")
    assert view.last_sale is not None and view.last_sale.total == Money(1332)
    paper = document_text(open_desk.tray.papers[-1])
    for words in ("Art. 6 Abs. 1 BMR", "Müller GmbH", "UID: DE123456789", "ohne Umsatzsteuer"):
        assert words in paper, paper
    closed = facts_of(open_desk, Kind.SALE_CLOSED)
    assert closed["taxes"] == [["AT20", 0, 1332, 0, 1332]]
    assert closed["tax_free"] == {
        "status": "intra_community",
        "approved_by": "maria",
        "proof": "CMR 4711",
    }
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_the_fiscal_unit_is_told_that_no_tax_was_charged(
    open_desk: TestTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[FiscalRecord] = []

    class Listening:
        def seal(self, record: FiscalRecord) -> Seal:
            told.append(record)
            return Seal("test")

    monkeypatch.setattr(open_desk.desk, "fiscal", Listening())
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    open_desk.till.set_customer("301")
    open_desk.till.set_tax_free("Pass")
    open_desk.till.tender("cash")
    assert [dict(record.gross_by_tax) for record in told] == [{"": Money(666)}]


def test_another_customer_is_taxed_again(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    open_desk.till.set_customer("301")
    open_desk.till.set_tax_free("Pass")
    assert sale_of(open_desk.till.clear_customer()).tax_free == ""
    assert sale_of(open_desk.till.undo()).tax_free == "third_country"
