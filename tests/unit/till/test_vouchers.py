"""Vouchers and wallets at the till: sold, shown, redeemed, taken back, looked after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import EntryKind
from pos.storage.verify import verify
from pos.till.views import TillView
from tests.support.catalogue import COFFEE, ROLL
from tests.support.till import TestTill
from tests.support.vouchers import ANY, FIXED, FREE, MEAL, REFILL


def pay(desk: TestTill) -> TillView:
    return desk.till.tender("cash")


def sell(desk: TestTill, programme: str = "gift", minor: int = 5000, customer: str = "") -> Card:
    """Sell a card for cash; the card."""
    before = {row.card for row in desk.till.vouchers(limit=1000)}
    desk.till.issue_voucher(programme, amount=Money(minor), customer=customer)
    pay(desk)
    (new,) = {row.card for row in desk.till.vouchers(limit=1000)} - before
    return desk.store.cards.card(new)


def code_of(desk: TestTill, card: Card) -> str:
    """The code on the card, as printed."""
    programme = next(
        each for each in desk.desk.catalogue.programmes() if each.number == card.programme
    )
    return desk.desk.code_key.code(card.salt, programme.group)


def balance(desk: TestTill, card: Card) -> Money:
    return desk.store.cards.confirm(card.id).balance


def goods(desk: TestTill, minor: int) -> None:
    """Coffee for a price."""
    desk.till.sign_in("maria", "9999")
    desk.till.scan(COFFEE)
    view = desk.till.view()
    assert view.sale is not None
    desk.till.set_price(view.sale.lines[-1].number, Money(minor))


def receipt(desk: TestTill) -> str:
    return document_text([each for each in desk.tray.papers if each.kind == "receipt"][-1])


def test_a_card_is_there_when_its_sale_is_closed(open_desk: TestTill) -> None:
    view = open_desk.till.issue_voucher("gift", amount=Money(5000))
    assert view.sale is not None and view.sale.total == Money(5000)
    assert open_desk.till.vouchers() == []
    pay(open_desk)
    (row,) = open_desk.till.vouchers()
    assert (row.balance, row.programme) == (Money(5000), "Geschenkgutschein")
    assert row.expires is not None and row.expires.isoformat() == "2027-11-23"
    assert "Guthaben: € 50,00" in receipt(open_desk)
    assert row.code in receipt(open_desk)
    assert open_desk.store.cards.confirm(row.card).entries[0].by.operator == "anna"


def test_a_cancelled_sale_leaves_no_card(open_desk: TestTill) -> None:
    open_desk.till.issue_voucher("gift", amount=Money(5000))
    open_desk.till.cancel_sale()
    assert open_desk.till.vouchers() == []


def test_a_part_is_redeemed_and_the_receipt_names_the_rest(open_desk: TestTill) -> None:
    card = sell(open_desk)
    goods(open_desk, 3000)
    view = open_desk.till.redeem(code_of(open_desk, card))
    assert view.last_sale is not None and view.last_sale.change == Money(0)
    assert balance(open_desk, card) == Money(2000)
    text = receipt(open_desk)
    assert card.masked in text and "Restguthaben: € 20,00" in text
    assert code_of(open_desk, card) not in text
    assert open_desk.till.expected_cash() == Money(15000)


def test_a_scan_in_checkout_is_a_tender_and_the_rest_is_asked_for(open_desk: TestTill) -> None:
    card = sell(open_desk)
    goods(open_desk, 8000)
    open_desk.till.start_checkout()
    view = open_desk.till.scan(code_of(open_desk, card))
    assert view.sale is not None and view.sale.due == Money(3000)
    assert [(each.method, each.amount) for each in view.sale.tenders] == [("voucher", Money(5000))]
    assert open_desk.store.cards.confirm(card.id).available == Money(0)
    view = pay(open_desk)
    assert view.last_sale is not None
    assert balance(open_desk, card) == Money(0)


def test_a_scan_elsewhere_shows_what_the_card_holds(open_desk: TestTill) -> None:
    card = sell(open_desk)
    view = open_desk.till.scan(code_of(open_desk, card).lower())
    assert view.sale is None and view.voucher is not None
    assert (view.voucher.available, view.voucher.code) == (Money(5000), card.masked)
    assert [step.kind for step in view.voucher.history] == ["issue"]
    assert open_desk.till.hide_voucher().voucher is None


@pytest.mark.parametrize("leave", ["remove", "back", "cancel"])
def test_what_was_promised_goes_back(open_desk: TestTill, leave: str) -> None:
    card = sell(open_desk)
    goods(open_desk, 8000)
    open_desk.till.redeem(code_of(open_desk, card))
    assert open_desk.store.cards.confirm(card.id).reserved == Money(5000)
    match leave:
        case "remove":
            open_desk.till.remove_tender(1)
        case "back":
            open_desk.till.back_to_sale()
        case "cancel":
            open_desk.till.cancel_sale()
    account = open_desk.store.cards.confirm(card.id)
    assert (account.balance, account.available) == (Money(5000), Money(5000))
    assert account.entries[-1].kind is EntryKind.RELEASE


def test_a_card_shown_again_after_it_was_removed(open_desk: TestTill) -> None:
    card = sell(open_desk)
    goods(open_desk, 3000)
    for _ in range(3):
        open_desk.till.redeem(code_of(open_desk, card), amount=Money(1000))
        open_desk.till.remove_tender(open_desk.till.view().sale.tenders[0].number)  # type: ignore[union-attr]
    open_desk.till.redeem(code_of(open_desk, card))
    assert balance(open_desk, card) == Money(2000)


def test_the_part_a_customer_names(open_desk: TestTill) -> None:
    card = sell(open_desk)
    goods(open_desk, 3000)
    view = open_desk.till.redeem(code_of(open_desk, card), amount=Money(1200))
    assert view.sale is not None and view.sale.due == Money(1800)


def test_a_wallet_is_filled_up_and_pays(open_desk: TestTill) -> None:
    card = sell(open_desk, "wallet", 2000, "101")
    open_desk.till.top_up(card=card.id, amount=Money(2000))
    pay(open_desk)
    goods(open_desk, 3500)
    view = open_desk.till.redeem(code_of(open_desk, card))
    assert view.sale is None or view.sale.customer is not None
    sale = open_desk.store.last_closed_sale()
    if sale is None or sale.customer is None or sale.total != Money(3500):
        pytest.fail("the owner's list changed the price set by hand")
    assert sale.customer.number == "101"
    assert balance(open_desk, card) == Money(500)


def test_the_customer_s_wallet_pays_without_its_code(open_desk: TestTill) -> None:
    card = sell(open_desk, "wallet", 2000, "102")
    goods(open_desk, 500)
    with pytest.raises(Refusal, match="voucher_code_needed"):
        open_desk.till.redeem(card=card.id)
    open_desk.till.set_customer("102")
    open_desk.till.redeem(card=card.id)
    assert balance(open_desk, card) == Money(1500)


def test_nobody_else_buys_with_a_wallet(open_desk: TestTill) -> None:
    card = sell(open_desk, "wallet", 2000, "102")
    goods(open_desk, 5000)
    open_desk.till.set_customer("201")
    with pytest.raises(Refusal, match="wallet_of_other"):
        open_desk.till.redeem(code_of(open_desk, card))
    open_desk.till.set_customer("102")
    open_desk.till.redeem(code_of(open_desk, card))
    with pytest.raises(Refusal, match="wallet_in_sale"):
        open_desk.till.set_customer("201")
    view = open_desk.till.replace_customer("201")
    assert view.sale is not None and view.sale.tenders == ()
    assert view.sale.customer is not None and view.sale.customer.number == "201"
    assert open_desk.store.cards.confirm(card.id).reserved == Money(0)


def test_another_customer_comes_in_one_step_or_not_at_all(open_desk: TestTill) -> None:
    """While the old one's wallets are filled and pay, and by a number that is known (W-17)."""
    card = sell(open_desk, "wallet", 2000, "102")
    goods(open_desk, 5000)
    open_desk.till.issue_voucher("bonus", amount=Money(500), customer="102")
    open_desk.till.redeem(code_of(open_desk, card), amount=Money(1000))
    with pytest.raises(Refusal, match="customer_unknown"):
        open_desk.till.replace_customer("nobody")
    assert (
        balance(open_desk, card) - Money(1000) == open_desk.store.cards.confirm(card.id).available
    )
    view = open_desk.till.replace_customer("201")
    assert view.sale is not None and view.sale.customer is not None
    assert (view.sale.customer.number, view.sale.total) == ("201", Money(5000))
    assert open_desk.store.cards.confirm(card.id).reserved == Money(0)
    pay(open_desk)
    open_desk.till.scan(COFFEE)
    view = open_desk.till.redeem(code_of(open_desk, card), amount=Money(100))
    before = view.sale.total if view.sale else None
    view = open_desk.till.replace_customer("101")
    assert view.sale is not None and view.sale.customer is not None
    assert view.sale.total != before and view.sale.state is SaleState.OPEN
    assert view.sale.customer.number == "101"


def test_an_empty_wallet_is_filled_twice_in_one_sale(open_desk: TestTill) -> None:
    """The first money is its issue, all other a top-up, on whichever receipt it comes first."""
    till = open_desk.till
    till.sign_in("maria", "9999")
    till.generate_for_customers("wallet")
    card = open_desk.store.cards.card(till.vouchers("wallet")[0].card)
    till.top_up(card=card.id, amount=Money(500))
    till.park("wartet")
    for minor in (1000, 2000):
        till.top_up(card=card.id, amount=Money(minor))
    assert pay(open_desk).last_sale is not None
    holds = [line for line in receipt(open_desk).splitlines() if "Guthaben:" in line]
    assert ["10,00" in holds[0], "30,00" in holds[1]] == [True, True]
    till.resume(till.view().parked[0].id)
    assert pay(open_desk).last_sale is not None
    kinds = [entry.kind for entry in open_desk.store.cards.confirm(card.id).entries]
    assert kinds == [EntryKind.ISSUE, EntryKind.TOP_UP, EntryKind.TOP_UP]
    assert balance(open_desk, card) == Money(3500)
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_wallet_given_away_meanwhile_is_not_filled_by_its_old_owner(open_desk: TestTill) -> None:
    card = sell(open_desk, "wallet", 2000, "101")
    open_desk.till.top_up(card=card.id, amount=Money(1000))
    open_desk.till.park("wartet")
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.give_voucher(card.id, "102")
    open_desk.till.resume(open_desk.till.view().parked[0].id)
    with pytest.raises(Refusal, match="wallet_of_other"):
        pay(open_desk)
    assert balance(open_desk, card) == Money(2000)


def test_a_wallet_belongs_to_somebody_and_to_one(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="wallet_needs_customer"):
        open_desk.till.issue_voucher("wallet", amount=Money(2000))
    sell(open_desk, "wallet", 2000, "101")
    with pytest.raises(Refusal, match="wallet_exists"):
        open_desk.till.issue_voucher("wallet", amount=Money(2000), customer="101")
    open_desk.till.issue_voucher("bonus", amount=Money(2000), customer="101")
    with pytest.raises(Refusal, match="wallet_exists"):
        open_desk.till.issue_voucher("bonus", amount=Money(2000), customer="101")


def test_a_product_asks_for_its_programme_once_a_sale(open_desk: TestTill) -> None:
    open_desk.till.set_customer("101")
    with pytest.raises(Refusal, match="voucher_programme_needed"):
        open_desk.till.add_product(REFILL)
    open_desk.till.issue_voucher("wallet", amount=Money(2000))
    with pytest.raises(Refusal, match="voucher_amount_missing"):
        open_desk.till.add_product(REFILL)
    with pytest.raises(Refusal, match="voucher_amount_missing"):
        open_desk.till.add_product(FREE)


def test_a_fixed_product_needs_no_amount_and_takes_no_other(open_desk: TestTill) -> None:
    view = open_desk.till.add_product(FIXED)
    assert view.sale is not None and view.sale.total == Money(2000)
    with pytest.raises(Refusal, match="voucher_amount_fixed"):
        open_desk.till.issue_voucher("twenty", amount=Money(2500))
    view = open_desk.till.add_product(FIXED)
    assert view.sale is not None and view.sale.lines_count == 2
    with pytest.raises(Refusal, match="voucher_is_one"):
        from pos.domain.quantity import Quantity

        open_desk.till.set_quantity(1, Quantity.of(2))
    pay(open_desk)
    assert [row.balance for row in open_desk.till.vouchers()] == [Money(2000)] * 2


def test_a_voucher_pays_for_no_voucher(open_desk: TestTill) -> None:
    card = sell(open_desk)
    open_desk.till.issue_voucher("gift", amount=Money(3000))
    with pytest.raises(Refusal, match="voucher_pays_nothing"):
        open_desk.till.redeem(code_of(open_desk, card))
    open_desk.till.scan(ROLL)
    view = open_desk.till.redeem(code_of(open_desk, card))
    assert view.sale is not None
    assert (view.sale.paid, view.sale.due) == (Money(55), Money(3000))


def test_a_taxed_voucher_takes_turnover_and_tax_back(open_desk: TestTill) -> None:
    card = sell(open_desk, "meal", 6000)
    assert "10,00" in receipt(open_desk)
    goods(open_desk, 6000)
    view = open_desk.till.redeem(code_of(open_desk, card))
    assert view.last_sale is not None and view.last_sale.total == Money(0)
    text = receipt(open_desk)
    assert "darin 20 % USt.: € 10,00" in text
    figures = open_desk.till.report("x")
    lines = document_text(figures)
    assert "50,00" in lines and "−50,00" in lines
    assert balance(open_desk, card) == Money(0)


def words(text: str) -> list[str]:
    """Every line with its blanks folded."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_taxed_and_untaxed_vouchers_to_the_cent_on_receipt_and_z(open_desk: TestTill) -> None:
    """ETRON-35: 60.00 with 20 % and 60.00 without, each sold and spent on goods for 60.00."""
    meal = sell(open_desk, "meal", 6000)
    assert "A 20 % 50,00 10,00 60,00" in words(receipt(open_desk))
    goods(open_desk, 6000)
    open_desk.till.redeem(code_of(open_desk, meal))
    lines = words(receipt(open_desk))
    assert {"A 20 % 0,00 0,00 0,00", "SUMME € 0,00", "Gutschein −60,00 A"} <= set(lines)
    gift = sell(open_desk, "gift", 6000)
    assert "A 0 % 60,00 0,00 60,00" in words(receipt(open_desk))
    goods(open_desk, 6000)
    open_desk.till.redeem(code_of(open_desk, gift))
    assert "A 20 % 50,00 10,00 60,00" in words(receipt(open_desk))
    open_desk.till.close_session(open_desk.till.expected_cash())
    report = words(document_text(open_desk.till.report("z")))
    for line in (
        "20 % 100,00 20,00 120,00",
        "0 % 60,00 0,00 60,00",
        "1 × Gutschein € 60,00",
    ):
        assert line in report
    cards = report[report.index("Gutscheine und Wallets") :]
    for name, steps in (
        ("Essen", ["1 × Ausgabe 50,00 10,00 60,00", "1 × Einlösung −50,00 −10,00 −60,00"]),
        ("Geschenkgutschein", ["1 × Ausgabe 60,00 0,00 60,00", "1 × Einlösung −60,00 0,00 −60,00"]),
    ):
        at = cards.index(name)
        assert cards[at + 1 : at + 4] == ["Netto Steuer Brutto", *steps]


def test_a_taxed_voucher_pays_goods_of_its_tax_only(open_desk: TestTill) -> None:
    card = sell(open_desk, "meal", 6000)
    open_desk.till.scan(ROLL)
    with pytest.raises(Refusal, match="voucher_pays_nothing"):
        open_desk.till.redeem(code_of(open_desk, card))
    open_desk.till.scan(COFFEE)
    view = open_desk.till.redeem(code_of(open_desk, card))
    assert view.sale is not None
    assert (view.sale.total, view.sale.due) == (Money(55), Money(55))
    assert balance(open_desk, card) == Money(6000)
    pay(open_desk)
    assert balance(open_desk, card) == Money(6000 - 799)


def test_a_sold_card_is_taken_back_for_cash(open_desk: TestTill) -> None:
    card = sell(open_desk)
    view = open_desk.till.take_back_voucher(code_of(open_desk, card))
    assert view.sale is not None and view.sale.total == Money(-5000)
    pay(open_desk)
    assert balance(open_desk, card) == Money(0)
    assert open_desk.till.expected_cash() == Money(10000)
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        open_desk.till.take_back_voucher(code_of(open_desk, card))


def test_a_spent_card_is_not_taken_back(open_desk: TestTill) -> None:
    card = sell(open_desk)
    goods(open_desk, 100)
    open_desk.till.redeem(code_of(open_desk, card))
    with pytest.raises(Refusal, match="voucher_spent"):
        open_desk.till.take_back_voucher(code_of(open_desk, card))


def test_a_voided_redemption_is_paid_in_another_way(open_desk: TestTill) -> None:
    card = sell(open_desk)
    goods(open_desk, 3000)
    open_desk.till.redeem(code_of(open_desk, card))
    view = open_desk.till.void_redemption(code_of(open_desk, card))
    assert view.sale is not None and view.sale.total == Money(3000)
    pay(open_desk)
    assert balance(open_desk, card) == Money(5000)
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        open_desk.till.void_redemption(code_of(open_desk, card))
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_printed_card_keeps_its_own_code(open_desk: TestTill) -> None:
    open_desk.till.issue_voucher("gift", amount=Money(5000), code="Plastik-0001")
    with pytest.raises(Refusal, match="voucher_code_used"):
        open_desk.till.issue_voucher("gift", amount=Money(5000), code="PLASTIK0001")
    pay(open_desk)
    view = open_desk.till.scan("PLASTIK-0001")
    assert view.voucher is not None and view.voucher.balance == Money(5000)
    with pytest.raises(Refusal, match="voucher_code_used"):
        open_desk.till.issue_voucher("gift", amount=Money(5000), code="plastik0001")


def test_a_card_expires_at_the_end_of_its_day_in_the_shop_s_zone(open_desk: TestTill) -> None:
    card = sell(open_desk)
    open_desk.clock.at += timedelta(days=365, hours=14, minutes=59)
    assert open_desk.desk.today().isoformat() == "2027-11-23"
    assert open_desk.till.check_voucher(card=card.id).voucher.problem == ""  # type: ignore[union-attr]
    open_desk.clock.wait(minutes=2)
    goods(open_desk, 1000)
    with pytest.raises(Refusal, match="voucher_expired"):
        open_desk.till.redeem(code_of(open_desk, card))
    open_desk.till.cancel_sale()
    open_desk.till.write_off_voucher(card.id)
    assert balance(open_desk, card) == Money(0)


def test_a_manager_corrects_and_gives_with_a_reason(open_desk: TestTill) -> None:
    card = sell(open_desk)
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.correct_voucher(card.id, Money(100), "typed wrong")
    open_desk.till.sign_in("maria", "9999")
    with pytest.raises(Refusal, match="voucher_reason"):
        open_desk.till.correct_voucher(card.id, Money(100), " ")
    view = open_desk.till.correct_voucher(card.id, Money(-100), "typed wrong")
    assert view.voucher is not None and view.voucher.balance == Money(4900)
    view = open_desk.till.give_voucher(card.id, "101")
    assert view.voucher is not None and view.voucher.customer_name == "Johanna Pichler"


def test_a_code_is_seen_with_the_right_only_and_that_is_written_down(open_desk: TestTill) -> None:
    card = sell(open_desk)
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.show_voucher_code(card.id)
    open_desk.till.sign_in("maria", "9999")
    view = open_desk.till.show_voucher_code(card.id)
    assert view.voucher is not None and view.voucher.code == code_of(open_desk, card)
    view = open_desk.till.sign_in("anna", "1111")
    assert view.voucher is None or view.voucher.code == card.masked


def test_codes_are_nowhere_in_the_records(open_desk: TestTill) -> None:
    card = sell(open_desk)
    code = code_of(open_desk, card)
    goods(open_desk, 3000)
    open_desk.till.redeem(code)
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.mail_voucher(card.id, "a@example.com")
    open_desk.till.show_voucher_code(card.id)
    open_desk.store.pragma("wal_checkpoint(TRUNCATE)")
    for path in open_desk.folder.iterdir():
        assert code.encode() not in path.read_bytes(), path.name


def test_sessions_add_up_with_everything_on_them(open_desk: TestTill) -> None:
    gift, meal = sell(open_desk), sell(open_desk, "meal", 6000)
    goods(open_desk, 9000)
    open_desk.till.redeem(code_of(open_desk, meal))
    open_desk.till.redeem(code_of(open_desk, gift), amount=Money(1000))
    pay(open_desk)
    sale = open_desk.store.last_closed_sale()
    assert sale is not None and sale.state is SaleState.CLOSED
    assert sale.total == Money(3000)
    expected = open_desk.till.expected_cash()
    assert expected == Money(10000 + 5000 + 6000 + 2000)
    open_desk.till.close_session(expected)
    assert all(finding.ok for finding in verify(open_desk.folder)), list(verify(open_desk.folder))


def test_meal_vouchers_and_fixed_ones_are_offered(open_desk: TestTill) -> None:
    offered = {each.number: each.amount for each in open_desk.till.view().programmes}
    assert offered == {
        "gift": None,
        "twenty": Money(2000),
        "meal": None,
        "wallet": None,
        "bonus": None,
        "any": None,
    }
    assert {FREE, FIXED, MEAL, REFILL, ANY} == {
        each.product for each in open_desk.till.view().programmes
    }
