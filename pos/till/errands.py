"""What waits and nobody stands at the counter for: cards to be made, codes, messages."""

from __future__ import annotations

from pos.till import mailing
from pos.till.desk import Desk
from pos.till.vouchers import generating, importing


def work_on(desk: Desk) -> None:
    """Do one piece, and say so if there may be another."""
    if generating.go_on(desk) or importing.go_on(desk) or mailing.send_some(desk):
        desk.more_to_do()


def recover(desk: Desk) -> None:
    """After a start: what was begun goes on by itself."""
    mailing.recover(desk)
    desk.run = desk.store.runs.busy()
    desk.more_to_do()
