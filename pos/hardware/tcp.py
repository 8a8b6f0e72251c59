"""A byte stream over TCP: printers on the network listen on port 9100."""

from __future__ import annotations

import socket
from contextlib import suppress

from pos.ports.devices import DeviceError

CONNECT_MS = 2000
_CHUNK = 4096


class TcpChannel:
    """A printer on the network, or any byte stream over TCP."""

    answers = True
    bytes_per_second = 0

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), CONNECT_MS / 1000)
        except OSError as error:
            raise DeviceError("unreachable", str(error)) from error

    def write(self, data: bytes, limit_ms: int) -> None:
        """Hand everything to the network; that it arrived only an answer proves."""
        self._socket.settimeout(limit_ms / 1000)
        try:
            self._socket.sendall(data)
        except TimeoutError as error:
            raise DeviceError("timeout", "peer takes no data") from error
        except OSError as error:
            raise DeviceError("unreachable", str(error)) from error

    def read(self, limit_ms: int) -> bytes:
        """Raises DeviceError "unreachable" when the peer has hung up."""
        self._socket.settimeout(max(limit_ms, 1) / 1000)
        try:
            data = self._socket.recv(_CHUNK)
        except TimeoutError:
            return b""
        except OSError as error:
            raise DeviceError("unreachable", str(error)) from error
        if not data:
            raise DeviceError("unreachable", "peer hung up")
        return data

    def close(self) -> None:
        """Say goodbye first: closing with answers unread would reset the connection, and a
        printer that is still reading could lose the rest of its job."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(0.2)
            self._socket.recv(_CHUNK)
        self._socket.close()
