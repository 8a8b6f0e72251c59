"""Messages by e-mail: what one says, who brings it on its way, and those that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class Attachment(Struct, frozen=True):
    """A file that goes with a message: what it is called, and where it is on this machine."""

    name: str
    path: str


class Message(Struct, frozen=True):
    """A finished message.

    Attributes:
        id: names it for ever, so that whoever gets it twice sees it once (RFC 5322, Message-ID).
        sender: the name it comes from; the address is the plug-in's.
        at: when it was written, in UTC.
    """

    id: str
    to: str
    subject: str
    text: str
    sender: str
    at: datetime
    attachments: tuple[Attachment, ...] = ()


class MailError(Exception):
    """A message didn't leave.

    Attributes:
        fault: a key under `mail.fault`.
        for_good: trying again is no use: nobody takes mail for this address.
    """

    def __init__(self, fault: str, *, for_good: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.for_good = for_good


class MailSender(Protocol):
    """Brings messages on their way. A call returns once somebody else answers for the message."""

    def send(self, message: Message) -> None:
        """Hand a message over; raises MailError, and then nobody has it."""


class MailState(StrEnum):
    """Where a message stands.

    Attributes:
        SENDING: it is being handed over; after a crash nobody knows whether it left.
        FAILED: a person has to look at it.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Letter(Struct, frozen=True):
    """A message that waits. What it says is put together when it leaves.

    Attributes:
        key: two letters with one key are one.
        kind: what it is made of, "voucher"; `facts` name it.
        fault: why it didn't leave the last time; a key under `mail.fault`.
    """

    id: int
    key: str
    kind: str
    recipient: str
    facts: Mapping[str, str]
    at: datetime
    state: MailState = MailState.WAITING
    fault: str = ""
    attempts: int = 0


class MailBook(Protocol):
    """The messages of this till. Writes join the till's transaction."""

    def add_once(self, letter: Letter) -> bool:
        """Queue a letter; False where one with its key was queued before."""

    def mark(self, letter: int, state: MailState, fault: str, at: datetime) -> None:
        """Write down where it stands now."""

    def letter(self, letter: int) -> Letter:
        """One letter; raises Refusal "no_such_letter"."""

    def letters(self, *states: MailState, limit: int = 100) -> Sequence[Letter]:
        """Those in these states, oldest first."""

    def count(self, *states: MailState) -> int:
        """How many stand so."""
