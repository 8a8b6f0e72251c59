"""The voucher window: sold, shown, paid with; by keys, by touch and by scanner."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.ui.widgets.button import Key
from tests.support.catalogue import COFFEE, MILK, MemoryCatalogue
from tests.ui.driver import Driver
from tests.ui.vouchers import (
    ENTER,
    ESCAPE,
    F9,
    PLASTIC,
    REFILL_CODE,
    WALLET,
    acts,
    balance,
    buyer,
    do,
    in_sight,
    sold,
    words,
)


def test_a_voucher_is_sold_by_keys(selling: Driver) -> None:
    """The amount is typed where the price is 0 (T-120, T-121)."""
    selling.key(F9)
    assert in_sight(selling) is acts(selling).vouchers
    selling.key(Qt.Key.Key_Down)
    selling.key(ENTER)
    assert in_sight(selling) is selling.selling.number
    selling.write("50")
    selling.key(ENTER)
    (line,) = selling.sale.lines
    assert line.amount == Money(5000) and line.card.startswith("Geschenkgutschein ****")
    assert in_sight(selling) is selling.selling.catalogue


def test_a_fixed_voucher_asks_nothing(selling: Driver) -> None:
    """A price above 0 is the amount (ETRON-34)."""
    selling.touch_key("Gutschein")
    selling.touch_key("Zwanziger")
    assert selling.sale.total == Money(2000)
    assert in_sight(selling) is selling.selling.catalogue


def test_no_programmes_no_key(selling: Driver) -> None:
    """The key shows once programmes are active for the till (T-120, T-132)."""
    assert selling.selling.cart.keys["voucher"].isVisible()
    catalogue = selling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.stored_value = ()
    selling.scan(COFFEE)
    assert "voucher" not in selling.selling.cart.keys
    selling.key(F9)
    assert in_sight(selling) is selling.selling.catalogue
    assert selling.notices[0] == "An dieser Kassa gibt es keine Gutscheine."


def test_a_scanned_voucher_shows_its_balance_and_esc_puts_it_away(selling: Driver) -> None:
    """Checking a balance sells nothing (T-120)."""
    sold(selling)
    selling.scan(PLASTIC)
    pane = acts(selling).card
    assert in_sight(selling) is pane
    assert "€ 50,00" in pane.drawn.accessibleName().replace("\u00a0", " ")
    assert "****01" in pane.drawn.accessibleName()
    assert "Ausgegeben" in words(selling) and "Maria · Kassa 1 · Beleg 1" in words(selling)
    selling.key(ESCAPE)
    assert in_sight(selling) is selling.selling.catalogue
    assert selling.view.voucher is None


def test_goods_scanned_over_a_card_are_sold(selling: Driver) -> None:
    sold(selling)
    selling.scan(PLASTIC)
    selling.scan(COFFEE)
    assert selling.sale.total == Money(799) and selling.view.voucher is None
    assert in_sight(selling) is selling.selling.catalogue


def test_a_shown_voucher_pays_by_one_key(selling: Driver) -> None:
    """Redeemed in part by its code; the receipt names the rest (ETRON-32, COMARCH-18)."""
    sold(selling)
    selling.scan(COFFEE)
    selling.scan(PLASTIC)
    selling.key(ENTER)
    assert selling.shell.page == "change"
    assert balance(selling) == Money(4201)
    selling.key(ENTER)
    assert selling.view.voucher is None


def test_a_part_of_a_shown_voucher_is_redeemed(selling: Driver) -> None:
    sold(selling)
    selling.scan(COFFEE)
    selling.scan(PLASTIC)
    selling.write("t")
    selling.write("3")
    selling.key(ENTER)
    assert selling.sale.due == Money(499)
    assert in_sight(selling) is selling.selling.checkout


def test_scanned_in_checkout_a_voucher_is_a_tender_and_the_rest_is_asked_for(
    selling: Driver,
) -> None:
    sold(selling, minor=500)
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.scan(PLASTIC)
    assert selling.sale.due == Money(299)
    (tender,) = selling.sale.tenders
    assert (tender.card, tender.rest) == ("****01", Money(0))
    (key,) = selling.selling.checkout.tenders.findChildren(Key)
    assert key.text() == "Gutschein €\u00a05,00 · ****01"
    assert key.caption == "Rest auf der Karte: €\u00a00,00"
    selling.key(ENTER)
    assert selling.shell.page == "change"


def test_several_vouchers_pay_one_sale(selling: Driver) -> None:
    sold(selling, minor=500)
    sold(selling, minor=600, code="PLASTIC-0002")
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.scan(PLASTIC)
    selling.scan("PLASTIC-0002")
    assert selling.shell.page == "change"
    assert balance(selling, "PLASTIC-0002") == Money(301)


def test_an_amount_typed_before_the_scan_is_the_part(selling: Driver) -> None:
    sold(selling)
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.write("2,50")
    selling.scan(PLASTIC)
    assert selling.sale.due == Money(549)
    assert selling.selling.checkout.entry.text == ""


def test_a_code_is_typed_in_checkout(selling: Driver) -> None:
    sold(selling)
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.write("2")
    selling.key(F9)
    assert in_sight(selling) is acts(selling).vouchers
    assert not acts(selling).vouchers.list.isVisible()
    selling.write("plastic 0001")
    selling.key(ENTER)
    assert selling.sale.due == Money(599)
    assert in_sight(selling) is selling.selling.checkout


def test_esc_leads_from_the_code_back_to_payment(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.touch_key("Gutschein")
    selling.key(ESCAPE)
    assert in_sight(selling) is selling.selling.checkout
    selling.key(ESCAPE)
    assert in_sight(selling) is selling.selling.catalogue


@pytest.mark.parametrize(
    ("programme", "why"),
    [
        ("web", "gilt nicht an der Kassa"),
        ("other", "gilt nicht an Kassa 1"),
        ("swiss", "lautet auf CHF"),
        ("over", "galt bis 22.11.2026"),
    ],
)
def test_a_card_that_doesn_t_count_here_says_why(selling: Driver, programme: str, why: str) -> None:
    """Medium, till, currency and last day (ETRON-38, ETRON-39, ETRON-40, T-126)."""
    sold(selling)
    catalogue = selling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    odd = next(each for each in catalogue.stored_value if each.number == programme)
    catalogue.stored_value = (replace(odd, number="gift"), *catalogue.stored_value[1:])
    selling.scan(PLASTIC)
    assert why in words(selling)
    assert not acts(selling).card.redeem.isVisible()
    selling.key(ESCAPE)
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.scan(PLASTIC)
    assert why in selling.notices[0] and selling.sale.tenders == ()


def test_guessing_is_told_and_locks(selling: Driver) -> None:
    selling.key(F9)
    for number in range(12):
        selling.write(f"FALSCH{number}")
        selling.key(ENTER)
    assert selling.notices[0].startswith("Zu viele unbekannte Codes.")


def test_two_programmes_behind_one_product_are_a_question_with_balances(selling: Driver) -> None:
    """Asked on a tap and on a scan, once a sale (ETRON-36, T-124)."""
    sold(selling, "wallet", 1200, WALLET)
    do(selling, "set_customer", number="101")
    selling.scan(REFILL_CODE)
    pane = acts(selling).offers
    assert in_sight(selling) is pane
    captions = [key.caption.replace("\u00a0", " ") for key in pane.keys]
    assert captions == ["Guthaben: € 12,00", "Betrag frei"]
    selling.write("1")
    selling.write("8")
    selling.key(ENTER)
    assert selling.sale.lines[0].card.startswith("Wallet ****")
    assert selling.sale.total == Money(800)
    selling.scan(REFILL_CODE)
    assert in_sight(selling) is selling.selling.number


def test_a_tapped_product_asks_too(selling: Driver) -> None:
    do(selling, "set_customer", number="101")
    selling.write("eWallet auf")
    selling.key(ENTER)
    assert in_sight(selling) is acts(selling).offers
    selling.touch(acts(selling).offers.keys[0])
    selling.write("10")
    selling.key(ENTER)
    assert selling.sale.total == Money(1000)


def test_one_candidate_is_no_question(selling: Driver) -> None:
    selling.write("Essensgut")
    selling.key(ENTER)
    assert in_sight(selling) is selling.selling.number
    selling.write("60")
    selling.key(ENTER)
    assert selling.sale.tax == Money(1000)


def test_a_wallet_asks_for_its_customer_and_goes_on(selling: Driver) -> None:
    """A wallet always needs a customer (T-122)."""
    selling.key(F9)
    selling.touch_key("Wallet")
    selling.write("20")
    selling.key(ENTER)
    assert in_sight(selling) is selling.selling.prices.customers
    selling.write("pich")
    selling.key(ENTER)
    assert in_sight(selling) is selling.selling.number
    selling.write("20")
    selling.key(ENTER)
    assert selling.sale.customer is not None and selling.sale.total == Money(2000)


def test_a_wallet_is_filled_up_and_pays_from_the_customer(selling: Driver) -> None:
    """Top up twice, pay from the customer's own card without its code (ETRON-33)."""
    sold(selling, "wallet", 2000, WALLET)
    do(selling, "set_customer", number="101")
    selling.key(F9)
    (wallet,) = acts(selling).vouchers.wallets
    selling.key(Qt.Key.Key_Down)
    selling.key(ENTER)
    assert in_sight(selling) is acts(selling).card
    selling.write("a")
    selling.write("20")
    selling.key(ENTER)
    assert selling.sale.total == Money(2000) and selling.view.voucher is None
    do(selling, "tender", method="cash")
    do(selling, "new_sale")
    do(selling, "set_customer", number="101")
    selling.scan(COFFEE)
    do(selling, "set_price", line=1, price=Money(3500))
    selling.key(Qt.Key.Key_F10)
    selling.key(F9)
    selling.key(Qt.Key.Key_Down)
    selling.key(ENTER)
    assert selling.shell.page == "change"
    assert balance(selling, WALLET) == Money(500)
    assert wallet.customer_name == "Johanna Pichler"


def test_customer_and_wallet_are_replaced_in_one_step(selling: Driver) -> None:
    """The rule stays, the way out is one key (T-123, W-17)."""
    sold(selling, "wallet", 2000, WALLET)
    selling.scan(WALLET)
    selling.write("a")
    selling.write("10")
    selling.key(ENTER)
    assert buyer(selling) == "101"
    selling.scan("KK-102")
    pane = acts(selling).decision
    assert in_sight(selling) is pane
    assert "Eine Wallet von Johanna Pichler ist im Verkauf" in words(selling)
    selling.key(ESCAPE)
    assert buyer(selling) == "101" and selling.sale.total == Money(1000)
    selling.scan("KK-102")
    selling.key(ENTER)
    assert buyer(selling) == "102"
    assert selling.sale.total == Money(0)


def test_somebody_else_s_wallet_may_sell_to_its_owner_instead(selling: Driver) -> None:
    sold(selling, "wallet", 2000, WALLET)
    selling.scan(MILK)
    do(selling, "set_customer", number="102")
    selling.scan(WALLET)
    selling.key(ENTER)
    assert in_sight(selling) is acts(selling).decision
    selling.key(ENTER)
    assert selling.shell.page == "change"
    assert balance(selling, WALLET) == Money(1857)


def test_a_wallet_scanned_in_payment_pays_once_its_owner_buys(selling: Driver) -> None:
    """Only the scan is done again, and nothing that came before it (T-123, W-17)."""
    sold(selling, "wallet", 2000, WALLET)
    selling.touch_key("Gutschein")
    selling.touch_key("Zwanziger")
    selling.scan(MILK)
    do(selling, "set_customer", number="102")
    do(selling, "remove_line", line=1)
    selling.key(Qt.Key.Key_F10)
    selling.key(ESCAPE)
    do(selling, "set_price", line=2, price=Money(150))
    selling.key(Qt.Key.Key_F10)
    selling.scan(WALLET)
    assert in_sight(selling) is acts(selling).decision
    selling.key(ENTER)
    assert selling.shell.page == "change"
    assert balance(selling, WALLET) == Money(1850)


def test_the_customer_s_pane_leads_to_the_wallet(selling: Driver) -> None:
    """Topped up and paid with from the customer (ETRON-33)."""
    sold(selling, "wallet", 2000, WALLET)
    do(selling, "set_customer", number="101")
    selling.key(Qt.Key.Key_F3)
    selling.touch_key("Wallets und Gutscheine")
    assert in_sight(selling) is acts(selling).vouchers
    assert [row.balance for row in acts(selling).vouchers.wallets] == [Money(2000)]
