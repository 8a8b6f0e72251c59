"""The stories are played by the program as anybody would play them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.runtime.resources import resource
from pos.storage.verify import verify
from tests.system.program import pos

STORIES = sorted((Path(__file__).parents[1] / "stories/test_shop").glob("*.json"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_a_story_of_the_test_shop(data: Path, story: Path) -> None:
    done = pos("play", story, "--data", data)
    assert done.returncode == 0, done.stdout
    assert not [finding for finding in verify(data) if not finding.ok]


def test_the_shipped_stories_play_on_the_demo_shop() -> None:
    stories = sorted(resource("stories").glob("*.json"))
    done = pos("play", *stories)
    assert done.returncode == 0, done.stdout
    assert done.stderr.count("all as expected") == len(stories) > 0
