"""What the words of a record of cards mean here: days, tills, refusals, kinds."""

from __future__ import annotations

from datetime import date, timedelta

from pos.domain.stored_value.programme import Place, ProgrammeKind
from tests.vectors.case import Case

TODAY = date(2026, 11, 23)
HERE = Place("1")
REASONS = {
    "voucher_expired": "expired",
    "voucher_other_till": "unknown card or not valid here",
    "voucher_unknown": "unknown card or not valid here",
    "voucher_balance": "not enough balance",
    "voucher_empty": "balance too low",
}
"""What the record calls our refusals. Where it has another word, refusing alone is compared."""

TILLS = {"another till only": ("2",), "this till only": (HERE.till,), "all tills": ()}
KINDS = {"gift_card": ProgrammeKind.GIFT_VOUCHER, "ewallet": ProgrammeKind.EWALLET}

UNPAID = "Unpaid gift card"
"""Their till asks before it takes a card that was generated and never sold."""

NO_WALLET = "No valid eWallet found"
"""Their till says so where a wallet is to pay and can't, be it that nothing is left to pay."""

STEPS = (
    *("generate", "check", "order", "check_and_settle", "settle_without_check", "reverse_order"),
    *("quotation", "confirm_quotation", "cancel_quotation"),
)


def tills_of(told: str | None) -> frozenset[str]:
    """The tills a programme counts at, from the record's words for them; ValueError on others."""
    if told is None:
        return frozenset()
    if told not in TILLS:
        raise ValueError(f"tills nobody here knows: {told}")
    return frozenset(TILLS[told])


def identity(step: Case) -> str:
    """What a step says, without what came of it."""
    said = {key: value for key, value in step.items() if key not in ("expect", "basis")}
    return repr(sorted(said.items()))


def wallet_of(step: Case) -> str:
    """The account of a customer's wallet."""
    return f"wallet {step.get('customer', '')}"


def day_of(days: object) -> date | None:
    """A day counted from the day of the test."""
    return None if days is None else TODAY + timedelta(days=int(str(days)))


def order_day(step: Case) -> date:
    """The day a step happens."""
    return day_of(step.get("order_day")) or TODAY
