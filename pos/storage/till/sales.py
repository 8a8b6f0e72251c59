"""Sales and receipts in till.db, as they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    func,
    literal_column,
    or_,
    select,
)

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.refunding import Refunded
from pos.domain.returns import GivenBack
from pos.domain.sale import Sale, SaleState
from pos.ports.fiscal import Seal
from pos.ports.store import ReceiptQuery, ReceiptRow
from pos.storage.till import rows
from pos.storage.till.joining import Joining
from pos.storage.till.known import Known, Subject
from pos.storage.till.tables import line_item, sale, seal, tender

# As the indexes have them, word for word: with a bound path SQLite wouldn't know them again.
_RETURNED: ColumnElement[str] = literal_column("json_extract(line_item.returns, '$.sale')")
_INVOICE: ColumnElement[str] = literal_column("json_extract(line_item.goods, '$.invoice')")
_REFUNDED: ColumnElement[str] = literal_column("json_extract(tender.refunds, '$.sale')")


class Sales(Joining):
    """Part of `pos.ports.store.Store`: what is asked about sales.

    Args:
        known: what seldom changes and is asked with every snapshot.
    """

    def __init__(self, connection: Connection, known: Known) -> None:
        super().__init__(connection)
        self._known = known

    def sale(self, sale_id: str) -> Sale:
        """A sale with its lines and tenders; raises Refusal "no_such_sale"."""
        found = self._sales(select(sale).where(sale.c.id == sale_id))
        if not found:
            raise Refusal("no_such_sale")
        return found[0]

    def sale_by_receipt(self, number: int) -> Sale:
        """The closed sale with that receipt number; raises Refusal "no_such_receipt"."""
        found = self._sales(
            select(sale).where(
                sale.c.receipt_number == number, sale.c.state == SaleState.CLOSED.value
            )
        )
        if not found:
            raise Refusal("no_such_receipt", number=number)
        return found[0]

    def sales_in(self, *states: SaleState) -> Sequence[Sale]:
        """All sales in those states, oldest first."""
        if states == (SaleState.SUSPENDED,):
            return self._known.answer(Subject.PARKED, states, lambda: self._sales_in(states))
        return self._sales_in(states)

    def _sales_in(self, states: Sequence[SaleState]) -> Sequence[Sale]:
        wanted = [state.value for state in states]
        return self._sales(select(sale).where(sale.c.state.in_(wanted)).order_by(sale.c.opened_at))

    def last_closed_sale(self) -> Sale | None:
        """The sale with the highest receipt number that is closed."""
        found = self._sales(
            select(sale)
            .where(sale.c.state == SaleState.CLOSED.value)
            .order_by(sale.c.receipt_number.desc())
            .limit(1)
        )
        return found[0] if found else None

    def sales_of(self, session_number: int) -> Sequence[Sale]:
        """The closed sales of a session, in order of their receipt numbers."""
        return self._sales(
            select(sale)
            .where(sale.c.session == session_number, sale.c.state == SaleState.CLOSED.value)
            .order_by(sale.c.receipt_number)
        )

    def takings(self, session_number: int) -> tuple[int, int]:
        """How many sales of a session are closed, and their sum in minor units."""
        closed = (sale.c.session == session_number) & (sale.c.state == SaleState.CLOSED.value)
        totals = [row.total for row in self._all(select(sale.c.total).where(closed))]
        return len(totals), sum(totals)

    def receipt_numbers(self) -> Sequence[int]:
        """Every receipt number that was given, lowest first."""
        column = sale.c.receipt_number
        return [
            row[0] for row in self._all(select(column).where(column.isnot(None)).order_by(column))
        ]

    def stored_total(self, sale_id: str) -> int:
        """The total beside a sale's head, which searches use; minor units."""
        row = self._first(select(sale.c.total).where(sale.c.id == sale_id))
        return 0 if row is None else int(row.total)

    def seal_of(self, sale_id: str) -> Seal | None:
        """The seal of a receipt."""
        row = self._first(select(seal).where(seal.c.sale == sale_id))
        return None if row is None else rows.read_seal(row)

    def receipts(self, query: ReceiptQuery) -> Sequence[ReceiptRow]:
        """The history, newest first."""
        return [self._receipt_row(head) for head in self._all(_history(query))]

    def _receipt_row(self, head: Row[Any]) -> ReceiptRow:
        lines = select(func.count()).where(
            line_item.c.sale == head.id, line_item.c.removed.is_(False)
        )
        methods = select(tender.c.method).where(
            tender.c.sale == head.id, tender.c.state == "authorised"
        )
        count = self._first(select(lines.scalar_subquery()))
        back = self._all(_returns(head.id).add_columns(sale.c.voids))
        return ReceiptRow(
            number=head.receipt_number,
            closed_at=head.closed_at,
            operator=head.operator,
            total=Money(head.total, head.currency),
            lines=0 if count is None else count[0],
            methods=tuple(row.method for row in self._all(methods)),
            session=head.session,
            voids=head.voids or 0,
            came_back=bool(back),
            voided=any(row.voids for row in back),
        )

    def is_sold(self, product: str, serial: str) -> bool:
        """Whether this piece left by a closed sale, and hasn't come back."""
        statement = (
            select(func.sum(line_item.c.quantity).label("left"))
            .join(sale, sale.c.id == line_item.c.sale)
            .where(
                line_item.c.product == product,
                line_item.c.removed == 0,
                func.json_extract(line_item.c.goods, "$.serial") == serial,
                sale.c.state == SaleState.CLOSED.value,
            )
        )
        row = self._first(statement)
        return row is not None and row.left is not None and row.left.thousandths > 0

    def invoice_paid(self, invoice: str) -> int:
        """Number of the receipt an invoice was paid on, 0 where none stands."""
        paid = _done(line_item, _INVOICE, invoice).where(line_item.c.removed.is_(False))
        rows = self._all(paid.add_columns(sale.c.receipt_number))
        if sum(row.quantity.thousandths for row in rows) <= 0:
            return 0
        return max(int(row.receipt_number) for row in rows if row.quantity.thousandths > 0)

    def given_back(self, sale_id: str) -> Mapping[int, GivenBack]:
        """What of each line of a sale has come back, with the signs it was sold with."""
        back: defaultdict[int, GivenBack] = defaultdict(GivenBack)
        for row in self._all(_returns(sale_id)):
            net, tax = row.returns.used_up
            back[row.returns.line] += GivenBack(-row.quantity, -net, -tax)
        return back

    def refunded(self, sale_id: str) -> Mapping[int, Refunded]:
        """What of each tender of a sale was given back."""
        wanted = tender.c.state == "authorised", tender.c.refunds.isnot(None)
        back: defaultdict[int, Refunded] = defaultdict(Refunded)
        for row in self._all(_done(tender, _REFUNDED, sale_id).where(*wanted)):
            back[row.refunds.tender] += Refunded(-row.amount, row.refunds.tax)
        return back

    def _sales(self, heads: Select[Any]) -> list[Sale]:
        """The sales of these heads, in their order, with three questions however many they are."""
        found = self._all(heads)
        if not found:
            return []
        ids = heads.with_only_columns(sale.c.id)
        lines, tenders = self._parts(line_item, ids), self._parts(tender, ids)
        return [rows.read_sale(head, lines[head.id], tenders[head.id]) for head in found]

    def _parts(self, table: Table, ids: Select[Any]) -> Mapping[str, Sequence[Row[Any]]]:
        parts: defaultdict[str, list[Row[Any]]] = defaultdict(list)
        statement = (
            select(table).where(table.c.sale.in_(ids)).order_by(table.c.sale, table.c.number)
        )
        for row in self._all(statement):
            parts[row.sale].append(row)
        return parts


def _done(part: Table, link: ColumnElement[str], named: str) -> Select[Any]:
    """Lines or tenders of sales that have their number, and that name this sale or invoice."""
    final = [SaleState.SEALING.value, SaleState.CLOSED.value]
    return (
        select(part)
        .join(sale, sale.c.id == part.c.sale)
        .where(link == named, sale.c.state.in_(final))
    )


def _returns(sale_id: str) -> Select[Any]:
    """The lines that took something of a sale back."""
    wanted = line_item.c.removed.is_(False), line_item.c.returns.isnot(None)
    return _done(line_item, _RETURNED, sale_id).where(*wanted)


def _history(query: ReceiptQuery) -> Select[Any]:
    statement = select(sale).where(sale.c.state == SaleState.CLOSED.value)
    if query.text.strip():
        pattern = f"%{query.text.strip()}%"
        by_line = select(line_item.c.sale).where(
            or_(line_item.c.name.ilike(pattern), line_item.c.gtin.ilike(pattern))
        )
        by_number = sale.c.receipt_number == (
            int(query.text) if query.text.strip().isdecimal() and len(query.text) < 15 else -1
        )
        statement = statement.where(or_(sale.c.id.in_(by_line), by_number))
    if query.minimum is not None:
        statement = statement.where(sale.c.total >= query.minimum.minor)
    if query.maximum is not None:
        statement = statement.where(sale.c.total <= query.maximum.minor)
    if query.operator:
        statement = statement.where(sale.c.operator == query.operator)
    if query.number:
        statement = statement.where(sale.c.receipt_number == query.number)
    if query.session:
        statement = statement.where(sale.c.session == query.session)
    return statement.order_by(sale.c.receipt_number.desc()).limit(query.limit)
