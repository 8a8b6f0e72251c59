"""Stored value inside a sale: the line that loads a card, the tender that redeems one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from pos.domain.money import Money, split_by_weight
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.tax import TaxAmount, TaxGroup


class CardLine(Struct, frozen=True):
    """What a line does to a card once its sale closes. One line is one card.

    Attributes:
        name: of the programme, as it was called.
        kind: ISSUE, TOP_UP, or CANCEL of an earlier entry.
        card: id; a new card is made under it when the sale closes.
        of: number of the entry that is taken back.
        customer: number of the owner; empty for an anonymous card.
        salt, key, digest, expires: of a card to be made, as `Card` explains them; the digest is
            empty for a card that is there.
    """

    programme: str
    name: str
    kind: EntryKind
    card: str
    masked: str
    of: int | None = None
    customer: str = ""
    salt: str = ""
    key: str = ""
    digest: str = ""
    expires: date | None = None

    def record(self) -> dict[str, object]:
        """The facts as plain values."""
        return asdict(self) | {"expires": self.expires and self.expires.isoformat()}

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> CardLine:
        """The facts a record holds."""
        fields = {name: value for name, value in record.items() if name in cls.__struct_fields__}
        expires = fields.pop("expires")
        return cls(
            kind=EntryKind(fields.pop("kind")),
            expires=date.fromisoformat(expires) if expires else None,
            **fields,
        )


class Redemption(Struct, frozen=True):
    """Which card a tender redeems.

    Attributes:
        name: of the programme, as it was called.
        customer: number of the owner; empty for a card of nobody.
        tax_code, tax_rate: of a single-purpose card, as it was taxed when sold. Such a redemption
            is no payment: it takes the goods' turnover and tax back (ETRON-35).
        confirmed: whether the balance was confirmed; False for one accepted without connection.
    """

    card: str
    masked: str
    programme: str
    name: str
    customer: str = ""
    tax_code: str = ""
    tax_rate: int | None = None
    confirmed: bool = True

    @property
    def is_deduction(self) -> bool:
        """Whether it reduces what is sold, in place of paying for it."""
        return self.tax_rate is not None

    def record(self) -> dict[str, object]:
        """The facts as plain values."""
        return asdict(self)

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Redemption:
        """The facts a record holds."""
        return cls(
            **{name: value for name, value in record.items() if name in cls.__struct_fields__}
        )


def deduct(
    groups: Sequence[TaxGroup], redemption: Redemption, amount: Money
) -> tuple[TaxGroup, ...]:
    """The VAT table less a single-purpose redemption.

    The part of the tax goes with the part of the gross amount, so that goods paid in full bear no
    tax at all, whatever cents their lines were rounded by. What exceeds the goods of this tax is
    left: the till never lets it come to that.
    """
    parts = _parts(groups, redemption, amount)
    return tuple(
        _less(group, parts[place]) if place in parts else group
        for place, group in enumerate(groups)
    )


def restore(
    groups: Sequence[TaxGroup], redemption: Redemption, amount: Money, tax: Money
) -> tuple[TaxGroup, ...]:
    """The VAT table of a return, less what goes back onto a single-purpose card.

    Rows below zero come nearer to it: the card was taxed when it was sold, so the goods it had
    paid for give no tax back. `tax` is the part of the amount that is tax.
    """
    parts = _parts(mirrored(groups), redemption, amount)
    if not parts:
        return tuple(groups)
    taxes = split_by_weight(tax.minor, [part.minor for part in parts.values()])
    shares = {
        place: TaxAmount(Money(part.minor - share, part.currency), Money(share, part.currency))
        for (place, part), share in zip(parts.items(), taxes, strict=True)
    }
    return tuple(
        replace(group, amount=group.amount + shares[place]) if place in shares else group
        for place, group in enumerate(groups)
    )


def mirrored(groups: Sequence[TaxGroup]) -> tuple[TaxGroup, ...]:
    """The table with all signs turned: a return's as if the goods were sold."""
    return tuple(
        replace(group, amount=TaxAmount(-group.amount.net, -group.amount.tax)) for group in groups
    )


def deducted_from(groups: Sequence[TaxGroup], redemption: Redemption) -> list[int]:
    """Places of the rows a card may reduce: its own tax, at whatever rate today; else its rate."""
    sold = [place for place, group in enumerate(groups) if group.amount.gross.minor > 0]
    own = [place for place in sold if groups[place].code == redemption.tax_code]
    return own or [place for place in sold if groups[place].rate == redemption.tax_rate]


def _parts(groups: Sequence[TaxGroup], redemption: Redemption, amount: Money) -> dict[int, Money]:
    """An amount spread over the rows it reduces, by their places."""
    places = deducted_from(groups, redemption)
    gross = [groups[place].amount.gross.minor for place in places]
    if not gross:
        return {}
    parts = split_by_weight(min(amount.minor, sum(gross)), gross)
    return {place: Money(part, amount.currency) for place, part in zip(places, parts, strict=True)}


def _less(group: TaxGroup, part: Money) -> TaxGroup:
    gross = group.amount.gross.minor
    tax, _ = split_by_weight(group.amount.tax.minor, [part.minor, gross - part.minor])
    off = TaxAmount(Money(part.minor - tax, part.currency), Money(tax, part.currency))
    left = TaxAmount(group.amount.net - off.net, group.amount.tax - off.tax)
    return replace(group, amount=left)


def deductible(groups: Iterable[TaxGroup], redemption: Redemption) -> Money:
    """The goods a single-purpose card may pay for: the gross amount of the rows it reduces."""
    rows = tuple(groups)
    currency = rows[0].amount.gross.currency if rows else "EUR"
    places = deducted_from(rows, redemption)
    return Money.total((rows[place].amount.gross for place in places), currency)
