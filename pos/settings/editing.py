"""Changes devices in till.toml as a careful person would: line by line, comments stay.

The new text is read back before it takes the old one's place. If it doesn't say exactly what was
meant, nothing is written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pos.domain.errors import Refusal
from pos.ports.plugin import Setting

Table = Mapping[str, Setting]
"""One device as till.toml says it: name, plug-in and what it is set to."""

_HEAD = re.compile(r"\s*\[\[\s*(?P<kind>\w+)\s*\]\]")
_ANY_HEAD = re.compile(r"\s*\[")
_LINE = re.compile(
    r"(?P<before>\s*(?P<key>[\w-]+)\s*=\s*)"
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^#\s]+)"
    r"(?P<after>\s*(#.*)?)"
)


def put_table(path: Path, kind: str, table: Table, place: int | None) -> None:
    """Write one device: in place of the one at `place` among its kind, or as the last.

    Raises Refusal "settings_not_ours" where the file is written in a way this can't change, and
    "settings_not_kept" where the folder doesn't take it.
    """
    lines, said = _read(path)
    tables = said.setdefault(kind, [])
    if place is None:
        tables.append(dict(table))
        lines = [*_without_blank_end(lines), "", *_written(kind, table)]
    else:
        tables[place] = dict(table)
        begin, end = _block(path, lines, kind, place)
        lines[begin:end] = _changed(lines[begin:end], table)
    _replace(path, lines, said)


def drop_table(path: Path, kind: str, place: int) -> None:
    """Take one device out; raises Refusal as `put_table` does."""
    lines, said = _read(path)
    said[kind].pop(place)
    if not said[kind]:
        del said[kind]
    begin, end = _block(path, lines, kind, place)
    del lines[begin:end]
    _replace(path, lines, said)


def _read(path: Path) -> tuple[list[str], dict[str, list[Table]]]:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text.splitlines(), tomllib.loads(text)


def _block(path: Path, lines: Sequence[str], kind: str, place: int) -> tuple[int, int]:
    """The lines of a device, from its head to its last setting; what follows is the next one's."""
    heads = [
        number
        for number, line in enumerate(lines)
        if (match := _HEAD.match(line)) and match["kind"] == kind
    ]
    if place >= len(heads):
        raise Refusal("settings_not_ours", file=path.name)
    begin = end = heads[place]
    for number in range(begin + 1, len(lines)):
        if _ANY_HEAD.match(lines[number]):
            break
        if _LINE.match(lines[number]):
            end = number
    return begin, end + 1


def _changed(block: Sequence[str], table: Table) -> list[str]:
    """The block with this table's values: each on its own line, and its comment stays there."""
    kept, left = [], dict(table)
    for line in block:
        match = _LINE.fullmatch(line)
        if match is None:
            kept.append(line)
        elif match["key"] in left:
            value = _value(left.pop(match["key"]))
            kept.append(f"{match['before']}{value}{match['after']}")
    return [*kept, *_settings(left)]


def _written(kind: str, table: Table) -> list[str]:
    return [f"[[{kind}]]", *_settings(table)]


def _settings(table: Table) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: Setting) -> str:
    # JSON's strings, numbers and truth values are TOML's as well.
    return json.dumps(value, ensure_ascii=False)


def _without_blank_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _replace(path: Path, lines: Sequence[str], meant: object) -> None:
    """Put the new text in the file's place, whole or not at all."""
    text = "\n".join(lines).lstrip("\n") + "\n"
    if not _says(text, meant):
        raise Refusal("settings_not_ours", file=path.name)
    there = path.resolve()
    new = there.with_name(f"{there.name}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if there.exists():
            shutil.copymode(there, new)
        new.replace(there)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise Refusal("settings_not_kept", file=path.name, reason=str(error.strerror)) from error


def _says(text: str, meant: object) -> bool:
    try:
        return tomllib.loads(text) == meant
    except tomllib.TOMLDecodeError:
        return False
