"""Messages leave beside the sale: one lane, and pauses that grow while nobody answers."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Timer

from pos.ports.mail import MailError, MailSender, Message
from pos.runtime.lane import Lane, Outcome

Done = Callable[[int, str, bool], None]
"""Told a letter's id, its fault ("" when it left) and whether that is for good."""

PAUSES_S = (30.0, 60.0, 300.0, 900.0)
"""How long nothing is sent after one, two, three, more tries that nobody answered."""


class MailLane:
    """Sends letters one by one. Implements `pos.till.desk.Post`; it touches no database.

    Args:
        done: told what became of a letter, on this lane.
        again: told when a pause is over.
    """

    def __init__(
        self,
        sender: MailSender,
        done: Done,
        again: Callable[[], None],
        pauses: tuple[float, ...] = PAUSES_S,
    ) -> None:
        self._sender, self._done, self._again, self._pauses = sender, done, again, pauses
        self._lane = Lane("mail")
        self._pausing, self._failures = Event(), 0
        self._timer: Timer | None = None

    @property
    def takes_letters(self) -> bool:
        """Not during a pause."""
        return not self._pausing.is_set()

    def start(self) -> None:
        """Begin to work."""
        self._lane.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """Finish the letter in hand; those that wait come back unsent. False if one is stuck."""
        self._pausing.set()
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        return self._lane.stop(timeout)

    def send(self, letter: int, message: Message) -> None:
        """Send a letter after those that wait."""
        self._lane.submit(
            lambda: self._send(message), lambda outcome: self._finished(letter, outcome)
        )

    def _send(self, message: Message) -> MailError | None:
        if self._pausing.is_set():
            return MailError("unreachable")
        try:
            self._sender.send(message)
        except MailError as error:
            return error
        return None

    def _finished(self, letter: int, outcome: Outcome[MailError | None]) -> None:
        error = MailError("refused", for_good=True) if outcome.bug else outcome.value
        if error is None:
            self._failures = 0
            self._done(letter, "", False)
            return
        if not error.for_good:
            self._pause()
        self._done(letter, error.fault, error.for_good)

    def _pause(self) -> None:
        if self._pausing.is_set():
            return
        self._pausing.set()
        self._failures += 1
        self._timer = Timer(self._pauses[min(self._failures, len(self._pauses)) - 1], self._resume)
        self._timer.daemon = True
        self._timer.start()

    def _resume(self) -> None:
        self._pausing.clear()
        self._again()
