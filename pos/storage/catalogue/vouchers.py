"""Programmes of stored value in the catalogue: checked on import, read as the domain's values."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import RowMapping

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.codes import Alphabet, CodeGroup
from pos.domain.stored_value.offline import OfflinePolicy, OfflineRule
from pos.domain.stored_value.programme import Medium, Programme, ProgrammeKind, TaxKind
from pos.storage.catalogue.exchange_vouchers import PROGRAMMES
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import line_in_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos.storage.catalogue.relating_goods import Drop


class VoucherRelations:
    """Removes programmes that can't be, and reports each."""

    def __init__(self, connection: Connection, drop: Drop) -> None:
        self._connection, self._drop = connection, drop

    def check(self) -> None:
        """The product's tax must fit the kind; codes must be hard to guess; tills must be there."""
        rates = "SELECT rate FROM taxes JOIN products ON taxes.code = products.tax"
        of_product = "WHERE products.number = programmes.product"
        self._drop(
            PROGRAMMES,
            "tax_kind",
            "voucher_taxed",
            f"tax_kind = 'multi_purpose' AND EXISTS ({rates} {of_product} AND rate > 0)",
        )
        self._drop(
            PROGRAMMES,
            "tax_kind",
            "voucher_untaxed",
            f"tax_kind = 'single_purpose' AND EXISTS ({rates} {of_product} AND rate = 0)",
        )
        self._drop(
            PROGRAMMES,
            "product",
            "voucher_net",
            "product IN (SELECT number FROM products WHERE tax_included = 0)",
        )
        self._check_service()
        self._check_spans()
        self._check_codes()
        self._check_tills()

    def note_inactive(self, report: ImportReport) -> None:
        """Tell of programmes that can't be sold now: their service is there, but not active.

        They stay: what is on their cards is still to be redeemed.
        """
        rows = self._connection.exec_driver_sql(
            "SELECT programmes.line, product FROM programmes JOIN products"
            " ON products.number = programmes.product"
            " WHERE programmes.active = 1 AND products.active = 0 ORDER BY programmes.line"
        )
        for line, product in rows.all():
            told, place = {"value": product}, line_in_file(line)
            report.add(
                Problem(PROGRAMMES.file, place, "product", "voucher_inactive", told, kept=True)
            )

    def _check_service(self) -> None:
        """A card is one piece that costs what is on it: nothing weighed, nothing with a deposit."""
        service = "EXISTS (SELECT 1 FROM products WHERE number = programmes.product AND {})"
        self._drop(PROGRAMMES, "product", "voucher_weighed", service.format("weighed = 1"))
        self._drop(PROGRAMMES, "product", "voucher_deposit", service.format("deposit IS NOT NULL"))

    def _check_spans(self) -> None:
        """What could never be sold or taken: bounds and days that cross, a price outside them."""
        self._drop(PROGRAMMES, "last_day", "voucher_days", "last_day < first_day")
        self._drop(PROGRAMMES, "valid_days", "voucher_valid_days", "valid_days = 0")
        rows = self._connection.exec_driver_sql(
            "SELECT programmes.number, minimum, maximum, price FROM programmes JOIN products"
            " ON products.number = programmes.product ORDER BY programmes.line"
        ).all()
        for number, *amounts in rows:
            least, most, price = map(Decimal, amounts)
            if least > most:
                self._out("minimum", "voucher_bounds", number)
            elif price and not least <= price <= most:
                self._out("product", "voucher_price", number)

    def _out(self, field: str, reason: str, number: str) -> None:
        self._drop(PROGRAMMES, field, reason, "number = ?", parameters=(number,))

    def _check_codes(self) -> None:
        rows = self._connection.exec_driver_sql(
            "SELECT number, code_prefix, code_length, code_symbols FROM programmes ORDER BY line"
        ).all()
        for number, prefix, length, symbols in rows:
            try:
                CodeGroup(prefix, length, Alphabet(symbols))
            except Refusal:
                self._drop(
                    PROGRAMMES, "code_length", "voucher_code", "number = ?", parameters=(number,)
                )

    def _check_tills(self) -> None:
        known = {
            number for (number,) in self._connection.exec_driver_sql("SELECT number FROM tills")
        }
        listed = self._connection.exec_driver_sql(
            "SELECT number, tills FROM programmes WHERE tills IS NOT NULL ORDER BY line"
        ).all()
        for number, words in listed:
            if not set(words.split()) <= known:
                self._drop(PROGRAMMES, "tills", "voucher_till", "number = ?", parameters=(number,))


def to_programme(row: RowMapping) -> Programme:
    """A programme."""
    currency = row["currency"]

    def minor(amount: Decimal) -> int:
        return Money.of(amount, currency).minor

    return Programme(
        number=row["number"],
        name=row["name"],
        product=row["product"],
        kind=ProgrammeKind(row["kind"]),
        tax_kind=TaxKind(row["tax_kind"]),
        currency=currency,
        media=frozenset(Medium(word) for word in (row["media"] or "").split()),
        tills=frozenset((row["tills"] or "").split()),
        first_day=row["first_day"],
        last_day=row["last_day"],
        valid_days=row["valid_days"],
        group=CodeGroup(row["code_prefix"], row["code_length"], Alphabet(row["code_symbols"])),
        transferable=bool(row["transferable"]),
        pays_for_vouchers=bool(row["pays_for_vouchers"]),
        minimum=minor(row["minimum"]),
        maximum=minor(row["maximum"]),
        offline=OfflinePolicy(OfflineRule(row["offline"]), minor(row["offline_bound"])),
        prints=bool(row["prints"]),
        credit_note=bool(row["credit_note"]),
        mail_template=tuple(row["mail"].split("\n")) if row["mail"] else (),
        card_template=tuple(row["card"].split("\n")) if row["card"] else (),
        active=bool(row["active"]),
    )
