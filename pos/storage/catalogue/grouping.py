"""Reads what groups goods: product categories, shop categories, tags; and stock for whole pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select

from pos.domain.product import Tag
from pos.domain.quantity import Quantity
from pos.domain.reservation import Reservation
from pos.domain.stock_category import (
    Accounts,
    Categories,
    CostMethod,
    Removal,
    StockCategory,
    Valuation,
)
from pos.ports.goods import Filter, FilterValue, WebCategory
from pos.storage.catalogue.offering import OfferingReader
from pos.storage.catalogue.tables import TABLES, categories, products, translations
from pos.storage.catalogue.wording import in_order, told

tags = TABLES["tags"]
details = TABLES["product_details"]
stock = TABLES["stock"]
web_categories = TABLES["web_categories"]
attributes = TABLES["attributes"]
attribute_values = TABLES["attribute_values"]
product_attributes = TABLES["product_attributes"]
product_values = TABLES["product_values"]
_other_values = attribute_values.alias("other_values")


def _offers(product: Any, value: Any) -> ColumnElement[bool]:
    """Whether a product offers a value: named with it, or no value of that attribute is named."""
    named = product_values.alias()
    every = product_values.join(_other_values, _other_values.c.number == product_values.c.value)
    return or_(
        exists().where(named.c.product == product, named.c.value == value),
        ~exists()
        .select_from(every)
        .where(
            product_values.c.product == product,
            _other_values.c.attribute == attribute_values.c.attribute,
        ),
    )


_CATEGORIES = select(
    *(each for each in categories.c if each.name not in ("name", "long_text")),
    told(categories, "name"),
    told(categories, "long_text"),
)
_TAGS = select(tags.c.number, told(tags, "name"), tags.c.colour, tags.c.ribbon)
_TAGGED = select(details.c.product, details.c.tags).where(
    details.c.tags.is_not(None), details.c.product.in_(bindparam("numbers", expanding=True))
)
_COUNTS = select(stock.c.article, stock.c.place, stock.c.quantity).where(
    stock.c.article.in_(bindparam("articles", expanding=True))
)
_WEB = select(
    web_categories.c.number,
    told(web_categories, "name"),
    func.coalesce(web_categories.c.parent, "").label("parent"),
    web_categories.c.hidden,
    func.coalesce(web_categories.c.website, "").label("website"),
    func.coalesce(web_categories.c.picture, "").label("picture"),
)


_NAMES = select(translations.c.key, translations.c.text).where(
    translations.c.file == "products",
    translations.c.field == "name",
    translations.c.language == bindparam("language"),
    translations.c.key.in_(bindparam("numbers", expanding=True)),
)
_ANY_NAME = (
    select(translations.c.key)
    .where(
        translations.c.file == "products",
        translations.c.field == "name",
        translations.c.language == bindparam("language"),
    )
    .limit(1)
)
_FILTERS = (
    select(attributes.c.number, told(attributes, "name"))
    .where(attributes.c.filter == 1)
    .order_by(in_order(attributes), attributes.c.line)
)
_OFFERED = (
    select(
        product_attributes.c.attribute,
        attribute_values.c.number,
        told(attribute_values, "name"),
        attribute_values.c.colour,
    )
    .distinct()
    .join_from(
        product_attributes,
        attribute_values,
        attribute_values.c.attribute == product_attributes.c.attribute,
    )
    .where(
        product_attributes.c.product.in_(bindparam("numbers", expanding=True)),
        attribute_values.c.active == 1,
        _offers(product_attributes.c.product, attribute_values.c.number),
    )
    .order_by(in_order(attribute_values), attribute_values.c.line)
)


def offering(values: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Conditions on products: that each offers all these values (ETRON-21)."""
    return tuple(
        products.c.number.in_(
            select(product_attributes.c.product)
            .join_from(
                product_attributes,
                attribute_values,
                attribute_values.c.attribute == product_attributes.c.attribute,
            )
            .where(
                attribute_values.c.number == value,
                attribute_values.c.active == 1,
                _offers(product_attributes.c.product, attribute_values.c.number),
            )
        )
        for value in values
    )


class GroupingReader(OfferingReader):
    """One thread's view of groups of goods; a part of the port `Goods`."""

    def stock_categories(self, language: str = "") -> Categories:
        """All product categories, by number."""
        return self._remembered(
            f"stock_categories {language}",
            lambda: {
                row.number: _category(row) for row in self._rows(_CATEGORIES, language=language)
            },
        )

    def web_categories(self, language: str = "") -> dict[str, WebCategory]:
        """All categories of the online shop, by number (ETRON-11)."""
        return self._remembered(
            f"web_categories {language}",
            lambda: {
                row.number: WebCategory(
                    row.number, row.name, row.parent, bool(row.hidden), row.website, row.picture
                )
                for row in self._rows(_WEB, language=language)
            },
        )

    def tags_of(self, products: Collection[str], language: str = "") -> dict[str, tuple[Tag, ...]]:
        """The tags of a page of products, by product; a shop without tags isn't asked."""
        known = self._tags(language)
        if not known or not products:
            return {}
        rows = self._rows(_TAGGED, numbers=list(products))
        return {row.product: self._named(row.tags, known) for row in rows}

    def names_of(self, products: Collection[str], language: str) -> dict[str, str]:
        """What a page of products is called in a language; one that names none isn't asked."""
        asked = ("names", language)
        if not products or not self._remembered(
            asked, lambda: bool(language and self._rows(_ANY_NAME, language=language))
        ):
            return {}
        rows = self._rows(_NAMES, numbers=list(products), language=language)
        return {row.key: row.text for row in rows}

    def filters_of(self, products: Collection[str], language: str = "") -> tuple[Filter, ...]:
        """What a page of products may be narrowed by: visible attributes with what is offered."""
        with_choices = self._remembered("with_choices", self._read_with_choices)
        numbers = [number for number in products if number in with_choices]
        if not numbers:
            return ()
        offered: dict[str, list[FilterValue]] = {}
        for row in self._rows(_OFFERED, numbers=numbers, language=language):
            value = FilterValue(row.number, row.name, row.colour or "")
            offered.setdefault(row.attribute, []).append(value)
        return tuple(
            Filter(row.number, row.name, tuple(offered[row.number]))
            for row in self._rows(_FILTERS, language=language)
            if row.number in offered
        )

    def _tags(self, language: str) -> dict[str, Tag]:
        return self._remembered(
            f"tags {language}",
            lambda: {
                row.number: Tag(row.name, row.colour or "", bool(row.ribbon))
                for row in self._rows(_TAGS, language=language)
            },
        )

    def _named(self, numbers: str | None, known: dict[str, Tag]) -> tuple[Tag, ...]:
        return tuple(known[number] for number in (numbers or "").split() if number in known)

    def stock_counts(self, articles: Collection[str]) -> dict[str, dict[str, Quantity]]:
        """How much of each article is at which place, asked once for each catalogue (T-034)."""
        known: dict[str, dict[str, Quantity]] = self._remembered("stock_counts", dict)
        if missing := [article for article in articles if article not in known]:
            known.update({article: {} for article in missing})
            for row in self._rows(_COUNTS, articles=missing):
                known[row.article][row.place] = Quantity.of(row.quantity)
        return {article: known[article] for article in articles}


def _category(row: Any) -> StockCategory:
    return StockCategory(
        number=row.number,
        name=row.name,
        parent=row.parent or "",
        active=bool(row.active),
        picture=row.picture or "",
        long_text=row.long_text or "",
        removal=Removal(row.removal),
        cost_method=CostMethod(row.cost_method),
        group_cost=row.group_cost,
        put_away=row.put_away or "",
        reservation=Reservation(row.reservation),
        accounts=Accounts(
            row.income_account or "",
            row.expense_account or "",
            row.stock_account or "",
            row.journal or "",
            row.goods_in_account or "",
            row.goods_out_account or "",
            Valuation(row.valuation),
        ),
    )
