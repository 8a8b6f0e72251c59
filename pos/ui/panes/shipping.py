"""Choosing a package for the goods of a sale: what it measures, what it bears, what they weigh."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.quantity import Quantity
from pos.runtime.lane import Outcome
from pos.till.shipping import PackageView, ShippingView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import clear, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class ShippingPane(Pane):
    """One key for each type of package; one that is too weak warns and may be taken all the same.

    Signals:
        taken(package, anyway): the paper for this package is wanted.
    """

    taken = Signal(str, bool)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("shipping.title"))
        self.packages: tuple[PackageView, ...] = ()
        self.weight = label(role="amount")
        self._unweighed = label(role="body", tone="warn", wrap=True)
        self._keys = QVBoxLayout()
        self._keys.setSpacing(10)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self._keys)
        inside.addStretch(1)
        self.body.addWidget(self.weight)
        self.body.addWidget(self._unweighed)
        self.body.addWidget(scrolling(content), 1)

    def entered(self) -> None:
        """Ask what there is to be sent."""
        super().entered()
        self.work.ask(lambda till: till.shipping(), self._on_shipping)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Digits choose a package."""
        sign = event.text()
        if sign.isdigit() and 0 < int(sign) <= len(self.packages):
            self._take(self.packages[int(sign) - 1])
            return True
        return super().hotkey(event)

    def _on_shipping(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, ShippingView):
            self.left.emit()
            return
        view, texts = outcome.value, self.face.texts
        self.packages = view.packages
        self.weight.setText(self.face.text("shipping.weight", weight=texts.quantity(view.weight)))
        self._unweighed.setVisible(view.unweighed > 0)
        self._unweighed.setText(self.face.text("shipping.unweighed", count=view.unweighed))
        clear(self._keys)
        for number, package in enumerate(view.packages, 1):
            self._keys.addWidget(self._key(number, package))

    def _key(self, number: int, package: PackageView) -> Key:
        text, texts = self.face.text, self.face.texts
        sides = (package.length, package.width, package.height)
        size = " × ".join(texts.quantity(_centimetres(side)) for side in sides)
        bears = texts.quantity(package.maximum)
        words = "too_heavy" if package.too_heavy else "bears"
        key = Key(
            self.face.look,
            package.name,
            icon="triangle-alert" if package.too_heavy else "package",
            kind="warn" if package.too_heavy else "plain",
            caption=text(f"shipping.{words}", size=size, maximum=bears),
            hint=str(number) if number < 10 else "",
            height=72,
            size=tokens.LEAD,
        )
        key.setProperty("place", number - 1)
        key.clicked.connect(self._on_key)
        return key

    def _on_key(self) -> None:
        self._take(self.packages[int(self.sender().property("place"))])

    def _take(self, package: PackageView) -> None:
        self.left.emit()
        self.taken.emit(package.number, package.too_heavy)


def _centimetres(millimetres: int) -> Quantity:
    return Quantity(millimetres * 100)
