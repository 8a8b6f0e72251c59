"""A till that can't start says so in a window: the cashier sees no terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

import pos.cli.window
from pos.cli.main import Exit, run
from pos.domain.errors import Refusal
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.lock import lock_folder
from pos.ui import not_started
from pos.ui.look import SCALES, Look, palette_of
from pos.ui.not_started import NotStarted
from pos.ui.tokens import TARGET
from tests.support.shop import make_shop

CODES = ("database_damaged", "catalogue_damaged", "already_running", "no_catalogue", "disk_full")
"""What keeps a till from starting."""


def shown(code: str, language: str, folder: Path, scale: int = 100) -> NotStarted:
    window = NotStarted(Refusal(code), Texts(language), Look(palette_of("light"), scale), folder)
    window.show()
    return window


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_whole_text_is_told_and_copied(
    qapp: object, tmp_path: Path, code: str, language: str
) -> None:
    window = shown(code, language, tmp_path)
    text = Texts(language).refusal(Refusal(code))
    QTest.mouseClick(window.copy_key, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(text)
    assert code in copied
    assert str(tmp_path) in copied
    window.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_esc_and_enter_close_it(qapp: object, tmp_path: Path, key: Qt.Key) -> None:
    window = shown("already_running", "en", tmp_path)
    QTest.keyClick(window, key)
    assert not window.isVisible()


@pytest.mark.parametrize("scale", SCALES)
def test_keys_are_large_enough_for_fingers(qapp: object, tmp_path: Path, scale: int) -> None:
    window = shown("database_damaged", "de_AT", tmp_path, scale)
    assert min(window.copy_key.height(), window.close_key.height()) >= TARGET
    assert window.height() <= 768 or scale > 150
    window.close()


def test_a_second_program_on_the_folder_shows_it_and_ends_with_3(
    qapp: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the language of the shop, whatever the machine speaks."""
    data = tmp_path / "data"
    make_shop(data)
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(pos.cli.window, "has_display", lambda: True)
    monkeypatch.setattr(
        not_started,
        "show_not_started",
        lambda refusal, texts, _folder: seen.append((refusal.code, texts.language)),
    )
    lock = lock_folder(data)
    try:
        assert run(["run", "--data", str(data)]) == Exit.REFUSED
    finally:
        lock.release()
    assert seen == [("already_running", "de_AT")]
    assert capsys.readouterr().err
