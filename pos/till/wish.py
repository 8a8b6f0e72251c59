"""What is wished of a product beyond how many: the choice, as it was typed, touched or scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """Values and the customer's own words by attribute; a variant may stand for some of them."""

    options: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""


NOTHING = Wish()
