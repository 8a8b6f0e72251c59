"""The house rules hold in the project, and each finds a fault that is planted for it."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.rules import (
    Rule,
    findings,
    no_fixed_wait,
    no_float,
    no_nested_loop,
    no_text_in_code,
)

WHERE: list[tuple[Rule, tuple[str, ...]]] = [
    (no_float, ("pos/domain", "pos/ports", "pos/till")),
    (no_nested_loop, ("pos",)),
    (no_text_in_code, ("pos/ui",)),
    (no_fixed_wait, ("tests",)),
]

FAULTS: list[tuple[Rule, str]] = [
    (no_float, "rate = 0.2"),
    (no_float, "total = float(text)"),
    (no_float, "def tax(rate: float) -> int: ..."),
    (no_float, "def share() -> list[float]: ..."),
    (no_float, "def open_session(float: Money) -> None: float(text)"),
    (no_nested_loop, "answer = dialog.exec()"),
    (no_nested_loop, "menu.exec_(point)"),
    (no_nested_loop, "QApplication.processEvents()"),
    (no_nested_loop, "loop = QtCore.QEventLoop()"),
    (no_text_in_code, "label = QLabel('Total')"),
    (no_text_in_code, "button.setText(f'Pay {amount}')"),
    (no_text_in_code, "self.setWindowTitle('Kassa')"),
    (no_fixed_wait, "qtbot.wait(500)"),
]

CLEAN: list[tuple[Rule, str]] = [
    (no_float, "opening_float = 20_000"),
    (no_float, "rate = Decimal('0.2')"),
    (no_float, "def open_session(self, *, float: Money) -> None: self.start(float)"),
    (no_nested_loop, "application.exec()"),
    (no_nested_loop, "connection.execute(query)"),
    (no_text_in_code, "label = QLabel(texts.get('sale.total'))"),
    (no_text_in_code, "key.setText('00')"),
    (no_fixed_wait, "qtbot.waitUntil(lambda: model.rowCount() == 1)"),
]


@pytest.mark.parametrize(("rule", "folders"), WHERE)
def test_the_project_keeps_the_rule(rule: Rule, folders: tuple[str, ...]) -> None:
    assert findings(rule, *folders) == []


@pytest.mark.parametrize(("rule", "source"), FAULTS)
def test_the_rule_finds_a_planted_fault(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize(("rule", "source"), CLEAN)
def test_the_rule_lets_good_code_pass(rule: Rule, source: str) -> None:
    assert not list(rule(ast.parse(source)))
