"""Codes that wait for a person stay, in the journal too, until somebody has looked at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.till.aside import MAX_ASIDE
from tests.support.catalogue import COFFEE, MILK
from tests.support.till import TestTill


def paying(folder: Path) -> TestTill:
    desk = TestTill(folder)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    desk.till.scan(MILK)
    desk.till.start_checkout()
    return desk


def waiting(desk: TestTill) -> list[tuple[str, str]]:
    return [(each.scanned, each.reason) for each in desk.till.view().unknown]


def test_what_was_scanned_during_payment_outlives_a_power_cut(tmp_path: Path) -> None:
    """The goods lie on the counter; nothing but this list knows of them."""
    desk = paying(tmp_path)
    with pytest.raises(Refusal, match="scan_in_checkout"):
        desk.till.scan(COFFEE)
    before = desk.till.view().unknown
    desk.restart()
    assert waiting(desk) == [(COFFEE, "scan_in_checkout")]
    assert desk.till.view().unknown == before
    desk.till.sign_in("maria", "9999")
    desk.till.back_to_sale()
    (held,) = before
    view = desk.till.scan(held.scanned)
    assert view.sale is not None and view.sale.lines_count == 2
    assert desk.till.dismiss_unknown(held.id).unknown == ()
    desk.close()


def test_a_held_scan_shows_with_the_next_snapshot(tmp_path: Path) -> None:
    desk = paying(tmp_path)
    before = desk.till.view()
    with pytest.raises(Refusal, match="scan_in_checkout"):
        desk.till.scan(COFFEE)
    after = desk.till.view()
    assert after.version > before.version
    assert after.sale == before.sale
    desk.close()


def test_unknown_codes_outlive_a_power_cut_and_stay_dismissed(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    for code in ("4711-unknown", "\x1d0815\x01unknown"):
        desk.till.scan(code)
    before = desk.till.view().unknown
    desk.till.dismiss_unknown(before[0].id)
    desk.restart()
    assert desk.till.view().unknown == before[1:]
    desk.till.dismiss_unknown(before[1].id)
    desk.restart()
    assert desk.till.view().unknown == ()
    desk.close()


@pytest.mark.parametrize(
    ("code", "written"), [("4711-unknown", "****WN"), ("9001234567896", "9001234567896")]
)
def test_each_code_that_waits_stands_in_the_journal(
    tmp_path: Path, code: str, written: str
) -> None:
    """Goods in full; what might be a voucher of another system not."""
    desk = TestTill(tmp_path)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    (unknown,) = desk.till.scan(code).unknown
    desk.till.dismiss_unknown(unknown.id)
    desk.till.dismiss_unknown(unknown.id)
    kinds = {Kind.CODE_SET_ASIDE, Kind.CODE_PUT_AWAY}
    told = [(link.entry.kind, link.entry.data) for link in desk.store.journal(1, kinds)]
    facts = {"code": written, "reason": "unknown_code"}
    assert told == [(Kind.CODE_SET_ASIDE, facts), (Kind.CODE_PUT_AWAY, facts)]
    desk.close()


def test_the_list_keeps_the_newest(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    for number in range(MAX_ASIDE + 3):
        desk.till.scan(f"unknown-{number}")
    desk.restart()
    codes = [code for code, _ in waiting(desk)]
    assert codes == [f"unknown-{number}" for number in range(3, MAX_ASIDE + 3)]
    desk.close()
