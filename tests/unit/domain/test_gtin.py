"""GTINs: check digits and the one form of a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.gtin import check_digit, is_gtin, normalise_code, short_code

REAL = ["9000331604275", "90155642", "042100005264", "19000331604272", "4006381333931"]
"""EAN-13, EAN-8, UPC-A and GTIN-14 as printed on goods and cartons."""


@pytest.mark.parametrize("code", REAL)
def test_real_codes_are_right_and_a_slip_is_seen(code: str) -> None:
    assert is_gtin(code)
    wrong = str((int(code[-1]) + 1) % 10)
    assert not is_gtin(code[:-1] + wrong)


@given(st.from_regex(r"[0-9]{7}|[0-9]{11,13}", fullmatch=True), st.integers(0, 12))
def test_any_one_wrong_digit_is_seen(body: str, place: int) -> None:
    code = f"{body}{check_digit(body)}"
    place %= len(code)
    wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    assert is_gtin(code)
    assert not is_gtin(wrong)


@pytest.mark.parametrize("text", ["", "123", "12345678901234567", "900033160427x", "٩٠٠٠٣٣١٦٠٤٢٧٥"])
def test_other_texts_are_no_gtins(text: str) -> None:
    assert not is_gtin(text)
    assert normalise_code(text) == text


def test_two_writings_of_a_code_become_one() -> None:
    assert normalise_code("042100005264") == normalise_code("0042100005264") == "00042100005264"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("09000331604275", "9000331604275"),
        ("00000090155642", "90155642"),
        ("00042100005264", "0042100005264"),
        ("19000331604272", "19000331604272"),
        ("KLEIN-1", "KLEIN-1"),
    ],
)
def test_code_is_shown_as_printed(kept: str, shown: str) -> None:
    assert short_code(kept) == shown
    assert normalise_code(shown) == kept
