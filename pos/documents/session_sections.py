"""Which figures of a session stand where on its report (T-140, T-141)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pos.documents.session_report import Percent, ReportRow, ReportSection, ReportTable, Word
from pos.domain.money import Money
from pos.domain.report import KindCount, SessionFigures

Naming = Callable[[str], str]


def session_sections(
    figures: SessionFigures, tender_name: Naming, drawer_reason: Naming
) -> tuple[ReportSection, ...]:
    """The sections of an X report, or of a Z report once the session is counted.

    `tender_name` and `drawer_reason` turn keys of the journal into words.
    """
    return (
        _turnover(figures),
        _taxes(figures),
        *_tenders(figures, tender_name),
        *_returns(figures),
        *_deductions(figures),
        *_points(figures),
        *_cards(figures),
        _cash(figures),
        _events(figures, drawer_reason),
    )


def _turnover(figures: SessionFigures) -> ReportSection:
    rows = [ReportRow("sales", figures.sales)]
    if figures.first_receipt is not None and figures.last_receipt is not None:
        first, last = figures.first_receipt, figures.last_receipt
        rows.append(ReportRow("receipts", f"{first}" if first == last else f"{first} – {last}"))
    rows.append(ReportRow("turnover", figures.turnover, strong=True))
    return ReportSection("turnover_section", tuple(rows))


def _taxes(figures: SessionFigures) -> ReportSection:
    rows = tuple((Percent(tax.rate), tax.net, tax.tax, tax.gross) for tax in figures.taxes)
    currency = figures.turnover.currency
    sums = (
        Money.total((tax.net for tax in figures.taxes), currency),
        Money.total((tax.tax for tax in figures.taxes), currency),
        Money.total((tax.gross for tax in figures.taxes), currency),
    )
    table = ReportTable(("rate", "net", "tax", "gross"), rows, sums)
    return ReportSection("tax_section", (table,))


def _tenders(figures: SessionFigures, name: Naming) -> Iterator[ReportSection]:
    rows: list[ReportRow] = []
    counts = {each.method: each for each in figures.kinds}
    for tender in figures.tenders:
        rows.append(ReportRow("", tender.amount, name=name(tender.method), count=tender.count))
        rows.extend(_kind(counts.pop(tender.method, None)))
    for unexpected in counts.values():
        rows.append(ReportRow("", unexpected.expected, name=name(unexpected.method), count=0))
        rows.extend(_kind(unexpected))
    if rows:
        yield ReportSection("tender_section", tuple(rows))


def _kind(counted: KindCount | None) -> Iterator[ReportRow]:
    """What was counted of a way of paying, and how far off it is."""
    if counted is not None:
        yield ReportRow("counted", counted.counted)
        yield ReportRow("difference", counted.difference, strong=True)


def _returns(figures: SessionFigures) -> Iterator[ReportSection]:
    """Goods that came back, by the way they did, and why (T-142)."""
    if not figures.returns:
        return
    rows = [
        ReportRow(f"came_back_{each.kind}", each.amount, count=each.count)
        for each in figures.returns
    ]
    rows += [
        ReportRow("", amount, name=f"  {reason}")
        for reason, amount in figures.return_reasons.items()
    ]
    yield ReportSection("returns_section", tuple(rows))


def _deductions(figures: SessionFigures) -> Iterator[ReportSection]:
    """What coupons and spent points took off the sales (T-129)."""
    if figures.deductions:
        rows = tuple(
            ReportRow("", -each.amount, name=each.name, count=each.count)
            for each in figures.deductions
        )
        yield ReportSection("deductions_section", rows)


def _points(figures: SessionFigures) -> Iterator[ReportSection]:
    """Points earned and spent, by programme (T-129)."""
    if not figures.points:
        return
    rows: list[ReportRow | ReportTable] = []
    for name in dict.fromkeys(each.name for each in figures.points):
        rows.append(ReportRow("", "", name=name))
        rows += [
            ReportRow(f"points_{each.kind}", each.points, count=each.count)
            for each in figures.points
            if each.name == name
        ]
    yield ReportSection("points_section", tuple(rows))


def _cards(figures: SessionFigures) -> Iterator[ReportSection]:
    """Vouchers and wallets: each programme's steps, with and without tax (ETRON-44)."""
    if not figures.cards:
        return
    names = dict.fromkeys((figure.programme, figure.name) for figure in figures.cards)
    rows: list[ReportRow | ReportTable] = []
    for programme, name in names:
        steps = [each for each in figures.cards if (each.programme, each.name) == (programme, name)]
        rows.append(ReportRow("", "", name=name))
        rows.append(
            ReportTable(
                ("card_step", "net", "tax", "gross"),
                tuple(
                    (Word(f"card_{each.kind}", each.count), each.net, each.tax, each.gross)
                    for each in steps
                ),
            )
        )
    yield ReportSection("cards_section", tuple(rows))


def _cash(figures: SessionFigures) -> ReportSection:
    rows = [
        ReportRow("float", figures.opening_float),
        ReportRow("cash_sales", _cash_sales(figures)),
    ]
    for move in figures.moves:
        rows.append(ReportRow("", move.amount, name=move.reason))
    rows.append(ReportRow("expected", figures.expected, strong=True))
    rows.extend(_count(figures))
    return ReportSection("cash_section", tuple(rows))


def _cash_sales(figures: SessionFigures) -> Money:
    """Cash taken for goods, less change: what is expected beyond the float and the moves."""
    moved = Money.total((move.amount for move in figures.moves), figures.expected.currency)
    return figures.expected - figures.opening_float - moved


def _count(figures: SessionFigures) -> Iterator[ReportRow]:
    if figures.counted is not None and figures.difference is not None:
        yield ReportRow("counted", figures.counted)
        yield ReportRow("difference", figures.difference, strong=True)
    if figures.reason:
        yield ReportRow("reason", figures.reason)
    if figures.left is not None and figures.counted is not None:
        yield ReportRow("taken", figures.counted - figures.left)
        yield ReportRow("leaves", figures.left)


def _discounts(figures: SessionFigures) -> Iterator[ReportRow]:
    """What was given away by hand, on lines and on sales, and by reason."""
    for title, figure in (
        ("line_discounts", figures.line_discounts),
        ("sale_discounts", figures.sale_discounts),
    ):
        if figure is not None:
            yield ReportRow(title, -figure.amount, count=figure.count)
    for reason, amount in figures.discount_reasons.items():
        yield ReportRow("", -amount, name=f"  {reason}")


def _events(figures: SessionFigures, reason: Naming) -> ReportSection:
    rows = [
        ReportRow("voided_lines", figures.removed_value, count=figures.removed),
        ReportRow("cancelled_sales", figures.cancelled),
        ReportRow("price_changes", figures.price_changes),
        *_discounts(figures),
        ReportRow("copies", figures.copies),
        ReportRow("parked", figures.parked),
        ReportRow("drawer_openings", sum(figures.drawer.values())),
    ]
    for key, count in figures.drawer.items():
        rows.append(ReportRow("", count, name=f"  {reason(key)}"))
    return ReportSection("other_section", tuple(rows))
