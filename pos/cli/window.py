"""Opens the window, on a display or on none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pos.app.language import language_of
from pos.app.window import RunningTill, has_display
from pos.cli.main import texts
from pos.domain.errors import Refusal
from pos.storage.catalogue.renewing import is_outdated, renew_if_outdated
from pos.storage.engine import telling_refusals

__all__ = ["has_display", "open_window", "show_without_display"]


def open_window(data: Path, till: str) -> int:
    """Show the till until its window is closed."""
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise Refusal("no_display")
    from pos.ui.window import WindowParts, run_window

    running = _start(data, till)
    try:
        parts = WindowParts(
            till=running.opened.till,
            till_lane=running.till_lane,
            search_lane=running.search_lane,
            side_lane=running.side_lane,
            open_shelves=running.shelves,
            bus=running.bus,
            texts=running.opened.desk.texts,
            folder=data,
            pictures=data / "pictures",
            display=running.opened.settings.customer_display,
        )
        return run_window(parts)
    finally:
        running.stop()


def _start(data: Path, till: str) -> RunningTill:
    """The till running; where it can't, a window says why before the refusal goes on its way.

    Whoever starts the till by its icon sees no terminal.
    """
    try:
        with telling_refusals():
            _prepare(data)
            return RunningTill(data, till)
    except Refusal as refusal:
        if has_display():
            from pos.ui.not_started import show_not_started

            show_not_started(refusal, texts(language_of(data)), data)
        raise


def _prepare(data: Path) -> None:
    """After an update the catalogue may want another layout; with a display, a window tells."""
    if not has_display() or not is_outdated(data):
        return
    from pos.ui.preparing import Told, show_preparing

    def renew(told: Told) -> None:
        renew_if_outdated(data, lambda progress: told(progress.done, progress.total))

    show_preparing(renew, texts(language_of(data)), data)


def show_without_display(data: Path) -> Path:
    """Do the main job off screen: a first sale as a story, with a picture of every step.

    It plays in a shop of its own, so that the demo shop stays as it is.
    """
    from pos.app.demo import make_demo
    from pos.app.story import Player, read_story
    from pos.runtime.resources import resource

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    story = read_story(resource("stories", "first_sale.json"))
    folder = data / "first-sale"
    shutil.rmtree(folder, ignore_errors=True)
    make_demo(folder / "shop")
    with Player(story, folder / "shop", folder) as player:
        for step in player.play():
            if step.differences:
                raise Refusal("story_differs", step=step.number, difference=step.differences[0])
    return folder
