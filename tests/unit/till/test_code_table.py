"""The rules for codes that a manager sets at a till (W-22)."""

from __future__ import annotations

import pytest

from pos.domain.code_rules import GERMAN_RULES
from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit
from pos.domain.journal import Kind
from pos.till.code_table import MOST_RULES
from tests.support.till import TestTill

COUNTER = {"name": "Theke", "pattern": "28{article:5}{value:5}{check}", "meaning": "weight"}
CARD = {"name": "Karte", "pattern": "K{key}", "meaning": "customer"}
BODY = "280000401250"
LABEL = f"{BODY}{check_digit(BODY)}"
"""1.250 kg of bananas, by the rule of the counter."""


@pytest.fixture
def manager(desk: TestTill) -> TestTill:
    desk.till.sign_in("maria", "9999")
    desk.till.open_session()
    return desk


def test_a_rule_made_here_counts_at_once_and_after_a_restart(manager: TestTill) -> None:
    assert manager.till.read_test(LABEL).product == ""
    manager.till.set_code_rules([{**COUNTER, "decimals": 3}])
    assert manager.till.read_test(LABEL).product == "4"
    view = manager.till.scan(LABEL)
    assert view.sale is not None and view.sale.lines[0].quantity.thousandths == 1250
    till = manager.restart()
    assert till.read_test(LABEL).product == "4"
    assert till.code_table().set == "own"
    till.sign_in("maria", "9999")
    till.use_code_set("shop")
    assert manager.restart().read_test(LABEL).product == ""


def test_a_set_that_ships_counts_after_a_restart(manager: TestTill) -> None:
    manager.till.use_code_set("germany")
    till = manager.restart()
    assert till.code_table().set == "germany"
    assert len(till.code_table().rules) == len(GERMAN_RULES.rules)
    assert till.code_table().rules[0].name == "Etikett mit Preis 22"


def test_the_first_rule_that_fits_counts(manager: TestTill) -> None:
    wide = {"name": "Alles", "pattern": "K{key}", "meaning": "voucher"}
    manager.till.set_code_rules([CARD, wide])
    assert manager.till.read_test("KA1").meaning == "customer"
    manager.till.set_code_rules([wide, CARD])
    assert manager.till.read_test("KA1").meaning == "voucher"


def test_the_journal_tells_what_was_changed(manager: TestTill) -> None:
    manager.till.set_code_rules([CARD])
    last = manager.store.last_entry()
    assert last is not None and last.entry.kind is Kind.CODE_RULES_SET
    assert last.entry.data["rules"] == [{**CARD, "decimals": 0}]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([{**CARD, "pattern": ""}], "code_rule"),
        ([{**CARD, "name": " "}], "code_rule"),
        ([{**CARD, "meaning": "lottery"}], "code_rule"),
        ([{**CARD, "decimals": 7}], "code_rule"),
        ([{**CARD, "decimals": "-1"}], "code_rule"),
        ([{**CARD, "pattern": "K{article:5}"}], "code_rule"),
        ([{**CARD, "pattern": f"K{{key}}{'x' * 200}"}], "code_rule"),
        ([CARD, CARD], "code_rule_twice"),
        ([{**CARD, "name": str(n)} for n in range(MOST_RULES + 1)], "code_rules_many"),
        ([{}], "code_rule"),
    ],
)
def test_a_table_that_says_nothing_changes_nothing(
    manager: TestTill, rules: list[dict[str, object]], code: str
) -> None:
    manager.till.set_code_rules([CARD])
    with pytest.raises(Refusal) as refused:
        manager.till.set_code_rules(rules)
    assert refused.value.code == code
    assert manager.desk.texts.refusal(refused.value)
    assert [rule.name for rule in manager.till.code_table().rules] == ["Karte"]


def test_it_takes_the_right(open_desk: TestTill) -> None:
    assert not open_desk.till.code_table().may_change
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.set_code_rules([CARD])
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.use_code_set("gs1")
