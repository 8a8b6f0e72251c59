"""What the window ships: each icon that is named exists, and none lies about unused."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QFontInfo, QFontMetrics

from pos.runtime.resources import resource
from pos.ui import tokens
from pos.ui.icons import icon
from pos.ui.look import Look, load_fonts
from pos.ui.preferences import SIDES
from pos.ui.tokens import LIGHT

CODE = Path(__file__).parents[2] / "pos" / "ui"
WORD = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"')


def test_no_icon_is_shipped_for_nothing() -> None:
    named = {word for path in CODE.rglob("*.py") for word in WORD.findall(path.read_text("utf-8"))}
    named |= {f"panel-{side}" for side in SIDES}
    shipped = {path.stem for path in resource("icons").glob("*.svg")}
    assert shipped - named == set()


def test_every_icon_draws_something(qapp: object) -> None:
    for path in resource("icons").glob("*.svg"):
        picture = icon(path.stem, "#000000", 24).toImage()
        inked = any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
        assert inked, path.stem


def test_figures_are_equally_wide_where_amounts_stand_in_columns(qapp: object) -> None:
    load_fonts()
    font = Look(LIGHT).font(tokens.LEAD, tokens.BOLD, figures=True)
    assert QFontInfo(font).family() == tokens.FAMILY
    widths = {QFontMetrics(font).horizontalAdvance(digit * 4) for digit in "0123456789"}
    assert len(widths) == 1


def test_the_typeface_has_the_signs_that_keys_show(qapp: object) -> None:
    load_fonts()
    metrics = QFontMetrics(Look(LIGHT).font())
    assert all(metrics.inFontUcs4(ord(sign)) for sign in "↵↑↓×€−…·ÄÖÜäöüß")
