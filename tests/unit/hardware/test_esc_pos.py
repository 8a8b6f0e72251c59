"""The bytes for a printer, read by an interpreter that shares no code with the renderer."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace

from pos.documents.layout import NARROW, WIDE
from pos.documents.plain_text import document_text
from pos.hardware.code_page import CODE_PAGES
from pos.hardware.esc_pos import PrinterProfile, drawer_pulse, render
from pos.ports.document import Barcode, Document, QrCode, Size, Text
from tests.support import papers
from tests.support.escpos_interpreter import Interpreter, Paper, picture


def printed(document: Document, profile: PrinterProfile, pictures: Path | None = None) -> Paper:
    return Interpreter(profile.columns).run(render(document, profile, pictures))


def only(*blocks: Text | Barcode | QrCode) -> Document:
    return Document("receipt", "Test", blocks)


@pytest.mark.parametrize("columns", [WIDE, NARROW])
@pytest.mark.parametrize("code_page", ["cp858", "cp1252"])
def test_a_receipt_comes_out_as_laid_out(columns: int, code_page: str) -> None:
    profile = PrinterProfile(columns, CODE_PAGES[code_page])
    paper = printed(papers.receipt(), profile)
    # What is written large is spaced out in the text, and codes are no text.
    wanted = [
        profile.code_page.fold(line)
        for line in document_text(papers.receipt(), columns).splitlines()
        if "SUMME" not in line and "[" not in line and "Greißlerei" not in line
    ]
    large = [line for line in paper.lines if line.style.height == 2]
    normal = [line.text for line in paper.lines if line.style.height == 1 and line.text]
    assert normal == [line for line in wanted if line]
    assert [line.text.split() for line in large] == [
        ["Greißlerei", "am", "Eck"],
        ["SUMME", "€", "36,59"],
    ]
    assert paper.overflows == []
    assert paper.cuts == 1


def test_umlauts_and_the_euro_sign_are_in_the_printers_own_page() -> None:
    text = "ÄÖÜ äöü ß € é à ç ñ × ·"
    for name in ("cp858", "cp1252"):
        paper = printed(only(Text(text)), PrinterProfile(code_page=CODE_PAGES[name]))
        assert paper.lines[0].text == text


def test_the_second_receipt_is_as_right_as_the_first() -> None:
    printer = Interpreter()
    job = render(only(Text("Größe € 1,50", bold=True)), PrinterProfile())
    printer.run(job)
    second = printer.run(job).lines[1]
    assert (second.text, second.style.bold) == ("Größe € 1,50", True)


def test_a_product_name_can_not_command_the_printer() -> None:
    paper = printed(
        only(Text("Tee\x1bp\x00\x19\x19 \x1d!\x77 billig\x10\x04\x01")), PrinterProfile()
    )
    assert paper.pulses == []
    assert paper.lines[0].text.startswith("Teep")
    assert {line.style.height for line in paper.lines} == {1}


def test_what_the_page_lacks_is_replaced_before_it_is_measured() -> None:
    paper = printed(only(Text("„Łódź“ – 中 … naïve")), PrinterProfile())
    assert paper.lines[0].text == '"Lódz" - ? ... naïve'


def test_a_printer_without_a_euro_sign_writes_eur() -> None:
    paper = printed(only(Text("€ 1,50")), PrinterProfile(code_page=CODE_PAGES["cp437"]))
    assert paper.lines[0].text == "EUR 1,50"


def test_size_and_bold_do_not_undo_each_other() -> None:
    paper = printed(
        only(
            Text("a", bold=True),
            Text("b", bold=True, size=Size.LARGE),
            Text("c", size=Size.TALL),
            Text("d"),
        ),
        PrinterProfile(),
    )
    styles = [(line.style.bold, line.style.width, line.style.height) for line in paper.lines]
    assert styles == [(True, 1, 1), (True, 2, 2), (False, 1, 2), (False, 1, 1)]


@pytest.mark.parametrize("columns", [WIDE, NARROW])
@pytest.mark.parametrize("native", [True, False])
def test_a_reader_reads_the_codes_back(columns: int, native: bool) -> None:
    profile = PrinterProfile(columns, native_qr=native)
    paper = printed(papers.receipt(), profile)
    found = {str(code.text) for code in zxingcpp.read_barcodes(picture(paper, columns))}
    assert found == {papers.SEAL, "B#1-000017"}


def test_a_qr_code_keeps_its_quiet_zone_above_a_bar_code() -> None:
    paper = printed(only(QrCode(papers.SEAL), Barcode("code128", "B#1-000017")), PrinterProfile())
    found = {code.text for code in zxingcpp.read_barcodes(picture(paper))}
    assert found == {papers.SEAL, "B#1-000017"}


def test_codes_stand_in_the_middle() -> None:
    paper = printed(
        only(QrCode("x"), Barcode("ean13", "4006381333931"), Text("y")), PrinterProfile()
    )
    assert [code.align for code in paper.codes] == [1, 1]
    assert paper.lines[-1].style.align == 0


def test_a_code_wider_than_the_paper_becomes_a_qr_code() -> None:
    long = "P#" + "0123456789" * 3
    paper = printed(only(Barcode("code128", long)), PrinterProfile(NARROW))
    assert [(code.kind, code.data.decode()) for code in paper.codes] == [("qr", long)]


def test_a_brace_in_a_code_128_is_doubled() -> None:
    paper = printed(only(Barcode("code128", "A{1")), PrinterProfile())
    found = zxingcpp.read_barcodes(picture(paper))
    assert [code.text for code in found] == ["A{1"]


def test_the_logo_is_a_small_raster(tmp_path: Path) -> None:
    paper = printed(papers.receipt(), PrinterProfile(), papers.make_logo(tmp_path))
    [logo] = paper.rasters
    assert (logo.width, logo.height, logo.align) == (160, 160, 1)
    dark = sum(byte.bit_count() for byte in logo.bits)
    assert 0.5 < dark / (160 * 160) < 0.8


@pytest.mark.parametrize("content", [b"", b"no picture at all"])
def test_a_broken_logo_does_not_stop_the_receipt(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    paper = printed(papers.receipt(), PrinterProfile(), tmp_path)
    assert paper.rasters == []
    assert "Beleg Nr. 17" in paper.text
    assert "logo.png" in caplog.text


def test_a_copy_says_so_first() -> None:
    paper = printed(replace(papers.receipt(), copy=2), PrinterProfile())
    first = paper.lines[0]
    assert (first.text.strip(), first.style.width) == ("KOPIE 2", 2)


def test_without_a_cutter_the_paper_is_only_fed() -> None:
    paper = printed(only(Text("x")), PrinterProfile(cuts=False))
    assert paper.cuts == 0


@pytest.mark.parametrize(
    ("pin", "on", "off", "wanted"),
    [(2, 100, 100, (2, 100, 100)), (5, 50, 500, (5, 50, 500)), (2, 900, 900, (2, 510, 510))],
)
def test_the_drawer_pulse(pin: int, on: int, off: int, wanted: tuple[int, int, int]) -> None:
    assert Interpreter().run(drawer_pulse(pin, on, off)).pulses == [wanted]


def test_a_receipt_without_a_logo_is_short() -> None:
    """At 19,200 baud it has to be out in about two seconds."""
    assert len(render(papers.receipt(), PrinterProfile())) < 4000


def test_the_library_leaves_log_environment_and_temporary_folder_as_they_were(
    tmp_path: Path,
) -> None:
    script = """
import logging, os
from pos.hardware.esc_pos import PrinterProfile, render
from pos.ports.document import Document, Text
before = dict(os.environ)
render(Document("receipt", "T", (Text("x"),)), PrinterProfile())
assert logging.getLogger().handlers == [], logging.getLogger().handlers
assert dict(os.environ) == before
"""
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path / "planted"),
    }
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_this_process_is_not_touched_either() -> None:
    names = {"ESCPOS_CAPABILITIES_FILE", "ESCPOS_CAPABILITIES_PICKLE_DIR"}
    before = list(logging.getLogger().handlers)
    render(only(Text("x")), PrinterProfile())
    assert logging.getLogger().handlers == before
    assert not names & set(os.environ)
