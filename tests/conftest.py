"""What holds for every test: no display, no leaks, the same random cases each time.

Qt is touched only where a test has loaded it: the core's tests run without PySide6.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.leaks import Leftovers
from tests.without_qt import QT_FOLDERS, refuse_qt

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """`--without-qt`, and the settings pytest-qt would have declared where it is switched off."""
    parser.addoption(
        "--without-qt",
        action="store_true",
        help="refuse every import of PySide6 and leave out the tests that need it "
        "(together with -p no:pytest-qt)",
    )
    if pluginmanager.is_blocked("pytest-qt"):
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "belongs to pytest-qt", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Shuts Qt out before a test module is imported."""
    if config.getoption("--without-qt"):
        refuse_qt()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves out the folders about windows in a run without Qt."""
    if config.getoption("--without-qt") and collection_path.is_dir():
        inside = collection_path.relative_to(config.rootpath).parts
        return inside in QT_FOLDERS or None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out single tests about windows in a run without Qt."""
    if not config.getoption("--without-qt"):
        return
    left_out = [item for item in items if item.get_closest_marker("needs_qt")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fails a test that leaves a thread, a running timer or a window behind."""
    leftovers = Leftovers()
    yield
    found = leftovers.found()
    if found:
        pytest.fail("left behind: " + ", ".join(found), pytrace=False)
