"""Plug-ins are found by their manifest, and their settings are checked by their declaration."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from pos.ports.plugin import Option, Plugin, Services, SettingError
from pos.runtime import plugins
from pos.runtime.plugins import find_plugins

MANIFEST = (
    "from pos.ports.plugin import Plugin\nPLUGIN = Plugin({key!r}, 'toy', (), lambda s, v: 1)\n"
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An importable package "toys" to put plug-ins into."""
    folder = tmp_path / "toys"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "toys"]:
        del sys.modules[name]


def put(package: Path, folder: str, content: str) -> None:
    (package / folder).mkdir()
    (package / folder / "__init__.py").write_text(content, encoding="utf-8")


def test_every_folder_is_a_plug_in_and_no_file_is(package: Path) -> None:
    put(package, "ball", MANIFEST.format(key="ball"))
    put(package, "drum", MANIFEST.format(key="drum"))
    (package / "box.py").touch()
    assert sorted(find_plugins("toys")) == ["ball", "drum"]


@pytest.mark.parametrize("content", ["", "PLUGIN = 'ball'\n", MANIFEST.format(key="drum")])
def test_a_folder_without_its_manifest_is_a_mistake(package: Path, content: str) -> None:
    put(package, "ball", content)
    with pytest.raises(ValueError, match="ball"):
        find_plugins("toys")


def test_plug_ins_come_from_outside_too(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package, "ball", MANIFEST.format(key="ball"))
    entry = EntryPoint("ball", "toys.ball:PLUGIN", "elsewhere")
    monkeypatch.setattr(plugins, "entry_points", lambda group: EntryPoints([entry]))
    with pytest.raises(ValueError, match="two plug-ins"):
        find_plugins("toys")
    (package / "empty").mkdir()
    (package / "empty" / "__init__.py").touch()
    assert list(find_plugins("toys.empty")) == ["ball"]


TOY: Plugin[dict[str, object]] = Plugin(
    key="toy",
    kind="toy",
    options=(
        Option("columns", 48, minimum=24, maximum=64),
        Option("colour", "red", choices=("red", "blue")),
        Option("loud", False),
    ),
    create=lambda settings, services: dict(settings),
)


def test_settings_fill_up_with_defaults() -> None:
    assert TOY.settings({"columns": 32}) == {"columns": 32, "colour": "red", "loud": False}


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"column": 32}, "did you mean columns?"),
        ({"weight": 1}, "unknown"),
        ({"columns": "32"}, "must be int"),
        ({"columns": True}, "must be int"),
        ({"columns": 80}, "24–64"),
        ({"colour": "green"}, "red, blue"),
    ],
)
def test_a_wrong_setting_says_what_would_be_right(
    given: dict[str, str | int | bool], hint: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingError) as caught:
        TOY.make(given, Services(open_channel=lambda _: None, output=tmp_path))  # type: ignore[arg-type, return-value]
    assert caught.value.hint == hint
