"""A scanned code that is a voucher, or the service behind one."""

from __future__ import annotations

from pos.domain.code_rules import Meaning
from pos.domain.errors import Refusal
from pos.domain.gs1 import CodeReading, GoodsReading, MarkReading, OwnCode
from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.programme import Programme
from pos.till import codes, lookup, selling
from pos.till.card_codes import is_service
from pos.till.desk import Desk
from pos.till.vouchers import finding, loading, redeeming


def take(desk: Desk, code: str, part: Money | None = None) -> bool:
    """Use a voucher that was scanned; False where the code is something else.

    While the customer pays it becomes a tender, wholly or for a part; else the screen shows what
    it holds. Goods go before foreign voucher codes that look like theirs.
    """
    reading = lookup.read_entry(desk, code).reading
    text = _text(reading)
    if not text or codes.known_as(desk, *codes.codes_of(reading)) is not None:
        return False
    if not _is_voucher(desk, reading, text) and not _is_foreign(desk, text):
        return False
    if desk.sale is not None and desk.sale.state is SaleState.TENDERING:
        redeeming.redeem(desk, finding.by_code(desk, text), part)
    else:
        show(desk, finding.by_code(desk, text).card.id, proved=True)
    return True


def _text(reading: CodeReading) -> str:
    return reading.text if isinstance(reading, MarkReading | OwnCode | GoodsReading) else ""


def _is_voucher(desk: Desk, reading: CodeReading, text: str) -> bool:
    """Whether it looks like one of the shop's; goods with a number of their own go before."""
    meant = isinstance(reading, MarkReading) and reading.meaning is Meaning.VOUCHER
    looks = meant or finding.looks_like_voucher(desk, text)
    return looks and codes.known_as(desk, *codes.codes_of(reading)) is None


def _is_foreign(desk: Desk, text: str) -> bool:
    """While codes are being guessed the right one is told from no other."""
    if desk.catalogue.find_code(text) is not None or desk.is_guarded:
        return False
    return finding.known(desk, text) is not None


def take_other(desk: Desk, code: str) -> None:
    """Ring up a code that is no voucher. One that nothing is known by counts: it may be a guess at
    the code of a card that was made elsewhere.
    """
    before = desk.unknown[-1:]
    try:
        selling.scan(desk, code)
    except Refusal as refusal:
        if refusal.code == "scan_in_checkout" and _means_nothing(desk, code):
            finding.missed_scan(desk, code)
        raise
    if desk.unknown[-1:] != before and desk.unknown[-1].reason == "unknown_code":
        finding.missed_scan(desk, code)


def _means_nothing(desk: Desk, code: str) -> bool:
    reading = lookup.read_entry(desk, code).reading
    return bool(_text(reading)) and codes.known_as(desk, *codes.codes_of(reading)) is None


def take_service(desk: Desk, code: str) -> bool:
    """Sell the programme behind a scanned service; False where the code is something else."""
    asked = lookup.read_entry(desk, code)
    text = _text(asked.reading)
    match = desk.catalogue.find_code(text) if text else None
    if match is None or not is_service(desk, match.product.number):
        return False
    loading.load(desk, match.product.number, None, asked.count)
    return True


def show(desk: Desk, card: str, *, proved: bool = False) -> None:
    """Put a card on the screen, its code hidden. `proved`: its code was shown to the till."""
    desk.who()
    if desk.shown_card != card:
        desk.shown_code = desk.proved_card = ""
    desk.shown_card = card
    if proved:
        desk.proved_card = card


def hide(desk: Desk) -> None:
    """Take the card off the screen."""
    desk.put_card_away()


def redeem(desk: Desk, code: str, card: str, amount: Money | None) -> None:
    """Pay with a card: by its code, or by its id the wallet of the sale's customer and the card
    on the screen whose code was shown. Once it pays, it leaves the screen.
    """
    found = finding.by_code(desk, code) if code else finding.by_id(desk, card)
    if not code and not pays_by_id(desk, found.card, found.programme):
        raise Refusal("voucher_code_needed")
    redeeming.redeem(desk, found, amount)
    hide(desk)


def pays_by_id(desk: Desk, card: Card, programme: Programme) -> bool:
    """Whether a card may pay without its code being shown once more."""
    buyer = desk.sale.customer if desk.sale else None
    owned = buyer is not None and buyer.number == card.customer != ""
    return desk.proved_card == card.id or (programme.is_wallet and owned)
