"""Whoever sends messages: what was handed over is elsewhere; what wasn't, nobody has."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.message import Message as PlainMessage
from pathlib import Path

import pytest
from msgspec.structs import replace

from pos.hardware.channels import open_channel
from pos.ports.mail import Attachment, MailError, MailSender, Message
from pos.ports.plugin import Services, SettingError
from pos.runtime.plugins import find_plugins
from tests.support.mail_server import MailServer, mail_server

PLUGINS = {key: one for key, one in find_plugins("pos.sync").items() if one.kind == "mail"}
MESSAGE = Message(
    id="voucher-abc-a@example.com",
    to="a@example.com",
    subject="Geschenkgutschein für Sie",
    text="Grüß Gott!\n.\nDer Code: 2116-ABCD",
    sender="Greißlerei „Zum Eck“",
    at=datetime(2026, 11, 23, 9, tzinfo=UTC),
)


def services(tmp_path: Path) -> Services:
    return Services(open_channel, tmp_path / "papers")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def smtp(at: MailServer, tmp_path: Path, **more: str | int) -> MailSender:
    given: dict[str, str | int] = {
        "server": "127.0.0.1",
        "port": at.port,
        "security": "none",
        "sender": "laden@example.at",
        "seconds": 5,
    }
    sender: MailSender = PLUGINS["mail_smtp"].make(given | more, services(tmp_path))
    return sender


@pytest.mark.parametrize("key", PLUGINS)
def test_a_message_arrives_as_it_was_written(key: str, server: MailServer, tmp_path: Path) -> None:
    """Every plug-in there is: receiver, subject and text get through, umlauts and all."""
    if key == "mail_smtp":
        smtp(server, tmp_path).send(MESSAGE)
        assert len(server.inbox) == 1
        arrived = server.inbox[0]
        assert arrived["To"] == MESSAGE.to and arrived["Subject"] == MESSAGE.subject
        text = arrived.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert text.decode().replace("\r\n", "\n").rstrip() == MESSAGE.text
        assert MESSAGE.sender in str(arrived["From"])
        assert str(arrived["Message-ID"]).startswith("<voucher-abc-a.example.com@")
        return
    PLUGINS[key].make({}, services(tmp_path)).send(MESSAGE)
    written = "".join(path.read_text() for path in (tmp_path / "papers").iterdir())
    assert all(part in written for part in (MESSAGE.to, MESSAGE.subject, MESSAGE.text))


@pytest.mark.parametrize(
    ("command", "answer", "fault", "for_good"),
    [
        ("RCPT", "550 nobody here", "refused_address", True),
        ("RCPT", "450 try later", "refused_address", False),
        ("MAIL", "550 not you", "refused", True),
        ("MAIL", "421 busy", "refused", False),
        ("DATA", "554 no", "refused", True),
        ("END", "554 spam", "refused", True),
        ("END", "451 later", "refused", False),
        ("END", "drop", "interrupted", True),
        ("RCPT", "drop", "unreachable", False),
        ("EHLO", "drop", "unreachable", False),
    ],
)
def test_what_the_server_says_is_understood(
    server: MailServer, tmp_path: Path, command: str, answer: str, fault: str, for_good: bool
) -> None:
    """Only a message that may have arrived, or never will, isn't tried again (ETRON-37)."""
    server.answers[command] = answer
    with pytest.raises(MailError) as failed:
        smtp(server, tmp_path).send(MESSAGE)
    assert (failed.value.fault, failed.value.for_good) == (fault, for_good)
    assert server.inbox == []


def test_nobody_answers(tmp_path: Path, server: MailServer) -> None:
    sender = smtp(server, tmp_path, port=1)
    with pytest.raises(MailError, match="unreachable") as failed:
        sender.send(MESSAGE)
    assert not failed.value.for_good


def test_a_wrong_password_is_told(tmp_path: Path, server: MailServer) -> None:
    server.answers["AUTH"] = "535 no"
    (tmp_path / "mail.key").write_text("secret\n")
    sender = smtp(server, tmp_path, user="laden", password_file="mail.key")
    with pytest.raises(MailError, match="not_allowed") as failed:
        sender.send(MESSAGE)
    assert not failed.value.for_good
    assert "secret" not in repr(vars(sender))


def test_no_message_goes_unencrypted_unless_the_owner_says_so(
    tmp_path: Path, server: MailServer
) -> None:
    with pytest.raises(MailError):
        smtp(server, tmp_path, security="starttls").send(MESSAGE)
    assert not any(line.startswith("MAIL") for line in server.log)


@pytest.mark.parametrize("missing", ["server", "sender"])
def test_what_must_be_set_is_asked_for(tmp_path: Path, server: MailServer, missing: str) -> None:
    with pytest.raises(SettingError, match=missing):
        smtp(server, tmp_path, **{missing: ""})


def test_a_password_file_that_is_not_there(tmp_path: Path, server: MailServer) -> None:
    with pytest.raises(SettingError, match="password_file"):
        smtp(server, tmp_path, user="laden", password_file="none.key")


def test_a_name_can_not_add_a_head_of_its_own(tmp_path: Path, server: MailServer) -> None:
    forged = "Laden\r\nBcc: b@example.com"
    with pytest.raises((ValueError, smtplib.SMTPException)):
        smtp(server, tmp_path).send(
            Message("x", "a@example.com", forged, "text", "Laden", MESSAGE.at)
        )
    assert server.inbox == []


@pytest.mark.parametrize("key", PLUGINS)
def test_a_document_goes_along(key: str, server: MailServer, tmp_path: Path) -> None:
    """A paper of goods is attached under its name (SRT-6)."""
    paper = tmp_path / "blatt.pdf"
    paper.write_bytes(b"%PDF-1.4 \x00\xff")
    message = replace(MESSAGE, attachments=(Attachment("blatt.pdf", str(paper)),))
    if key == "mail_smtp":
        smtp(server, tmp_path).send(message)
        attached = list(server.inbox[0].walk())[-1]
        assert isinstance(attached, EmailMessage | PlainMessage)
        assert attached.get_filename() == "blatt.pdf"
        assert attached.get_content_type() == "application/pdf"
        assert attached.get_payload(decode=True) == paper.read_bytes()
    else:
        PLUGINS[key].make({}, services(tmp_path)).send(message)
        (written,) = (tmp_path / "papers").glob("mail-*.txt")
        assert "Attachment: blatt.pdf" in written.read_text(encoding="utf-8")


def test_a_document_that_is_gone_calls_nobody(server: MailServer, tmp_path: Path) -> None:
    message = replace(MESSAGE, attachments=(Attachment("weg.pdf", str(tmp_path / "weg.pdf")),))
    with pytest.raises(MailError) as failed:
        smtp(server, tmp_path).send(message)
    assert (failed.value.fault, failed.value.for_good) == ("unwritten", True)
    assert server.inbox == []
