"""The link between what is given back and what was sold (W-12): lines, tenders, and exact shares.

A return is a sale of its own with lines below zero; nothing that was recorded is ever changed. Each
line says which line of which receipt it gives back, and what for, to the cent: price, tax and
discount are those of that day. Whoever brings a line back in parts gets, all in all, what was paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from pos.domain.money import Money, rounded_quotient
from pos.domain.quantity import Quantity
from pos.domain.tax import TaxAmount


class ReturnOf(Struct, frozen=True):
    """What a line gives back. Without a receipt only why and who answers for it.

    Attributes:
        sale, receipt, line: where it was sold; empty and 0 without a receipt.
        net, tax: of the line, in minor units with its sign; used only where there is a receipt.
        reason: as told, empty where the shop asks for none.
        by: number of the operator who answers for it.
        tax_free: why no tax had been charged, as `TaxStatus` calls it; empty where it was.
        kept_net, kept_tax: what more was paid for it and stays with the shop, with the sign of
            `net`; 0 where all of it is given back.
        kept_reason, kept_by: why, and who answers for that.
    """

    sale: str = ""
    receipt: int = 0
    line: int = 0
    net: int = 0
    tax: int = 0
    reason: str = ""
    by: str = ""
    tax_free: str = ""
    kept_net: int = 0
    kept_tax: int = 0
    kept_reason: str = ""
    kept_by: str = ""

    @property
    def is_linked(self) -> bool:
        """Whether the receipt is known, and with it price and tax."""
        return bool(self.sale)

    def amount(self, currency: str) -> TaxAmount:
        """What is given back, exactly."""
        return TaxAmount(Money(self.net, currency), Money(self.tax, currency))

    @property
    def used_up(self) -> tuple[int, int]:
        """Net and tax of what was paid that this uses up, given back or kept."""
        return self.net + self.kept_net, self.tax + self.kept_tax

    @property
    def kept(self) -> int:
        """Minor units of what was paid that stay with the shop, above zero."""
        return -(self.kept_net + self.kept_tax)

    def lowered(self, gross: int, reason: str, by: str) -> ReturnOf:
        """The link where only `gross` minor units are given back, above or at zero.

        Tax goes down in proportion. What is kept counts as settled: no later return of the same
        line gives it back. Raises ValueError on more than was paid.
        """
        net, tax = self.used_up
        paid = -(net + tax)
        if gross > paid:
            raise ValueError(f"{gross} is more than {paid}")
        if gross == paid:
            return replace(
                self, net=net, tax=tax, kept_net=0, kept_tax=0, kept_reason="", kept_by=""
            )
        part = -_share(-tax, Quantity(gross), Quantity(paid))
        return replace(
            self,
            net=-gross - part,
            tax=part,
            kept_net=net + gross + part,
            kept_tax=tax - part,
            kept_reason=reason,
            kept_by=by,
        )

    def record(self) -> dict[str, object]:
        """The link as plain values."""
        return asdict(self)

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> ReturnOf:
        """The link a record holds."""
        return cls(
            **{name: value for name, value in record.items() if name in cls.__struct_fields__}
        )


class RefundOf(Struct, frozen=True):
    """Which tender of which receipt a tender below zero gives back.

    Attributes:
        entry: number of the card's ledger entry that is taken back; 0 for other methods.
        tax: minor units of tax that a single-purpose card takes on again; 0 for all others.
    """

    sale: str
    receipt: int
    tender: int
    entry: int = 0
    tax: int = 0

    def record(self) -> dict[str, object]:
        """The link as plain values."""
        return asdict(self)

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> RefundOf:
        """The link a record holds."""
        return cls(
            **{name: value for name, value in record.items() if name in cls.__struct_fields__}
        )


class GivenBack(Struct, frozen=True):
    """What of a sold line has come back so far, with the signs it was sold with.

    Its amounts are those that were paid for what came back, even where less was given for it.
    """

    quantity: Quantity = Quantity(0)
    net: int = 0
    tax: int = 0

    def __add__(self, other: GivenBack) -> GivenBack:
        return GivenBack(self.quantity + other.quantity, self.net + other.net, self.tax + other.tax)


NOTHING_BACK = GivenBack()


def part_of(paid: TaxAmount, sold: Quantity, before: GivenBack, wanted: Quantity) -> TaxAmount:
    """What a part of a line cost: `wanted` of what was `sold`, after `before` has come back.

    The gross amount and the tax of all that will then be back are rounded, less what was given
    already. So the parts add up to the whole in any order, and the last one takes the odd cent.
    """
    back = before.quantity + wanted
    gross = _share(paid.gross.minor, back, sold) - before.net - before.tax
    tax = _share(paid.tax.minor, back, sold) - before.tax
    currency = paid.net.currency
    return TaxAmount(Money(gross - tax, currency), Money(tax, currency))


def _share(minor: int, part: Quantity, whole: Quantity) -> int:
    return rounded_quotient(Decimal(minor * part.thousandths), Decimal(whole.thousandths))
