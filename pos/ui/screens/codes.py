"""What codes mean here: scan one to test it, see the table of rules, and change it (W-22)."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.domain.code_rules import CodeRule
from pos.runtime.lane import Outcome
from pos.till.code_table import CodeTableView
from pos.till.codes import CodeTestView
from pos.ui.face import Face
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling, sides
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.rule_form import RuleForm
from pos.ui.work import Work


class CodesPage(Page):
    """At the left any code is scanned or typed and its reading is told in words; at the right
    stand the rules, in the order they are tried. While the page is open no scan is rung up.

    Attributes:
        table: what the till answered last.
        selected: place of the rule that is being changed, -1 for none.
    """

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("codes.title"))
        self.table = CodeTableView("shop", ())
        self.selected = -1
        self._told: list[str] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(face.text("codes.scan"))
        self.field.setAccessibleName(face.text("codes.scan"))
        self.field.returnPressed.connect(self._on_typed)
        self._result = QVBoxLayout()
        self._result.setSpacing(6)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(6)
        self._sets = QVBoxLayout()
        self.form = RuleForm(face)
        self.form.changed.connect(self._on_changed)
        self.form.acted.connect(self._on_acted)
        left = column(self._test_card(), self.form, None, gap=12)
        holder = QWidget()
        holder.setLayout(left)
        tested = holder if face.narrow else scrolling(padded(holder))
        listed = self._list_card() if face.narrow else scrolling(padded(self._list_card()))
        self.body.addWidget(sides(face, tested, listed, (1, 1), 16), 1)

    def entered(self) -> None:
        """The keyboard is in the field, and the table is asked for anew."""
        self.field.setFocus()
        self.field.selectAll()
        self.work.ask(lambda till: till.code_table(), self._on_table)

    def take_scan(self, code: str, scanner: str) -> bool:
        """A code that was read is tested, and never rung up."""
        self.field.setText(code)
        self._test(code)
        return True

    def _on_typed(self) -> None:
        text = self.field.text().strip()
        if text:
            self._test(text)
        self.field.selectAll()

    def _test(self, text: str) -> None:
        self.work.ask(lambda till: till.read_test(text), self._on_test)

    def _on_test(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, CodeTestView):
            self.show_reading(outcome.value)

    def show_reading(self, reading: CodeTestView) -> None:
        """Tell what a code means, row by row."""
        texts, text = self.face.texts, self.face.text
        clear(self._result)
        self._told = [reading.code]
        self._result.addWidget(label(reading.code, "lead", wrap=True))
        kind = texts.get(f"code.meaning.{reading.meaning}") if reading.meaning else ""
        rows = [(text("codes.kind"), kind or texts.get(f"code.kind.{reading.kind}"))]
        rows += [(text("codes.rule"), reading.rule)]
        rows += [(texts.get(f"code.fact.{name}"), value) for name, value in reading.facts]
        product = f"{reading.name} ({reading.product})" if reading.product else ""
        rows += [(text("codes.product"), product)]
        rows += [(text("codes.packaging"), reading.packaging)]
        rows += [(text("codes.variant"), reading.variant)]
        for name, value in rows:
            if value:
                self._result.addWidget(self._fact(name, value))
        if reading.problem:
            self._told.append(reading.problem)
            self._result.addWidget(label(reading.problem, "strong", tone="warn", wrap=True))

    def words(self) -> str:
        """What the test told, in a row."""
        return " | ".join(self._told)

    def _fact(self, name: str, value: str) -> QWidget:
        told = QWidget()
        words = label(value, "strong", wrap=True)
        head = label(name, "soft")
        head.setMinimumWidth(self.face.look.px(150))
        line = row(head, words, gap=12)
        line.setStretch(1, 1)
        told.setLayout(line)
        told.setAccessibleName(f"{name}: {value}")
        self._told.append(f"{name}: {value}")
        return told

    def _on_table(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, CodeTableView):
            self.table = outcome.value
            self.selected = min(self.selected, len(self.table.rules) - 1)
            self._show_table()

    def _show_table(self) -> None:
        face, table = self.face, self.table
        clear(self._rules)
        for place, rule in enumerate(table.rules):
            self._rules.addWidget(self._rule_key(place, rule))
        if not table.rules:
            self._rules.addWidget(label(face.text("codes.none"), "soft", wrap=True))
        clear(self._sets)
        self._whose.setText(face.texts.get(f"code.set.{table.set}"))
        if table.may_change:
            keys = [self._set_key(name) for name in table.sets]
            self._sets.addWidget(flowing(*keys))
        self.form.setVisible(table.may_change)
        chosen = table.rules[self.selected] if self.selected >= 0 else None
        self.form.show_rule(chosen)

    def _rule_key(self, place: int, rule: CodeRule) -> Key:
        meaning = self.face.texts.get(f"code.meaning.{rule.meaning}")
        key = Key(
            self.face.look,
            f"{place + 1}  {rule.name}",
            caption=rule.pattern if rule.name == meaning else f"{rule.pattern} · {meaning}",
            kind="selected" if place == self.selected else "key",
            height=60,
        )
        key.setEnabled(self.table.may_change)
        key.setProperty("place", place)
        key.clicked.connect(self._on_rule)
        return key

    def _set_key(self, name: str) -> Key:
        key = Key(self.face.look, self.face.texts.get(f"code.set.{name}"), height=56)
        key.setCheckable(True)
        key.setChecked(name == self.table.set)
        key.setProperty("set", name)
        key.clicked.connect(self._on_set)
        return key

    def _on_rule(self) -> None:
        self.selected = int(self.sender().property("place"))
        self._show_table()

    def _on_set(self) -> None:
        name = str(self.sender().property("set"))
        self.selected = -1
        self.work.do(lambda till: till.use_code_set(name), self._on_kept)

    def _on_changed(self, rule: CodeRule) -> None:
        rules = list(self.table.rules)
        if self.selected >= 0:
            rules[self.selected] = rule
        else:
            rules.append(rule)
        self._keep(rules)

    def _on_acted(self, action: str) -> None:
        """Move, remove, or begin another."""
        rules, place = list(self.table.rules), self.selected
        if action == "new" or place < 0:
            self.selected = -1
            self._show_table()
            return
        if action == "remove":
            del rules[place]
            self.selected = -1
        else:
            to = place + (-1 if action == "up" else 1)
            if not 0 <= to < len(rules):
                return
            rules[place], rules[to] = rules[to], rules[place]
            self.selected = to
        self._keep(rules)

    def _keep(self, rules: list[CodeRule]) -> None:
        given = [
            {
                "name": rule.name,
                "pattern": rule.pattern,
                "meaning": rule.meaning.value,
                "decimals": rule.decimals,
            }
            for rule in rules
        ]
        self.work.do(lambda till: till.set_code_rules(given), self._on_kept)

    def _on_kept(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self.work.ask(lambda till: till.code_table(), self._on_table)
            self._on_typed()

    def _test_card(self) -> QWidget:
        card = frame("card")
        explain = label(self.face.text("codes.explain"), "soft", wrap=True)
        card.setLayout(column(explain, self.field, 4, self._result, gap=10, margin=20))
        return card

    def _list_card(self) -> QWidget:
        card = frame("card")
        self._whose = label(role="soft")
        head = row(label(self.face.text("codes.rules"), "lead"), None, self._whose)
        explain = label(self.face.text("codes.order"), "soft", wrap=True)
        inside = column(head, explain, self._rules, 4, self._sets, gap=10, margin=20)
        card.setLayout(inside)
        return card
