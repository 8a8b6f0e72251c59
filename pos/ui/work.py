"""What screens work with: commands to the till, questions to it, and notices to the cashier."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QObject, QTime, Signal

from pos.domain.errors import Refusal
from pos.runtime.bus import (
    BackupMade,
    BooksChecked,
    BugSeen,
    CodeScanned,
    DrawerShut,
    Event,
    LivePriceCame,
    ScannerChanged,
    TillChanged,
)
from pos.runtime.lane import Outcome
from pos.runtime.texts import Texts
from pos.till.till import Till
from pos.till.views import TillView, TroubleView
from pos.ui.bridge import Bridge, Reply, WorkLane

QUESTIONS = frozenset(
    {
        "voucher_programme_needed",
        "voucher_amount_missing",
        "wallet_needs_customer",
        "wallet_in_sale",
        "wallet_of_other",
    }
)
"""Refusals that are questions, or have another way beside them: a screen asks, nothing is wrong."""


class Tone(StrEnum):
    """How loud a notice is; each tone has its own icon and word."""

    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    DANGER = "danger"


class Notice(Struct, frozen=True):
    """A line to the cashier: it goes away by itself and stays in the list.

    Attributes:
        at: when it came, as "14:05"; empty for what lasts.
    """

    tone: Tone
    text: str
    at: str = ""


class Work(QObject):
    """The till as the screens see it. Snapshots may arrive by reply and by event; the newest wins.

    Signals:
        viewed(TillView): a newer snapshot is there.
        noticed(Notice): something to tell the cashier.
        cards_wanted(programme, run): the cards of a programme or of a generation are asked for.
        receipt_wanted(number): a receipt is asked for; the history that is in sight shows it.
        asked(Refusal): the till wants an answer first; one of `QUESTIONS`.
        scanned(text, scanner): a scanner on a cable of its own has read something.
        catalogue_changed(): a new catalogue is in place.
        price_came(product): what the back office would charge for it is known, or not any more.

    Attributes:
        view: the newest snapshot, None until the first one.
    """

    viewed = Signal(object)
    noticed = Signal(object)
    asked = Signal(object)
    cards_wanted = Signal(str, str)
    receipt_wanted = Signal(int)
    scanned = Signal(str, str)
    catalogue_changed = Signal()
    price_came = Signal(str)

    def __init__(
        self, bridge: Bridge, lane: WorkLane, side: WorkLane, till: Till, texts: Texts
    ) -> None:
        super().__init__()
        self.bridge, self.texts = bridge, texts
        self._lane, self._side, self._till = lane, side, till
        self.view: TillView | None = None
        bridge.told.connect(self._on_event)

    def do(self, command: Callable[[Till], object], then: Reply | None = None) -> None:
        """Send a command; its snapshot or refusal is shown. `then` gets the outcome afterwards
        where a screen has to know how it went; it hands it to `take` itself."""
        till = self._till
        self.bridge.run(self._lane, lambda: command(till), then or self.take)

    def pay(self, command: Callable[[Till], object]) -> None:
        """Send what is meant for the sale that is being paid. One touch too many, which arrives
        when that sale has closed already, means nothing and is told to nobody.
        """
        self.do(command, self._take_while_paying)

    def ask(self, question: Callable[[Till], object], reply: Reply, *, urgent: bool = True) -> None:
        """Ask the till something that changes nothing; what isn't urgent delays no scan."""
        till = self._till
        self.bridge.run(self._lane, lambda: question(till), reply, urgent=urgent)

    def aside(self, job: Callable[[], object], reply: Reply) -> None:
        """Do something that takes a moment and needs no till, such as drawing a receipt."""
        self.bridge.run(self._side, job, reply)

    def take(self, outcome: Outcome[object]) -> bool:
        """Show a snapshot, or say why there is none; True if the command was done."""
        if outcome.refusal is not None and outcome.refusal.code in QUESTIONS:
            self.asked.emit(outcome.refusal)
            return False
        if outcome.refusal is not None:
            self.say(Tone.DANGER, self.texts.refusal(outcome.refusal))
            return False
        if outcome.bug:
            self.say(Tone.DANGER, self.texts.get("ui.notice.bug"))
            return False
        if isinstance(outcome.value, TillView):
            self._show(outcome.value)
        return True

    def _take_while_paying(self, outcome: Outcome[object]) -> None:
        refusal, view = outcome.refusal, self.view
        paid = view is not None and view.sale is None and view.last_sale is not None
        if refusal is None or refusal.code != "no_sale" or not paid:
            self.take(outcome)

    def say(self, tone: Tone, text: str) -> None:
        """Tell the cashier something."""
        self.noticed.emit(Notice(tone, text, QTime.currentTime().toString("HH:mm")))

    def _show(self, view: TillView) -> None:
        if self.view is None or view.version > self.view.version:
            found = set(view.troubles) - set(self.view.troubles if self.view is not None else ())
            imported = self.view is not None and (view.catalogue_at, view.prices_of) != (
                self.view.catalogue_at,
                self.view.prices_of,
            )
            self.view = view
            self.viewed.emit(view)
            for trouble in found:
                self._say_trouble(trouble)
            if imported:
                self.catalogue_changed.emit()

    def _say_trouble(self, trouble: TroubleView) -> None:
        texts, told = self.texts, {"wanted": trouble.wanted, "used": trouble.used}
        self.say(Tone.WARN, texts.get(f"trouble.{trouble.code}", **told))

    def _on_event(self, event: Event) -> None:
        match event:
            case TillChanged(view=TillView() as view):
                self._show(view)
            case CodeScanned(text=text, scanner=scanner):
                self.scanned.emit(text, scanner)
            case LivePriceCame(product=product):
                self.price_came.emit(product)
            case _:
                self._say_event(event)

    def _say_event(self, event: Event) -> None:
        """What the cashier should hear of."""
        match event:
            case BugSeen():
                self.say(Tone.DANGER, self.texts.get("ui.notice.bug"))
            case DrawerShut(fault=fault):
                reason = self.texts.get(f"device.{fault}")
                self.say(Tone.WARN, self.texts.get("ui.notice.drawer_shut", reason=reason))
            case BackupMade(folder=folder, refusal=None):
                self.say(Tone.GOOD, self.texts.get("ui.notice.backed_up", folder=folder))
            case BackupMade(refusal=Refusal() as refusal):
                self.say(Tone.WARN, self.texts.refusal(refusal))
            case BooksChecked(wrong="", receipts=count):
                self.say(Tone.GOOD, self.texts.get("ui.notice.books_right", count=count))
            case BooksChecked(check=check, wrong=wrong, values=values):
                found = self.texts.get(f"verify.found.{wrong}", **values)
                name = self.texts.get(f"verify.{check}", count=0)
                self.say(
                    Tone.DANGER, self.texts.get("ui.notice.books_wrong", name=name, found=found)
                )
            case ScannerChanged(connected=connected):
                key = "scanner_back" if connected else "scanner_gone"
                self.say(Tone.GOOD if connected else Tone.WARN, self.texts.get(f"ui.notice.{key}"))
