"""Writes the tables of docs/data-formats.md anew from the declared exchange format.

Run it after a change of the declaration: python -m tools.data_formats
"""

from __future__ import annotations

import re
from pathlib import Path

from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.fields import Field, FileFormat, Kind

PAGE = Path(__file__).parents[1] / "docs" / "data-formats.md"
_TABLES = re.compile(r"(<!-- tables: .* -->\n).*(<!-- end of tables -->)", re.DOTALL)


def with_tables(page: str) -> str:
    """The page with its tables as the declaration has them."""
    tables = "\n".join(_table(file) for file in FORMATS)
    return _TABLES.sub(lambda found: f"{found[1]}\n{tables}\n{found[2]}", page)


def _table(file: FileFormat) -> str:
    rows = "\n".join(_row(field) for field in file.fields)
    return (
        f"### {file.file}\n\n{file.meaning} Key: {_names(file.key)}.\n\n"
        f"| field | holds | default | meaning |\n| --- | --- | --- | --- |\n{rows}\n"
    )


def _row(field: Field) -> str:
    name = f"**{field.name}**" if field.required else field.name
    default = "required" if field.required else f"`{field.default}`" if field.default else ""
    meaning = field.meaning + (f" (`{field.name}:en` …)" if field.translated else "")
    return f"| {name} | {_holds(field)} | {default} | {meaning} |"


def _holds(field: Field) -> str:
    holds = field.kind.value.replace("|", "\\|")
    if field.refers:
        holds += f" of `{field.refers}.csv`"
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        holds += f": {', '.join(field.choices)}"
    if field.positive:
        holds += ", more than 0"
    return holds + (", unique" if field.unique else "")


def _names(names: tuple[str, ...]) -> str:
    return " and ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
