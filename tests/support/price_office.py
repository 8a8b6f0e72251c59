"""A back office for tests: answers over HTTP on a port of this machine, well or badly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


class PriceOffice(ThreadingHTTPServer):
    """Answers questions for prices.

    Attributes:
        asked: the questions, as they came.
        headers: of the newest question.
        open: while it isn't set, answers wait.
        changes: what an answer says otherwise than is right; None takes a field out.
        body: sent in place of an answer, if not None.
        status: of every answer.
        drip: send the answer a byte at a time, until the other side has gone.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[dict[str, str]] = []
        self.headers: dict[str, str] = {}
        self.open = Event()
        self.open.set()
        self.changes: dict[str, Any] = {}
        self.body: bytes | None = None
        self.status = 200
        self.drip = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/preise?shop=7"


class _Answer(BaseHTTPRequestHandler):
    server: PriceOffice

    def do_GET(self) -> None:
        office = self.server
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        office.asked.append(asked)
        office.headers = dict(self.headers.items())
        office.open.wait(20)
        told = {name: asked.get(name) for name in ("product", "customer", "currency", "tax")}
        told["price"] = f"{len(asked['product']) * 10 + len(asked['customer'])}.00"
        told = {name: value for name, value in (told | office.changes).items() if value is not None}
        body = json.dumps(told).encode() if office.body is None else office.body
        try:
            self._send(body)
        except OSError:
            return

    def _send(self, body: bytes) -> None:
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        if self.server.status in (301, 302):
            self.send_header("Location", self.server.url)
        self.end_headers()
        pause = Event()
        for place in range(len(body)) if self.server.drip else ():
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
            pause.wait(0.2)
        if not self.server.drip:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def price_office() -> Iterator[PriceOffice]:
    """A running office; ends with the block."""
    office = PriceOffice()
    thread = Thread(target=office.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield office
    finally:
        office.open.set()
        office.shutdown()
        office.server_close()
        thread.join(5)
