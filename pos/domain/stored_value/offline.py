"""What a till may take from a card whose balance nobody can confirm just now (C3 of the peers)."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.money import Money


class OfflineRule(StrEnum):
    """What the owner of the shop chose for a programme.

    Attributes:
        REFUSE: nothing without confirmation. Never a loss.
        CAPPED: what the card was last known to hold, up to a bound. A loss is bounded by it.
        ALLOWANCE: what was set aside for this till while there was a connection. Never a loss.
    """

    REFUSE = "refuse"
    CAPPED = "capped"
    ALLOWANCE = "allowance"


class OfflinePolicy(Struct, frozen=True):
    """The rule of a programme; `bound` in minor units is the cap, or the allowance a card."""

    rule: OfflineRule = OfflineRule.REFUSE
    bound: int = 0

    @property
    def sets_aside(self) -> bool:
        """Whether money is kept for a till in advance."""
        return self.rule is OfflineRule.ALLOWANCE and self.bound > 0

    def limit(self, known: Money, taken: Money, allowance: Money) -> Money:
        """The most that may be taken from a card now; raises Refusal "voucher_offline".

        Args:
            known: what the card holds as far as this till knows, less what is reserved.
            taken: what this till has taken from it without confirmation so far.
            allowance: what the authority set aside for this till.
        """
        match self.rule:
            case OfflineRule.REFUSE:
                raise Refusal("voucher_offline")
            case OfflineRule.CAPPED:
                left = min(self.bound - taken.minor, known.minor)
            case OfflineRule.ALLOWANCE:
                left = min(allowance.minor - taken.minor, known.minor)
        if left <= 0:
            raise Refusal("voucher_offline")
        return Money(left, known.currency)
