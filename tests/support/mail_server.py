"""A mail server for tests: takes messages on a port of this machine, and can be made to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string
from email.message import Message
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


class MailServer(ThreadingTCPServer):
    """Speaks as much SMTP as is needed.

    Attributes:
        inbox: messages it has taken.
        answers: by command, what it answers instead of yes; "drop" hangs up.
        log: every line it heard.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.inbox: list[Message] = []
        self.answers: dict[str, str] = {}
        self.log: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            self.server.log.append(line)
            word = line.split(":")[0].split()[0].upper()
            answer = self.server.answers.get(word)
            if answer == "drop":
                return
            if word == "QUIT":
                self._say("221 bye")
                return
            if answer is not None:
                self._say(answer)
            elif word == "DATA":
                self._say("354 go on")
                if not self._take():
                    return
            elif word == "EHLO":
                self._say("250-test\r\n250 AUTH PLAIN")
            else:
                self._say("250 ok")

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line[1:] if line.startswith("..") else line)
        answer = self.server.answers.get("END", "250 taken")
        if answer == "drop":
            return False
        if answer.startswith("250"):
            self.server.inbox.append(message_from_string("".join(lines), policy=default))
        self._say(answer)
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that runs until the block ends."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
