"""What every source of live prices keeps to, and the lane that asks it (OXOMI-16).

Every plug-in of the kind "prices" is asked here against an office on this machine.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest

from pos.domain.display_prices import LivePrice
from pos.hardware.channels import open_channel
from pos.ports.live_prices import PriceError, PriceQuestion, PriceSource, Quote
from pos.ports.plugin import Services, SettingError
from pos.runtime.plugins import find_plugins
from pos.runtime.price_lane import FRESH, MOST_WAITING, PriceLane
from tests.support.price_office import PriceOffice, price_office
from tests.support.till import StandingClock

PLUGINS = {key: one for key, one in find_plugins("pos.sync").items() if one.kind == "prices"}
QUESTION = PriceQuestion("60001", "101", "EUR", "1")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def office() -> Iterator[PriceOffice]:
    with price_office() as running:
        yield running


def source(office: PriceOffice, tmp_path: Path, **more: str | int) -> PriceSource:
    services = Services(open_channel, tmp_path / "papers")
    made: PriceSource = PLUGINS["prices_http"].make({"url": office.url, **more}, services)
    return made


def faults(asked: PriceSource) -> tuple[str, bool]:
    with pytest.raises(PriceError) as failed:
        asked.ask(QUESTION)
    return failed.value.fault, failed.value.off_line


def test_the_question_names_all_and_the_answer_is_exact(
    office: PriceOffice, tmp_path: Path
) -> None:
    (tmp_path / "prices.key").write_text("geheim\n")
    office.changes = {"price": "88.005", "until": "2026-11-23T10:15:00+01:00"}
    asked = source(office, tmp_path, token_file="prices.key")
    assert asked.ask(QUESTION) == Quote(
        Decimal("88.005"), datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
    )
    assert office.asked == [
        {
            "shop": "7",
            "product": "60001",
            "customer": "101",
            "currency": "EUR",
            "tax": "gross",
            "till": "1",
        }
    ]
    assert office.headers["Authorization"] == "Bearer geheim"
    assert "geheim" not in repr(asked)


def test_numbers_are_read_without_a_float(office: PriceOffice, tmp_path: Path) -> None:
    office.body = (
        b'{"product":"60001","customer":"101","currency":"EUR","tax":"gross","price":0.1000010}'
    )
    with pytest.raises(PriceError):  # seven decimals are more than a price has
        source(office, tmp_path).ask(QUESTION)
    office.body = office.body.replace(b"0.1000010", b"0.100001")
    assert source(office, tmp_path).ask(QUESTION).price == Decimal("0.100001")


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "CHF"},
        {"tax": "net"},
        {"tax": None},
        {"customer": "102"},
        {"product": "60002"},
        {"price": None},
        {"price": "-1"},
        {"price": "NaN"},
        {"price": "1e99"},
        {"price": "88,00"},
        {"price": {"amount": 88}},
        {"until": "morgen"},
        {"until": "2026-11-23T10:15:00"},
        {"until": 1},
    ],
    ids=str,
)
def test_another_answer_than_was_asked_for_is_none(
    office: PriceOffice, tmp_path: Path, changes: dict[str, Any]
) -> None:
    """Net is never shown as gross, nor anybody else's price (OXOMI-9)."""
    office.changes = changes
    assert faults(source(office, tmp_path)) == ("unreadable", False)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Wartung</html>",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"price": Infinity}',
        b"[" * 9_000,
        b'{"price": "' + b"8" * 100_000 + b'"}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_garbage_and_floods_are_no_answer(office: PriceOffice, tmp_path: Path, body: bytes) -> None:
    office.body = body
    assert faults(source(office, tmp_path)) == ("unreadable", False)


@pytest.mark.parametrize(
    ("status", "off_line"), [(404, False), (401, False), (302, False), (500, True), (503, True)]
)
def test_a_refusal_is_no_answer_and_no_redirect_is_followed(
    office: PriceOffice, tmp_path: Path, status: int, off_line: bool
) -> None:
    office.status = status
    assert faults(source(office, tmp_path)) == ("refused", off_line)
    assert len(office.asked) == 1


def test_nobody_there_is_off_line(tmp_path: Path) -> None:
    with price_office() as gone:
        asked = source(gone, tmp_path)
    assert faults(asked) == ("unreachable", True)


@pytest.mark.parametrize("drip", [False, True])
def test_a_slow_office_is_left_after_its_seconds(
    office: PriceOffice, tmp_path: Path, drip: bool
) -> None:
    """However often a byte drips: the time is that of the whole question."""
    office.drip = drip
    if not drip:
        office.open.clear()
    began = monotonic()
    assert faults(source(office, tmp_path, seconds=1)) == ("unreachable", True)
    assert monotonic() - began < 6


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"url": ""}, "url"),
        ({"url": "ftp://office.example.at"}, "url"),
        ({"url": "http://office.example.at/preise"}, "url"),
        ({"url": "https://office.example.at", "token_file": "none.key"}, "token_file"),
        ({"url": "https://office.example.at", "tax": "brutto"}, "tax"),
        ({"url": "https://office.example.at", "seconds": 0}, "seconds"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    tmp_path: Path, given: dict[str, str | int], key: str
) -> None:
    with pytest.raises(SettingError) as wrong:
        PLUGINS["prices_http"].make(given, Services(open_channel, tmp_path / "papers"))
    assert wrong.value.key == key


def test_a_till_that_asks_nobody_loads_no_http() -> None:
    """Neither finding plug-ins nor the lane costs the start anything."""
    code = (
        "import sys; from pos.runtime.plugins import find_plugins; import pos.runtime.price_lane\n"
        "find_plugins('pos.sync')\n"
        "sys.exit(' '.join({'ssl', 'http.client'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


class Asked:
    """A lane on an office, whose answers a test waits for."""

    def __init__(self, office: PriceOffice, made: PriceSource) -> None:
        self.office, self.clock = office, StandingClock(AT)
        self.told: list[str] = []
        self._done = Event()
        self.lane = PriceLane(made, self.clock, "EUR", "1", self._came)

    def _came(self, product: str) -> None:
        self.told.append(product)
        self._done.set()

    def look(self, product: str = "11", customer: str = "101") -> LivePrice | None:
        return self.lane.known(product, customer)

    def news(self) -> None:
        """Wait until what is known has changed."""
        assert self._done.wait(20)
        self._done.clear()


@pytest.fixture
def asked(office: PriceOffice, tmp_path: Path) -> Iterator[Asked]:
    made = Asked(office, source(office, tmp_path, seconds=2))
    yield made
    office.open.set()
    made.lane.stop(10)


def test_the_first_look_finds_nothing_and_asks_without_waiting(asked: Asked) -> None:
    """A look never waits, however slow the office is."""
    asked.office.open.clear()
    began = monotonic()
    for _ in range(50):
        assert asked.look() is None
    assert monotonic() - began < 1
    asked.office.open.set()
    asked.news()
    assert len(asked.office.asked) == 1


def test_the_next_look_finds_the_answer_with_its_time(asked: Asked) -> None:
    asked.look()
    asked.news()
    assert asked.look() == LivePrice(Decimal(23), AT)
    assert asked.told == ["11"]


def test_an_answer_counts_for_its_customer_alone(asked: Asked) -> None:
    asked.look()
    asked.news()
    assert asked.look("11", "102") is None
    assert asked.look("12", "101") is None


def test_off_line_there_is_no_price_until_somebody_answers_again(asked: Asked) -> None:
    asked.look()
    asked.news()
    asked.office.status = 503
    asked.clock.wait(seconds=FRESH.total_seconds() + 1)
    asked.look()
    asked.news()
    assert asked.look() is None
    asked.office.status = 200
    asked.clock.wait(seconds=FRESH.total_seconds() + 1)
    asked.look()
    asked.news()
    assert asked.look() == LivePrice(Decimal(23), AT + 2 * (FRESH + timedelta(seconds=1)))


def test_a_price_counts_no_longer_than_the_office_said(asked: Asked) -> None:
    asked.office.changes = {"until": (AT + timedelta(seconds=10)).isoformat()}
    asked.look()
    asked.news()
    assert asked.look() is not None
    asked.clock.wait(seconds=11)
    assert asked.look() is None


def test_an_answer_that_says_nothing_takes_the_old_one_away(asked: Asked) -> None:
    asked.look()
    asked.news()
    asked.office.body = b"<html>"
    asked.clock.wait(seconds=FRESH.total_seconds() + 1)
    asked.look()
    asked.news()
    assert asked.look() is None


def test_many_looks_make_few_questions(asked: Asked) -> None:
    """A long list of goods doesn't queue up behind an office that is slow."""
    asked.office.open.clear()
    for number in range(100):
        asked.look(f"{number:03}")
    asked.office.open.set()
    assert asked.lane.stop(20)
    assert len(asked.office.asked) <= MOST_WAITING


def test_a_bug_of_a_source_ends_nothing() -> None:
    class Broken:
        def ask(self, question: PriceQuestion) -> Quote:
            raise RuntimeError(question.product)

    lane = PriceLane(Broken(), StandingClock(AT), "EUR", "1")
    look: Callable[[], LivePrice | None] = lambda: lane.known("11", "101")  # noqa: E731
    assert look() is None
    assert lane.stop(10)
    assert look() is None
