"""Finds plug-ins: a folder of a package with a `PLUGIN`, or an installed entry point."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import Any

from pos.ports.plugin import Plugin

Found = dict[str, Plugin[Any]]


def find_plugins(package: str) -> Found:
    """All plug-ins of a package ("pos.hardware"), by key, with those installed from outside.

    A folder without a manifest, or a key that is taken, is a mistake and raises ValueError.
    """
    found: Found = {}
    for plugin in (*_shipped(package), *_installed(package)):
        if plugin.key in found:
            raise ValueError(f"two plug-ins of {package} are called {plugin.key}")
        found[plugin.key] = plugin
    return found


def _shipped(package: str) -> list[Plugin[Any]]:
    folders = importlib.import_module(package).__path__
    names = [module.name for module in pkgutil.iter_modules(folders) if module.ispkg]
    return [_manifest(importlib.import_module(f"{package}.{name}"), name) for name in names]


def _installed(package: str) -> list[Plugin[Any]]:
    return [_manifest(entry, entry.name) for entry in entry_points(group=package)]


def _manifest(source: Any, name: str) -> Plugin[Any]:
    plugin = source.load() if hasattr(source, "load") else getattr(source, "PLUGIN", None)
    if not isinstance(plugin, Plugin):
        raise ValueError(f"{name} exports no PLUGIN")
    if plugin.key != name:
        raise ValueError(f"{name} calls itself {plugin.key}")
    return plugin
