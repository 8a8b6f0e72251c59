"""Everything a price or discount can say has its words, with numbers as the language has them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import pytest

from pos.domain.errors import Refusal
from pos.domain.pricing import (
    PriceListLoop,
    PriceListNameTaken,
    PriceListUnknown,
    PriceSource,
    Scope,
    StepKind,
)
from pos.runtime.texts import LANGUAGES, Texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "kinds"), [("source", PriceSource), ("scope", Scope), ("step", StepKind)]
)
def test_each_kind_has_its_words(language: str, table: str, kinds: type[StrEnum]) -> None:
    texts = Texts(language)
    assert [kind for kind in kinds if not texts.has(f"price.{table}.{kind}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "refusal",
    [
        PriceListLoop(["A", "B", "A"]),
        PriceListUnknown("7", "gone"),
        PriceListNameTaken("x", "A", "B"),
    ],
)
def test_mistakes_in_price_lists_are_told(language: str, refusal: Refusal) -> None:
    told = Texts(language).refusal(refusal)
    assert all(str(value) in told for value in refusal.values.values())


def test_percentage_in_a_refusal_is_written_as_the_language_does() -> None:
    refusal = Refusal("discount_limit", limit=Decimal("12.50"))
    assert "12,5 %" in Texts("de_AT").refusal(refusal)
    assert "12.5 %" in Texts("en").refusal(refusal)
