"""Goods come back without a receipt: at the price and tax of today, by right and with a reason.

Nothing says what was paid, so nobody takes such goods back alone (W-12). Goods that are known
by a serial number or a lot have a receipt, and come back by it.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.product import Product
from pos.domain.quantity import Quantity
from pos.domain.returns import ReturnOf
from pos.domain.sale import LineItem, Sale, change_line, check_quantity
from pos.till import lookup, returning
from pos.till.approving import Approval, answerable
from pos.till.beginning import begin
from pos.till.card_codes import is_service
from pos.till.deducting import balanced
from pos.till.desk import Desk, line_facts
from pos.till.prices import priced_alone
from pos.till.wish import Wish


def take_back(
    desk: Desk, number: str, count: Quantity | None, wish: Wish, approval: Approval
) -> None:
    """Take goods back that nobody has a receipt for."""
    desk.open_session()
    returning.demand_lines_open(desk)
    product = desk.catalogue.product(number)
    if product is None or not product.active:
        raise Refusal("product_inactive", name=product.name if product else number)
    if is_service(desk, number):
        raise Refusal("return_of_voucher", name=product.name)
    link = _answered(desk, approval)
    line = lookup.draft_line(desk, product, count, wish=wish)
    sale = desk.sale or begin(desk)
    lines = _turned(desk, sale, product, replace(line, number=1), link)
    returning.keep(desk, returning.with_lines(sale, lines), lines, {"receipt": 0})


def set_quantity(desk: Desk, number: int, count: Quantity, approval: Approval) -> bool:
    """Turn a line into goods that come back, or change how many; False where it stays a sale."""
    sale = desk.open_sale()
    line = sale.line(number)
    if line.returns is None and (count.thousandths >= 0 or line.goods.take_back):
        return False
    sale.demand_free()
    product = desk.catalogue.product(line.product)
    bound_line = line.deposit_of is not None or line.loads is not None or line.goods.invoice
    if product is None or line.removed or bound_line or is_service(desk, product.number):
        raise Refusal("return_not_this", name=line.name)
    if count.thousandths == 0:
        raise Refusal("quantity_not_positive")
    link = line.returns or _answered(desk, approval)
    wanted = Quantity(abs(count.thousandths))
    wanted = wanted if line.content is None else line.content.times(wanted)
    fresh = replace(line, quantity=wanted, discount=None, share=0, returns=None)
    bound = sale.deposit_line(number)
    turned = _turned(desk, sale, product, fresh, link)
    for one in turned:
        place = number if one.deposit_of is None else bound.number if bound else 0
        put = replace(one, number=place, deposit_of=one.deposit_of and number)
        check_quantity(put)
        sale, _ = change_line(sale, put)
    facts = line_facts(sale.line(number), sale.currency) | {"before": line.quantity.thousandths}
    desk.keep(balanced(desk, sale), Kind.QUANTITY_CHANGED, facts)
    return True


def _answered(desk: Desk, approval: Approval) -> ReturnOf:
    reason = returning.demand_reason(approval.reason, needed=True)
    by = answerable(desk, Right.REFUND, approval)
    return ReturnOf(reason=reason, by=by.number)


def _turned(
    desk: Desk, sale: Sale, product: Product, line: LineItem, link: ReturnOf
) -> tuple[LineItem, ...]:
    """The line below zero at today's price, and the deposit that goes back with it."""
    if line.goods.serial or line.goods.lot:
        raise Refusal("return_needs_receipt", name=line.name)
    priced = priced_alone(line, product, desk.pricer(sale))
    lines = [replace(priced, quantity=-line.quantity, returns=link, untaxed=False)]
    bound = desk.catalogue.product(product.deposit) if product.deposit else None
    if bound is not None:
        deposit = lookup.draft_line(desk, bound, line.pieces)
        lines.append(
            replace(
                deposit,
                number=line.number + 1,
                quantity=-deposit.quantity,
                deposit_of=line.number,
                returns=link,
            )
        )
    return tuple(lines)
