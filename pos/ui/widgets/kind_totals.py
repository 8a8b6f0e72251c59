"""Counted totals as amounts: of the drawer, and of each other way of paying."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pos.domain.money import Money
from pos.domain.report import TenderFigure
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import label, set_tone
from pos.ui.widgets.keypad import Entry


class KindTotals(QWidget):
    """A row for the drawer's cash, and one for each way of paying; nothing typed is not counted.

    Signals:
        changed(): another amount was typed.
        accepted(): Enter was pressed in one of them.

    Attributes:
        cash: the drawer's total, in place of notes and coins.
        others: by method, as a row each.
    """

    changed = Signal()
    accepted = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._expected: dict[str, Money] = {}
        self.others: dict[str, Entry] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._facts: dict[str, tuple[QLabel, QLabel]] = {}
        self.cash = self._entry(face.text("close_session.as_amount"))
        self._grid.addWidget(label(face.text("close_session.as_amount"), "lead"), 0, 0, 2, 1)
        self._grid.addWidget(self.cash, 0, 1, 2, 1)

    def show_kinds(self, kinds: Sequence[TenderFigure]) -> None:
        """Begin anew with the ways of paying of this session."""
        self.cash.clear()
        for old in (*self.others.values(), *(each for row in self._facts.values() for each in row)):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.others, self._facts = {}, {}
        self._expected = {kind.method: kind.amount for kind in kinds}
        for place, kind in enumerate(kinds, 1):
            name = self._face.texts.get(f"tender.method.{kind.method}")
            entry = self._entry(self._face.text("close_session.kind_counted", name=name))
            # More was given back than taken: the terminal's total is below zero as well.
            entry.below_zero = kind.amount.minor < 0
            words, fact = label(name, "lead"), label(role="caption")
            self._grid.addWidget(words, 2 * place, 0)
            self._grid.addWidget(fact, 2 * place + 1, 0)
            self._grid.addWidget(entry, 2 * place, 1, 2, 1)
            self.others[kind.method] = entry
            self._facts[kind.method] = (words, fact)
        self._show()

    @property
    def counted(self) -> dict[str, str]:
        """What was typed of other ways of paying, as it was typed."""
        return {method: entry.signed for method, entry in self.others.items() if entry.text}

    @property
    def is_off(self) -> bool:
        """Whether one of them isn't what it should be."""
        return any(
            self._amount(entry) not in (None, self._expected[method])
            for method, entry in self.others.items()
        )

    def amount(self) -> Money | None:
        """The drawer's total, None if none was typed."""
        return self._amount(self.cash)

    def _entry(self, name: str) -> Entry:
        entry = Entry(self._face, name, size=tokens.LEAD)
        entry.money = True
        entry.setFixedSize(self._face.look.px(180), self._face.look.px(56))
        entry.changed.connect(self._on_changed)
        entry.accepted.connect(self.accepted)
        return entry

    def _amount(self, entry: Entry) -> Money | None:
        try:
            return Money.parse(entry.signed, self._face.currency) if entry.text else None
        except ValueError:
            return None

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        text = self._face.text
        for method, (_, fact) in self._facts.items():
            expected, counted = self._expected[method], self._amount(self.others[method])
            words = [text("close_session.kind_expected", expected=expected)]
            if counted is not None:
                off = counted - expected
                key = "even" if not off else "more" if off.minor > 0 else "less"
                amount = Money(abs(off.minor), off.currency)
                words.append(text(f"close_session.{key}", amount=amount))
            fact.setText(" · ".join(words))
            set_tone(fact, "" if counted is None else "good" if counted == expected else "warn")
