"""Checks between rows and files: what refers to nothing, goes in circles, or stands twice.

These run in the database after loading, so that the order of rows doesn't matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pos.storage.catalogue.exchange import BARCODES, FORMATS, PACKAGINGS, POS_CATEGORIES, PRODUCTS
from pos.storage.catalogue.exchange_prices import PRICE_RULES
from pos.storage.catalogue.exchange_shop import TILLS
from pos.storage.catalogue.exchange_vouchers import PROGRAMMES
from pos.storage.catalogue.fields import Field, FileFormat, Kind
from pos.storage.catalogue.keeping import VITAL, Keeper
from pos.storage.catalogue.relating_goods import GoodsRelations, widen_search
from pos.storage.catalogue.relating_orders import OrderRelations
from pos.storage.catalogue.relating_points import PointsRelations
from pos.storage.catalogue.relating_prices import PriceRelations
from pos.storage.catalogue.relating_rules import RuleRelations
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import CARRIED, line_in_file
from pos.storage.catalogue.tiling import place_tiles
from pos.storage.catalogue.vouchers import VoucherRelations

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Relations:
    """Removes the rows that don't fit in with the others, and reports each.

    Where the catalogue before has a row that one taken out stands for, that one stays.
    """

    def __init__(
        self, connection: Connection, report: ImportReport, keeper: Keeper | None = None
    ) -> None:
        """Without a `keeper` there is no catalogue before."""
        self._connection = connection
        self._report = report
        self._keeper = keeper
        self._replaced = False

    def check(self) -> None:
        """Check every file, and again while rows of the catalogue before have come in."""
        self._check_all()
        while self._replaced:
            self._replaced = False
            self._check_all()
        self._check_accounts()
        VoucherRelations(self._connection, self._drop).note_inactive(self._report)
        self._check_tiles()
        widen_search(self._connection)
        self._check_category_lists()

    def _check_all(self) -> None:
        """Those referred to first."""
        goods = GoodsRelations(self._connection, self._drop)
        points = PointsRelations(self._connection, self._drop)
        orders = OrderRelations(self._connection, self._drop)
        prices = PriceRelations(self._connection, self._drop, self._report)
        for file in FORMATS:
            if file.tree:
                self._check_loops(file)
            if file.single:
                self._check_single(file)
            if file is PRODUCTS:
                self._check_deposits()
            prices.check(file)
            if file is PRICE_RULES:
                RuleRelations(self._connection, self._drop).check()
            orders.before(file)
            self._check_uniques(file)
            self._check_references(file)
            goods.check(file)
            points.check(file)
            orders.check(file)
            if file is PROGRAMMES:
                VoucherRelations(self._connection, self._drop).check()

    def _check_references(self, file: FileFormat) -> None:
        """A row taken out may leave others of its own file without what they refer to."""
        fields = [field for field in file.fields if field.refers and field.kind is Kind.KEY]
        while fields and self._any(file, " OR ".join(_dangles(file, field) for field in fields)):
            for field in fields:
                values = {"target": f"{field.refers}.csv"}
                if file.name in VITAL and not field.required:
                    self._empty(file, field, values)
                self._drop(file, field.name, "unknown_reference", _dangles(file, field), values)

    def _empty(self, file: FileFormat, field: Field, values: Mapping[str, str]) -> None:
        """Take out what a row of the catalogue before refers to, in place of the row: it was good,
        and no shop closes because one product is gone.
        """
        condition = f"{_dangles(file, field)} AND line >= {CARRIED}"
        lost = self._connection.exec_driver_sql(
            f"SELECT line, {field.name} FROM {file.name} WHERE {condition} ORDER BY line"
        ).all()
        self._connection.exec_driver_sql(
            f"UPDATE {file.name} SET {field.name} = NULL WHERE {condition}"
        )
        for line, value in lost:
            told, at = {"value": str(value), **values}, line_in_file(line)
            self._report.add(Problem(file.file, at, field.name, "goes_without", told, kept=True))

    def _any(self, file: FileFormat, condition: str) -> bool:
        """Whether any row is so: one pass over a large table where several would find nothing."""
        found = self._connection.exec_driver_sql(
            f"SELECT EXISTS (SELECT 1 FROM {file.name} WHERE {condition})"
        )
        return bool(found.scalar())

    def _check_uniques(self, file: FileFormat) -> None:
        for field in file.fields:
            if field.unique:
                self._drop(
                    file,
                    field.name,
                    "duplicate",
                    f"{field.name} IN (SELECT {field.name} FROM {file.name}"
                    f" GROUP BY {field.name} HAVING count(*) > 1)"
                    f" AND line > (SELECT min(line) FROM {file.name} AS other"
                    f" WHERE other.{field.name} = {file.name}.{field.name})",
                )
        if file is PACKAGINGS:
            self._drop(
                file,
                "code",
                "code_of_product",
                f"code IN (SELECT code FROM {BARCODES.name})",
            )

    def _check_loops(self, file: FileFormat) -> None:
        key, above = file.key[0], file.tree
        rows = self._connection.exec_driver_sql(
            f"SELECT {key}, {above} FROM {file.name} WHERE {above} IS NOT NULL"
        )
        looping = in_loops({row[0]: row[1] for row in rows})
        for number in sorted(looping):
            self._drop(file, above, "loop", f"{key} = ?", parameters=(number,))

    def _check_deposits(self) -> None:
        """A deposit has no deposit of its own, so it can't be its own either."""
        self._drop(
            PRODUCTS,
            "deposit",
            "deposit_chain",
            "deposit IN (SELECT number FROM products WHERE deposit IS NOT NULL)",
        )

    def _check_accounts(self) -> None:
        """The accounts of a category know all taxes of its goods (ETRON-4); goods stay anyway.

        Only categories that name their taxes are looked at: without any, no product is.
        """
        rows = self._connection.exec_driver_sql(
            "SELECT number, name FROM categories WHERE account_taxes IS NOT NULL"
        )
        names = {row[0]: row[1] for row in rows}
        if not names:
            return
        rows = self._connection.exec_driver_sql(
            "SELECT products.line, products.number, tax, categories.number FROM products"
            " JOIN categories ON categories.number = products.category"
            " WHERE account_taxes IS NOT NULL"
            " AND instr(' ' || account_taxes || ' ', ' ' || tax || ' ') = 0 ORDER BY products.line"
        )
        for line, product, tax, category in rows.all():
            values = {"value": tax, "product": product, "category": names[category]}
            self._report.add(
                Problem(PRODUCTS.file, line_in_file(line), "tax", "account_tax", values, kept=True)
            )

    def _check_single(self, file: FileFormat) -> None:
        self._drop(file, "", "single", f"line > (SELECT min(line) FROM {file.name} AS first)")

    def _check_tiles(self) -> None:
        """A tile in a till category that isn't there is left out; the product stays."""
        place_tiles(self._connection)
        lost = self._connection.exec_driver_sql(
            "SELECT products.line, tiles.category FROM tiles"
            " JOIN products ON products.number = tiles.product WHERE tiles.category NOT IN"
            " (SELECT number FROM pos_categories) ORDER BY products.line"
        )
        for line, category in lost:
            self._report.add(_lost_tile(PRODUCTS, line, "pos_categories", category))
        self._connection.exec_driver_sql(
            "DELETE FROM tiles WHERE category NOT IN (SELECT number FROM pos_categories)"
        )

    def _check_category_lists(self) -> None:
        """A till shows the categories of its list that are there."""
        known = {
            number
            for (number,) in self._connection.exec_driver_sql("SELECT number FROM pos_categories")
        }
        listed = self._connection.exec_driver_sql(
            "SELECT line, number, categories FROM tills WHERE categories IS NOT NULL"
        ).all()
        for line, number, text in listed:
            words = text.split()
            for word in words:
                if word not in known:
                    self._report.add(_lost_tile(TILLS, line, "categories", word))
            kept = " ".join(word for word in words if word in known)
            self._connection.exec_driver_sql(
                "UPDATE tills SET categories = ? WHERE number = ?", (kept or None, number)
            )

    def _drop(
        self,
        file: FileFormat,
        field: str,
        reason: str,
        condition: str,
        values: Mapping[str, str] | None = None,
        parameters: tuple[str, ...] = (),
    ) -> int:
        """Report and remove the rows of a file for which an SQL condition holds."""
        shown = field or file.key[0]
        columns = ", ".join((shown, "line", *file.key))
        bad = self._connection.exec_driver_sql(
            f"SELECT {columns} FROM {file.name} WHERE {condition} ORDER BY line", parameters
        ).all()
        if not bad:
            return 0
        self._connection.exec_driver_sql(f"DELETE FROM {file.name} WHERE {condition}", parameters)
        for value, line, *key in bad:
            told = {"value": str(value), **(values or {})}
            self._tell(Problem(file.file, line_in_file(line), field, reason, told), file, key)
        return len(bad)

    def _tell(self, problem: Problem, file: FileFormat, key: Sequence[object]) -> None:
        """Report a row taken out; one of the file leaves its place to the one before."""
        one = tuple(key)
        if self._keeper is None or (not problem.line and not self._keeper.give_up(file, one)):
            self._report.add(problem)
        elif problem.line:
            stays = self._keeper.replace(file, one, self._report.problem_count)
            self._report.add(replace(problem, stays=stays))
            self._replaced |= stays


def _dangles(file: FileFormat, field: Field) -> str:
    """The SQL condition that a field refers to nothing."""
    target = next(each for each in FORMATS if each.name == field.refers)
    return (
        f"({field.name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target.name} AS target"
        f" WHERE target.{target.key[0]} = {file.name}.{field.name}))"
    )


def _lost_tile(file: FileFormat, line: int, field: str, category: str) -> Problem:
    values = {"value": category, "target": POS_CATEGORIES.file}
    return Problem(file.file, line_in_file(line), field, "unknown_reference", values, kept=True)


def in_loops(parents: Mapping[str, str]) -> set[str]:
    """The members of a tree that are their own ancestors."""
    looping: set[str] = set()
    done: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = len(path)
            node = parents.get(node)
        if node in path:
            looping.update(list(path)[path[node] :])
        done.update(path)
    return looping
