"""Every story beside this file goes as it is told, on a demo shop of its own."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.app.demo import SETTINGS
from pos.app.story import Player, read_story
from pos.runtime.resources import resource
from pos.storage.catalogue.importing import import_folder
from pos.storage.verify import verify
from tests.support.office_player import OfficePlayer

STORIES = sorted(Path(__file__).parent.glob("*.json"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo shop's catalogue."""
    data = tmp_path_factory.mktemp("demo")
    report = import_folder(resource("demo"), data, datetime(2026, 11, 20, 6, tzinfo=UTC))
    assert not report.problem_count, report.problems
    (data / "till.toml").write_text(SETTINGS, encoding="utf-8")
    return data


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_goes_as_it_is_told(path: Path, demo: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo, data)
    kind = OfficePlayer if path.stem.startswith("office_") else Player
    with kind(read_story(path), data) as player:
        wrong = {
            f"{step.number} {step.name}": step.differences
            for step in player.play()
            if step.differences
        }
    assert not wrong
    assert all(finding.ok for finding in verify(data))


def test_there_are_stories() -> None:
    assert STORIES
