"""Receipts and reports as PDF are copies like those on paper: counted, marked, in the journal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from tests.support.catalogue import MILK
from tests.support.till import TestTill


@pytest.fixture
def sold(tmp_path: Path) -> TestTill:
    """A till with receipt 1."""
    desk = TestTill(tmp_path)
    desk.desk.paper_folder = tmp_path / "papers"
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    desk.till.scan(MILK)
    desk.till.tender("cash")
    return desk


def words(path: Path) -> str:
    (page,) = PdfReader(io.BytesIO(path.read_bytes())).pages
    return str(page.extract_text())


def test_a_receipt_as_pdf_is_the_next_copy_on_paper_or_not(sold: TestTill) -> None:
    first = sold.till.receipt_pdf(1).write()
    sold.till.reprint(1)
    third = sold.till.receipt_pdf().write()
    assert sold.tray.papers[-1].copy == 2
    assert [first.name, third.name] == ["Beleg-Nr-1-Kopie-1.pdf", "Beleg-Nr-1-Kopie-3.pdf"]
    assert first.parent == sold.folder / "papers"
    assert "Vollmilch" in words(first)
    assert "KOPIE" in words(third).upper()
    told = [link.entry.data for link in sold.store.journal(1, {Kind.RECEIPT_COPIED})]
    assert told == [{"number": 1, "copy": copy} for copy in (1, 2, 3)]


def test_a_closed_sessions_report_as_pdf_is_a_copy_and_an_x_is_not(sold: TestTill) -> None:
    x = sold.till.report_pdf("x")
    assert x.document.copy == 0
    sold.till.close_session(counted=Money(10159), leave=Money(10000))
    copies = [sold.till.report_pdf("z").document.copy for _ in range(2)]
    assert copies == [1, 2]
    told = [link.entry.data["kind"] for link in sold.store.journal(None, {Kind.REPORT_COPIED})]
    assert told == ["x", "z", "z"]
    assert "1,59" in words(x.write())


def test_each_x_report_has_a_file_of_its_own(sold: TestTill) -> None:
    before = sold.till.report_pdf("x").write()
    sold.clock.wait(minutes=5)
    assert sold.till.report_pdf("x").write() != before


def test_nobody_signed_in_saves_nothing(sold: TestTill) -> None:
    sold.till.sign_out()
    with pytest.raises(Refusal, match="not_signed_in"):
        sold.till.receipt_pdf(1)
    with pytest.raises(Refusal, match="not_signed_in"):
        sold.till.report_pdf("x")


def test_a_folder_that_takes_no_file_is_told(sold: TestTill) -> None:
    sold.desk.paper_folder.write_text("in the way")
    with pytest.raises(Refusal, match="paper_not_written"):
        sold.till.receipt_pdf(1).write()
