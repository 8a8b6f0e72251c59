"""Texts of rows in the asked language, and rows in their order, as parts of statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.sql.expression import ScalarSelect

from pos.storage.catalogue.tables import translations

LAST = 999_999_999


def told(table: Any, field: str, key: Any = None) -> Any:
    """A field in the language bound as `language`, else in the shop's."""
    named = table.c.number if key is None else key
    return func.coalesce(_text(table.name, field, named), table.c[field]).label(field)


def in_order(table: Any) -> Any:
    """What rows are sorted by: their sequence, 0 last."""
    return func.iif(table.c.sequence == 0, LAST, table.c.sequence)


def _text(file: str, field: str, key: Any) -> ScalarSelect[Any]:
    return (
        select(translations.c.text)
        .where(
            translations.c.file == file,
            translations.c.field == field,
            translations.c.key == key,
            translations.c.language == bindparam("language"),
        )
        .scalar_subquery()
    )
