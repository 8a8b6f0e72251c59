"""Columns as most tables of till.db have them: never NULL, so that no reader asks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Text


def needed(name: str, kind: Any) -> Column[Any]:
    """A value that is always given."""
    return Column(name, kind, nullable=False)


def words(name: str) -> Column[str]:
    """Words that may be left out, and are empty then."""
    return Column(name, Text, nullable=False, default="", server_default="")
