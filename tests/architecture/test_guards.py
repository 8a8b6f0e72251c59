"""The guards of the test run itself: each must find what it is there for."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import leaks
from tests.leaks import Leftovers

ROOT = Path(__file__).parents[2]
CORE = ("domain", "ports", "runtime", "documents", "till", "storage")


def test_a_thread_left_running_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "GRACE", 0.01)
    leftovers, end = Leftovers(), threading.Event()
    thread = threading.Thread(target=end.wait, name="lane-forgotten", daemon=True)
    thread.start()
    assert leftovers.found() == ["thread lane-forgotten"]
    end.set()
    thread.join()
    assert leftovers.found() == []


def test_a_thread_that_is_about_to_end_is_waited_for() -> None:
    leftovers = Leftovers()
    threading.Timer(0.05, lambda: None).start()
    assert leftovers.found() == []


@pytest.mark.needs_qt
def test_a_timer_left_running_is_named(qapp: object) -> None:
    from PySide6.QtCore import QTimer

    leftovers, timer = Leftovers(), QTimer()
    timer.start(60_000)
    (found,) = leftovers.found()
    assert found.startswith("timer ")
    timer.stop()
    assert leftovers.found() == []


@pytest.mark.needs_qt
def test_a_window_left_behind_is_named(qapp: object) -> None:
    from PySide6.QtWidgets import QWidget

    leftovers, window = Leftovers(), QWidget()
    (found,) = leftovers.found()
    assert found.startswith("window ")
    window.deleteLater()
    assert leftovers.found() == []


@pytest.mark.parametrize("package", CORE)
def test_the_core_loads_where_qt_is_refused(package: str) -> None:
    """Every module of the core, in a process of its own with nothing loaded before."""
    lines = [
        "import importlib, pkgutil",
        "from tests.without_qt import refuse_qt",
        "refuse_qt()",
        f"package = importlib.import_module('pos.{package}')",
        f"for module in pkgutil.walk_packages(package.__path__, 'pos.{package}.'):",
        # Alembic runs its scripts; they are not for importing.
        "    '.migrations.' in module.name or importlib.import_module(module.name)",
    ]
    subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ROOT, check=True, timeout=60)


def test_a_refused_import_says_why() -> None:
    lines = "from tests.without_qt import refuse_qt; refuse_qt(); import PySide6.QtCore"
    run = subprocess.run(
        [sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "without PySide6" in run.stderr
