"""Messages of a story: they leave at once."""

from __future__ import annotations

from collections.abc import Callable

from pos.ports.mail import MailError, MailSender, Message


class DirectPost:
    """Sends at once. Implements `pos.till.desk.Post`.

    Attributes:
        sent: the messages that left, in order.
    """

    takes_letters = True

    def __init__(self, sender: MailSender, done: Callable[[int, str, bool], None]) -> None:
        self._sender, self._done = sender, done
        self.sent: list[Message] = []

    def send(self, letter: int, message: Message) -> None:
        """Send now."""
        try:
            self._sender.send(message)
        except MailError as error:
            self._done(letter, error.fault, error.for_good)
            return
        self.sent.append(message)
        self._done(letter, "", False)
