"""One message at a time over SMTP, and what became of it."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from mimetypes import guess_type
from pathlib import Path

from pos.ports.mail import MailError, Message

BAD = 500
"""From here on a reply of the server is final (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where messages are handed over. `security` is "starttls", "tls" or "none"."""

    server: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


class SmtpSender:
    """Implements `MailSender`; opens a connection for each message, so none grows stale.

    Args:
        sender: the address messages come from.
        seconds: how long the server may take for each answer.
    """

    def __init__(self, account: Account, sender: str, seconds: int) -> None:
        self._account, self._sender, self._seconds = account, sender, seconds

    def send(self, message: Message) -> None:
        """Hand a message over."""
        content = self._written(message)
        try:
            with self._connection() as server:
                self._hand_over(server, message.to, content)
        except smtplib.SMTPAuthenticationError as error:
            raise MailError("not_allowed") from error
        except smtplib.SMTPResponseException as error:
            raise MailError("refused", for_good=error.smtp_code >= BAD) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailError("unreachable") from error

    def _written(self, message: Message) -> bytes:
        """The message before anybody is called: a file that is gone concerns nobody else."""
        try:
            return written(message, self._sender).as_bytes(policy=SMTP)
        except OSError as error:
            raise MailError("unwritten", for_good=True) from error

    def _connection(self) -> smtplib.SMTP:
        account, safe = self._account, ssl.create_default_context()
        if account.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                account.server, account.port, timeout=self._seconds, context=safe
            )
        else:
            server = smtplib.SMTP(account.server, account.port, timeout=self._seconds)
        try:
            if account.security == "starttls":
                server.starttls(context=safe)
            if account.user:
                server.login(account.user, account.password)
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, to: str, content: bytes) -> None:
        server.ehlo_or_helo_if_needed()
        code, _ = server.mail(self._sender)
        if code != 250:
            raise MailError("refused", for_good=code >= BAD)
        code, _ = server.rcpt(to)
        if code not in (250, 251):
            raise MailError("refused_address", for_good=code >= BAD)
        try:
            code, _ = server.data(content)
        except smtplib.SMTPDataError:
            raise
        except (OSError, smtplib.SMTPException) as error:
            # The line broke while the server had the whole message: it may have taken it.
            raise MailError("interrupted", for_good=True) from error
        if code != 250:
            raise MailError("refused", for_good=code >= BAD)


def written(message: Message, sender: str) -> EmailMessage:
    """The message as it goes over the line (RFC 5322)."""
    name, _, host = sender.partition("@")
    mail = EmailMessage()
    mail["From"] = Address(message.sender, name, host)
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = message.at
    mail["Message-ID"] = f"<{message.id.replace('@', '.')}@{host}>"
    mail.set_content(message.text + "\n", charset="utf-8", cte="quoted-printable")
    for attachment in message.attachments:
        kind = guess_type(attachment.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        content = Path(attachment.path).read_bytes()
        mail.add_attachment(content, maintype=main, subtype=sub, filename=attachment.name)
    return mail
