"""Receipts, papers and the drawer go where the till's profile says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.till_profile import TillProfile
from tests.support.catalogue import MILK
from tests.support.till import TestTill


def name_printer(desk: TestTill, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the back office name the printer of this till."""
    profile = TillProfile("1", "Kasse 1", price_list="shop", receipt_printer=name)
    monkeypatch.setattr(desk.desk.catalogue, "tills", lambda: (profile,))


def sell(desk: TestTill) -> None:
    desk.till.scan(MILK)
    desk.till.tender("cash")


def test_receipt_and_drawer_go_to_the_printer_of_the_profile(
    open_desk: TestTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_printer(open_desk, monkeypatch, "Büro")
    sell(open_desk)
    assert [paper.kind for paper in open_desk.other.papers] == ["receipt"]
    assert (open_desk.other.kicks, open_desk.tray.kicks) == (1, 0)
    assert open_desk.tray.papers == []
    open_desk.till.print_report("x")
    assert open_desk.other.papers[-1].kind == "x_report"


@pytest.mark.parametrize("name", ["", "Theke"])
def test_without_such_a_printer_the_first_is_used(
    open_desk: TestTill, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    name_printer(open_desk, monkeypatch, name)
    sell(open_desk)
    assert len(open_desk.tray.papers) == 1
    assert open_desk.tray.kicks == 1


def test_an_unknown_name_is_told_to_those_who_may_change_settings(
    desk: TestTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_printer(desk, monkeypatch, "Theke")
    assert desk.till.sign_in("anna", "1111").troubles == ()
    (trouble,) = desk.till.sign_in("maria", "9999").troubles
    assert (trouble.code, trouble.wanted, trouble.used) == (
        "receipt_printer_unknown",
        "Theke",
        "Bon",
    )


def test_a_till_without_printers_sells_without_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = TestTill(tmp_path)
    monkeypatch.setattr(desk.desk.printing, "names", lambda: ())
    desk.till.sign_in("anna", "1111")
    desk.till.open_session()
    sell(desk)
    assert desk.desk.receipt_printer == ""
    assert desk.till.view().print_jobs == ()
    desk.close()
