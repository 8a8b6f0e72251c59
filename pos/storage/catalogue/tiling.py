"""Places the products in the till categories that show them, once all are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PLACE = (
    "printf('%09d', CASE sequence WHEN 0 THEN 999999999 ELSE sequence END) || substr(search, 1, 24)"
)
"""Sorts the tiles of a category: by sequence, 0 last, then by the beginning of the name."""


def place_tiles(connection: Connection) -> None:
    """Fill the table of tiles. Most products are in one category, and go there all at once."""
    connection.exec_driver_sql(
        f"INSERT INTO tiles (category, place, product) SELECT pos_categories, {_PLACE}, number"
        " FROM products WHERE instr(pos_categories, ' ') = 0 ORDER BY 1, 2, 3"
    )
    several = connection.exec_driver_sql(
        f"SELECT pos_categories, {_PLACE}, number FROM products"
        " WHERE instr(pos_categories, ' ') > 0"
    )
    insert = "INSERT INTO tiles (category, place, product) VALUES (?, ?, ?)"
    for listed, place, product in several.all():
        rows = [(category, place, product) for category in listed.split()]
        connection.exec_driver_sql(insert, rows)
