"""Checks between rows that decide about prices: names of lists, circles of lists, customers' tax.

The importer names every list of a problem: whoever mends it in the back office must find them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pos.domain.customer import TaxStatus
from pos.storage.catalogue.exchange_prices import CUSTOMERS, PRICE_LISTS, PRICE_RULES
from pos.storage.catalogue.exchange_shop import TILLS
from pos.storage.catalogue.fields import FileFormat
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import line_in_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos.storage.catalogue.relating_goods import Drop


class PriceRelations:
    """Removes lists and rules that can't be worked with, and reports each."""

    def __init__(self, connection: Connection, drop: Drop, report: ImportReport) -> None:
        self._connection, self._drop, self._report = connection, drop, report
        self._checks: dict[FileFormat, Callable[[], None]] = {
            PRICE_LISTS: self._names,
            PRICE_RULES: self._circles,
            CUSTOMERS: self._customers,
            TILLS: partial(self._not_for_tills, TILLS),
        }

    def check(self, file: FileFormat) -> None:
        """Check a file before those that lean on it."""
        if file in self._checks:
            self._checks[file]()

    def _names(self) -> None:
        """Two lists never share an exchange name or a code; both are named (ETRON-47)."""
        for field in ("export_name", "code"):
            rows = self._connection.exec_driver_sql(
                f"SELECT number, name, {field} FROM price_lists"
                f" WHERE {field} IS NOT NULL ORDER BY line"
            ).all()
            first: dict[str, tuple[str, str]] = {}
            for number, name, value in rows:
                owner, taken = first.setdefault(value, (number, name))
                if owner != number:
                    told = {"first": taken, "second": name}
                    self._drop(PRICE_LISTS, field, "list_name_taken", "number = ?", told, (number,))

    def _circles(self) -> None:
        """Price lists may start from each other, but not in a circle (ETRON-50)."""
        rules = self._connection.exec_driver_sql(
            "SELECT number, list, base_list FROM price_rules"
            " WHERE base = 'list' AND compute <> 'fixed' AND list IS NOT NULL ORDER BY line"
        ).all()
        starts_from: dict[str, list[str]] = {}
        for number, start, base in rules:
            if circle := _way(starts_from, base, start):
                told = {"lists": " → ".join(self._names_of([start, *circle]))}
                self._drop(PRICE_RULES, "base_list", "list_loop", "number = ?", told, (number,))
            else:
                starts_from.setdefault(start, []).append(base)

    def _names_of(self, lists: Iterable[str]) -> Iterator[str]:
        names: dict[str, str] = {}
        for row in self._connection.exec_driver_sql("SELECT number, name FROM price_lists"):
            names[row.number] = row.name
        return (names.get(number, number) for number in lists)

    def _customers(self) -> None:
        self._vat_ids()
        self._not_for_tills(CUSTOMERS)

    def _not_for_tills(self, file: FileFormat) -> None:
        """A list that isn't for tills serves no till and no customer there (ETRON-47)."""
        bound = "price_list IN (SELECT number FROM price_lists WHERE NOT export)"
        rows = self._connection.exec_driver_sql(
            f"SELECT line, price_list FROM {file.name} WHERE {bound} ORDER BY line"
        ).all()
        for line, number in rows:
            (name,) = self._names_of([number])
            told, place = {"list": name}, line_in_file(line)
            self._report.add(
                Problem(file.file, place, "price_list", "list_not_for_tills", told, kept=True)
            )
        if rows:
            self._connection.exec_driver_sql(
                f"UPDATE {file.name} SET price_list = NULL WHERE {bound}"
            )

    def _vat_ids(self) -> None:
        """Beyond the Union a VAT id has no country's letters (COMARCH-10); it is left out."""
        lettered = f"tax_status = '{TaxStatus.THIRD_COUNTRY}' AND upper(vat_id) GLOB '[A-Z][A-Z]*'"
        rows = self._connection.exec_driver_sql(
            f"SELECT line, vat_id FROM customers WHERE {lettered} ORDER BY line"
        ).all()
        for line, vat_id in rows:
            told, place = {"value": vat_id}, line_in_file(line)
            self._report.add(
                Problem(CUSTOMERS.file, place, "vat_id", "vat_id_lettered", told, kept=True)
            )
        if rows:
            self._connection.exec_driver_sql(f"UPDATE customers SET vat_id = NULL WHERE {lettered}")


def _way(edges: Mapping[str, Iterable[str]], start: str, end: str) -> list[str]:
    """The nodes from one to another, both included; empty where no way leads there."""
    ways = {start: [start]}
    open_ends = [start]
    while open_ends:
        node = open_ends.pop()
        if node == end:
            return ways[node]
        for following in edges.get(node, ()):
            if following not in ways:
                ways[following] = [*ways[node], following]
                open_ends.append(following)
    return []
