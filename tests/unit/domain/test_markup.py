from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.colour import parse_colour
from pos.domain.markup import KEPT, clean_html, plain_text

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p onclick="alert(1)" style="background:url(javascript:alert(1))">x</p>',
    "<style>@import 'https://evil.example'</style>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=https://evil.example></iframe>",
    "<!--><script>alert(1)</script>-->",
    "<b",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_acts_gets_through(text: str) -> None:
    cleaned = clean_html(f"{text}<b>fest</b>").lower()
    for sign in ("<script", "onerror", "onclick", "javascript:", "data:", "<img", "<style", "url("):
        assert sign not in cleaned
    assert clean_html(cleaned) == cleaned


def test_writing_stays_as_it_was() -> None:
    text = "<p>Aus <b>Bio</b>-Baumwolle &amp; Leinen</p><ul><li>30 °C</li></ul>"
    assert clean_html(text) == text


def test_a_link_keeps_its_address_and_nothing_else() -> None:
    text = '<a href="https://maker.example/?a=1&amp;b=2" target="_blank">Hersteller</a>'
    assert clean_html(text) == '<a href="https://maker.example/?a=1&amp;b=2">Hersteller</a>'


def test_what_is_left_open_is_closed() -> None:
    assert clean_html("<ul><li>eins<li><b>zwei") == "<ul><li>eins<li><b>zwei</b></li></li></ul>"


def test_the_words_alone() -> None:
    assert plain_text("<p>eins</p>zwei<br>drei<script>vier</script>") == "eins zwei drei"


@given(st.text(alphabet="<>/abscript =\"'!-&;#:", max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once
    for part in once.split("<")[1:]:
        name = part.lstrip("/").split(">")[0].split(" ")[0]
        assert name in KEPT


@pytest.mark.parametrize(
    "text", ["#ff0000", "FF0000", "#f00", "rgb(255,0,0)", "rgb(100%, 0%, 0%)", "hsl(0,100%,50%)"]
)
def test_red_is_red_however_it_is_written(text: str) -> None:
    assert parse_colour(text) == "#ff0000"


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("hsl(120,100%,25%)", "#008000"),
        ("hsl(210, 40%, 30%)", "#2e4d6b"),
        ("hsl(0,0%,100%)", "#ffffff"),
    ],
)
def test_hues_are_worked_out_as_browsers_do(text: str, colour: str) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize(
    "text", ["", "red", "#ff00", "rgb(256,0,0)", "hsl(0,101%,50%)", "hsl(1,2,3)"]
)
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"colour|hsl"):
        parse_colour(text)
