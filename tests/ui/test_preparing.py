"""After an update the catalogue is laid out anew, with a window over it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import create_engine

import pos.cli.window
from pos.app.demo import is_made
from pos.domain.errors import Refusal
from pos.runtime.texts import Texts
from pos.storage.catalogue.database import catalogue_file
from pos.storage.catalogue.renewing import is_outdated
from pos.ui.preparing import Preparing, Told, show_preparing
from tests.support.shop import make_shop


def test_a_start_after_an_update_shows_a_window_and_leaves_a_catalogue_that_fits(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_shop(tmp_path)
    engine = create_engine(f"sqlite:///{catalogue_file(tmp_path)}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE about SET value = 'older' WHERE name = 'layout'")
    engine.dispose()
    monkeypatch.setattr(pos.cli.window, "has_display", lambda: True)
    seen: list[str] = []
    shown = Preparing.show_step

    def show_step(window: Preparing, done: int, of: int) -> None:
        shown(window, done, of)
        seen.append(window.step.text())

    monkeypatch.setattr(Preparing, "show_step", show_step)
    assert is_made(tmp_path)  # to ask this renews nothing
    assert is_outdated(tmp_path)
    pos.cli.window._prepare(tmp_path)
    assert not is_outdated(tmp_path)
    assert len(seen) > 1
    assert seen[-1] == Texts("de_AT").get("ui.preparing.sorting")
    seen.clear()
    pos.cli.window._prepare(tmp_path)
    assert not seen


def test_it_cannot_be_put_away_before_it_is_over(qapp: object, tmp_path: Path) -> None:
    """Also where the job is refused, which is told to whoever began it."""
    stayed: list[bool] = []

    def shut() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Preparing) and window.isVisible():
                window.close()
                stayed.append(window.isVisible())

    def job(told: Told) -> None:
        told(594_000, 806_073)
        raise Refusal("import_running")

    show = Preparing.show_step

    class Shut(Preparing):
        def show_step(self, done: int, of: int) -> None:
            show(self, done, of)
            shut()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pos.ui.preparing.Preparing", Shut)
        with pytest.raises(Refusal, match="import_running"):
            show_preparing(job, Texts("de_AT"), tmp_path)
    assert stayed == [True]
