"""What is amiss with this till, as long as it is: not the sale's business, but somebody's."""

from __future__ import annotations

from pos.domain.operator import Right
from pos.till.desk import Desk
from pos.till.views import TroubleView

DAMAGED = ("till", "catalogue")
"""The databases whose damage a check may find; `<name>_damaged` is their text under `trouble.`."""


def troubles(desk: Desk) -> tuple[TroubleView, ...]:
    """What the operator should know: damage everybody, settings those who may change them."""
    damaged = tuple(TroubleView(f"{name}_damaged") for name in DAMAGED if name in desk.damaged)
    manager = desk.operator is not None and desk.operator.may(Right.SETTINGS)
    return (*damaged, *(_printer_missing(desk) if manager else ()))


def _printer_missing(desk: Desk) -> tuple[TroubleView, ...]:
    """The back office names a printer that isn't plugged in here; receipts go to the first."""
    wanted, used = desk.wanted_printer, desk.receipt_printer
    if not wanted or wanted == used:
        return ()
    return (TroubleView("receipt_printer_unknown", wanted, used),)
