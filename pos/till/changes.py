"""Two states of a sale side by side, line by line: what a preview shows and a change did."""

from __future__ import annotations

from pos.domain.balance import own_amount
from pos.domain.sale import LineItem, Sale
from pos.till.desk import Desk
from pos.till.price_views import LineChangeView, PriceChangeView
from pos.till.prices import list_name


def compare(desk: Desk, before: Sale, after: Sale) -> PriceChangeView:
    """How the prices of all lines that count differ between two states of a sale."""
    later = {line.number: line for line in after.lines}
    lines = tuple(
        _line(line, later[line.number], before.currency)
        for line in before.active_lines
        if line.number in later
    )
    return PriceChangeView(
        customer=after.customer.name if after.customer else "",
        price_list=_first_list(desk, after),
        lines=lines,
        before=before.total,
        after=after.total,
        changed=sum(line.before != line.after for line in lines),
        kept=sum(line.kept for line in lines),
    )


def _first_list(desk: Desk, sale: Sale) -> str:
    """The list that goes first: the customer's, else the chosen one, else the till's."""
    number = sale.customer.price_list if sale.customer else ""
    own = desk.prices.book(desk.catalogue).price_list(number)
    return own.name if own else list_name(desk.catalogue, desk.prices, desk.till, sale)


def changed_prices(before: Sale, after: Sale) -> list[list[object]]:
    """Line, unit price before and after, of the lines whose price differs; for the journal."""
    later = {line.number: line.unit_price for line in after.lines}
    return [
        [line.number, format(line.unit_price, "f"), format(later[line.number], "f")]
        for line in before.active_lines
        if later.get(line.number, line.unit_price) != line.unit_price
    ]


def _line(before: LineItem, after: LineItem, currency: str) -> LineChangeView:
    """Each line by itself: the discount on the sale is in the totals."""
    return LineChangeView(
        number=before.number,
        name=before.name,
        quantity=before.quantity,
        unit=before.unit,
        unit_price_before=before.shown_price,
        unit_price_after=after.shown_price,
        before=own_amount(before, currency),
        after=own_amount(after, currency),
        source=after.price_source,
        kept=before.is_priced,
    )
