"""Reading foreign codes in (T-130): each row is taken or told why not; the same table twice adds
nothing. Piece by piece like everything that is much, so that no sale waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money, parse_decimal
from pos.domain.operator import Right
from pos.domain.stored_value.card import Card, Origin
from pos.domain.stored_value.codes import check_foreign, digest, masked
from pos.domain.stored_value.programme import Programme, TaxKind
from pos.ports.sheets import SheetRow
from pos.till import lookup
from pos.till.card_codes import programme_of
from pos.till.desk import Desk
from pos.till.foreign_codes import (
    AMOUNT,
    CODE,
    CUSTOMER,
    EXPIRES,
    PROGRAMME,
    RowProblem,
    VoucherImport,
    check_header,
)
from pos.till.voucher_views import ImportView, RowProblemView

PIECE = 200
"""Rows of one transaction."""

_ROUNDED = re.compile(r"[0-9.]+[eE][+]?[0-9]+")
"""What a spreadsheet makes of a long code that it takes for a number: its last digits are lost."""

T = TypeVar("T")


def read_in(desk: Desk, path: str, programme: str) -> None:
    """Begin to read a table in; `programme` is for rows that name none."""
    desk.demand(Right.VOUCHERS)
    if desk.authority is not None:
        raise Refusal("generate_elsewhere")
    if desk.voucher_import is not None and desk.voucher_import.is_busy:
        raise Refusal("import_busy")
    if programme:
        programme_of(desk, programme)
    sheet = desk.sheets.read(Path(path))
    check_header(sheet)
    run = desk.code_key.new_id()
    desk.voucher_import = VoucherImport(Path(path).name, run, programme, sheet)
    if not sheet.rows:
        _finish(desk, desk.voucher_import)
    go_on(desk)
    desk.more_to_do()


def go_on(desk: Desk) -> bool:
    """Take the next rows; False where none are left."""
    reading = desk.voucher_import
    if reading is None or not reading.is_busy:
        return False
    rows = reading.sheet.rows[reading.at : reading.at + PIECE]
    new: list[tuple[Card, Money]] = []
    for row in rows:
        if (made := _taken(desk, reading, row)) is not None:
            new.append(made)
    with desk.writing():
        desk.store.cards.issue_each(new, desk.by(), reading.run)
    reading.added += len(new)
    reading.at += len(rows)
    if not reading.is_busy:
        _finish(desk, reading)
    return True


def stop(desk: Desk) -> None:
    """Read no more; what was taken stays, and the same table brings the rest another time."""
    desk.demand(Right.VOUCHERS)
    reading = desk.voucher_import
    if reading is None or not reading.is_busy:
        raise Refusal("generate_over")
    reading.stopped = True
    _finish(desk, reading)


def _finish(desk: Desk, reading: VoucherImport) -> None:
    facts = {
        "file": reading.file,
        "run": reading.run,
        "rows": reading.at,
        "added": reading.added,
        "known": reading.known,
        "problems": reading.problem_count,
    }
    with desk.writing() as work:
        desk.record(work, Kind.CARDS_IMPORTED, facts)


def _taken(desk: Desk, reading: VoucherImport, row: SheetRow) -> tuple[Card, Money] | None:
    """The card of a row with its money; None for one that is there, or that can't be."""
    try:
        return _Row(desk, reading, row).card()
    except _Wrong as wrong:
        reading.add(RowProblem(row.line, wrong.column, wrong.refusal))
    return None


class _Wrong(Exception):
    """A column of a row can't be taken."""

    def __init__(self, column: str, refusal: Refusal) -> None:
        super().__init__(column)
        self.column, self.refusal = column, refusal


class _Row:
    """One row on its way to a card."""

    def __init__(self, desk: Desk, reading: VoucherImport, row: SheetRow) -> None:
        self._desk, self._reading, self._row = desk, reading, row

    def card(self) -> tuple[Card, Money] | None:
        """Check everything; raises _Wrong on the first thing that can't be."""
        if self._row.fault:
            raise _Wrong("", Refusal("import_row", fault=self._row.fault))
        programme = self._in(PROGRAMME, self._programme)
        code = self._in(CODE, self._code)
        amount = self._in(AMOUNT, lambda: self._amount(programme))
        expires = self._in(EXPIRES, self._expires)
        known = self._desk.store.cards.find(digest(code), masked(code))
        if known is not None:
            self._in(CODE, lambda: self._demand_same(known, programme, amount))
            self._reading.known += 1
            return None
        customer = self._in(CUSTOMER, lambda: self._customer(programme))
        self._reading.seen.add(digest(code))
        return self._made(programme, code, expires, customer), amount

    def _in(self, column: str, check: Callable[[], T]) -> T:
        try:
            return check()
        except Refusal as refusal:
            raise _Wrong(column, refusal) from refusal

    def _says(self, column: str) -> str:
        return self._reading.cell(self._row, column)

    def _programme(self) -> Programme:
        number = self._says(PROGRAMME) or self._reading.programme
        if not number:
            raise Refusal("import_missing", column=PROGRAMME)
        programme = programme_of(self._desk, number)
        if not programme.active:
            raise Refusal("voucher_inactive", programme=programme.name)
        return programme

    def _code(self) -> str:
        text = self._says(CODE)
        if not text:
            raise Refusal("import_missing", column=CODE)
        if _ROUNDED.fullmatch(text):
            raise Refusal("import_rounded", value=text)
        code = check_foreign(text)
        if digest(code) in self._reading.seen:
            raise Refusal("import_twice")
        return code

    def _amount(self, programme: Programme) -> Money:
        text = self._says(AMOUNT)
        try:
            exact = parse_decimal(text)
        except ValueError:
            raise Refusal("field_unreadable", field=AMOUNT, value=text[:40]) from None
        amount = Money.of(exact, programme.currency)
        if amount.decimal != exact:
            raise Refusal("field_unreadable", field=AMOUNT, value=text[:40])
        if not 0 < amount.minor <= programme.maximum:
            top = Money(programme.maximum, programme.currency)
            least = Money(1, programme.currency)
            raise Refusal("voucher_amount_range", minimum=least, maximum=top)
        return amount

    def _expires(self) -> date | None:
        text = self._says(EXPIRES)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Refusal("field_unreadable", field=EXPIRES, value=text[:40]) from None
        if day < self._desk.today():
            raise Refusal("voucher_expired", day=day)
        return day

    def _demand_same(self, known: Card, programme: Programme, amount: Money) -> None:
        """A code that is there is this very row, read before, or somebody else's."""
        entries = self._desk.store.cards.confirm(known.id).entries
        first = entries[0].amount if entries else None
        if known.programme != programme.number or first != amount:
            raise Refusal("voucher_code_used")

    def _customer(self, programme: Programme) -> str:
        number = self._says(CUSTOMER)
        if number and self._desk.catalogue.customer(number) is None:
            raise Refusal("customer_unknown", code=number)
        if not programme.is_wallet:
            return number
        if not number:
            raise Refusal("wallet_needs_customer", programme=programme.name)
        owned = f"{programme.number} {number}"
        there = self._desk.store.cards.wallet_of(number, programme.number) is not None
        if there or owned in self._reading.seen:
            raise Refusal("wallet_exists", name=number, programme=programme.name)
        self._reading.seen.add(owned)
        return number

    def _made(self, programme: Programme, code: str, expires: date | None, customer: str) -> Card:
        tax_code, tax_rate = self._tax(programme)
        return Card(
            id=self._desk.code_key.new_id(),
            programme=programme.number,
            currency=programme.currency,
            digest=digest(code),
            masked=masked(code),
            made_at=self._desk.now(),
            customer=customer,
            expires=expires,
            tax_code=tax_code,
            tax_rate=tax_rate,
            origin=Origin.IMPORTED,
        )

    def _tax(self, programme: Programme) -> tuple[str, int | None]:
        """A single-purpose card was taxed by whoever sold it, at the rate of its service."""
        service = self._desk.catalogue.product(programme.product)
        if programme.tax_kind is not TaxKind.SINGLE or service is None:
            return "", None
        line = lookup.draft_line(self._desk, service, None)
        return line.tax_code, line.tax_rate


def view(desk: Desk) -> ImportView | None:
    """What is, or was, read in last."""
    reading = desk.voucher_import
    if reading is None:
        return None
    return ImportView(
        file=reading.file,
        busy=reading.is_busy,
        rows=len(reading.sheet.rows),
        at=reading.at,
        added=reading.added,
        known=reading.known,
        problem_count=reading.problem_count,
        problems=tuple(
            RowProblemView(each.line, each.column, desk.texts.refusal(each.refusal))
            for each in reading.problems
        ),
    )
