"""Asks a back office for a customer's price over HTTP; docs/devices.md tells what it answers."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pos.ports.live_prices import PriceSource
from pos.ports.plugin import Option, Plugin, Services, SettingError, Settings

AT_HOME = ("localhost", "127.0.0.1", "::1")
"""Only on this machine a token may travel unencrypted."""


def _create(settings: Settings, services: Services) -> PriceSource:
    # Loading HTTP takes longer than the till may take to start, so the asker does it later.
    from pos.sync.prices_http.asker import Office, PriceAsker

    url = str(settings["url"])
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise SettingError("url", "https://…")
    if parts.scheme == "http" and parts.hostname not in AT_HOME:
        raise SettingError("url", "must begin with https://")
    token = _token(str(settings["token_file"]), services)
    return PriceAsker(Office(url, str(settings["tax"]), token), int(settings["seconds"]))


def _token(name: str, services: Services) -> str:
    """The first line of a file that only this user reads: no secret stands in till.toml."""
    if not name:
        return ""
    try:
        text = (services.output.parent / Path(name)).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError("token_file", f"{name} can't be read") from error
    return text.split("\n")[0].strip()


PLUGIN: Plugin[PriceSource] = Plugin(
    key="prices_http",
    kind="prices",
    options=(
        Option("url", ""),
        Option("token_file", ""),
        Option("tax", "gross", choices=("gross", "net")),
        Option("seconds", 3, minimum=1, maximum=30),
    ),
    create=_create,
)
