"""One question over HTTP, within a time and a size; whatever isn't the answer asked for is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from socket import SHUT_RDWR, socket
from threading import Event, Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from pos.ports.live_prices import PriceError, PriceQuestion, Quote

if TYPE_CHECKING:
    from http.client import HTTPConnection, HTTPResponse

LONGEST = 16_384
"""Bytes of an answer."""
OK, FAILING = 200, 500
"""The answer is there; from the other on nobody can answer at all (RFC 9110, 15)."""
HIGHEST = Decimal(10_000_000)
FINEST = 6
"""Decimals of a unit price."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where to ask. `tax` is "gross" or "net": which prices this till shows; none is converted."""

    url: str
    tax: str
    token: str = field(default="", repr=False)


class PriceAsker:
    """Implements `PriceSource`; a connection for each question, and no redirects.

    A token that followed a redirect would be given away.

    Args:
        seconds: how long one question may take, however slowly the answer drips.
    """

    def __init__(self, office: Office, seconds: int) -> None:
        self._office, self._seconds = office, seconds

    def ask(self, question: PriceQuestion) -> Quote:
        """The price of one unit for this customer."""
        return read_answer(self._fetched(question), question, self._office.tax)

    def _fetched(self, question: PriceQuestion) -> bytes:
        from http.client import HTTPException

        connection, late = self._connection(), Event()
        try:
            connection.connect()
            with _hanging_up(connection.sock, self._seconds, late):
                connection.request("GET", self._target(question), headers=self._headers())
                with connection.getresponse() as response:
                    body = _body(response)
        except (OSError, HTTPException) as error:
            raise PriceError("unreachable", off_line=True) from error
        finally:
            connection.close()
        if late.is_set():
            raise PriceError("unreachable", off_line=True)
        return body

    def _connection(self) -> HTTPConnection:
        from http.client import HTTPConnection, HTTPSConnection

        parts = urlsplit(self._office.url)
        host = parts.hostname or ""
        if parts.scheme == "http":
            return HTTPConnection(host, parts.port, timeout=self._seconds)
        return HTTPSConnection(host, parts.port, timeout=self._seconds)

    def _target(self, question: PriceQuestion) -> str:
        parts = urlsplit(self._office.url)
        asked = urlencode(
            {
                "product": question.product,
                "customer": question.customer,
                "currency": question.currency,
                "tax": self._office.tax,
                "till": question.till,
            }
        )
        return f"{parts.path or '/'}?{'&'.join(filter(None, (parts.query, asked)))}"

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self._office.token:
            headers["Authorization"] = f"Bearer {self._office.token}"
        return headers


@contextmanager
def _hanging_up(line: socket, seconds: int, late: Event) -> Iterator[None]:
    """Cut the line when the time is over: a time-out of the socket alone counts anew with every
    byte, so whoever drips could keep the lane for hours.
    """

    def cut() -> None:
        late.set()
        with suppress(OSError):  # the other side has gone meanwhile
            line.shutdown(SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(response: HTTPResponse) -> bytes:
    if response.status != OK:
        raise PriceError("refused", off_line=response.status >= FAILING)
    body = response.read(LONGEST + 1)
    if len(body) > LONGEST:
        raise PriceError("unreadable")
    return body


def read_answer(body: bytes, question: PriceQuestion, tax: str) -> Quote:
    """What an answer says; raises PriceError "unreadable" where it answers something else.

    Product, customer, currency and the kind of price must be those asked for: a net price is never
    shown as a gross one, nor the price of somebody else (OXOMI-9, OXOMI-5).
    """
    try:
        answer = json.loads(body, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
        asked = (question.product, question.customer, question.currency, tax)
        if tuple(answer[name] for name in ("product", "customer", "currency", "tax")) != asked:
            raise PriceError("unreadable")
        return Quote(_price(answer["price"]), _until(answer.get("until")))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise PriceError("unreadable") from error


def _no_number(text: str) -> Decimal:
    raise ValueError(text)


def _price(value: Any) -> Decimal:
    try:
        price = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(value) from error
    exponent = price.as_tuple().exponent
    if not isinstance(exponent, int) or not 0 <= price < HIGHEST or exponent < -FINEST:
        raise ValueError(value)
    return price


def _until(value: Any) -> datetime | None:
    if value is None:
        return None
    until = datetime.fromisoformat(value)
    if until.tzinfo is None:
        raise ValueError(value)
    return until
