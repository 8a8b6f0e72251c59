"""`pos play`: a till day as data, through the same commands that the window uses."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.app.demo import is_made, make_demo
from pos.app.story import Player, Step, read_story
from pos.cli.main import Exit, texts
from pos.cli.output import note, tell
from pos.till.commands import Field, fields_of, questions_of
from pos.till.till import Till


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("stories", type=Path, nargs="*", metavar="STORY.json")
    parser.add_argument("--json", action="store_true", help=texts().get("cli.play_json"))
    parser.add_argument("--list", action="store_true", help=texts().get("cli.play_list"))
    parser.add_argument(
        "--screenshots", type=Path, metavar="DIR", help=texts().get("cli.screenshots")
    )
    parser.set_defaults(usage=parser.error)


def run(given: Namespace) -> int:
    """Play each story; 1 if any expectation failed."""
    if given.list:
        _list_steps()
        return Exit.DONE
    if not given.stories:
        given.usage(texts().get("cli.no_story"))
    failed = sum(not _play(path, given) for path in given.stories)
    return Exit.FAILED if failed else Exit.DONE


def _list_steps() -> None:
    own = {
        "expect": ["view: any part of the snapshot by name"],
        "wait": ["days", "hours", "minutes", "seconds"],
        "crash": ["at: point"],
    }
    for name, step_fields in fields_of(Till).items():
        tell({"do": name, "fields": _shown(step_fields)})
    for name, names in own.items():
        tell({"do": name, "fields": names})
    for name, step_fields in questions_of(Till).items():
        tell({"do": "ask", "question": name, "fields": [*_shown(step_fields), "expect: answer"]})


def _shown(step_fields: Iterable[Field]) -> list[str]:
    return [
        f"{field.name}: {field.type}" + ("" if field.required else " (optional)")
        for field in step_fields
    ]


def _play(path: Path, given: Namespace) -> bool:
    story = read_story(path)
    with TemporaryDirectory(prefix="kassa-story-") as temporary:
        data = given.data if given.data_given else Path(temporary)
        if not is_made(data):
            make_demo(data)
        with Player(story, data, given.screenshots) as player:
            good = min([_show(step) for step in player.play()], default=True)
    if not given.json:
        note(texts().get("cli.story_good" if good else "cli.story_bad", title=story.title))
    return good


def _show(step: Step) -> bool:
    fact = {
        "step": step.number,
        "do": step.name,
        "ok": not step.differences,
        "refused": step.refused,
        "text": step.text,
        "differs": step.differences,
    }
    tell({key: value for key, value in fact.items() if value not in ("", [])})
    return not step.differences
