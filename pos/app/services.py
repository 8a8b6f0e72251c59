"""Plug-ins of `pos/sync`, made from till.toml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos.domain.errors import Refusal
from pos.ports.plugin import Services, SettingError
from pos.runtime.plugins import find_plugins
from pos.settings.till_toml import DeviceSetting


def make_service(kind: str, wanted: Sequence[DeviceSetting], services: Services) -> Any:
    """What the first table of a kind says; None where there is none.

    Raises Refusal "setting_unknown".
    """
    if not wanted:
        return None
    first = wanted[0]
    known = {key: one for key, one in find_plugins("pos.sync").items() if one.kind == kind}
    if first.plugin not in known:
        hint = ", ".join(known)
        raise Refusal("setting_unknown", file="till.toml", key=first.plugin, hint=hint)
    try:
        return known[first.plugin].make(first.options, services)
    except SettingError as error:
        key = f"{first.name}.{error.key}"
        raise Refusal("setting_unknown", file="till.toml", key=key, hint=error.hint) from error
