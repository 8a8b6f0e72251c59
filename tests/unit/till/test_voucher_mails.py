"""Messages with codes: written when they leave, handed over once, whatever the network does."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace

from pos.app.posting import DirectPost
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.ports.goods import Details, Paper
from pos.ports.mail import MailError, MailState, Message
from pos.runtime.mail_lane import MailLane
from pos.till.errands import recover, work_on
from tests.support.catalogue import MemoryCatalogue
from tests.support.till import MORNING, TestTill


class Line:
    """A way out that can be cut. Implements `MailSender`."""

    def __init__(self) -> None:
        self.fault: MailError | None = None
        self.taken: list[Message] = []

    def send(self, message: Message) -> None:
        if self.fault is not None:
            raise self.fault
        self.taken.append(message)


@pytest.fixture
def line(open_desk: TestTill) -> Line:
    line = Line()
    open_desk.desk.post = DirectPost(
        line, lambda letter, fault, for_good: _told(open_desk, letter, fault, for_good)
    )
    open_desk.till.sign_in("maria", "9999")
    return line


def _told(desk: TestTill, letter: int, fault: str, for_good: bool) -> None:
    desk.till.letter_done(letter, fault, for_good=for_good)


def sold(desk: TestTill) -> str:
    """A new card of 50.00; its id."""
    desk.till.issue_voucher("gift", amount=Money(5000))
    desk.till.tender("cash")
    return desk.till.vouchers()[-1].card


def test_off_line_the_card_prints_and_the_message_leaves_once(
    open_desk: TestTill, line: Line
) -> None:
    """Offline: card prints, mail leaves once after reconnect (ETRON-37)."""
    line.fault = MailError("unreachable")
    card = sold(open_desk)
    assert open_desk.tray.papers[-1].kind == "voucher_card"
    open_desk.till.mail_voucher(card, "a@example.com")
    view = open_desk.till.work_on()
    assert view.letters_waiting == 1 and line.taken == []
    assert "antwortet nicht" in open_desk.till.letters()[0].fault
    line.fault = None
    for _ in range(3):
        view = open_desk.till.work_on()
    assert view.letters_waiting == 0
    assert [message.to for message in line.taken] == ["a@example.com"]


def test_the_message_names_code_amount_and_shop(open_desk: TestTill, line: Line) -> None:
    card = sold(open_desk)
    open_desk.till.mail_voucher(card, "a@example.com")
    open_desk.till.work_on()
    known = open_desk.store.cards.card(card)
    group = open_desk.desk.catalogue.programmes()[0].group
    code = open_desk.desk.code_key.code(known.salt, group)
    assert code in line.taken[0].text
    assert "Geschenkgutschein" in line.taken[0].subject


def test_what_is_shared_by_hand_is_what_would_be_sent(open_desk: TestTill, line: Line) -> None:
    """Send, share, mail: the same words, for whoever may see codes (ETRON-43)."""
    card = sold(open_desk)
    shown = open_desk.till.show_voucher_code(card).voucher
    assert shown is not None and shown.code in shown.message
    open_desk.till.mail_voucher(card, "a@example.com")
    open_desk.till.work_on()
    assert line.taken[0].text == shown.message
    hidden = open_desk.till.sign_in("anna", "1111").voucher
    assert hidden is not None and hidden.message == "" and shown.code not in hidden.code


def test_no_code_waits_in_the_records(open_desk: TestTill, line: Line) -> None:
    line.fault = MailError("unreachable")
    card = sold(open_desk)
    open_desk.till.mail_voucher(card, "a@example.com")
    open_desk.till.work_on()
    known = open_desk.store.cards.card(card)
    group = open_desk.desk.catalogue.programmes()[0].group
    code = open_desk.desk.code_key.code(known.salt, group).encode()
    open_desk.close()
    for path in open_desk.folder.iterdir():
        assert code not in path.read_bytes()
    open_desk.restart()


def test_what_nobody_takes_waits_for_a_person(open_desk: TestTill, line: Line) -> None:
    line.fault = MailError("refused_address", for_good=True)
    open_desk.till.mail_voucher(sold(open_desk), "a@example.com")
    view = open_desk.till.work_on()
    assert (view.letters_waiting, view.letters_failed) == (0, 1)
    letter = open_desk.till.letters()[0].id
    line.fault = None
    open_desk.till.work_on()
    assert line.taken == []
    open_desk.till.retry_letter(letter)
    view = open_desk.till.work_on()
    assert (view.letters_failed, len(line.taken)) == (0, 1)
    with pytest.raises(Refusal, match="no_such_letter"):
        open_desk.till.retry_letter(letter)


def test_what_was_out_when_the_power_went_is_not_sent_again(
    open_desk: TestTill, line: Line
) -> None:
    open_desk.till.mail_voucher(sold(open_desk), "a@example.com")
    waiting = open_desk.store.mails.letters(MailState.WAITING)[0]
    open_desk.store.mails.mark(waiting.id, MailState.SENDING, "", open_desk.clock.at)
    open_desk.desk.letters_waiting = 0
    recover(open_desk.desk)
    work_on(open_desk.desk)
    view = open_desk.till.view()
    assert line.taken == [] and view.letters_failed == 1
    assert "vielleicht" in open_desk.till.letters()[0].fault


def test_without_a_post_messages_wait(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.mail_voucher(sold(open_desk), "a@example.com")
    assert open_desk.till.work_on().letters_waiting == 1
    till = open_desk.restart()
    assert till.view().letters_waiting == 1


def test_a_lane_pauses_while_nobody_answers_and_goes_on_by_itself() -> None:
    """What waits behind a letter that failed comes back unsent; after the pause it is asked for."""
    line, told, again, two = Line(), list[tuple[int, str, bool]](), Event(), Event()
    line.fault = MailError("unreachable")

    def done(letter: int, fault: str, for_good: bool) -> None:
        told.append((letter, fault, for_good))
        if len(told) == 2:
            two.set()

    lane = MailLane(line, done, again.set, (0.05,))
    message = Message("1", "a@example.com", "s", "t", "Laden", MORNING)
    lane.send(1, message)
    lane.send(2, message)
    lane.start()
    assert two.wait(5)
    assert told == [(1, "unreachable", False), (2, "unreachable", False)]
    assert again.wait(5) and lane.takes_letters
    assert lane.stop()


def test_a_document_of_goods_leaves_once_a_day(
    open_desk: TestTill, line: Line, tmp_path: Path
) -> None:
    """Queued while nobody answers, sent when there is a way, with the paper (SRT-6)."""
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    paper = Paper("blatt.pdf", "Datenblatt", str(tmp_path / "blatt.pdf"))
    catalogue.told["1"] = Details(documents=(paper, Paper("weg.pdf", "Verlegt")))
    till = open_desk.till
    line.fault = MailError("unreachable")
    for _ in range(2):
        till.mail_document("1", "blatt.pdf", "a@example.com")
    assert till.work_on().letters_waiting == 1
    line.fault = None
    assert till.work_on().letters_waiting == 0
    (message,) = line.taken
    assert (message.to, message.subject) == (
        "a@example.com",
        "Datenblatt zu Kaffee gemahlen 500 g",
    )
    assert [each.name for each in message.attachments] == ["blatt.pdf"]
    with pytest.raises(Refusal, match="document_not_here"):
        till.mail_document("1", "weg.pdf", "a@example.com")
    with pytest.raises(Refusal, match="document_no_address"):
        till.mail_document("1", "blatt.pdf")


def test_a_code_goes_to_nobody_else_without_the_right_to_see_it(
    open_desk: TestTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever may look after cards has the codes sent to an address of their own."""
    open_desk.till.issue_voucher("wallet", amount=Money(5000), customer="201")
    open_desk.till.tender("cash")
    (row,) = open_desk.till.vouchers("wallet")
    few = frozenset({Right.VOUCHERS})
    people = [
        replace(one, rights=few) if one.number == "maria" else one
        for one in open_desk.desk.catalogue.operators()
    ]
    monkeypatch.setattr(open_desk.desk.catalogue, "operators", lambda: people)
    open_desk.till.sign_in("maria", "9999")
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.mail_voucher(row.card, "mine@example.com")
    assert open_desk.till.mail_voucher(row.card).letters_waiting == 1
