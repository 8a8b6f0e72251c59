"""Reads what groups goods: product categories, shop categories, tags; and stock for whole pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, func, select

from pos.domain.quantity import Quantity
from pos.domain.stock_category import (
    Accounts,
    Categories,
    CostMethod,
    Removal,
    StockCategory,
    Valuation,
)
from pos.ports.goods import Tag, WebCategory
from pos.storage.catalogue.offering import OfferingReader
from pos.storage.catalogue.tables import TABLES, categories
from pos.storage.catalogue.wording import told

tags = TABLES["tags"]
details = TABLES["product_details"]
stock = TABLES["stock"]
web_categories = TABLES["web_categories"]

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
