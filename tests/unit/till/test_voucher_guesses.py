"""Guessing by scanner: bounded like guessing by hand, and goods are sold all the while."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit, normalise_code
from pos.domain.money import Money
from pos.domain.stored_value.codes import masked
from pos.domain.stored_value.guard import PAUSE, UNKNOWN_SCANS, WRONG_CODES
from pos.till.views import TillView
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.support.till import TestTill

CODE = "4711"


def sold(desk: TestTill) -> None:
    """A card printed elsewhere, with a short number."""
    desk.till.issue_voucher("gift", amount=Money(5000), code=CODE)
    desk.till.tender("cash")


def scan_unknown(desk: TestTill, count: int) -> None:
    for number in range(count):
        desk.clock.wait(seconds=2)
        desk.till.scan(f"{8000 + number}")


def reasons(view: TillView) -> dict[str, str]:
    return {each.code: each.reason for each in view.unknown}


def test_many_unknown_scans_stop_the_finding_of_foreign_cards(open_desk: TestTill) -> None:
    sold(open_desk)
    scan_unknown(open_desk, UNKNOWN_SCANS)
    view = open_desk.till.scan(CODE)
    assert view.voucher is None and reasons(view)[masked(CODE)] == "unknown_code"
    assert open_desk.till.scan(COFFEE).sale is not None
    view = open_desk.till.sign_in("maria", "9999")
    assert [task.kind for task in view.tasks] == ["voucher_scans"]
    assert open_desk.till.check_voucher(CODE).voucher is not None
    open_desk.clock.wait(seconds=PAUSE.total_seconds())
    open_desk.till.hide_voucher()
    assert open_desk.till.scan(CODE).voucher is not None


def test_more_unknown_scans_make_the_pause_no_shorter(open_desk: TestTill) -> None:
    sold(open_desk)
    scan_unknown(open_desk, UNKNOWN_SCANS + 5)
    assert open_desk.till.scan(CODE).voucher is None


def test_scans_while_the_customer_pays_count_as_well(open_desk: TestTill) -> None:
    sold(open_desk)
    open_desk.till.scan(COFFEE)
    open_desk.till.start_checkout()
    for number in range(UNKNOWN_SCANS):
        with pytest.raises(Refusal, match="scan_in_checkout"):
            open_desk.till.scan(f"{8000 + number}")
    with pytest.raises(Refusal, match="scan_in_checkout"):
        open_desk.till.scan(CODE)
    with pytest.raises(Refusal, match="scan_in_checkout"):
        open_desk.till.scan(COFFEE)
    assert [each.code for each in open_desk.till.view().unknown[-2:]] == [masked(CODE), COFFEE]
    assert not any(CODE in link.content for link in open_desk.store.journal())


def test_unknown_goods_lock_no_vouchers(open_desk: TestTill) -> None:
    """Without cards of other makers nothing can be guessed; nobody is troubled."""
    open_desk.till.issue_voucher("gift", amount=Money(5000))
    open_desk.till.tender("cash")
    scan_unknown(open_desk, 2 * UNKNOWN_SCANS)
    assert open_desk.till.sign_in("maria", "9999").tasks == ()


def test_while_locked_right_and_wrong_codes_are_answered_alike(open_desk: TestTill) -> None:
    sold(open_desk)
    for number in range(WRONG_CODES):
        with pytest.raises(Refusal, match="voucher_unknown"):
            open_desk.till.check_voucher(f"777{number}")
    wrong, right = open_desk.till.scan("8888"), open_desk.till.scan(CODE)
    assert reasons(wrong)["****8"] == reasons(right)["****1"] == "unknown_code"
    assert right.voucher is None
    for code in ("8888", CODE):
        with pytest.raises(Refusal, match="voucher_locked"):
            open_desk.till.check_voucher(code)


def test_closing_the_session_forgets_no_guess(open_desk: TestTill) -> None:
    sold(open_desk)
    for number in range(WRONG_CODES):
        with pytest.raises(Refusal, match="voucher_unknown"):
            open_desk.till.check_voucher(f"777{number}")
    open_desk.till.close_session(open_desk.till.expected_cash())
    till = open_desk.restart()
    till.sign_in("anna", "1111")
    till.open_session(Money(10_000))
    with pytest.raises(Refusal, match="voucher_locked"):
        till.check_voucher(CODE)


def test_a_restart_forgets_no_scan(open_desk: TestTill) -> None:
    sold(open_desk)
    scan_unknown(open_desk, UNKNOWN_SCANS)
    till = open_desk.restart()
    till.sign_in("anna", "1111")
    assert till.scan(CODE).voucher is None


def test_goods_numbered_like_vouchers_are_goods(open_desk: TestTill) -> None:
    """An in-store EAN may begin like the shop's vouchers (T-029)."""
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    code = f"211600000001{check_digit('211600000001')}"
    catalogue.codes[normalise_code(code)] = "1"
    for _ in range(WRONG_CODES + 1):
        view = open_desk.till.scan(code)
    assert view.sale is not None and view.sale.total == Money(799 * (WRONG_CODES + 1))
