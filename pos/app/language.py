"""Which language a data folder speaks, even where its till can't start."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pos.domain.errors import Refusal
from pos.settings.till_toml import read_settings
from pos.storage.catalogue.database import catalogue_file, stored_language


def language_of(data: Path) -> str:
    """What till.toml says, else the shop's; empty where neither can be read."""
    with suppress(Refusal):
        if said := read_settings(data / "till.toml").language:
            return said
    with suppress(Refusal):
        if catalogue_file(data).is_file():
            return stored_language(catalogue_file(data))
    return ""
