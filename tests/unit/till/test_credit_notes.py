"""Credit notes: what comes back becomes a voucher, to be used in full or in part (T-117)."""

from __future__ import annotations

import pytest

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.storage.verify import verify
from tests.support.catalogue import COFFEE
from tests.support.till import TestTill
from tests.support.vouchers import FREE, NOTE


def returned(desk: TestTill) -> None:
    """Coffee that was sold for cash comes back."""
    desk.till.scan(COFFEE)
    desk.till.tender("cash")
    desk.till.start_return(1, reason="defekt")


def code_on(desk: TestTill) -> str:
    """The code of the newest card."""
    card = desk.store.cards.card(desk.till.vouchers(programme="note")[-1].card)
    programmes = {each.number: each for each in desk.desk.catalogue.programmes()}
    return desk.desk.code_key.code(card.salt, programmes["note"].group)


def test_what_is_owed_becomes_a_voucher_with_a_printed_code(open_desk: TestTill) -> None:
    """(T-117)"""
    returned(open_desk)
    view = open_desk.till.view()
    assert [each.number for each in view.credit_notes] == ["note"]
    kicks = open_desk.tray.kicks
    view = open_desk.till.credit_note("note")
    assert view.last_sale is not None and view.last_sale.total == Money(0)
    assert open_desk.tray.kicks == kicks
    receipt, slip = open_desk.tray.papers[-2:]
    assert "−7,99" in document_text(receipt) and "Gutschrift ****" in document_text(receipt)
    assert "€ 7,99" in document_text(slip) and code_on(open_desk).startswith("2115")
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_credit_note_is_used_in_part_and_then_in_full(open_desk: TestTill) -> None:
    """(T-117)"""
    returned(open_desk)
    open_desk.till.credit_note("note")
    code = code_on(open_desk)
    open_desk.till.scan(COFFEE)
    view = open_desk.till.redeem(code, amount=Money(300))
    assert view.sale is not None and view.sale.due == Money(499)
    view = open_desk.till.tender("cash")
    open_desk.till.scan(COFFEE)
    view = open_desk.till.redeem(code)
    assert view.sale is not None and view.sale.due == Money(300)


def test_it_may_be_given_out_of_the_payment_too(open_desk: TestTill) -> None:
    """(T-117)"""
    returned(open_desk)
    open_desk.till.start_checkout()
    view = open_desk.till.credit_note("note")
    assert view.last_sale is not None
    assert open_desk.till.vouchers(programme="note")[0].balance == Money(799)


def test_nothing_owed_no_credit_note(open_desk: TestTill) -> None:
    """(T-117)"""
    open_desk.till.scan(COFFEE)
    assert open_desk.till.view().credit_notes == ()
    with pytest.raises(Refusal, match="nothing_to_refund"):
        open_desk.till.credit_note("note")


def test_other_programmes_are_none_and_none_is_sold(open_desk: TestTill) -> None:
    """A credit note differs from a voucher only by its product (T-117)."""
    with pytest.raises(Refusal, match="credit_note_not_sold"):
        open_desk.till.add_product(NOTE)
    assert NOTE not in {each.product for each in open_desk.till.view().programmes}
    assert FREE in {each.product for each in open_desk.till.view().programmes}
    returned(open_desk)
    with pytest.raises(Refusal, match="voucher_inactive"):
        open_desk.till.credit_note("gift")


def test_what_a_taxed_voucher_paid_goes_back_to_it_alone(open_desk: TestTill) -> None:
    """A single-purpose voucher took the tax back; a credit note would take it twice (T-117)."""
    open_desk.till.issue_voucher("meal", amount=Money(2000), code="MEAL-0001")
    open_desk.till.tender("cash")
    open_desk.till.scan(COFFEE)
    open_desk.till.redeem("MEAL-0001")
    open_desk.till.start_return(2, reason="defekt")
    with pytest.raises(Refusal, match="refund_as_paid"):
        open_desk.till.credit_note("note")
