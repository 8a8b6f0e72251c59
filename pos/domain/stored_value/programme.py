"""Programmes: what kind of stored value a shop sells, where it counts, and how it is taxed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.codes import CodeGroup, normal_code
from pos.domain.stored_value.offline import OfflinePolicy


class ProgrammeKind(StrEnum):
    """A gift voucher belongs to whoever holds its code; a wallet to a customer (T-122)."""

    GIFT_VOUCHER = "gift_voucher"
    EWALLET = "ewallet"


class TaxKind(StrEnum):
    """When tax is due (Directive (EU) 2016/1065).

    Attributes:
        MULTI: nobody knows yet what will be bought: sold at 0 %, the goods are taxed when they are
            paid with it. Redeeming is a way to pay.
        SINGLE: the rate is known: taxed when sold and topped up. Redeeming is no turnover again, so
            it takes the goods' turnover and tax back (ETRON-35).
    """

    MULTI = "multi_purpose"
    SINGLE = "single_purpose"


class Medium(StrEnum):
    """Where something is sold (ETRON-39)."""

    TILL = "till"
    ORDERS = "orders"
    WEBSITE = "website"


MAX_AMOUNT = 1_000_000
"""Minor units on one card, where the programme sets no bound of its own."""


class Programme(Struct, frozen=True):
    """One kind of stored value.

    Attributes:
        number: the key in the exchange format.
        product: number of the service behind it; its price 0 lets the amount be chosen, another
            price is the amount of every issue and top-up (ETRON-34).
        media, tills: where it counts; empty is everywhere (ETRON-39, ETRON-40).
        first_day, last_day: of the programme, both included; None is unbounded.
        valid_days: a card counts so many days after its issue, to the end of the last; None for
            ever (ETRON-41).
        transferable: whether a card may pay without its owner.
        pays_for_vouchers: whether it may pay for stored value.
        minimum, maximum: of one issue or top-up, in minor units; `maximum` bounds the balance too.
        prints: whether the till prints a card for each new code; off for plastic cards (T-108).
        credit_note: it is not sold, but given for goods that come back (Gutschrift, T-117).
        mail_template, card_template: lines of the message and of the printed card; they may name
            {programme}, {amount}, {code}, {expires}, {customer} and {shop} (ETRON-37).
    """

    number: str
    name: str
    product: str
    kind: ProgrammeKind = ProgrammeKind.GIFT_VOUCHER
    tax_kind: TaxKind = TaxKind.MULTI
    currency: str = "EUR"
    media: frozenset[Medium] = frozenset()
    tills: frozenset[str] = frozenset()
    first_day: date | None = None
    last_day: date | None = None
    valid_days: int | None = None
    group: CodeGroup = field(default_factory=CodeGroup)
    transferable: bool = True
    pays_for_vouchers: bool = False
    minimum: int = 1
    maximum: int = MAX_AMOUNT
    offline: OfflinePolicy = field(default_factory=OfflinePolicy)
    prints: bool = True
    credit_note: bool = False
    mail_template: tuple[str, ...] = ()
    card_template: tuple[str, ...] = ()
    active: bool = True

    @property
    def is_wallet(self) -> bool:
        """Whether its cards belong to customers and are filled up again."""
        return self.kind is ProgrammeKind.EWALLET

    def expiry(self, issued: date) -> date | None:
        """The last day of a card issued on a day."""
        return None if self.valid_days is None else issued + timedelta(days=self.valid_days)

    def check_place(self, place: Place, day: date) -> None:
        """Refuse where this programme doesn't count, saying why."""
        if not self.active:
            raise Refusal("voucher_inactive", programme=self.name)
        if self.media and place.medium not in self.media:
            raise Refusal("voucher_medium", programme=self.name)
        if self.tills and place.till not in self.tills:
            raise Refusal("voucher_other_till", programme=self.name, till=place.till)
        if self.currency != place.currency:
            raise Refusal("voucher_currency", currency=self.currency, here=place.currency)
        if self.first_day is not None and day < self.first_day:
            raise Refusal("voucher_not_yet", day=self.first_day)
        if self.last_day is not None and day > self.last_day:
            raise Refusal("voucher_expired", day=self.last_day)

    def counts_at(self, place: Place, day: date) -> bool:
        """Whether this programme counts there on that day."""
        try:
            self.check_place(place, day)
        except Refusal:
            return False
        return True

    def amount(self, price: Decimal, asked: Money | None) -> Money:
        """What is put on a card: the product's price, or where that is 0 the amount asked for.

        Raises Refusal "voucher_amount_missing", "voucher_amount_fixed" or "voucher_amount_range".
        """
        fixed = Money.of(price, self.currency)
        if fixed and asked is not None and asked != fixed:
            raise Refusal("voucher_amount_fixed", amount=fixed)
        amount = fixed or asked
        if amount is None:
            raise Refusal("voucher_amount_missing", programme=self.name, number=self.number)
        self.check_amount(amount)
        return amount

    def check_amount(self, amount: Money) -> None:
        """Refuse nothing, less than nothing, a mistake in typing, another currency."""
        if amount.currency != self.currency:
            raise Refusal("voucher_currency", currency=self.currency, here=amount.currency)
        if not max(self.minimum, 1) <= amount.minor <= self.maximum:
            raise Refusal(
                "voucher_amount_range",
                minimum=Money(max(self.minimum, 1), self.currency),
                maximum=Money(self.maximum, self.currency),
            )


class Place(Struct, frozen=True):
    """Where a card is shown: at a till, in its currency."""

    till: str
    currency: str = "EUR"
    medium: Medium = Medium.TILL


def owner_of_code(code: str, programmes: Iterable[Programme]) -> Programme | None:
    """The programme whose codes look like this one (W-18); None for foreign codes and goods."""
    code = normal_code(code)
    return next((each for each in programmes if each.group.matches(code)), None)
