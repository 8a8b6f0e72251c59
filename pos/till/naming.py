"""Another text on a line of the sale, with the right for it (T-046)."""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.till.desk import Desk, line_facts

LONGEST = 80
"""Characters a line may be called by."""


def set_text(desk: Desk, number: int, text: str) -> None:
    """Call a line something else on screen and receipt; an empty text calls it as the catalogue
    does. The product stays what it is.
    """
    desk.demand(Right.TEXT)
    sale = desk.open_sale()
    sale.demand_open()
    line = sale.line(number)
    if line.removed:
        raise Refusal("line_removed", line=number)
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise Refusal("text_too_long", limit=LONGEST)
    name = words or _own_name(desk, line.product) or line.name
    goods = replace(line.goods, renamed=bool(words))
    sale, changed = sales.change_line(sale, replace(line, name=name, goods=goods))
    facts = line_facts(changed, sale.currency) | {"before": line.name}
    desk.keep(sale, Kind.TEXT_CHANGED, facts)


def _own_name(desk: Desk, number: str) -> str:
    product = desk.catalogue.product(number)
    own = desk.catalogue.product_name(number, desk.texts.language)
    return own or (product.name if product else "")
