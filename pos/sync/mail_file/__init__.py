"""A simulated mail server: each message becomes a text file in the folder of papers."""

from __future__ import annotations

from pathlib import Path

from pos.ports.mail import MailError, MailSender, Message
from pos.ports.plugin import Plugin, Services, Settings


class FileSender:
    """Implements `MailSender`; nothing leaves this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message) -> None:
        """Write the message down, under its id."""
        name = "".join(char if char.isalnum() or char in "-." else "_" for char in message.id)
        head = f"To: {message.to}\nFrom: {message.sender}\nSubject: {message.subject}\n\n"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"mail-{name}.txt"
            ends = "".join(f"Attachment: {each.name}\n" for each in message.attachments)
            path.write_text(head + message.text + "\n" + ends, encoding="utf-8")
        except OSError as error:
            raise MailError("unreachable") from error


def _create(_settings: Settings, services: Services) -> MailSender:
    return FileSender(services.output)


PLUGIN: Plugin[MailSender] = Plugin(
    key="mail_file", kind="mail", options=(), create=_create, simulator=True
)
