"""Cards looked after: the list, taken back, seen, corrected; credit notes and cards at hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.domain.money import Money
from tests.support.catalogue import COFFEE
from tests.ui.driver import Driver
from tests.ui.vouchers import (
    ENTER,
    ESCAPE,
    F9,
    PLASTIC,
    WALLET,
    acts,
    balance,
    buyer,
    do,
    in_sight,
    rows,
    shown,
    sold,
    words,
)


def test_a_sold_voucher_is_taken_back(selling: Driver) -> None:
    sold(selling)
    selling.scan(PLASTIC)
    selling.key(Qt.Key.Key_F8)
    selling.write("Doppelt geschenkt")
    selling.key(ENTER)
    assert selling.sale.total == Money(-5000)
    assert in_sight(selling) is selling.selling.catalogue


def test_a_card_of_the_list_becomes_no_cash(selling: Driver) -> None:
    """Its code was never shown to the till, so nothing is offered and F8 does nothing."""
    sold(selling)
    selling.key(F9)
    selling.key(F9)
    selling.key(Qt.Key.Key_Down)
    selling.key(ENTER)
    assert in_sight(selling) is acts(selling).card
    assert not acts(selling).card.more["take_back_voucher"].isVisible()
    selling.key(Qt.Key.Key_F8)
    assert selling.view.sale is None and balance(selling) == Money(5000)


def test_the_list_filters_and_opens_a_card(selling: Driver) -> None:
    """Programme, state, owner, end of the code; the count equals the rows (ETRON-43)."""
    sold(selling)
    sold(selling, "meal", 3000, "PLASTIC-0002")
    sold(selling, "wallet", 2000, WALLET)
    selling.key(F9)
    selling.key(F9)
    pane = acts(selling).cards
    assert in_sight(selling) is pane and len(rows(selling)) == 3
    selling.write("02")
    assert rows(selling) == ["Essen"]
    pane.field.clear()
    selling.touch_key("Leer")
    assert not rows(selling) and "Keine Karte passt" in words(selling)
    selling.touch_key("Mit Guthaben")
    selling.touch_key("Essen")
    assert len(rows(selling)) == 1
    selling.touch_key("Alle Arten")
    selling.touch_key("Alle Kunden")
    selling.write("pich")
    selling.key(ENTER)
    assert [row.customer for row in pane.model.rows] == ["101"]
    selling.key(ENTER)
    assert in_sight(selling) is acts(selling).card
    selling.key(ESCAPE)
    assert in_sight(selling) is pane
    selling.key(ESCAPE)
    assert in_sight(selling) is selling.selling.catalogue


def test_the_list_is_fetched_page_by_page(selling: Driver) -> None:
    for number in range(60):
        do(selling, "issue_voucher", programme="twenty", code=f"SERIE-{number:04}")
    do(selling, "tender", method="cash")
    do(selling, "new_sale")
    selling.key(F9)
    selling.key(F9)
    pane = acts(selling).cards
    assert len(pane.model.rows) == 50
    pane.list.scrollToBottom()
    selling.settle()
    assert len({row.card for row in pane.model.rows}) == 60


def test_codes_stay_masked_without_the_right(driver: Driver) -> None:
    driver.open("anna", "1111")
    do(driver, "issue_voucher", programme="gift", amount=Money(5000))
    do(driver, "tender", method="cash")
    do(driver, "new_sale")
    driver.key(F9)
    driver.key(F9)
    driver.key(ENTER)
    card = acts(driver).card
    assert shown(driver).code.startswith("****")
    assert not card.more["show_voucher_code"].isVisible()
    assert not card.redeem.isVisible()


def test_a_manager_sees_the_code_and_prints_the_card(selling: Driver) -> None:
    do(selling, "issue_voucher", programme="gift", amount=Money(5000))
    do(selling, "tender", method="cash")
    do(selling, "new_sale")
    selling.key(F9)
    selling.key(F9)
    selling.key(ENTER)
    selling.touch_key("Code zeigen")
    assert shown(selling).code.startswith("2116")
    papers = len(selling.desk.tray.papers)
    selling.touch_key("Karte drucken")
    assert len(selling.desk.tray.papers) == papers + 1
    selling.key(Qt.Key.Key_F12)
    assert selling.view.voucher is None


def test_a_manager_corrects_mails_and_gives(selling: Driver) -> None:
    do(selling, "issue_voucher", programme="gift", amount=Money(5000))
    do(selling, "tender", method="cash")
    do(selling, "new_sale")
    selling.key(F9)
    selling.key(F9)
    selling.key(ENTER)
    selling.touch_key("Guthaben berichtigen")
    selling.write("45")
    selling.key(ENTER)
    selling.write("Kulanz")
    selling.key(ENTER)
    card = acts(selling).card
    assert in_sight(selling) is card
    assert shown(selling).available == Money(4500)
    assert "Kulanz" in words(selling)
    selling.touch_key("Per E-Mail senden")
    selling.write("gast@example.at")
    selling.key(ENTER)
    assert selling.notices[0] == "Die Nachricht wartet auf den Versand."
    assert [each.recipient for each in selling.desk.till.letters()] == ["gast@example.at"]
    assert in_sight(selling) is card
    selling.touch_key("Besitzer ändern")
    selling.write("pich")
    selling.key(ENTER)
    assert in_sight(selling) is card
    assert shown(selling).customer_name == "Johanna Pichler"


def test_what_is_owed_becomes_a_credit_note_by_one_key(selling: Driver) -> None:
    """The refund is a voucher: code printed, no money out (T-117)."""
    do(selling, "return_product", product="1", reason="defekt")
    do(selling, "start_checkout")
    selling.touch_key("Gutschrift")
    assert selling.shell.page == "change"
    assert selling.desk.tray.papers[-1].kind == "voucher_card"
    (row,) = selling.desk.till.vouchers(programme="note")
    assert row.balance == Money(799)


def test_f9_gives_the_credit_note_too(selling: Driver) -> None:
    """(T-117)"""
    do(selling, "return_product", product="1", reason="defekt")
    do(selling, "start_checkout")
    selling.key(F9)
    assert selling.shell.page == "change"


def test_a_personal_code_is_a_customer_card_with_credit(selling: Driver) -> None:
    """(T-133)"""
    sold(selling, "wallet", 2000, WALLET)
    selling.scan(WALLET)
    selling.key(Qt.Key.Key_F3)
    assert buyer(selling) == "101"


@pytest.mark.parametrize("scanned", [True, False])
def test_a_card_at_hand_is_sold_with_its_own_code(selling: Driver, scanned: bool) -> None:
    """A card printed elsewhere keeps its code, read or typed (T-133)."""
    selling.key(F9)
    selling.touch_key("Vorhandene Karte")
    if scanned:
        selling.scan("PLASTIC-0009")
    else:
        selling.write("plastic 0009")
        selling.key(ENTER)
    selling.write("1")
    selling.write("30")
    selling.key(ENTER)
    assert selling.sale.total == Money(3000) and selling.view.unknown == ()
    do(selling, "tender", method="cash")
    do(selling, "new_sale")
    assert balance(selling, "PLASTIC-0009") == Money(3000)


def test_after_the_question_a_scan_is_goods_again(selling: Driver) -> None:
    selling.key(F9)
    selling.touch_key("Vorhandene Karte")
    selling.key(ESCAPE)
    selling.scan(COFFEE)
    assert selling.sale.total == Money(799)


def test_a_card_that_was_left_pays_no_more_without_its_code(selling: Driver) -> None:
    """Another pane came over it, another customer came: the code has to be shown again."""
    sold(selling)
    selling.scan(COFFEE)
    selling.scan(PLASTIC)
    selling.touch_key("Rabatt")
    selling.write("10")
    selling.key(ENTER)
    assert selling.view.voucher is None
    selling.key(F9)
    selling.key(F9)
    selling.key(ENTER)
    assert "redeem" not in shown(selling).can


def test_a_closed_sale_puts_the_card_away(selling: Driver) -> None:
    sold(selling)
    selling.scan(COFFEE)
    selling.scan(PLASTIC)
    do(selling, "tender", method="cash")
    assert selling.view.voucher is None
