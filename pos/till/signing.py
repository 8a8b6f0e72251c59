"""Who stands at the till: PINs are argon2 hashes, and guessing them is slow."""

from __future__ import annotations

from datetime import timedelta

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Operator
from pos.runtime.pins import pin_matches
from pos.runtime.texts import Texts
from pos.till.desk import Desk

MAX_TRIES = 5
LOCK_FOR = timedelta(minutes=1)
MOST_LOOKED_AT = 100
"""Entries of the last minute; more wrong PINs than MAX_TRIES for each operator aren't taken."""


def sign_in(desk: Desk, number: str, pin: str) -> None:
    """Let an operator on; the sale on the screen stays. Five wrong PINs lock for a minute."""
    operator = identify(desk, number, pin)
    with desk.writing() as work:
        desk.record(work, Kind.SIGNED_IN, operator=operator)
    desk.operator = operator
    desk.locked = False
    desk.texts = Texts(operator.language or desk.paper_texts.language, desk.texts.zone.key)


def identify(desk: Desk, number: str, pin: str) -> Operator:
    """The operator who knows this PIN; raises Refusal as `sign_in` does."""
    operator = next((one for one in desk.catalogue.operators() if one.number == number), None)
    if operator is None:
        raise Refusal("no_such_operator", operator=number[:40])
    _demand_tries_left(desk, number)
    if not pin_matches(desk.catalogue.pin_hash(number), pin):
        _fail(desk, operator)
    desk.failed_pins.pop(number, None)
    return operator


def _demand_tries_left(desk: Desk, number: str) -> None:
    passed = desk.clock.passed()
    recent = [at for at in desk.failed_pins.get(number, []) if passed - at < LOCK_FOR]
    desk.failed_pins[number] = recent
    if len(recent) >= MAX_TRIES:
        wait = LOCK_FOR - (passed - recent[0])
        raise Refusal("pin_locked", count=max(1, int(wait.total_seconds())))


def _fail(desk: Desk, operator: Operator) -> None:
    tries = desk.failed_pins.setdefault(operator.number, [])
    tries.append(desk.clock.passed())
    with desk.writing() as work:
        desk.record(work, Kind.SIGN_IN_FAILED, {"who": operator.number})
    left = MAX_TRIES - len(tries)
    if left <= 0:
        raise Refusal("pin_locked", count=int(LOCK_FOR.total_seconds()))
    raise Refusal("pin_wrong", count=left)


def count_tries(desk: Desk) -> None:
    """Count the wrong PINs just before this start: ending the program opens no till.

    How long ago they were is told by the journal, whose times never run back; so a clock set back
    makes them as good as new, and the lock holds for its minute and no longer.
    """
    now, passed = desk.now(), desk.clock.passed()
    known: set[str] = set()
    for link in desk.store.newest((Kind.SIGNED_IN, Kind.SIGN_IN_FAILED), MOST_LOOKED_AT):
        entry = link.entry
        if now - entry.at >= LOCK_FOR:
            break
        if entry.kind is Kind.SIGNED_IN:
            known.add(entry.operator)
        elif (number := str(entry.data["who"])) not in known:
            desk.failed_pins.setdefault(number, []).insert(0, passed - (now - entry.at))


def sign_out(desk: Desk) -> None:
    """Leave the till; the session and an open sale stay."""
    desk.who()
    with desk.writing() as work:
        desk.record(work, Kind.SIGNED_OUT)
    desk.put_card_away()
    desk.operator = None
    desk.locked = False
    desk.texts = desk.paper_texts


def lock(desk: Desk) -> None:
    """Hide the till behind the PIN, with everything on it kept."""
    desk.who()
    with desk.writing() as work:
        desk.record(work, Kind.LOCKED)
    desk.put_card_away()
    desk.locked = True
