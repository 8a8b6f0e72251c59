"""Why this price: the explanation and the price never disagree, and it is said in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.runtime.texts import Texts
from pos.till.price_words import why_rows
from pos.till.till import Till
from tests.support.catalogue import CARTON, COFFEE, COLA, MILK, ROLL
from tests.support.till import TestTill

German = Texts("de_AT")

DEEDS: list[Callable[[Till], object]] = [
    lambda till: till.scan(COFFEE),
    lambda till: till.scan(CARTON),
    lambda till: till.scan(f"6*{ROLL}"),
    lambda till: till.scan(MILK),
    lambda till: till.scan(COLA),
    lambda till: till.set_customer("101"),
    lambda till: till.set_customer("102"),
    lambda till: till.set_customer("301"),
    lambda till: till.clear_customer(),
    lambda till: till.choose_price_list("evening"),
    lambda till: till.choose_price_list(""),
    lambda till: till.enter_price_code("CLUB26"),
    lambda till: till.set_price(1, Money(333)),
    lambda till: till.reset_price(1),
    lambda till: till.discount_line(1, percent=Decimal("12.5")),
    lambda till: till.discount_line(2, amount=Money(20)),
    lambda till: till.discount_sale(percent=Decimal("3")),
    lambda till: till.set_tax_free("Pass"),
    lambda till: till.remove_line(1),
    lambda till: till.undo(),
    lambda till: till.set_quantity(1, Quantity(7000)),
]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(DEEDS), min_size=3, max_size=15))
def test_explanation_and_price_never_disagree(deeds: list[Callable[[Till], object]]) -> None:
    with TemporaryDirectory() as folder:
        desk = TestTill(Path(folder))
        desk.till.sign_in("maria", "9999")
        desk.till.open_session(Money(0))
        for deed in deeds:
            attempt(desk.till, deed)
        sale = desk.till.view().sale
        for line in sale.lines if sale else ():
            why = desk.till.explain(line.number)
            assert why.steps[-1].amount == why.unit_price == line.unit_price
            assert why.source == line.price_source
            left = why.full
            for reduction in why.reductions:
                left -= reduction.amount
            assert left == line.amount
            assert left - why.share == why.amount
        desk.close()


def attempt(till: Till, deed: Callable[[Till], object]) -> None:
    """Do it; where it makes no sense now it is refused, and changes nothing."""
    before = till.view().sale
    try:
        deed(till)
    except Refusal:
        assert till.view().sale == before


def words_of(desk: TestTill, line: int) -> list[tuple[str, str]]:
    return [(row.text, row.amount) for row in why_rows(desk.till.explain(line), German)]


def test_a_base_price_names_the_next_better_one(open_desk: TestTill) -> None:
    open_desk.till.scan(f"9*{ROLL}")
    words = words_of(open_desk, 1)
    assert words[:2] == [("Verkaufspreis", ""), ("Verkaufspreis", "€ 0,55")]
    assert ("Ab 10 Stk. kostet eines € 0,45 (jetzt: 9)", "") in words
    assert ("ab 10 Stk.", "€ 0,45") in words


def test_the_tier_reached_is_told_with_its_rule(open_desk: TestTill) -> None:
    open_desk.till.scan(f"10*{ROLL}")
    words = words_of(open_desk, 1)
    assert words[:3] == [
        ("Preisliste dieser Kassa: Laden", ""),
        ("Regel 1 für diesen Artikel, ab 10 Stk.", ""),
        ("Fixpreis", "€ 0,45"),
    ]
    assert not [text for text, _ in words if text.startswith("Ab ")]


def test_a_chain_of_lists_is_told_step_by_step(open_desk: TestTill) -> None:
    open_desk.till.scan(f"10*{ROLL}")
    open_desk.till.set_customer("101")
    words = words_of(open_desk, 1)
    assert words[0] == ("Preisliste des Kunden: Stammkunden", "")
    assert words[2:7] == [
        ("Fixpreis (Laden)", "€ 0,45"),
        ("Rabatt 10 %", "0,405"),
        ("Auf Cent gerundet", "€ 0,41"),
        ("Preis je Stk.", "€ 0,41"),
        ("Preis der Position", "€ 4,50"),
    ]
    assert words[7:9] == [
        ("Rabatt der Preisliste", "−€ 0,40"),
        ("Zu zahlen für die Position", "€ 4,10"),
    ]


@pytest.mark.parametrize(
    ("deed", "head"),
    [
        (lambda till: till.set_price(1, Money(500)), "Manueller Preis"),
        (lambda till: till.set_customer("102"), "Kundenpreis"),
        (lambda till: till.enter_price_code("CLUB26"), "Preisliste dieser Kassa: Klub"),
    ],
)
def test_each_source_is_named(
    open_desk: TestTill, deed: Callable[[Till], object], head: str
) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    deed(open_desk.till)
    assert words_of(open_desk, 1)[0] == (head, "")


def test_labels_and_deposits_explain_themselves(open_desk: TestTill) -> None:
    open_desk.till.scan(f"250000400497{check_digit('250000400497')}")
    open_desk.till.scan(COLA)
    assert words_of(open_desk, 1)[0] == ("Preis am Etikett", "")
    assert words_of(open_desk, 3)[:2] == [("Verkaufspreis", ""), ("Verkaufspreis", "€ 0,25")]


def test_discounts_and_shares_are_part_of_it(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    open_desk.till.discount_line(1, percent=Decimal(10), reason="Delle")
    open_desk.till.discount_sale(amount=Money(100))
    words = words_of(open_desk, 1)
    assert ("Rabatt 10 % (Delle)", "−€ 0,80") in words
    assert ("Anteil am Rabatt auf alles", "−€ 1,00") in words
    assert ("Zu zahlen für die Position", "€ 6,19") in words


def test_the_order_of_sources_is_shown(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    told = [text for text, _ in words_of(open_desk, 1)]
    assert any(
        "Manueller Preis, Kundenpreis, Preisliste des Kunden, Aktion, " in text for text in told
    )


def test_there_must_be_such_a_line(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="no_sale"):
        open_desk.till.explain(1)
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="no_such_line"):
        open_desk.till.explain(2)
