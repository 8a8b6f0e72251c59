"""X and Z figures, from the journal alone: whoever holds the journal gets the same report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from pos.domain.journal import Entry, Kind
from pos.domain.money import Money
from pos.domain.points import PointsKind


class TaxFigure(Struct, frozen=True):
    """Turnover of one tax code at one rate (basis points)."""

    code: str
    rate: int
    net: Money
    tax: Money
    gross: Money


class TenderFigure(Struct, frozen=True):
    """What came in by one method; cash is less the change that went out."""

    method: str
    count: int
    amount: Money


class DiscountFigure(Struct, frozen=True):
    """Discounts of one kind: how many, and what they took off in all."""

    count: int
    amount: Money


class CardFigure(Struct, frozen=True):
    """What a programme's cards did, with and without tax (ETRON-44).

    Attributes:
        kind: "issue", "top_up", "redeem" or "cancel".
        net, tax: signed: above zero cards gained, below zero they paid.
    """

    programme: str
    name: str
    kind: str
    count: int
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """What it changed on the cards."""
        return self.net + self.tax


class DeductionFigure(Struct, frozen=True):
    """What one coupon, or the points of one programme, took off closed sales.

    Attributes:
        source: "coupon" or "points".
        count: sales it took something off.
        points: how many were spent on it.
    """

    source: str
    number: str
    name: str
    count: int
    amount: Money
    points: int


class PointsFigure(Struct, frozen=True):
    """What happened to the points of a programme: `kind` is a text key under `report.points_`."""

    programme: str
    name: str
    kind: str
    count: int
    points: int


class KindCount(Struct, frozen=True):
    """What was counted of one way of paying beside cash: slips, or the terminal's own total."""

    method: str
    expected: Money
    counted: Money

    @property
    def difference(self) -> Money:
        """Counted less expected."""
        return self.counted - self.expected


class ReturnFigure(Struct, frozen=True):
    """What came back in one way: "return" by receipt, "blind" without one, "void" as a whole.

    Attributes:
        count: receipts with such lines.
        amount: what was given for them, below zero.
    """

    kind: str
    count: int
    amount: Money


class CashMove(Struct, frozen=True):
    """A pay-in (positive) or pay-out (negative)."""

    amount: Money
    reason: str
    operator: str
    at: datetime


class SessionFigures(Struct, frozen=True):
    """Everything a session report says. Instants are UTC.

    Attributes:
        expected: cash that should be in the drawer: float, cash taken less change, moves.
        counted, left, difference, reason, closed_at: None or empty while the session is open.
        kinds: counts of other ways of paying; empty where nobody counted them.
        removed: lines struck out before payment, and what they were worth.
        parked: sales that wait now, whichever session they were parked in.
        drawer: how often the drawer was opened, by reason.
        line_discounts, sale_discounts: given by hand in closed sales; prices of lists aren't.
        discount_reasons: what was given away, by reason.
        deductions: what coupons and points took off, by coupon and programme.
        points: what sales did to points, by programme and step.
        cards: what vouchers and wallets did, by programme and step.
        returns: what came back, by the way it did; it is in the turnover too.
        return_reasons: the same by reason.
    """

    session: int
    opened_at: datetime
    opened_by: str
    opening_float: Money
    sales: int
    turnover: Money
    taxes: tuple[TaxFigure, ...]
    tenders: tuple[TenderFigure, ...]
    change: Money
    moves: tuple[CashMove, ...]
    expected: Money
    first_receipt: int | None
    last_receipt: int | None
    removed: int
    removed_value: Money
    price_changes: int
    cancelled: int
    parked: int
    copies: int
    drawer: Mapping[str, int] = field(default_factory=dict)
    line_discounts: DiscountFigure | None = None
    sale_discounts: DiscountFigure | None = None
    discount_reasons: Mapping[str, Money] = field(default_factory=dict)
    deductions: tuple[DeductionFigure, ...] = ()
    points: tuple[PointsFigure, ...] = ()
    cards: tuple[CardFigure, ...] = ()
    returns: tuple[ReturnFigure, ...] = ()
    return_reasons: Mapping[str, Money] = field(default_factory=dict)
    closed_at: datetime | None = None
    closed_by: str = ""
    counted: Money | None = None
    left: Money | None = None
    reason: str = ""
    kinds: tuple[KindCount, ...] = ()

    @property
    def difference(self) -> Money | None:
        """Counted less expected; None before the count."""
        return None if self.counted is None else self.counted - self.expected


def session_figures(entries: Iterable[Entry], currency: str = "EUR") -> SessionFigures:
    """Fold the journal of one session into its report. Raises ValueError without its opening."""
    folding = _Folding(currency)
    for entry in entries:
        handler = _HANDLERS.get(entry.kind)
        if handler is not None:
            handler(folding, entry)
    return folding.figures()


class _Folding:
    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.opening: Entry | None = None
        self.closing: Entry | None = None
        self.numbers: list[int] = []
        self.turnover = self.change = self.waiting = 0
        self.removed_lines: dict[tuple[str, object], int] = {}
        self.taxes: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        self.tenders: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.cash = 0
        self.moves: list[CashMove] = []
        self.counts: Counter[Kind] = Counter()
        self.drawer: Counter[str] = Counter()
        self.discounts: dict[bool, list[int]] = {True: [0, 0], False: [0, 0]}
        self.discount_reasons: Counter[str] = Counter()
        self.cards: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        self.deductions: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        self.points: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        self.returns: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.return_reasons: Counter[str] = Counter()

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def opened(self, entry: Entry) -> None:
        self.opening = entry
        self.cash += _int(entry, "float")
        self.waiting = _int(entry, "parked") if "parked" in entry.data else 0

    def closed(self, entry: Entry) -> None:
        self.closing = entry

    def sale_closed(self, entry: Entry) -> None:
        data: Any = entry.data
        self.numbers.append(data["number"])
        self.turnover += data["total"]
        self.change += data["change"]
        self.cash -= data["change"]
        for code, rate, *amounts in data["taxes"]:
            sums = self.taxes[code, rate]
            self.taxes[code, rate] = [a + b for a, b in zip(sums, amounts, strict=True)]
        for method, is_cash, amount in data["tenders"]:
            self.tenders[method][0] += 1
            self.tenders[method][1] += amount
            if is_cash:
                self.cash += amount
        if data["change"]:
            self._take_change(data)
        self._count_returns(data)
        for move in data.get("cards", ()):
            sums = self.cards[move["programme"], move["name"], move["kind"]]
            for place, figure in enumerate((1, move["net"], move["tax"])):
                sums[place] += figure
        self._count_deductions(data)
        for discount in data.get("discounts", ()):
            figure = self.discounts[discount["line"] != 0]
            figure[0] += 1
            figure[1] += discount["off"]
            if discount["reason"]:
                self.discount_reasons[discount["reason"]] += discount["off"]

    def _count_deductions(self, data: Any) -> None:
        for each in data.get("deductions", ()):
            sums = self.deductions[each["source"], each["number"], each["name"]]
            for place, figure in enumerate((1, each["off"], each["points"])):
                sums[place] += figure
        for move in data.get("points", ()):
            figures = self.points[move["programme"], move["name"], move["kind"]]
            figures[0] += 1
            figures[1] += move["points"]

    def _count_returns(self, data: Any) -> None:
        sums: Counter[str] = Counter()
        for line in data.get("lines", ()):
            link = line.get("returns")
            if link is None:
                continue
            kind = "void" if data.get("voids") else "return" if link["sale"] else "blind"
            sums[kind] += line["amount"]
            if link["reason"]:
                self.return_reasons[link["reason"]] += line["amount"]
        for kind, amount in sums.items():
            figure = self.returns[kind]
            figure[0] += 1
            figure[1] += amount

    def _take_change(self, data: Any) -> None:
        method = next(method for method, is_cash, _ in reversed(data["tenders"]) if is_cash)
        self.tenders[method][1] -= data["change"]

    def moved(self, entry: Entry) -> None:
        sign = 1 if entry.kind is Kind.PAID_IN else -1
        amount = sign * _int(entry, "amount")
        self.cash += amount
        reason = str(entry.data["reason"])
        self.moves.append(CashMove(self.money(amount), reason, entry.operator, entry.at))

    def removed(self, entry: Entry) -> None:
        if not entry.data.get("returns"):  # what doesn't come back was never to be paid
            self.removed_lines[_line(entry)] = _int(entry, "amount")

    def restored(self, entry: Entry) -> None:
        # It undoes what was counted, at the amount it left with; a session before this one may
        # have counted it, and its report stands.
        self.removed_lines.pop(_line(entry), None)

    def parked(self, entry: Entry) -> None:
        self.waiting += 1 if entry.kind is Kind.SALE_PARKED else -1

    def counted(self, entry: Entry) -> None:
        self.counts[entry.kind] += 1

    def drawer_opened(self, entry: Entry) -> None:
        self.drawer[str(entry.data["reason"])] += 1

    def figures(self) -> SessionFigures:
        if self.opening is None:
            raise ValueError("the journal of this session has no opening")
        return SessionFigures(
            session=self.opening.session,
            opened_at=self.opening.at,
            opened_by=self.opening.operator,
            opening_float=self.money(_int(self.opening, "float")),
            sales=len(self.numbers),
            turnover=self.money(self.turnover),
            taxes=tuple(
                TaxFigure(code, rate, *(self.money(minor) for minor in sums))
                for (code, rate), sums in sorted(
                    self.taxes.items(), key=lambda item: (-item[0][1], item[0][0])
                )
            ),
            tenders=tuple(
                TenderFigure(method, count, self.money(amount))
                for method, (count, amount) in sorted(self.tenders.items())
            ),
            change=self.money(self.change),
            moves=tuple(self.moves),
            expected=self.money(self.cash),
            first_receipt=min(self.numbers, default=None),
            last_receipt=max(self.numbers, default=None),
            removed=len(self.removed_lines),
            removed_value=self.money(sum(self.removed_lines.values())),
            price_changes=self.counts[Kind.PRICE_CHANGED],
            cancelled=self.counts[Kind.SALE_CANCELLED],
            parked=self.waiting,
            copies=self.counts[Kind.RECEIPT_COPIED],
            drawer=dict(self.drawer),
            line_discounts=self._discount_figure(on_lines=True),
            sale_discounts=self._discount_figure(on_lines=False),
            discount_reasons={
                reason: self.money(minor) for reason, minor in self.discount_reasons.items()
            },
            deductions=tuple(
                DeductionFigure(*names, count, self.money(minor), points)
                for names, (count, minor, points) in sorted(self.deductions.items())
            ),
            points=tuple(
                PointsFigure(*names, count, points)
                for names, (count, points) in sorted(self.points.items(), key=_as_told)
            ),
            cards=tuple(
                CardFigure(*names, count, self.money(net), self.money(tax))
                for names, (count, net, tax) in sorted(self.cards.items())
            ),
            returns=tuple(
                ReturnFigure(kind, count, self.money(minor))
                for kind, (count, minor) in sorted(self.returns.items())
            ),
            return_reasons={
                reason: self.money(minor) for reason, minor in self.return_reasons.items()
            },
            **self._closing_figures(),
        )

    def _discount_figure(self, *, on_lines: bool) -> DiscountFigure:
        count, minor = self.discounts[on_lines]
        return DiscountFigure(count, self.money(minor))

    def _closing_figures(self) -> dict[str, Any]:
        if self.closing is None:
            return {}
        return {
            "closed_at": self.closing.at,
            "closed_by": self.closing.operator,
            "counted": self.money(_int(self.closing, "counted")),
            "left": self.money(_int(self.closing, "left")),
            "reason": str(self.closing.data["reason"]),
            "kinds": tuple(self._kinds(self.closing.data.get("kinds", {}))),
        }

    def _kinds(self, counted: Any) -> Iterator[KindCount]:
        for method, (expected, count) in sorted(counted.items()):
            yield KindCount(method, self.money(expected), self.money(count))


def _as_told(figure: tuple[tuple[str, str, str], list[int]]) -> tuple[str, str, int]:
    """By programme, then earned before spent before what came back."""
    (programme, name, kind), _ = figure
    return programme, name, list(PointsKind).index(PointsKind(kind))


def _line(entry: Entry) -> tuple[str, object]:
    return entry.sale, entry.data["line"]


def _int(entry: Entry, name: str) -> int:
    value = entry.data[name]
    if not isinstance(value, int):
        raise ValueError(f"{entry.kind} holds no whole {name}")
    return value


_HANDLERS: Mapping[Kind, Callable[[_Folding, Entry], None]] = {
    Kind.SESSION_OPENED: _Folding.opened,
    Kind.SESSION_CLOSED: _Folding.closed,
    Kind.SALE_CLOSED: _Folding.sale_closed,
    Kind.PAID_IN: _Folding.moved,
    Kind.PAID_OUT: _Folding.moved,
    Kind.LINE_REMOVED: _Folding.removed,
    Kind.LINE_RESTORED: _Folding.restored,
    Kind.PRICE_CHANGED: _Folding.counted,
    Kind.SALE_CANCELLED: _Folding.counted,
    Kind.SALE_PARKED: _Folding.parked,
    Kind.SALE_RESUMED: _Folding.parked,
    Kind.RECEIPT_COPIED: _Folding.counted,
    Kind.DRAWER_OPENED: _Folding.drawer_opened,
}

REPORTED = _HANDLERS.keys()
"""The kinds of entries a session report is made of."""
