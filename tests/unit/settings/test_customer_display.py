"""What till.toml may say of the customer display."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.settings.till_toml import NO_SCREEN, DisplaySetting, read_settings


def told(folder: Path, text: str) -> DisplaySetting:
    path = folder / "till.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path).customer_display


def test_without_a_word_no_screen_is_taken(tmp_path: Path) -> None:
    assert told(tmp_path, 'till = "1"\n') == NO_SCREEN
    assert NO_SCREEN.screen == 0


def test_screen_language_and_theme(tmp_path: Path) -> None:
    text = '[customer_display]\nscreen = 2\nlanguage = "en"\ntheme = "dark"\n'
    assert told(tmp_path, text) == DisplaySetting(2, "en", "dark")


@pytest.mark.parametrize(
    ("line", "key", "hint"),
    [
        ("screen = 10", "customer_display.screen", "0, 1"),
        ('screen = "2"', "customer_display.screen", "0, 1"),
        ('language = "fr"', "customer_display.language", "de_AT"),
        ('theme = "pink"', "customer_display.theme", "contrast"),
        ("monitor = 2", "customer_display.monitor", "screen"),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, line: str, key: str, hint: str) -> None:
    with pytest.raises(Refusal) as refused:
        told(tmp_path, f"[customer_display]\n{line}\n")
    assert refused.value.code == "setting_unknown"
    assert refused.value.values["key"] == key
    assert hint in str(refused.value.values["hint"])
