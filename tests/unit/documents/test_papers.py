"""Reports, slips, copies; documents as JSON, picture and PDF."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from pos.documents.codec import document_from_json, document_to_json
from pos.documents.codes import bar_modules, qr_module_size
from pos.documents.drawing import PAPER_DOTS
from pos.documents.layout import NARROW, WIDE, TextLine, lay_out
from pos.documents.parts import table
from pos.documents.pdf import document_pdf
from pos.documents.picture import document_png
from pos.documents.plain_text import document_text
from pos.documents.session_sections import session_sections
from pos.documents.slips import test_print as set_up_print
from pos.domain.money import Money
from pos.ports.document import Barcode, Document, QrCode, Text
from pos.runtime.texts import LANGUAGES, Texts
from tests.support import papers

Make = Callable[[], Document]
EVERY: list[Make] = [papers.receipt, papers.z_report, papers.cash_slip, papers.parking_slip]


def image_of(
    document: Document, columns: int = WIDE, pictures: Path | None = None, scale: int = 1
) -> Image.Image:
    return Image.open(io.BytesIO(document_png(document, columns, pictures, scale)))


def test_the_z_report_holds_every_figure_of_the_session() -> None:
    text = document_text(papers.z_report())
    for part in (
        "Z-BERICHT",
        "22.11.2026 07:30 Anna Berger",
        "17 – 158",
        "Summe",
        "101 × Bar",
        "Blumen für den Tresen",
        "−€ 30,00",
        "€ 1.963,51",
        "−€ 0,50",
        "€ 1.813,01",
        "Unterschrift",
        "4 × Entfernte Positionen",
        "Wechseln",
    ):
        assert part in text


def test_cash_takings_are_what_the_float_and_the_moves_leave() -> None:
    sections = {each.title: each for each in session_sections(papers.FIGURES, str, str)}
    cash = sections["cash_section"]
    rows = {getattr(row, "label", ""): getattr(row, "value", None) for row in cash.rows}
    assert rows["cash_sales"] == Money(184351)
    assert rows["expected"] == Money(15000 + 184351 - 3000)


def test_an_x_report_has_no_count_and_no_signature() -> None:
    open_session = replace(papers.FIGURES, counted=None, left=None, reason="", closed_at=None)
    labels = {
        getattr(row, "label", "")
        for section in session_sections(open_session, str, str)
        for row in section.rows
    }
    assert "expected" in labels
    assert not {"counted", "difference", "leaves", "reason"} & labels


def test_a_session_without_a_sale_still_reports() -> None:
    empty = replace(
        papers.FIGURES,
        taxes=(),
        tenders=(),
        moves=(),
        returns=(),
        return_reasons={},
        first_receipt=None,
        last_receipt=None,
    )
    assert len(session_sections(empty, str, str)) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_slips_are_no_receipts_and_say_so(language: str) -> None:
    for slip in (papers.cash_slip(language), papers.parking_slip(language)):
        assert "132a BAO" in document_text(slip)
    assert Barcode("code128", "P#1-0004") in papers.parking_slip(language).blocks


def test_the_set_up_print_shows_the_letters_that_go_wrong() -> None:
    text = document_text(set_up_print(papers.SHOP, "TM-T20III", papers.AT, Texts()))
    assert "ÄÖÜ äöü ß €" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_says_so_in_the_language_of_its_paper(language: str) -> None:
    original = papers.receipt(language)
    lines = document_text(replace(original, copy=3)).splitlines()
    assert lines[0].strip() == {"de_AT": "KOPIE 3", "en": "COPY 3"}[language]
    assert lines[2:] == document_text(original).splitlines()


@pytest.mark.parametrize("make", EVERY)
def test_json_gives_the_same_document_back(make: Make) -> None:
    document = replace(make(), copy=1)
    text = document_to_json(document)
    assert document_from_json(text) == document
    assert document_to_json(document_from_json(text)) == text
    assert "\n" not in text


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '{"kind":"receipt","title":"x","blocks":[{"block":"film"}]}', "{"],
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="stored document"):
        document_from_json(text)


@pytest.mark.parametrize("columns", [WIDE, NARROW])
@pytest.mark.parametrize("make", EVERY)
def test_a_picture_is_as_wide_as_the_paper_and_leaves_its_edge_white(
    make: Make, columns: int
) -> None:
    image = image_of(make(), columns)
    assert image.width == PAPER_DOTS[columns]
    edge = [image.crop(box) for box in ((0, 0, 20, image.height), (0, 0, image.width, 20))]
    assert [part.getextrema() for part in edge] == [(255, 255), (255, 255)]
    right = image.crop((image.width - 20, 0, image.width, image.height))
    assert right.getextrema() == (255, 255)


@pytest.mark.parametrize("columns", [WIDE, NARROW])
def test_a_reader_reads_the_codes_off_the_picture(columns: int) -> None:
    found = {code.text for code in zxingcpp.read_barcodes(image_of(papers.receipt(), columns))}
    assert found == {papers.SEAL, "B#1-000017"}


def test_a_picture_for_a_fine_screen_is_larger_and_the_same() -> None:
    small, large = image_of(papers.receipt()), image_of(papers.receipt(), scale=2)
    assert large.size == (small.width * 2, small.height * 2)


def test_the_logo_stands_on_top(tmp_path: Path) -> None:
    papers.make_logo(tmp_path)
    with_logo = image_of(papers.receipt(), pictures=tmp_path)
    assert with_logo.height - image_of(papers.receipt()).height == 176
    assert with_logo.crop((0, 32, 640, 192)).getextrema() == (0, 255)


def test_a_logo_outside_the_picture_folder_is_not_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    papers.make_logo(tmp_path)
    inside = tmp_path / "pictures"
    inside.mkdir()
    shop = replace(papers.SHOP, logo="../logo.png")
    document = set_up_print(shop, "x", papers.AT, Texts())
    with caplog.at_level(logging.WARNING):
        document_png(document, WIDE, inside)
    assert "left out" in caplog.text


@pytest.mark.parametrize("columns", [WIDE, NARROW])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_the_same_text_on_one_page(columns: int, language: str) -> None:
    document = papers.receipt(language)
    reader = PdfReader(io.BytesIO(document_pdf(document, columns)))
    [page] = reader.pages
    millimetres = float(page.mediabox.width) / 72 * 25.4
    assert round(millimetres) == {WIDE: 80, NARROW: 57}[columns]
    text = page.extract_text().split()
    wanted = [
        word
        for word in document_text(document, columns).split()
        if "─" not in word and not word.startswith(("[", "_R1", "B#"))
    ]
    assert [word for word in wanted if word not in text] == []
    assert reader.metadata is not None
    assert reader.metadata.title == document.title


def test_every_typeface_in_the_pdf_is_embedded() -> None:
    reader = PdfReader(io.BytesIO(document_pdf(papers.receipt())))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = [font.get_object()["/BaseFont"] for font in fonts.values()]
    assert names
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    assert all("JetBrainsMono" in name for name in names)


def test_the_same_document_gives_the_same_pdf() -> None:
    assert document_pdf(papers.receipt()) == document_pdf(papers.receipt())


def test_a_code_that_can_not_be_is_refused() -> None:
    for kind, data in (("ean13", "4006381333932"), ("ean13", "ABC"), ("ean8", "1")):
        with pytest.raises(ValueError, match=data):
            bar_modules(Barcode(kind, data))


@pytest.mark.parametrize("modules", [21, 25, 57, 73, 85])
def test_qr_modules_take_whole_dots_and_fit_narrow_paper(modules: int) -> None:
    size = qr_module_size(modules)
    assert 3 <= size <= 8
    assert modules * size <= 384 - 2 * 4 * size


def test_a_long_paper_is_one_long_page() -> None:
    document = Document("receipt", "T", tuple(Text(f"{n}") for n in range(500)))
    assert image_of(document).height > 500 * 30
    assert len(PdfReader(io.BytesIO(document_pdf(document))).pages) == 1


def test_a_long_code_still_reads() -> None:
    data = "_R1-AT1_" + "x" * 400
    [found] = zxingcpp.read_barcodes(image_of(Document("receipt", "T", (QrCode(data),)), NARROW))
    assert found.text == data


@pytest.mark.parametrize("figure", ["999,99", "123.456,78"])
def test_a_tax_table_keeps_its_columns_on_narrow_paper(figure: str) -> None:
    rows = (("Satz", "Netto", "Steuer", "Brutto"), ("A 20 %", figure, figure, figure))
    document = Document(kind="test", title="", blocks=tuple(table(rows)), language="de_AT")
    lines = [line.text for line in lay_out(document, 32) if isinstance(line, TextLine)]
    assert max(map(len, lines)) <= 32
    heads = next(line for line in lines if "Netto" in line)
    figures = next(line for line in lines if figure in line)
    assert figures.count(figure) == 3
    ends = [found.end() for found in re.finditer(r"\S+", heads)][-3:]
    assert ends == [found.end() for found in re.finditer(r"\S+", figures)][-3:]
