from __future__ import annotations

import pytest

from pos.domain.facts import FactKind, is_fact

GOOD = [
    (FactKind.TOGGLE, "1"),
    (FactKind.TEXT, "Baumwolle"),
    (FactKind.HTML, "<b>fest</b>"),
    (FactKind.DATE, "2026-11-23"),
    (FactKind.MOMENT, "2026-11-23T09:00+01:00"),
    (FactKind.NUMBER, "4,5"),
    (FactKind.CHOICE, "weich"),
    (FactKind.CHOICES, "weich | hart"),
    (FactKind.FILE, "anleitung.pdf"),
    (FactKind.REFERENCE, "product:41001"),
]
BAD = [
    (FactKind.TOGGLE, "ja"),
    (FactKind.DATE, "23.11.2026"),
    (FactKind.MOMENT, "gestern"),
    (FactKind.MOMENT, "0001-01-01T00:00+14:00"),
    (FactKind.NUMBER, "+-1"),
    (FactKind.NUMBER, "viel"),
    (FactKind.CHOICE, "mittel"),
    (FactKind.CHOICES, "weich|mittel"),
    (FactKind.REFERENCE, "41001"),
    (FactKind.REFERENCE, "shop:1"),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_each_kind_takes_its_own_values(kind: FactKind, value: str) -> None:
    assert is_fact(kind, value, ("weich", "hart"))


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _ in GOOD} == set(FactKind)
    assert len(FactKind) == 10


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_kind_refuses_what_it_is_not(kind: FactKind, value: str) -> None:
    assert not is_fact(kind, value, ("weich", "hart"))
