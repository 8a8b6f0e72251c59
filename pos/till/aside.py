"""Codes that wait for a person: those nobody could sell, and those scanned while a customer paid.

They are goods on the counter, so they are kept like the sale is: a power cut forgets none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import asdict

from pos.domain.errors import Refusal
from pos.domain.gs1 import read_code
from pos.domain.gtin import is_gtin
from pos.domain.journal import Kind
from pos.domain.stored_value.codes import masked
from pos.till.codes import codes_of, known_as, rules_of
from pos.till.desk import Desk
from pos.till.views import UnknownCodeView

SETTING = "codes_aside"
MAX_ASIDE = 20
MAX_CODE = 40
UNKNOWN = "unknown_code"
HELD = "scan_in_checkout"
"""Why a code waits that was scanned while the customer paid."""


def set_aside(desk: Desk, code: str, refusal: Refusal) -> None:
    """Put a code on the list beside the sale, with the reason; the newest come last."""
    code = _writable(desk, code, refusal.code)
    shown = "".join(char if char.isprintable() else "·" for char in code.strip())[:MAX_CODE]
    others = [view for view in desk.unknown if view.code != shown]
    number = max((view.id for view in desk.unknown), default=0) + 1
    text = desk.texts.refusal(refusal)
    view = UnknownCodeView(number, shown, refusal.code, text, desk.now(), code)
    facts = {"code": _for_journal(shown), "reason": refusal.code}
    _keep(desk, [*others, view][-MAX_ASIDE:], Kind.CODE_SET_ASIDE, facts)


def hold(desk: Desk, code: str) -> Refusal:
    """Keep a code scanned while the customer pays; returns why it wasn't rung up."""
    refusal = Refusal(HELD)
    set_aside(desk, code, refusal)
    desk.version += 1
    return refusal


def _writable(desk: Desk, code: str, reason: str) -> str:
    """The code as it may be written down: while codes are being guessed the right one comes here
    like the wrong ones, and no record holds a card's code. So what nothing is known by is masked.
    """
    if reason not in (UNKNOWN, HELD) or not desk.is_guarded or not desk.store.cards.has_foreign():
        return code
    known = codes_of(read_code(code, rules=rules_of(desk)))
    return code if known_as(desk, *known) is not None else masked(code)


def dismiss(desk: Desk, number: int) -> None:
    """Take a code off the list; one that isn't there is no mistake."""
    gone = [view for view in desk.unknown if view.id == number]
    if gone:
        left = [view for view in desk.unknown if view.id != number]
        facts = {"code": _for_journal(gone[0].code), "reason": gone[0].reason}
        _keep(desk, left, Kind.CODE_PUT_AWAY, facts)


def _for_journal(code: str) -> str:
    """A code as it may stand for ever: goods in full; what might be a voucher that nobody has
    imported yet only by its end.
    """
    return code if is_gtin(code) else masked(code)


def take_up(desk: Desk) -> None:
    """After a start: the codes that waited still do."""
    told = json.loads(desk.store.setting(SETTING) or "[]")
    desk.unknown[:] = [
        UnknownCodeView(**one | {"at": datetime.fromisoformat(one["at"])}) for one in told
    ]


def _keep(
    desk: Desk, views: list[UnknownCodeView], kind: Kind, facts: Mapping[str, object]
) -> None:
    told = [asdict(view) | {"at": view.at.isoformat()} for view in views]
    with desk.writing() as work:
        work.set_setting(SETTING, json.dumps(told, ensure_ascii=False))
        desk.record(work, kind, facts, sale=desk.sale)
    desk.unknown[:] = views
