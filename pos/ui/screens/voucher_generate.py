"""Making many cards at once: for nobody, or one for each customer of a choice (T-127)."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.voucher_views import CardKindView, RecipientsView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling, sides
from pos.ui.widgets.button import Key
from pos.ui.widgets.day_field import DayField
from pos.ui.widgets.flow import flowing
from pos.ui.work import Tone, Work


class GenerateForm(QWidget):
    """Which programme, for whom, how much, until when; then one key.

    Signals:
        begun(): the till has begun to make the cards.
    """

    begun = Signal()

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self._face, self._work = face, work
        self.programme, self.tag, self.for_customers = "", "", False
        self.card_kinds: tuple[CardKindView, ...] = ()
        self.kinds, self.tags = flowing(), flowing()
        text = face.text
        self.nobody = self._choice(text("generate.nobody"), "ticket")
        self.customers = self._choice(text("generate.customers"), "user")
        self.count = self._field("generate.count")
        self.place = self._field("generate.place")
        self.start = DayField(face, text("generate.from"))
        self.end = DayField(face, text("generate.to"))
        self.amount = self._field("generate.amount")
        self.expires = DayField(face, text("generate.expires"))
        self.fits = label(role="soft", wrap=True)
        self.why = label(role="soft", wrap=True)
        self.take = Key(
            face.look,
            text("generate.take"),
            icon="plus",
            kind="primary",
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self.generate)
        for field in (self.place, self.start, self.end):
            field.textChanged.connect(self._ask)
        self._build()
        self._show_whom()

    def entered(self) -> None:
        """Ask what can be made, and which tags customers have."""
        self._work.ask(lambda till: till.card_kinds(), self._on_kinds)
        self._work.ask(lambda till: till.customer_tags(), self._on_tags)

    def show_view(self, view: TillView) -> None:
        """What can be made is asked when the form comes into sight."""

    def generate(self) -> None:
        """Begin; what can't be read is said, and nothing is made."""
        unread = [each for each in (self.start, self.end, self.expires) if not each.is_readable]
        try:
            amount = self._amount()
            count = 0 if self.for_customers else int(self.count.text().strip() or "0")
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))
            return
        if unread:
            self._work.say(Tone.DANGER, self._face.text("day.unreadable"))
            return
        self._send(count, amount)

    def _send(self, count: int, amount: Money | None) -> None:
        programme, expires = self.programme, self.expires.day
        if not self.for_customers:
            self._work.do(
                lambda till: till.generate_vouchers(programme, count, amount, expires),
                self._on_begun,
            )
            return
        tag, place = self.tag, self.place.text().strip()
        start, end = self.start.day, self.end.day
        self._work.do(
            lambda till: till.generate_for_customers(
                programme, tag, place, start, end, amount, expires
            ),
            self._on_begun,
        )

    def _on_begun(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            for field in (self.count, self.amount):
                field.clear()
            self.begun.emit()

    def _amount(self) -> Money | None:
        text = self.amount.text().strip()
        return Money.parse(text, self._face.currency) if text else None

    def _build(self) -> None:
        text = self._face.text
        whom = row(self.nobody, self.customers, None, gap=8)
        self._choice_of = QWidget()
        days = row(self.start, self.end, gap=8)
        self._tags_words = label(text("generate.tag"), "caption")
        self._choice_of.setLayout(
            column(self._tags_words, self.tags, self.place, days, self.fits, gap=8)
        )
        left, right = frame("card"), frame("card")
        left.setLayout(
            column(
                label(text("generate.what"), "lead"),
                self.kinds,
                self.why,
                8,
                label(text("generate.whom"), "lead"),
                whom,
                self.count,
                self._choice_of,
                None,
                gap=10,
                margin=16,
            )
        )
        right.setLayout(
            column(
                label(text("generate.terms"), "lead"),
                self.amount,
                self.expires,
                label(text("generate.explain"), "soft", wrap=True),
                None,
                self.take,
                gap=10,
                margin=16,
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        content = sides(self._face, left, right, (3, 2), 16)
        outer.addWidget(content if self._face.narrow else scrolling(padded(content)))

    def _field(self, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self._face.text(words))
        field.setAccessibleName(self._face.text(words))
        field.setMaxLength(60)
        return field

    def _choice(self, words: str, icon_name: str) -> Key:
        key = Key(self._face.look, words, icon=icon_name, height=56)
        key.setCheckable(True)
        key.setAutoExclusive(True)
        key.clicked.connect(self._on_whom)
        return key

    def _on_kinds(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.card_kinds = tuple(outcome.value)
            possible = [each.programme for each in self.card_kinds if not each.problem]
            if self.programme not in possible:
                self.programme = possible[0] if possible else ""
            self.take.setEnabled(bool(possible))
            self._show_kinds()

    def _show_kinds(self) -> None:
        """What can't be made is grey, and says why."""
        layout = self.kinds.layout()
        assert layout is not None
        clear(layout)
        for one in self.card_kinds:
            icon_name = "wallet" if one.is_wallet else "gift"
            key = Key(self._face.look, one.name, icon=icon_name, height=56)
            key.setCheckable(True)
            key.setAutoExclusive(True)
            key.setChecked(one.programme == self.programme)
            key.setEnabled(not one.problem)
            key.setProperty("programme", one.programme)
            key.clicked.connect(self._on_kind)
            layout.addWidget(key)
        self.why.setText("\n".join(self._problems()))
        self.why.setVisible(bool(self.why.text()))
        self._show_whom()

    def _problems(self) -> Iterator[str]:
        names: dict[str, list[str]] = {}
        for one in self.card_kinds:
            if one.problem:
                names.setdefault(one.problem, []).append(one.name)
        for problem, those in names.items():
            yield self._face.text(f"generate.not.{problem}", names=", ".join(those))

    def _on_kind(self) -> None:
        self.programme = str(self.sender().property("programme"))
        self._show_whom()

    def _on_whom(self) -> None:
        self.for_customers = self.customers.isChecked()
        self._show_whom()

    def _show_whom(self) -> None:
        """A wallet is always somebody's; a fixed amount is not typed."""
        kind = next((one for one in self.card_kinds if one.programme == self.programme), None)
        wallet = kind is not None and kind.is_wallet
        if wallet:
            self.for_customers = True
        self.nobody.setEnabled(not wallet)
        self.nobody.setChecked(not self.for_customers)
        self.customers.setChecked(self.for_customers)
        self.count.setVisible(not self.for_customers)
        self._choice_of.setVisible(self.for_customers)
        fixed = kind.amount if kind is not None else None
        self.amount.setEnabled(fixed is None)
        self.amount.setText(self._face.texts.amount(fixed) if fixed is not None else "")
        if self.for_customers:
            self._ask()

    def _on_tags(self, outcome: Outcome[object]) -> None:
        if not self._work.take(outcome) or not isinstance(outcome.value, list | tuple):
            return
        layout = self.tags.layout()
        assert layout is not None
        clear(layout)
        self._tags_words.setVisible(bool(outcome.value))
        for tag in ("", *map(str, outcome.value)):
            key = Key(self._face.look, tag or self._face.text("generate.any_tag"), height=48)
            key.setCheckable(True)
            key.setAutoExclusive(True)
            key.setChecked(tag == self.tag)
            key.setProperty("tag", tag)
            key.clicked.connect(self._on_tag)
            layout.addWidget(key)

    def _on_tag(self) -> None:
        self.tag = str(self.sender().property("tag"))
        self._ask()

    def _ask(self) -> None:
        tag, place = self.tag, self.place.text().strip()
        start, end = self.start.day, self.end.day
        self._work.ask(lambda till: till.recipients(tag, place, start, end), self._on_recipients)

    def _on_recipients(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, RecipientsView):
            found = outcome.value
            names = ", ".join(found.first)
            words = self._face.text("generate.fits", count=found.count)
            more = " …" if found.count > len(found.first) else ""
            self.fits.setText(f"{words} {names}{more}" if names else words)
