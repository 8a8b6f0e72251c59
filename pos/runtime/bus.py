"""Past-tense facts, told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from pos.domain.errors import Refusal
from pos.runtime.lane import attempt


class TillChanged(Struct, frozen=True):
    """The till has a new snapshot (a `TillView`)."""

    view: object


class BugSeen(Struct, frozen=True):
    """Something went wrong that is nobody's fault but ours; `text` is one line of the log."""

    text: str


class ScannerChanged(Struct, frozen=True):
    """The serial scanner came or went."""

    connected: bool


class CodeScanned(Struct, frozen=True):
    """A scanner on a cable of its own has read `text`; `scanner` is its name in till.toml."""

    text: str
    scanner: str = ""


class DrawerShut(Struct, frozen=True):
    """The drawer was told to open and didn't; `fault` is a key under `device.`."""

    fault: str


class BackupMade(Struct, frozen=True):
    """The copy at the close of a session: the folder's name, or why there is none."""

    folder: str = ""
    refusal: Refusal | None = None


class BooksChecked(Struct, frozen=True):
    """All sums were compared when a session closed: how many receipts, or what doesn't hold.

    `check` and `wrong` are text keys under `verify.` and `verify.found.`; `values` is what the
    latter mentions.
    """

    receipts: int = 0
    check: str = ""
    wrong: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


class LivePriceCame(Struct, frozen=True):
    """The back office answered what a product costs a customer, or can't be reached any more."""

    product: str


Event = (
    TillChanged
    | BugSeen
    | ScannerChanged
    | CodeScanned
    | DrawerShut
    | BackupMade
    | BooksChecked
    | LivePriceCame
)


class Bus:
    """Hands each event to each listener, on the thread that tells it.

    A listener that fails is written down and the others still hear: a closed sale stays closed
    whatever a screen makes of it.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def subscribe(self, listener: Callable[[Event], None]) -> None:
        """Listen to everything told from now on."""
        self._listeners.append(listener)

    def tell(self, event: Event) -> None:
        """Tell everyone."""
        for listener in self._listeners:
            attempt(lambda listener=listener: listener(event))  # type: ignore[misc]
