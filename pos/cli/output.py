"""What a command prints: lines for people, JSON for programs."""

from __future__ import annotations

import json
import sys


def say(text: str = "") -> None:
    """A line for whoever reads the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """A line for whoever looks on; programs that read what is printed never see it."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def tell(fact: object) -> None:
    """One JSON object on one line."""
    say(json.dumps(fact, ensure_ascii=False))
