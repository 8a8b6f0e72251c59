"""Runs the program as a person does: as a process, in English, on a data folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

MORNING = "2026-11-23T09:00:00+01:00"
SIGN_IN: dict[str, Any] = {"do": "sign_in", "operator": "maria", "pin": "9999"}
OPEN: dict[str, Any] = {"do": "open_session", "float": "100.00"}
Done = subprocess.CompletedProcess[str]


def command(*arguments: object) -> list[str]:
    """The command line of `pos` with these arguments."""
    return [sys.executable, "-m", "pos", *map(str, arguments)]


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a terminal in English, without a display."""
    kept = {name: value for name, value in os.environ.items() if name != "LANGUAGE"}
    return kept | {"LANG": "en_GB.UTF-8", "QT_QPA_PLATFORM": "offscreen"} | more


def pos(
    *arguments: object, before: Callable[[], None] | None = None, input: str = "", **more: str
) -> Done:
    """Run `pos` to its end. `before` runs in the new process, before the program is loaded."""
    return subprocess.run(
        command(*arguments),
        env=surroundings(**more),
        preexec_fn=before,
        input=input,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def play(data: Path, *steps: dict[str, Any], clock: str = MORNING, **how: Any) -> Done:
    """Play steps on a data folder."""
    story = data.parent / "story.json"
    story.write_text(json.dumps({"title": "test", "till": "1", "clock": clock, "steps": steps}))
    return pos("play", story, "--data", data, **how)


def facts(done: Done) -> list[dict[str, Any]]:
    """What a command told as JSON, a line each."""
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
