"""Sends messages over a mail server (SMTP, RFC 5321), encrypted unless the owner says otherwise."""

from __future__ import annotations

from pathlib import Path

from pos.ports.mail import MailSender
from pos.ports.plugin import Option, Plugin, Services, SettingError, Settings


def _create(settings: Settings, services: Services) -> MailSender:
    # Loading encryption takes a while, and only tills that send mail wait for it.
    from pos.sync.mail_smtp.sender import Account, SmtpSender

    for key in ("server", "sender"):
        if not settings[key]:
            raise SettingError(key, "must be given")
    account = Account(
        server=str(settings["server"]),
        port=int(settings["port"]),
        security=str(settings["security"]),
        user=str(settings["user"]),
        password=_password(str(settings["password_file"]), services),
    )
    return SmtpSender(account, str(settings["sender"]), int(settings["seconds"]))


def _password(name: str, services: Services) -> str:
    """The first line of a file that only this user reads: no password stands in till.toml."""
    if not name:
        return ""
    path = services.output.parent / Path(name)
    try:
        return path.read_text(encoding="utf-8").split("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError("password_file", f"{name} can't be read") from error


PLUGIN: Plugin[MailSender] = Plugin(
    key="mail_smtp",
    kind="mail",
    options=(
        Option("server", ""),
        Option("port", 587, minimum=1, maximum=65535),
        Option("security", "starttls", choices=("starttls", "tls", "none")),
        Option("user", ""),
        Option("password_file", ""),
        Option("sender", ""),
        Option("seconds", 10, minimum=1, maximum=120),
    ),
    create=_create,
)
