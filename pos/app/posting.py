"""Who sends this till's messages: made from till.toml; for stories they leave at once."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.errors import Refusal
from pos.ports.mail import MailError, MailSender, Message
from pos.ports.plugin import Services, SettingError
from pos.runtime.plugins import find_plugins
from pos.settings.till_toml import TillSettings


def make_sender(settings: TillSettings, services: Services) -> MailSender | None:
    """What the first `[[mail]]` of till.toml says; None where there is none.

    Raises Refusal "setting_unknown".
    """
    if not settings.mail:
        return None
    wanted = settings.mail[0]
    known = {key: one for key, one in find_plugins("pos.sync").items() if one.kind == "mail"}
    if wanted.plugin not in known:
        hint = ", ".join(known)
        raise Refusal("setting_unknown", file="till.toml", key=wanted.plugin, hint=hint)
    try:
        sender: MailSender = known[wanted.plugin].make(wanted.options, services)
    except SettingError as error:
        key = f"{wanted.name}.{error.key}"
        raise Refusal("setting_unknown", file="till.toml", key=key, hint=error.hint) from error
    return sender


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
