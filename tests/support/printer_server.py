"""A printer on the network that can be ill: TCP on the loopback, one thread.

Answers `DLE EOT` and `GS r` with the bytes that were recorded from a printer simulator
(emupos 0.4.0, profile TM-T20III): ready 16 12 12 12, paper out 1e 32 12 7e, cover open
1e 16 12 12, paper low with a last byte of 1e.
"""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import dataclass, field

READY = (0x16, 0x12, 0x12, 0x12)
PAPER_OUT = (0x1E, 0x32, 0x12, 0x7E)
COVER_OPEN = (0x1E, 0x16, 0x12, 0x12)
PAPER_LOW = (0x16, 0x12, 0x12, 0x1E)
CUTTER_JAMMED = (0x1E, 0x52, 0x1A, 0x12)
UNASKED = bytes((0x14, 0x00, 0x00, 0x0F))
_QUESTION = re.compile(rb"\x10\x04(.)|\x1dr\x01", re.DOTALL)


@dataclass
class PrinterServer:
    """Attributes, to be set before it starts:
    status: the four status bytes. status_after_job: those once a cut was seen.
    hang_up_after: bytes after which it closes the connection; 0 never.
    reads: whether it takes any data. talks: whether it answers. proves: whether to `GS r` too.
    noise: bytes sent unasked before each answer.
    """

    status: tuple[int, int, int, int] = READY
    status_after_job: tuple[int, int, int, int] | None = None
    hang_up_after: int = 0
    reads: bool = True
    talks: bool = True
    proves: bool = True
    noise: bytes = b""
    received: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> PrinterServer:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.02)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="printer-server", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._listener.close()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def jobs(self) -> bytes:
        """What it received without the questions."""
        return _QUESTION.sub(b"", bytes(self.received))

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                peer, _ = self._listener.accept()
            except TimeoutError:
                continue
            with peer:
                peer.settimeout(0.02)
                self._talk_to(peer)

    def _talk_to(self, peer: socket.socket) -> None:
        start = answered = len(self.received)
        while not self._stopping.is_set():
            if not self.reads:
                self._stopping.wait(0.02)
                continue
            try:
                data = peer.recv(4096)
            except TimeoutError:
                continue
            except ConnectionError:
                return
            if not data:
                return
            self.received += data
            if self.hang_up_after and len(self.received) - start >= self.hang_up_after:
                return
            answered = self._answer(peer, answered)

    def _answer(self, peer: socket.socket, answered: int) -> int:
        for question in _QUESTION.finditer(self.received, answered):
            answered = question.end()
            if not self.talks:
                continue
            status = self.status
            if self.status_after_job and b"\x1dV" in self.received:
                status = self.status_after_job
            if question[1]:
                peer.sendall(self.noise + bytes([status[question[1][0] - 1]]))
            elif self.proves and status[0] == READY[0]:
                peer.sendall(self.noise + b"\x00")
        return answered
