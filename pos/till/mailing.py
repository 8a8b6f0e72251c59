"""Messages leave: one piece at a time, each handed over once, whatever the network does."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.errors import Refusal
from pos.domain.operator import Right
from pos.ports.mail import Letter, MailState, Message
from pos.till import document_mail
from pos.till.desk import Desk
from pos.till.voucher_views import LetterView
from pos.till.vouchers import mailing as of_vouchers

AT_ONCE = 5
"""Letters handed over in one go; a lane brings them on their way, one by one."""

INTERRUPTED = "interrupted"
"""The program ended while a letter was handed over: it may have left, so nobody sends it again
without a person saying so."""
UNWRITTEN = "unwritten"
"""What the letter is about can't be told any more: a code of a key that was lost."""


def send_some(desk: Desk) -> bool:
    """Hand the oldest letters over; False where none waits or nobody takes them."""
    if not desk.post.takes_letters:
        return False
    letters = desk.store.mails.letters(MailState.WAITING, limit=AT_ONCE)
    for letter in letters:
        _hand_over(desk, letter)
    count(desk)
    return bool(letters)


def _hand_over(desk: Desk, letter: Letter) -> None:
    try:
        message = _message(desk, letter)
    except Refusal:
        desk.store.mails.mark(letter.id, MailState.FAILED, UNWRITTEN, desk.now())
        return
    desk.store.mails.mark(letter.id, MailState.SENDING, "", desk.now())
    desk.post.send(letter.id, message)


def _message(desk: Desk, letter: Letter) -> Message:
    if letter.kind == document_mail.KIND:
        return document_mail.message(desk, letter)
    card = desk.store.cards.card(letter.facts["card"])
    return Message(
        id=letter.key,
        to=letter.recipient,
        subject=of_vouchers.subject(desk, card),
        text=of_vouchers.text(desk, card),
        sender=desk.shop.name,
        at=desk.now(),
    )


def done(desk: Desk, letter: int, fault: str, *, for_good: bool) -> None:
    """What became of a letter: it left, waits for another try, or needs a person."""
    state = MailState.SENT
    if fault:
        state = MailState.FAILED if for_good else MailState.WAITING
    desk.store.mails.mark(letter, state, fault, desk.now())
    count(desk)
    if state is MailState.SENT:
        desk.more_to_do()


def recover(desk: Desk) -> None:
    """Set aside what was out when the program ended."""
    for letter in desk.store.mails.letters(MailState.SENDING, limit=1000):
        desk.store.mails.mark(letter.id, MailState.FAILED, INTERRUPTED, desk.now())
    count(desk)


def retry(desk: Desk, letter: int) -> None:
    """Send a letter again that failed; a person has said so."""
    desk.demand(Right.VOUCHERS)
    if desk.store.mails.letter(letter).state is not MailState.FAILED:
        raise Refusal("no_such_letter")
    desk.store.mails.mark(letter, MailState.WAITING, "", desk.now())
    count(desk)
    desk.more_to_do()


def count(desk: Desk) -> None:
    """Count anew what waits and what failed; every snapshot shows it."""
    mails = desk.store.mails
    desk.letters_waiting = mails.count(MailState.WAITING, MailState.SENDING)
    desk.letters_failed = mails.count(MailState.FAILED)


def letters(desk: Desk) -> Sequence[LetterView]:
    """The letters that have not left, and why."""
    desk.who()
    texts, open_states = desk.texts, (MailState.WAITING, MailState.SENDING, MailState.FAILED)
    return [
        LetterView(
            id=letter.id,
            recipient=letter.recipient,
            state=letter.state.value,
            fault=texts.get(f"mail.fault.{letter.fault}") if letter.fault else "",
            attempts=letter.attempts,
            at=letter.at,
        )
        for letter in desk.store.mails.letters(*open_states)
    ]
