"""Live prices are asked for beside the sale: one lane, few questions, no wait (OXOMI-16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from msgspec import Struct

from pos.domain.display_prices import LivePrice
from pos.ports.clock import Clock
from pos.ports.live_prices import PriceError, PriceQuestion, PriceSource, Quote
from pos.runtime.lane import Lane, Outcome

FRESH = timedelta(seconds=30)
"""So long an answer isn't asked for again, and a back office that is gone is left alone."""
MOST_WAITING = 8
"""More questions aren't queued: the next look asks again."""
MOST_KEPT = 2_000

Key = tuple[str, str]


class _Answer(Struct, frozen=True):
    """The newest outcome of a question, and when it came."""

    at: datetime
    quote: Quote | None


class PriceLane:
    """Implements `LivePrices`. It touches no database and no window.

    Args:
        currency, till: of every question.
        came: told the product when what is known changed, on this lane.
    """

    def __init__(
        self,
        source: PriceSource,
        clock: Clock,
        currency: str,
        till: str,
        came: Callable[[str], None] = lambda _product: None,
    ) -> None:
        self._source, self._clock = source, clock
        self._currency, self._till, self.came = currency, till, came
        self._lane, self._lock = Lane("prices"), Lock()
        self._answers: dict[Key, _Answer] = {}
        self._waiting: set[Key] = set()
        self._gone_since: datetime | None = None
        self._started = False

    def stop(self, timeout: float = 2.0) -> bool:
        """End; False if a question is still out. What waits is left unasked."""
        with self._lock:
            started, self._started = self._started, True
            self._waiting.clear()
        return self._lane.stop(timeout) if started else True

    def known(self, product: str, customer: str) -> LivePrice | None:
        """The newest answer that still stands; None while nobody answers."""
        key, now = (product, customer), self._clock.now()
        with self._lock:
            answer, gone = self._answers.get(key), self._gone_since
            if self._may_ask(key, now):
                self._ask(key)
        if answer is None or answer.quote is None or gone is not None:
            return None
        until = answer.quote.until
        if until is not None and until < now:
            return None
        return LivePrice(answer.quote.price, answer.at)

    def _may_ask(self, key: Key, now: datetime) -> bool:
        answer = self._answers.get(key)
        fresh = answer is not None and now - answer.at < FRESH
        resting = self._gone_since is not None and now - self._gone_since < FRESH
        full = len(self._waiting) >= MOST_WAITING
        return not (fresh or resting or full or key in self._waiting)

    def _ask(self, key: Key) -> None:
        if not self._started:
            self._started = True
            self._lane.start()
        self._waiting.add(key)
        self._lane.submit(partial(self._answer, key), partial(self._keep, key))

    def _answer(self, key: Key) -> Quote | PriceError | None:
        with self._lock:
            if key not in self._waiting:
                return None
        try:
            return self._source.ask(PriceQuestion(*key, self._currency, self._till))
        except PriceError as error:
            return error

    def _keep(self, key: Key, outcome: Outcome[Quote | PriceError | None]) -> None:
        found, now = outcome.value, self._clock.now()
        with self._lock:
            self._waiting.discard(key)
            gone = isinstance(found, PriceError) and found.off_line
            news = gone is not (self._gone_since is not None)
            self._gone_since = now if gone else None
            if not gone:
                before = self._answers.get(key)
                self._put(key, _Answer(now, found if isinstance(found, Quote) else None))
                news = news or before is None or before.quote != self._answers[key].quote
        if news:
            self.came(key[0])

    def _put(self, key: Key, answer: _Answer) -> None:
        """Keep an answer; the oldest makes room."""
        self._answers.pop(key, None)
        self._answers[key] = answer
        if len(self._answers) > MOST_KEPT:
            del self._answers[next(iter(self._answers))]
