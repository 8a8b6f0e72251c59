"""What a printer answers, byte by byte (Epson's tables of DLE EOT, GS r, GS a)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.hardware.printer_escpos.status import (
    Answer,
    Answers,
    PaperProof,
    Status,
    ask,
    cause,
    is_offline,
    paper_warning,
)


def test_a_question() -> None:
    assert ask(4) == b"\x10\x04\x04"


@pytest.mark.parametrize(("byte", "offline"), [(0x12, False), (0x16, False), (0x1A, True)])
def test_online(byte: int, offline: bool) -> None:
    assert is_offline(byte) is offline


@pytest.mark.parametrize(
    ("offline", "error", "wanted"),
    [
        (0x16, 0x12, "cover_open"),
        (0x36, 0x12, "cover_open"),
        (0x32, 0x12, "paper_out"),
        (0x52, 0x12, "error"),
        (0x12, 0x1A, "error"),
        (0x12, 0x32, "error"),
        (0x12, 0x12, "offline"),
        (None, None, "offline"),
    ],
)
def test_the_cause_is_named(offline: int | None, error: int | None, wanted: str) -> None:
    assert cause(offline, error) == wanted


@pytest.mark.parametrize(("byte", "wanted"), [(0x12, ""), (0x1E, "paper_low"), (0x7E, "paper_out")])
def test_paper(byte: int, wanted: str) -> None:
    assert paper_warning(byte) == wanted


def test_unasked_status_between_answers_is_skipped() -> None:
    stream = b"\x16" + b"\x1c\x00\x0f\x00" + b"\x00" + b"\xff" + b"\x12"
    assert list(Answers().feed(stream)) == [Status(0x16), PaperProof(), Status(0x12)]


@given(st.binary(max_size=60), st.integers(0, 60))
def test_pieces_make_no_difference(data: bytes, cut: int) -> None:
    whole = list(Answers().feed(data))
    answers = Answers()
    parts: list[Answer] = [*answers.feed(data[:cut]), *answers.feed(data[cut:])]
    assert parts == whole
