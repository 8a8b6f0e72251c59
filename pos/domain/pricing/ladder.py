"""Which rule of a set applies at a moment, for each quantity: the tiers of a price."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pos.domain.pricing.rules import ALWAYS, FOR_EVER, PriceRule

NO_MINIMUM = -(10**18)
"""Below every quantity, so that a rule without a minimum takes returns too."""

_ABOVE_ALL = 10**18
_INSTANT = timedelta(microseconds=1)


Placed = tuple[int, int, PriceRule]
"""A rule behind what it sorts by: minimum quantity and place among the rules, both negated."""


class Ladder(NamedTuple):
    """The rules in force from `since` until just before `until`, by minimum quantity.

    Attributes:
        thresholds: minimum quantities in thousandths, ascending.
        rules: the rule that wins from the threshold at the same place on.
    """

    thresholds: tuple[int, ...] = ()
    rules: tuple[PriceRule, ...] = ()
    since: datetime = ALWAYS
    until: datetime = FOR_EVER

    def holds_at(self, at: datetime) -> bool:
        """Whether the ladder is still the one for this instant."""
        return self.since <= at < self.until

    def rule_for(self, quantity: int) -> PriceRule | None:
        """The rule that wins at a quantity in thousandths, if any applies."""
        step = bisect_right(self.thresholds, quantity)
        return self.rules[step - 1] if step else None


NO_RULES = Ladder()


def build_ladder(
    by_precedence: Iterable[Placed],
    categories: Sequence[str],
    at: datetime,
    below: Ladder = NO_RULES,
) -> Ladder:
    """The ladder of rules given first to last in precedence, over one that yields to them all.

    A rule that asks for no less than one before it never gets its turn while that one is in force;
    so neither it nor its dates are looked at. `categories` are those the goods belong to: a rule's
    further category must be among them (ETRON-54).
    """
    thresholds, rules, since, until = below
    minimums: list[int] = []
    kept: list[PriceRule] = []
    lowest = _ABOVE_ALL
    for negated, _, rule in by_precedence:
        minimum = -negated or NO_MINIMUM
        if minimum >= lowest or (rule.extra_category and rule.extra_category not in categories):
            continue
        if rule.start is not None or rule.end is not None:
            since, until, in_force = _window(rule, at, since, until)
            if not in_force:
                continue
        minimums.append(minimum)
        kept.append(rule)
        lowest = minimum
        if lowest == NO_MINIMUM:
            break
    yielding = bisect_left(thresholds, lowest)
    return Ladder(
        (*thresholds[:yielding], *reversed(minimums)),
        (*rules[:yielding], *reversed(kept)),
        since,
        until,
    )


def _window(
    rule: PriceRule, at: datetime, since: datetime, until: datetime
) -> tuple[datetime, datetime, bool]:
    """The window shortened to where nothing changes about the rule; whether it is in force."""
    in_force = True
    if rule.start is not None:
        if rule.start <= at:
            since = max(since, rule.start)
        else:
            until, in_force = min(until, rule.start), False
    if rule.end is not None:
        if rule.end < at:
            since, in_force = max(since, rule.end + _INSTANT), False
        else:
            until = min(until, min(rule.end, FOR_EVER - _INSTANT) + _INSTANT)
    return since, until, in_force
