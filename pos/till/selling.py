"""Ringing up: lines come, change, go and come back; sales are parked and resumed."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.errors import Refusal
from pos.domain.gs1 import CodeReading, OwnCode
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.panel import Feature
from pos.domain.product import Packaging, Product
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem, Sale, SaleState
from pos.till import (
    aside,
    buying,
    coupons,
    lookup,
    merging,
    order_states,
    papers,
    receipt_codes,
    tracing,
)
from pos.till.beginning import begin
from pos.till.deducting import balanced
from pos.till.desk import Desk, line_facts
from pos.till.offering import demand
from pos.till.prices import manual_note, priced_alone, reprice
from pos.till.printing import print_out
from pos.till.rating import rate_changes, rated
from pos.till.undo import LineRemoved
from pos.till.visibility import net_shown
from pos.till.wish import NOTHING, Wish

SET_ASIDE = (
    "unknown_code",
    "unreadable_code",
    "label_ambiguous",
    "label_currency",
    "label_price",
    "label_weight",
    "product_inactive",
    "packaging_not_sold",
    "not_offered",
    "customer_unknown",
    "customer_inactive",
    "price_code_unknown",
    "price_code_not_here",
)
"""Why a code goes to the list beside the sale; whatever else is wrong is told at once."""
PARKING_KEY = 10
"""So many characters of a sale's id stand on its parking slip."""
MAX_NOTE = 500
MAX_LABEL = 40


def scan(desk: Desk, code: str) -> None:
    """Ring up what was scanned. A code that can't be sold joins the list beside the sale.

    A receipt's own code raises Refusal "receipt_scanned": what to do with it is to be chosen.
    """
    desk.open_session()
    asked = lookup.read_entry(desk, code)
    if _was_mark(desk, code, asked.reading):
        return
    if in_checkout(desk):
        raise aside.hold(desk, code)
    if receipt := receipt_codes.number_of(desk, asked.reading):
        raise Refusal("receipt_scanned", receipt=receipt)
    if parked := lookup.parked_code(asked.reading):
        resume(desk, _parked_as(desk, parked))
        return
    try:
        draft = lookup.line_for(desk, asked)
    except Refusal as refusal:
        if refusal.code not in SET_ASIDE:
            raise
        aside.set_aside(desk, code, refusal)
        return
    add(desk, draft)


def _was_mark(desk: Desk, code: str, reading: CodeReading) -> bool:
    """Whether it was a customer's card, a list's code or a coupon; goods go before them."""
    if isinstance(reading, OwnCode) and desk.catalogue.find_code(reading.text) is not None:
        return False
    try:
        return (
            buying.take_card(desk, reading)
            or buying.take_list_code(desk, reading)
            or coupons.take_scanned(desk, reading)
        )
    except Refusal as refusal:
        if refusal.code not in SET_ASIDE:
            raise
        aside.set_aside(desk, code, refusal)
        return True


def add_product(
    desk: Desk,
    number: str,
    count: Quantity | None,
    wish: Wish = NOTHING,
    packaging: str = "",
) -> None:
    """Ring up a product chosen on the screen, by the piece or by a packaging."""
    desk.open_session()
    demand_no_checkout(desk)
    product = desk.catalogue.product(number)
    if product is None or not product.active:
        raise Refusal("product_inactive", name=product.name if product else number)
    pack = packaging_of(desk, product, packaging) if packaging else None
    add(desk, lookup.draft_line(desk, product, count, pack, pack.gtin if pack else "", wish))


def packaging_of(desk: Desk, product: Product, name: str) -> Packaging:
    """A packaging of a product; raises Refusal why it isn't sold (ETRON-28)."""
    demand(desk, Feature.PACKAGINGS)
    packagings = {each.name: each for each in desk.catalogue.packagings_of(product.number)}
    if name not in packagings:
        raise Refusal("unit_not_here", name=product.name, unit=name)
    if not packagings[name].sellable:
        raise Refusal("packaging_not_sold", name=product.name, packaging=name)
    return packagings[name]


def demand_no_checkout(desk: Desk) -> None:
    """What is rung up while the customer pays changes nothing (complaint 12 of the peers)."""
    if in_checkout(desk):
        raise Refusal("scan_in_checkout")


def in_checkout(desk: Desk) -> bool:
    """Whether the customer is paying."""
    return desk.sale is not None and desk.sale.state is not SaleState.OPEN


def add(desk: Desk, draft: LineItem) -> None:
    """Put a line into the sale, beginning one if there is none, with its deposit. Where equal
    goods don't share a line, each piece becomes one (T-049). A serial number goes to the line that
    waits for it.
    """
    if waiting := tracing.waiting_line(desk, draft):
        tracing.name_number(desk, waiting.number, draft.goods.serial)
        return
    merge = merging.merges(desk)
    for each in merging.apart(desk, draft):
        sale, line = sales.add_line(desk.sale or begin(desk), each, merge=merge)
        sale = with_deposit(desk, sale, line)
        keep_line(desk, sale, line, Kind.LINE_ADDED)
    desk.last_sale = None


def keep_line(desk: Desk, sale: Sale, line: LineItem, kind: Kind, **more: object) -> None:
    """Price the line anew with all others of its product, and keep the change."""
    product = desk.catalogue.product(line.product)
    if product is not None:
        sale = reprice(sale, product, desk.pricer(sale))
    # Without its share of the sale's discount, so that a line comes back with what it left with.
    facts = line_facts(replace(sale.line(line.number), share=0), sale.currency)
    desk.keep(balanced(desk, sale), kind, facts | more)


def with_deposit(desk: Desk, sale: Sale, line: LineItem) -> Sale:
    """The sale with the line's deposit in step with the line."""
    deposit = sale.deposit_line(line.number)
    if deposit is not None:
        return sales.change_line(sale, replace(deposit, quantity=line.pieces))[0]
    draft = lookup.deposit_draft(desk, line)
    if draft is None:
        return sale
    return sales.add_line(sale, replace(draft, deposit_of=line.number), merge=False)[0]


def set_quantity(desk: Desk, number: int, quantity: Quantity) -> None:
    """Sell another quantity on a line; on a packaging line it counts packagings. Where equal goods
    don't share a line, the line keeps one and the others become lines of their own.
    """
    sale = desk.open_sale()
    before = sale.line(number).quantity
    sale, line = sales.set_quantity(sale, number, quantity)
    more: tuple[LineItem, ...] = ()
    if line.discount is None:
        line, *more_lines = merging.apart(desk, line)
        more = tuple(more_lines)
        sale, line = sales.change_line(sale, line)
    sale = with_deposit(desk, sale, line)
    keep_line(desk, sale, line, Kind.QUANTITY_CHANGED, before=before.thousandths)
    for each in more:
        add(desk, replace(each, share=0))


def set_price(desk: Desk, number: int, price: Money) -> None:
    """Sell at a price the operator sets; wants the right."""
    desk.demand(Right.PRICE)
    sale = desk.open_sale()
    if price.minor < 0:
        raise Refusal("price_negative")
    line = sale.line(number)
    changed = replace(
        line,
        unit_price=price.decimal,
        tax_included=line.tax_included or not net_shown(desk),
        public_price=None,
        price_source=sales.MANUAL_PRICE,
        price_note=manual_note(price.decimal),
    )
    _keep_price(desk, sale, changed, line.unit_price)


def reset_price(desk: Desk, number: int) -> None:
    """Take a manual price back."""
    sale = desk.open_sale()
    line = sale.line(number)
    product = desk.catalogue.product(line.product)
    if product is None:
        raise Refusal("product_inactive", name=line.name)
    if line.has_own_terms:
        raise Refusal("return_price_fixed", name=line.name)
    listed = replace(line, price_source="base")
    if line.returns is not None:
        listed = priced_alone(listed, product, desk.pricer(sale))
    sale, _ = sales.change_line(sale, listed)
    sale = reprice(sale, product, desk.pricer(sale))
    _keep_price(desk, sale, sale.line(number), line.unit_price)


def _keep_price(desk: Desk, sale: Sale, line: LineItem, before: Decimal) -> None:
    if line.removed:
        raise Refusal("line_removed", line=line.number)
    if line.loads is not None:
        raise Refusal("voucher_price_fixed")
    if line.has_own_terms:
        raise Refusal("return_price_fixed", name=line.name)
    if line.goods.invoice:
        raise Refusal("invoice_fixed", invoice=line.goods.invoice)
    sale, line = sales.change_line(sale, line)
    facts = line_facts(line, sale.currency) | {"before": format(before, "f")}
    desk.keep(balanced(desk, sale), Kind.PRICE_CHANGED, facts)


def remove_line(desk: Desk, number: int) -> None:
    """Strike a line out."""
    sale, line = sales.remove_line(desk.open_sale(), number)
    keep_line(desk, sale, line, Kind.LINE_REMOVED)
    desk.undos.append(LineRemoved(number))


def restore_line(desk: Desk, number: int) -> None:
    """Bring a line back."""
    sale, line = sales.restore_line(desk.open_sale(), number)
    kind = Kind.LINE_TAKEN if line.goods.left else Kind.LINE_RESTORED
    if line.goods.left:
        goods = replace(line.goods, left=False)
        sale, line = sales.change_line(sale, replace(line, goods=goods))
        sale = with_deposit(desk, sale, line)
    keep_line(desk, sale, line, kind)
    if LineRemoved(number) in desk.undos:
        desk.undos.remove(LineRemoved(number))


def set_note(desk: Desk, text: str) -> None:
    """A note that is printed on the receipt (T-084)."""
    sale = desk.open_sale()
    desk.keep(replace(sale, note=text.strip()[:MAX_NOTE]), Kind.NOTE_SET, {"note": text[:MAX_NOTE]})


def park(desk: Desk, label: str, slip: bool) -> None:
    """Set the sale aside for later (T-055), with a slip to scan if wanted."""
    sale = desk.open_sale()
    if not sale.active_lines:
        raise Refusal("nothing_to_park")
    if sale.state is SaleState.TENDERING:
        raise Refusal("park_in_checkout")
    parked = replace(sale.move(SaleState.SUSPENDED), label=label.strip()[:MAX_LABEL])
    facts = {"label": parked.label, "total": parked.total.minor}
    desk.keep(parked, Kind.SALE_PARKED, facts)
    desk.sale = None
    desk.forget_customer()
    if slip:
        print_out(desk, papers.parking_slip(desk, parked, f"P#{parked.id[:PARKING_KEY]}"))
    desk.undos.clear()


def _parked_as(desk: Desk, key: str) -> str:
    parked = [sale.id for sale in desk.store.sales_in(SaleState.SUSPENDED)]
    found = [sale_id for sale_id in parked if sale_id[:PARKING_KEY] == key.lower()]
    if not found:
        raise Refusal("not_parked")
    return found[0]


def resume(desk: Desk, sale_id: str) -> None:
    """Take a parked sale up again, in this session, whichever it was parked in."""
    session = desk.open_session()
    if desk.sale is not None:
        raise Refusal("sale_in_the_way")
    parked = desk.store.sale(sale_id)
    if parked.state is not SaleState.SUSPENDED:
        raise Refusal("not_parked")
    resumed = replace(
        rated(desk, parked.move(SaleState.OPEN)),
        session=session.number,
        business_date=session.business_date,
    )
    facts = {"total": resumed.total.minor} | rate_changes(parked, resumed)
    with desk.writing() as work:
        work.save_sale(resumed, parked)
        desk.record(work, Kind.SALE_RESUMED, facts, sale=resumed)
    desk.sale = resumed
    desk.last_sale = None
    desk.undos[:] = [LineRemoved(line.number) for line in resumed.lines if line.removed]


def cancel_sale(desk: Desk, reason: str) -> None:
    """Give the sale up before it is paid; the journal keeps what was in it."""
    sale = desk.open_sale()
    cancelled = sale.move(SaleState.CANCELLED)
    with desk.writing() as work:
        desk.save(work, cancelled)
        facts = {"reason": reason, "total": sale.total.minor}
        desk.record(work, Kind.SALE_CANCELLED, facts, sale=cancelled)
        order_states.let_go(desk, work, cancelled)
    desk.preview = desk.price_change = desk.sale = None
    desk.forget_customer()
    desk.reached(f"after_{Kind.SALE_CANCELLED}")
    desk.undos.clear()
