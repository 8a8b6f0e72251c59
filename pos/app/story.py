"""Plays stories: a till day as data, replayable to the cent, for tests, demos and bug reports."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from msgspec import Struct

from pos.app.build import OpenTill
from pos.app.posting import DirectPost
from pos.app.printing import DirectPrinting
from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.runtime.clock import SystemClock
from pos.till import commands, session
from pos.till.paper_files import PaperFile
from pos.till.plain import differences, plain

CRASH_POINTS = frozenset(
    ("now", "before_reserve", "after_reserve", "after_seal", "after_commit")
) | {f"after_{kind}" for kind in Kind}
"""Where a story may end the process with SIGKILL."""


class Story(Struct, frozen=True):
    """A story as read: `clock` is where time stands at its first step."""

    title: str
    steps: Sequence[Mapping[str, Any]]
    till: str
    clock: datetime


class Step(Struct, frozen=True):
    """What became of one step. `differences` is empty when all went as expected."""

    number: int
    name: str
    refused: str = ""
    text: str = ""
    differences: Sequence[str] = ()


def read_story(path: Path) -> Story:
    """Read a story; raises Refusal "story_unreadable" with the reason."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        # JSON may escape half a character; no record and no paper can hold that.
        json.dumps(told, ensure_ascii=False).encode()
        steps = told["steps"]
        if not all(isinstance(step, dict) and isinstance(step.get("do"), str) for step in steps):
            raise ValueError("each step needs its “do”")
        clock = datetime.fromisoformat(told["clock"]) if "clock" in told else SystemClock().now()
        if clock.tzinfo is None:
            raise ValueError("“clock” needs its offset, as in 2026-11-23T09:00:00+01:00")
        return Story(str(told.get("title", path.stem)), steps, str(told.get("till", "")), clock)
    except OSError as error:
        raise Refusal("story_unreadable", file=path.name, reason=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        raise Refusal("story_unreadable", file=path.name, reason=reason) from error


def _crash_point(given: Mapping[str, Any]) -> str:
    """Where to end; raises Refusal "field_unreadable" for a point there is none of."""
    point = str(given.get("at", "now"))
    if point not in CRASH_POINTS:
        raise Refusal("field_unreadable", field="at", value=point[:80])
    return point


SPANS = frozenset(("days", "hours", "minutes", "seconds"))
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def _span(given: Mapping[str, Any]) -> timedelta:
    """How long to wait; raises Refusal "field_unknown" or "field_unreadable"."""
    for name, value in given.items():
        if name not in SPANS:
            raise Refusal("field_unknown", command="wait", field=name)
        if not _WHOLE.fullmatch(str(value)):
            raise Refusal("field_unreadable", field=name, value=str(value)[:40])
    return timedelta(**{name: int(value) for name, value in given.items()})


class StoryClock:
    """Stands still; only a story's `wait` moves it."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)
        self._passed = timedelta()

    def now(self) -> datetime:
        """The story's present, in UTC."""
        return self._at

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self._at += span
        self._passed += span

    def passed(self) -> timedelta:
        """What the story has waited."""
        return self._passed


class Player:
    """Plays one story on one data folder, which it holds until the block ends.

    Args:
        screenshots: folder for a picture of the window after each step; None for none.
    """

    def __init__(self, story: Story, data: Path, screenshots: Path | None = None) -> None:
        self._story = story
        self._clock = StoryClock(story.clock)
        self._crash_at = ""
        self._stack = ExitStack()
        self._opened = self._stack.enter_context(
            OpenTill(data, DirectPrinting, story.till, self._clock, self._reached)
        )
        self._camera = None
        if screenshots is not None:
            from pos.app.camera import Camera

            self._camera = Camera(self._opened, screenshots)

    def __enter__(self) -> Player:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._camera is not None:
            self._camera.close()
        self._stack.close()

    def play(self) -> Iterator[Step]:
        """Each step as it is done; a failed one doesn't end the story."""
        for number, told in enumerate(self._story.steps, 1):
            yield self._step(number, dict(told))
            if self._camera is not None:
                self._camera.take(f"{number:02}-{told['do']}", self._opened.till.view())
        if self._crash_at:
            missed = [f"never came to the crash {self._crash_at}"]
            yield Step(len(self._story.steps), "crash", differences=missed)

    def _step(self, number: int, given: dict[str, Any]) -> Step:
        name, awaited = str(given.pop("do")), str(given.pop("refused", ""))
        try:
            found = self._do(name, given)
        except Refusal as refusal:
            text = self._opened.desk.texts.refusal(refusal)
            wrong = [] if refusal.code == awaited else [f"refused: {refusal.code} ({text})"]
            return Step(number, name, refusal.code, text, wrong)
        if awaited:
            found = [*found, f"expected the refusal {awaited}"]
        return Step(number, name, differences=found)

    def _do(self, name: str, given: dict[str, Any]) -> list[str]:
        match name:
            case "expect":
                return differences(given, self._facts(given))
            case "ask":
                expected, question = given.pop("expect", {}), str(given.pop("question", ""))
                answer = commands.ask(self._opened.till, question, given, self._currency)
                return differences(expected, plain(answer, self._opened.desk.texts.zone))
            case "wait":
                self._clock.wait(_span(given))
            case "crash":
                self._crash_at = _crash_point(given)
                self._reached("now")
            case _:
                made = commands.call(self._opened.till, name, given, self._currency)
                if isinstance(made, PaperFile):
                    made.write()
        return []

    @property
    def _currency(self) -> str:
        """What a story's amounts are in: the shop's money."""
        return self._opened.desk.currency

    def _reached(self, point: str) -> None:
        if point == self._crash_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _facts(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """The snapshot by name; figures and papers are looked up only when asked for."""
        zone = self._opened.desk.texts.zone
        facts = plain(self._opened.till.view(), zone)
        assert isinstance(facts, dict)
        if "figures" in wanted:
            facts["figures"] = plain(session.latest_figures(self._opened.desk), zone)
        printing = self._opened.printing
        if "devices" in wanted and isinstance(printing, DirectPrinting):
            papers = [job.document for job in printing.papers]
            facts["devices"] = {
                "papers": len(papers),
                "last_kind": papers[-1].kind if papers else "",
                "last_copy": papers[-1].copy if papers else 0,
                "last_text": document_text(papers[-1]) if papers else "",
            }
        post = self._opened.desk.post
        if "mail" in wanted and isinstance(post, DirectPost):
            sent = post.sent
            facts["mail"] = {"sent": len(sent), "to": [each.to for each in sent]}
        if "outbox" in wanted:
            facts["outbox"] = {"waiting": self._opened.store.parcels_waiting()}
        return facts
