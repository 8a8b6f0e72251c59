"""The one layout: lines never exceed the paper, no word gets lost, figures stay whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.documents.layout import (
    NARROW,
    WIDE,
    BarcodeLine,
    PictureLine,
    QrLine,
    RuleLine,
    TextLine,
    lay_out,
)
from pos.documents.parts import head_row, sum_row, table
from pos.ports.document import (
    Align,
    Barcode,
    Block,
    Cell,
    Document,
    Picture,
    QrCode,
    Row,
    Rule,
    Size,
    Space,
    Text,
)

WORDS = st.text("abcäöüß€ .,-0123456789\u00a0", max_size=60)
ALIGN, SIZE = st.sampled_from(Align), st.sampled_from(Size)
CELLS = st.builds(Cell, WORDS, ALIGN, st.sampled_from((0, 0, 3, 9)))
BLOCKS = st.one_of(
    st.builds(Text, WORDS, ALIGN, st.booleans(), SIZE),
    st.builds(Row, st.lists(CELLS, min_size=1, max_size=5).map(tuple), st.booleans(), SIZE),
)


def texts(columns: int, *blocks: Block) -> list[str]:
    lines = lay_out(Document("receipt", "T", blocks), columns)
    return [line.text for line in lines if isinstance(line, TextLine)]


@given(st.lists(BLOCKS, max_size=4), st.sampled_from((NARROW, 42, WIDE)))
def test_no_line_is_wider_than_the_paper(blocks: list[Block], columns: int) -> None:
    for line in lay_out(Document("receipt", "T", tuple(blocks)), columns):
        assert isinstance(line, TextLine)
        assert len(line.text) <= (columns // 2 if line.size is Size.LARGE else columns)


@given(BLOCKS, st.sampled_from((NARROW, WIDE)))
def test_nothing_that_was_written_is_lost(block: Block, columns: int) -> None:
    assert isinstance(block, Text | Row)
    written = block.text if isinstance(block, Text) else "".join(c.text for c in block.cells)
    laid = "".join(texts(columns, block))
    assert sorted(re.sub(r"\s", "", laid)) == sorted(re.sub(r"\s", "", written))


def test_long_text_breaks_at_words() -> None:
    name = Text("Manner Original Neapolitaner Schnitten Haselnusscreme")
    assert texts(NARROW, name) == ["Manner Original Neapolitaner", "Schnitten Haselnusscreme"]


def test_a_word_longer_than_the_paper_breaks_anywhere() -> None:
    assert texts(NARROW, Text("x" * 40)) == ["x" * 32, "x" * 8]


def test_a_figure_keeps_its_unit() -> None:
    lines = texts(NARROW, Text("Vöslauer Wasser sehr prickelnd 1,5 l"))
    assert lines == ["Vöslauer Wasser sehr prickelnd", "1,5 l"]


def test_centred_text_breaks_into_even_lines() -> None:
    lines = texts(NARROW, Text("Umtausch binnen 14 Tagen mit Beleg", Align.CENTER))
    assert [line.strip() for line in lines] == ["Umtausch binnen 14", "Tagen mit Beleg"]


@pytest.mark.parametrize(
    ("align", "wanted"),
    [(Align.LEFT, "abcd"), (Align.CENTER, " " * 14 + "abcd"), (Align.RIGHT, " " * 28 + "abcd")],
)
def test_alignment(align: Align, wanted: str) -> None:
    assert texts(NARROW, Text("abcd", align)) == [wanted]


@pytest.mark.parametrize("columns", [NARROW, WIDE])
def test_a_sum_stands_at_the_right_edge(columns: int) -> None:
    [line] = texts(columns, sum_row("Bar", "€ 50,00"))
    assert line == "Bar" + "€ 50,00".rjust(columns - 3)


def test_a_long_name_runs_on_and_its_sum_stands_on_the_last_line() -> None:
    lines = texts(NARROW, sum_row("Gutschein der Stadtgemeinde Baden", "€ 50,00"))
    assert lines == ["Gutschein der Stadtgemeinde", "Baden" + "€ 50,00".rjust(27)]


def test_a_name_that_fills_its_line_sends_a_word_down_to_the_sum() -> None:
    lines = texts(NARROW, sum_row("Gutschein der Stadtgemeinde", "€ 50,00"))
    assert lines == ["Gutschein der", "Stadtgemeinde" + "€ 50,00".rjust(19)]


def test_the_two_sides_of_a_head_stay_whole() -> None:
    lines = texts(NARROW, head_row("Beleg Nr. 123456", "22.11.2026 14:05"))
    assert lines == ["Beleg Nr. 123456", "22.11.2026 14:05".rjust(32)]


def test_a_long_name_keeps_its_quantity_before_and_its_amount_behind() -> None:
    amount = (Cell("1,49", Align.RIGHT, 8), Cell("B", Align.LEFT, 1))
    name = Cell("Manner Original Neapolitaner Schnitten")
    lines = texts(NARROW, Row((Cell("12", Align.RIGHT, 3), name, *amount)))
    assert lines == [" 12 Manner Original Neapolitaner", "    Schnitten" + "1,49 B".rjust(19)]


def test_large_text_that_does_not_fit_becomes_tall() -> None:
    block = sum_row("SUMME", "€ 123.456,00", size=Size.LARGE)
    sizes = {}
    for columns in (NARROW, WIDE):
        [line] = lay_out(Document("receipt", "T", (block,)), columns)
        assert isinstance(line, TextLine)
        sizes[columns] = line.size
        assert line.text.split() == ["SUMME", "€", "123.456,00"]
    assert sizes == {NARROW: Size.TALL, WIDE: Size.LARGE}


def test_a_table_stands_in_line_and_fills_the_paper() -> None:
    rows = (("Satz", "Netto", "Brutto"), ("20 %", "1.500,00", "1.800,00"))
    for columns in (NARROW, WIDE):
        head, body = texts(columns, *table(rows))
        assert len(head) == len(body) == columns
        assert head.index("Netto") + 5 == body.index("1.500,00") + 8


def test_a_table_too_wide_for_the_paper_keeps_every_figure_whole() -> None:
    figures = ("20 %", "12.345.678,90", "2.469.135,78", "14.814.814,68")
    lines = texts(NARROW, *table([figures]))
    assert " ".join(lines).split() == " ".join(figures).split()


def test_columns_grow_to_hold_a_figure() -> None:
    row = Row((Cell("Brot"), Cell("1.234.567,00", Align.RIGHT, 4)))
    assert texts(NARROW, row) == ["Brot" + "1.234.567,00".rjust(28)]


def test_control_characters_never_reach_an_output() -> None:
    assert texts(WIDE, Text("a\x1bp\x00b\tc\x7f\x9bd")) == ["apbcd"]


def test_a_letter_and_its_accent_count_as_one() -> None:
    assert texts(WIDE, Text("Ka\u0308se")) == ["Käse"]


def test_other_blocks_keep_their_place() -> None:
    blocks = (
        Picture("logo.png"),
        Rule(),
        Space(2),
        QrCode("q"),
        Barcode("ean13", "4006381333931"),
    )
    lines = lay_out(Document("receipt", "T", blocks), WIDE)
    assert lines == (
        PictureLine("logo.png"),
        RuleLine(),
        TextLine(""),
        TextLine(""),
        QrLine("q"),
        BarcodeLine("ean13", "4006381333931", 3),
        TextLine("4006381333931".center(48).rstrip()),
    )


@pytest.mark.parametrize(
    ("columns", "data", "wanted"),
    [(WIDE, "P#1-0004", 3), (NARROW, "P#1-0004", 2), (NARROW, "P#1-0004-0123456789", None)],
)
def test_a_bar_code_takes_the_widest_bars_that_fit(
    columns: int, data: str, wanted: int | None
) -> None:
    line = lay_out(Document("receipt", "T", (Barcode("code128", data),)), columns)[0]
    assert line == (BarcodeLine("code128", data, wanted) if wanted else QrLine(data))
