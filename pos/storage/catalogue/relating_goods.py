"""Checks between the files that tell of goods: variants, kits, facts, stock, shown prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from pos.domain.code_rules import CodeRule, CodeRules, Meaning
from pos.domain.display_prices import PriceKind
from pos.domain.errors import Refusal
from pos.domain.facts import FactKind, is_fact
from pos.domain.markup import clean_html
from pos.domain.variants import Creation
from pos.storage.catalogue.exchange import BARCODES
from pos.storage.catalogue.exchange_goods import (
    CODE_RULES,
    DISPLAY_PRICES,
    KIT_PARTS,
    PRODUCT_ATTRIBUTES,
    PRODUCT_FACTS,
    STOCK,
    VARIANTS,
)
from pos.storage.catalogue.fields import FileFormat
from pos.storage.catalogue.folding import fold

if TYPE_CHECKING:
    from sqlalchemy import Connection

    class Drop(Protocol):
        """Removes rows for which an SQL condition holds, and reports each with the reason."""

        def __call__(  # noqa: D102 - the class says it
            self,
            file: FileFormat,
            field: str,
            reason: str,
            condition: str,
            values: Mapping[str, str] | None = None,
            parameters: tuple[str, ...] = (),
        ) -> int: ...


class GoodsRelations:
    """Removes the rows that don't fit in with the others, and reports each."""

    def __init__(self, connection: Connection, drop: Drop) -> None:
        self._connection, self._drop = connection, drop
        self._checks = {
            PRODUCT_ATTRIBUTES: self._attributes,
            VARIANTS: self._variants,
            KIT_PARTS: self._kits,
            PRODUCT_FACTS: self._facts,
            STOCK: self._stock,
            DISPLAY_PRICES: self._display_prices,
            CODE_RULES: self._code_rules,
            BARCODES: self._codes,
        }

    def check(self, file: FileFormat) -> None:
        """Check a file after its own keys and before those that lean on it."""
        if file in self._checks:
            self._checks[file]()

    def _attributes(self) -> None:
        """A default is one of the attribute's own values."""
        self._drop(
            PRODUCT_ATTRIBUTES,
            "preset",
            "value_elsewhere",
            "preset IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attribute_values AS value"
            " WHERE value.number = preset AND value.attribute = product_attributes.attribute)",
        )

    def _variants(self) -> None:
        """One value of each attribute that makes variants of the product, and no two alike."""
        self._drop(
            VARIANTS,
            "number",
            "number_of_product",
            "number IN (SELECT number FROM products)",
        )
        attribute_of = _pairs(self._connection, "SELECT number, attribute FROM attribute_values")
        wanted: dict[str, set[str]] = defaultdict(set)
        for product, attribute in self._connection.exec_driver_sql(
            "SELECT product, attribute FROM product_attributes"
            " JOIN attributes ON attributes.number = attribute WHERE creation <> ?",
            (Creation.NEVER.value,),
        ):
            wanted[product].add(attribute)
        taken: set[tuple[str, frozenset[str]]] = set()
        rows = self._connection.exec_driver_sql(
            "SELECT number, product, combination FROM variants ORDER BY line"
        )
        for number, product, text in rows.all():
            values = text.split()
            attributes = [attribute_of.get(value, "") for value in values]
            identity = (product, frozenset(values))
            if sorted(attributes) != sorted(wanted[product]):
                self._drop(
                    VARIANTS, "combination", "variant_values", "number = ?", parameters=(number,)
                )
            elif identity in taken:
                self._drop(VARIANTS, "combination", "duplicate", "number = ?", parameters=(number,))
            taken.add(identity)

    def _codes(self) -> None:
        """A code's variant is one of its product."""
        self._drop(
            BARCODES,
            "variant",
            "variant_elsewhere",
            "variant IS NOT NULL AND product <> (SELECT variants.product FROM variants"
            " WHERE variants.number = variant)",
        )

    def _kits(self) -> None:
        """A part is no kit itself, and bears the kit's tax."""
        self._drop(KIT_PARTS, "part", "kit_chain", "part IN (SELECT kit FROM kit_parts)")
        self._drop(
            KIT_PARTS,
            "part",
            "kit_tax",
            "(SELECT tax FROM products WHERE number = part)"
            " <> (SELECT tax FROM products WHERE number = kit)",
        )

    def _facts(self) -> None:
        """Each value is what its kind says; HTML is cleaned, in every language."""
        kinds = {
            number: (FactKind(kind), tuple((choices or "").split("\n")))
            for number, kind, choices in self._connection.exec_driver_sql(
                "SELECT number, kind, choices FROM facts"
            )
        }
        rows = self._connection.exec_driver_sql("SELECT product, fact, value FROM product_facts")
        for product, fact, value in rows.all():
            known = kinds.get(fact)
            if known is not None and not is_fact(known[0], value, known[1]):
                where = "product = ? AND fact = ?"
                told = {"value": value, "kind": known[0].value}
                self._drop(PRODUCT_FACTS, "value", "fact_value", where, told, (product, fact))
        html = [number for number, (kind, _) in kinds.items() if kind is FactKind.HTML]
        for number in html:
            _clean(self._connection, "product_facts", "value", "fact = ?", number)
            _clean(
                self._connection,
                "translations",
                "text",
                "file = 'product_facts' AND key LIKE '% ' || ?",
                number,
            )

    def _stock(self) -> None:
        """Stock is of a product or of a variant."""
        self._drop(
            STOCK,
            "article",
            "unknown_reference",
            "article NOT IN (SELECT number FROM products)"
            " AND article NOT IN (SELECT number FROM variants)",
            {"target": "products.csv, variants.csv"},
        )

    def _display_prices(self) -> None:
        """Prices agreed with one customer are never shown, so they don't even come in (OXOMI-5)."""
        self._drop(
            DISPLAY_PRICES,
            "type",
            "customer_price",
            "type IN (SELECT number FROM price_types WHERE kind = ?)",
            parameters=(PriceKind.CUSTOMER.value,),
        )

    def _code_rules(self) -> None:
        """A pattern says something, and has the fields its meaning needs."""
        rows = self._connection.exec_driver_sql(
            "SELECT name, pattern, meaning, decimals FROM code_rules"
        )
        for name, pattern, meaning, decimals in rows.all():
            try:
                CodeRules([CodeRule(name, pattern, Meaning(meaning), decimals)])
            except Refusal:
                self._drop(CODE_RULES, "pattern", "code_pattern", "name = ?", parameters=(name,))


def widen_search(connection: Connection) -> None:
    """Let the search find goods by their tags, and by the words of their category (SRT-19)."""
    names = _pairs(connection, "SELECT number, name FROM tags")
    tagged = connection.exec_driver_sql(
        "SELECT product, tags FROM product_details WHERE tags IS NOT NULL"
    ).all()
    for product, tags in tagged:
        words = fold(" ".join(names[tag] for tag in tags.split() if tag in names))
        _add_words(connection, words, "number = ?", product)
    keywords = connection.exec_driver_sql(
        "SELECT number, keywords FROM categories WHERE keywords IS NOT NULL"
    ).all()
    for category, words in keywords:
        _add_words(connection, fold(words), "category = ?", category)


def _pairs(connection: Connection, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(query)}


def _add_words(connection: Connection, words: str, condition: str, parameter: str) -> None:
    if words:
        connection.exec_driver_sql(
            f"UPDATE products SET search = search || ' ' || ? WHERE {condition}", (words, parameter)
        )


def _clean(connection: Connection, table: str, column: str, condition: str, parameter: str) -> None:
    texts = connection.exec_driver_sql(
        f"SELECT DISTINCT {column} FROM {table} WHERE {condition}", (parameter,)
    ).scalars()
    for text in texts.all():
        connection.exec_driver_sql(
            f"UPDATE {table} SET {column} = ? WHERE {condition} AND {column} = ?",
            (clean_html(text), parameter, text),
        )
