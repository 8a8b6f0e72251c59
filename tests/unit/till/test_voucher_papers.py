"""Cards on paper: the code is on the card and nowhere else."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from pos.documents.picture import document_png
from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.codes import CodeKey
from pos.ports.document import Document
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.support.till import TestTill


def sell(desk: TestTill, programme: str = "gift", minor: int = 5000) -> str:
    desk.till.issue_voucher(programme, amount=Money(minor))
    desk.till.tender("cash")
    return desk.till.vouchers(state="open", programme=programme)[-1].card


def slips(desk: TestTill) -> list[Document]:
    return [paper for paper in desk.tray.papers if paper.kind == "voucher_card"]


def code_of(desk: TestTill, card: str) -> str:
    known = desk.store.cards.card(card)
    programmes = {each.number: each for each in desk.desk.catalogue.programmes()}
    return desk.desk.code_key.code(known.salt, programmes[known.programme].group)


def read(paper: Document) -> list[str]:
    picture = Image.open(io.BytesIO(document_png(paper)))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_new_card_comes_with_its_receipt(open_desk: TestTill) -> None:
    card = sell(open_desk)
    (slip,) = slips(open_desk)
    assert read(slip) == [code_of(open_desk, card)]
    text = document_text(slip)
    assert "Geschenkgutschein" in text and "€ 50,00" in text
    assert "Gültig bis 23.11.2027." in text
    assert [paper.kind for paper in open_desk.tray.papers] == ["receipt", "voucher_card"]


def test_a_redeemed_voucher_gets_a_slip_with_what_is_left(open_desk: TestTill) -> None:
    """(T-108)"""
    card = sell(open_desk)
    open_desk.till.scan(COFFEE)
    open_desk.till.redeem(code_of(open_desk, card))
    slip = slips(open_desk)[-1]
    assert len(slips(open_desk)) == 2 and read(slip) == [code_of(open_desk, card)]
    assert "€ 42,01" in document_text(slip) and "Guthaben am 23.11.2026" in document_text(slip)
    open_desk.till.scan(f"6*{COFFEE}")
    open_desk.till.redeem(code_of(open_desk, card))
    open_desk.till.tender("cash")
    assert len(slips(open_desk)) == 2


def test_a_wallet_gets_a_slip_when_it_is_filled_up_and_none_when_it_pays(
    open_desk: TestTill,
) -> None:
    """(T-108)"""
    open_desk.till.set_customer("101")
    open_desk.till.sell_voucher("wallet", Money(2000))
    open_desk.till.tender("cash")
    (row,) = open_desk.till.vouchers(customer="101")
    open_desk.till.top_up(card=row.card, amount=Money(1500))
    open_desk.till.tender("cash")
    assert "€ 35,00" in document_text(slips(open_desk)[-1])
    open_desk.till.set_customer("101")
    open_desk.till.scan(COFFEE)
    open_desk.till.redeem(card=row.card)
    assert len(slips(open_desk)) == 2


def test_slips_are_off_for_cards_of_plastic(open_desk: TestTill) -> None:
    """(T-108)"""
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.stored_value = tuple(replace(each, prints=False) for each in catalogue.stored_value)
    sell(open_desk)
    assert slips(open_desk) == []


def test_a_reprint_brings_the_slips_for_whoever_may_see_codes(open_desk: TestTill) -> None:
    """(T-108)"""
    card = sell(open_desk)
    open_desk.till.reprint()
    assert len(slips(open_desk)) == 1
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.reprint()
    again = slips(open_desk)[-1]
    assert len(slips(open_desk)) == 2 and again.copy == 2
    assert read(again) == [code_of(open_desk, card)] and "KOPIE" in document_text(again).upper()


def test_a_card_printed_elsewhere_needs_no_slip(open_desk: TestTill) -> None:
    open_desk.till.issue_voucher("gift", amount=Money(5000), code="PLASTIC-0001")
    open_desk.till.tender("cash")
    assert slips(open_desk) == []
    (row,) = open_desk.till.vouchers()
    open_desk.till.sign_in("maria", "9999")
    with pytest.raises(Refusal, match="voucher_code_foreign"):
        open_desk.till.print_voucher(row.card)


def test_the_kept_job_has_no_code_and_a_retry_prints_it(open_desk: TestTill) -> None:
    open_desk.tray.fault = "paper_out"
    card = sell(open_desk)
    jobs = {job.title: job.id for job in open_desk.till.view().print_jobs}
    (title,) = (title for title in jobs if "****" in title)
    kept = open_desk.store.print_job(jobs[title]).document
    assert code_of(open_desk, card) not in repr(kept)
    open_desk.tray.fault = ""
    open_desk.till.retry_job(jobs[title])
    assert read(slips(open_desk)[0]) == [code_of(open_desk, card)]


def test_printing_again_wants_the_right(open_desk: TestTill) -> None:
    card = sell(open_desk)
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.print_voucher(card)
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.print_voucher(card)
    assert read(slips(open_desk)[-1]) == [code_of(open_desk, card)]


def test_a_lost_key_costs_the_print_and_no_money(open_desk: TestTill) -> None:
    card = sell(open_desk)
    code = code_of(open_desk, card)
    open_desk.desk.code_key = CodeKey(bytes(32), secrets.token_bytes)
    open_desk.till.sign_in("maria", "9999")
    with pytest.raises(Refusal, match="voucher_code_lost"):
        open_desk.till.print_voucher(card)
    view = open_desk.till.check_voucher(code)
    assert view.voucher is not None and view.voucher.available == Money(5000)


def test_a_sheet_holds_every_card_of_a_programme(open_desk: TestTill, tmp_path: Path) -> None:
    cards = {sell(open_desk, minor=1000 + 100 * number) for number in range(12)}
    sell(open_desk, "any")
    path = tmp_path / "cards.pdf"
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.card_sheet("gift")
    open_desk.till.sign_in("maria", "9999")
    pages: list[int] = []
    cut = open_desk.till.card_sheet("gift")
    assert len(cut.faces) == 12 and cut.write(path, pages.append) == path
    assert pages == [10, 12]
    reader = PdfReader(path)
    text = "".join(page.extract_text() for page in reader.pages).replace(" ", "")
    assert len(reader.pages) == 2
    assert all(code_of(open_desk, card) in text for card in cards)
    assert "€10,00" in text and "€21,00" in text
    with pytest.raises(Refusal, match="voucher_nothing_to_print"):
        open_desk.till.card_sheet("meal").write(path)
