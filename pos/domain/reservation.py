"""How much of an order is set aside when stock is short (ETRON-3)."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.quantity import Quantity


class Reservation(StrEnum):
    """Whether packagings may be broken to serve what is there."""

    WHOLE = "whole"
    BROKEN = "broken"


def reserved(ordered: Quantity, content: Quantity, stock: Quantity, rule: Reservation) -> Quantity:
    """What is set aside, in the product's unit.

    Args:
        ordered: how many packagings; of goods ordered by the unit, `content` is one.
        stock: what is there, in the product's unit; below zero there is nothing.
    """
    wanted = ordered.decimal * content.decimal
    there = max(stock, Quantity(0)).decimal
    if there >= wanted or rule is Reservation.BROKEN:
        return Quantity.of(min(wanted, there))
    return Quantity.of(there // content.decimal * content.decimal)
