"""Live prices of a running till: named in till.toml, asked beside the sale (OXOMI-16)."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

from pos.app.window import RunningTill
from pos.domain.display_prices import LivePrice
from pos.domain.errors import Refusal
from pos.runtime.bus import Event, LivePriceCame
from tests.support.price_office import price_office
from tests.support.shop import make_shop


def settings(url: str, plugin: str = "prices_http") -> str:
    return f'[[prices]]\nname = "Büro"\nplugin = "{plugin}"\nurl = "{url}"\n'


def test_a_till_asks_the_office_that_is_named(tmp_path: Path) -> None:
    data = make_shop(tmp_path / "data")
    with price_office() as office:
        (data / "till.toml").write_text(settings(office.url), encoding="utf-8")
        running = RunningTill(data, quiet=3600)
        try:
            heard: queue.Queue[Event] = queue.Queue()
            running.bus.subscribe(heard.put)
            prices = running.opened.desk.live_prices
            assert prices is not None and prices.known("11", "101") is None
            while not isinstance(event := heard.get(timeout=20), LivePriceCame):
                pass
            assert event.product == "11"
            found = prices.known("11", "101")
            assert isinstance(found, LivePrice) and str(found.price) == "23.00"
        finally:
            running.stop()


def test_a_till_that_names_none_asks_nobody(tmp_path: Path) -> None:
    running = RunningTill(make_shop(tmp_path / "data"), quiet=3600)
    try:
        assert running.opened.desk.live_prices is None
    finally:
        running.stop()


@pytest.mark.parametrize(
    ("url", "plugin", "key"),
    [
        ("http://office.example.at", "prices_http", "Büro.url"),
        ("https://office.example.at", "prices_ftp", "prices_ftp"),
        ("https://office.example.at", "mail_file", "mail_file"),
    ],
)
def test_a_setting_that_cannot_be_is_named_before_the_till_opens(
    tmp_path: Path, url: str, plugin: str, key: str
) -> None:
    data = make_shop(tmp_path / "data")
    (data / "till.toml").write_text(settings(url, plugin), encoding="utf-8")
    with pytest.raises(Refusal, match="setting_unknown") as refused:
        RunningTill(data, quiet=3600)
    assert refused.value.values["key"] == key
