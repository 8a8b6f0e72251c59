"""Goods come back against their receipt: picked line by line, for what they cost (T-112, W-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pos.domain.card_moves import demand_owner, loaded_lines
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.quantity import ONE, Quantity
from pos.domain.returning import CARD_LOADS, Account, Sold, return_lines, returnable
from pos.domain.returns import ReturnOf
from pos.domain.sale import MAX_LINES, LineItem, Sale, check_quantity
from pos.ports.stored_value import Unreachable
from pos.till.approving import Approval, answerable
from pos.till.beginning import begin
from pos.till.buying import customer_name
from pos.till.card_ledger import check_cards
from pos.till.deducting import balanced
from pos.till.desk import Desk, line_facts
from pos.till.signing import identify

MAX_REASON = 80


def sold(desk: Desk, receipt: int) -> Sold:
    """A receipt with what has come back of it; raises Refusal "no_such_receipt"."""
    sale = desk.store.sale_by_receipt(receipt)
    entries, unreached = _entries(desk, sale)
    return Sold(sale, desk.store.given_back(sale.id), entries, unreached)


def sold_here(desk: Desk, receipt: int) -> Sold:
    """The same, counting what the sale on the screen gives back already."""
    lines = desk.sale.active_lines if desk.sale else ()
    return sold(desk, receipt).with_back(lines)


def _entries(desk: Desk, sale: Sale) -> tuple[dict[int, int], frozenset[int]]:
    """The entries of card ledgers that a sale has made, by the lines that made them; and the lines
    whose cards nobody can be asked about just now. Goods beside them come back all the same.
    """
    entries: dict[int, int] = {}
    made: dict[str, list[int] | None] = {}
    unreached: set[int] = set()
    for line in loaded_lines(sale):
        if line.loads is None or line.loads.kind not in CARD_LOADS:
            continue
        card = line.loads.card
        if card not in made:
            made[card] = _made(desk, sale, card)
        numbers = made[card]
        if numbers is None:
            unreached.add(line.number)
        elif numbers:
            entries[line.number] = numbers.pop(0)
    return entries, frozenset(unreached)


def _made(desk: Desk, sale: Sale, card: str) -> list[int] | None:
    """The loads of a card that a sale has made, in order; None where nobody can be asked."""
    try:
        account = desk.balances.confirm(card)
    except Unreachable:
        return None
    return [
        entry.number
        for entry in account.entries
        if entry.by.sale == sale.id and entry.kind in CARD_LOADS
    ]


def start(desk: Desk, receipt: int, wanted: Mapping[str, str] | None, approval: Approval) -> None:
    """Give goods of a receipt back in the sale on the screen, or in a new one.

    `wanted` counts by line, packagings where there are any; None is all that is left. Wants the
    right, and a reason where the shop asks for one.
    """
    desk.open_session()
    demand_lines_open(desk)
    by = answerable(desk, Right.RETURN, approval)
    reason = demand_reason(approval.reason, needed=desk.shop.return_reason)
    found = sold_here(desk, receipt)
    if found.sale.voids is not None:
        raise Refusal("void_of_return", receipt=receipt)
    quantities = _read(found, wanted)
    sale = desk.sale or replace(begin(desk), customer=found.sale.customer)
    lines = return_lines(found, quantities, Account(reason, by.number))
    demand_shown(desk, lines, approval)
    keep(desk, with_lines(sale, lines), lines, {"receipt": receipt})


def demand_shown(desk: Desk, lines: Sequence[LineItem], approval: Approval) -> None:
    """Refuse money for a card whose code nobody has shown, though its receipt is here.

    Whoever may refund without a receipt may do without the card.
    """
    cards = {line.loads.card for line in lines if line.loads is not None}
    if cards - {desk.proved_card}:
        who = identify(desk, approval.approver, approval.pin) if approval.approver else desk.who()
        if not who.may(Right.REFUND):
            raise Refusal("voucher_not_shown")


def quote(desk: Desk, receipt: int, wanted: Mapping[str, str]) -> dict[int, Money]:
    """What so much of each line brings, by line, its deposit included; changes nothing."""
    found = sold_here(desk, receipt)
    lines = return_lines(found, _read(found, wanted), Account("", ""))
    worth: dict[int, Money] = {}
    for line in lines:
        goods = line if line.deposit_of is None else lines[line.deposit_of - 1]
        assert goods.returns is not None
        number = goods.returns.line
        before = worth.get(number, Money(0, found.sale.currency))
        worth[number] = before - line.amount(found.sale.currency)
    return worth


def demand_lines_open(desk: Desk) -> None:
    """Refuse while the customer is being paid, and on a void."""
    if desk.sale is not None:
        desk.sale.demand_free()


def demand_reason(reason: str, *, needed: bool) -> str:
    """The reason as it is kept; raises Refusal "return_reason" where it is missing."""
    told = reason.strip()[:MAX_REASON]
    if needed and not told:
        raise Refusal("return_reason")
    return told


def _read(found: Sold, wanted: Mapping[str, str] | None) -> dict[int, Quantity]:
    if wanted is None:
        left = {line.number: found.left(line) for line in returnable(found.sale)}
        quantities = {number: some for number, some in left.items() if some.thousandths > 0}
    else:
        quantities = {int(key): _quantity(found, int(key), count) for key, count in wanted.items()}
    if not quantities:
        raise Refusal("return_nothing_left", receipt=found.number)
    return quantities


def _quantity(found: Sold, number: int, count: str) -> Quantity:
    try:
        wanted = Quantity.parse(count)
    except ValueError:
        raise Refusal("field_unreadable", field="lines", value=count[:40]) from None
    return (found.sale.line(number).content or ONE).times(wanted)


def with_lines(sale: Sale, lines: Sequence[LineItem]) -> Sale:
    """The sale with lines put behind those it has, deposits still bound to their goods."""
    before = len(sale.lines)
    if before + len(lines) > MAX_LINES:
        raise Refusal("too_many_lines", limit=MAX_LINES)
    put = tuple(
        replace(
            line,
            number=line.number + before,
            deposit_of=line.deposit_of and line.deposit_of + before,
        )
        for line in lines
    )
    for line in put:
        check_quantity(line)
    return replace(sale, lines=(*sale.lines, *put))


def keep(desk: Desk, sale: Sale, lines: Sequence[LineItem], facts: Mapping[str, object]) -> None:
    """Make a sale durable that gives something back; cards are tried first."""
    demand_owner(sale, lambda number: customer_name(desk, number))
    if any(line.loads is not None for line in lines):
        check_cards(desk.store.cards, desk.balances, sale, desk.by(sale))
    told = {"lines": [line_facts(line, sale.currency) for line in lines]}
    desk.keep(balanced(desk, sale), Kind.GOODS_RETURNED, dict(facts) | told)
    desk.last_sale = None


def set_quantity(desk: Desk, number: int, count: Quantity) -> bool:
    """Give another quantity of a receipt's line back; False where the line is another one."""
    sale = desk.open_sale()
    line = sale.line(number)
    if line.returns is None or not line.returns.is_linked:
        return False
    sale.demand_free()
    if line.removed:
        raise Refusal("line_removed", line=number)
    if line.deposit_of is not None:
        raise Refusal("deposit_follows", line=number)
    if line.goods.is_single:
        raise Refusal("serial_is_one", serial=line.goods.serial)
    if line.loads is not None:
        raise Refusal("voucher_is_one")
    changed = _anew(desk, sale, line, line.returns, _size((line.content or ONE).times(count)))
    facts = line_facts(changed.line(number), sale.currency) | {"before": line.quantity.thousandths}
    desk.keep(balanced(desk, changed), Kind.QUANTITY_CHANGED, facts)
    return True


def set_amount(desk: Desk, number: int, amount: Money, approval: Approval) -> None:
    """Give less back for a line than was paid; wants the right to set prices, and a reason.

    Never more than was paid. The whole amount again takes it back and wants neither.
    """
    sale = desk.open_sale()
    sale.demand_free()
    line = sale.line(number)
    link = line.returns
    if link is None or not link.is_linked or not line.is_negative:
        raise Refusal("return_no_amount", name=line.name)
    if line.removed:
        raise Refusal("line_removed", line=number)
    if line.deposit_of is not None:
        raise Refusal("deposit_follows", line=number)
    if line.loads is not None:
        raise Refusal("voucher_price_fixed")
    if amount.minor < 0:
        raise Refusal("price_negative")
    lowered = _lowered(desk, link, amount, approval)
    put = {number: replace(line, returns=lowered)}
    changed = replace(sale, lines=tuple(put.get(one.number, one) for one in sale.lines))
    facts = line_facts(changed.line(number), sale.currency)
    before = -(link.net + link.tax)
    desk.keep(balanced(desk, changed), Kind.PRICE_CHANGED, facts | {"given_back_before": before})


def _lowered(desk: Desk, link: ReturnOf, amount: Money, approval: Approval) -> ReturnOf:
    paid = Money(-sum(link.used_up), amount.currency)
    if amount > paid:
        raise Refusal("return_more_than_paid", paid=paid)
    if amount == paid:
        return link.lowered(amount.minor, "", "")
    by = answerable(desk, Right.PRICE, approval)
    reason = demand_reason(approval.reason, needed=True)
    return link.lowered(amount.minor, reason, by.number)


def _anew(desk: Desk, sale: Sale, line: LineItem, link: ReturnOf, wanted: Quantity) -> Sale:
    """The sale with a line, and its deposit, given back in another quantity."""
    bound = sale.deposit_line(line.number)
    others = [one for one in sale.active_lines if one not in (line, bound)]
    found = sold(desk, link.receipt).with_back(others)
    account = Account(link.reason, link.by)
    fresh = return_lines(found, {link.line: wanted}, account)
    numbers = [line.number, *([bound.number] if bound is not None else [])]
    put = {
        place: replace(
            one, number=place, deposit_of=line.number if one.deposit_of is not None else None
        )
        for place, one in zip(numbers, fresh, strict=True)
    }
    return replace(sale, lines=tuple(put.get(old.number, old) for old in sale.lines))


def _size(quantity: Quantity) -> Quantity:
    return Quantity(abs(quantity.thousandths))


def check_left(desk: Desk, sale: Sale) -> None:
    """Refuse a sale that gives more back than is left by now: it may have been parked meanwhile."""
    receipts = {line.returns.receipt for line in sale.active_lines if line.returns is not None}
    for receipt in sorted(receipts - {0}):
        found = sold(desk, receipt)
        after = found.with_back(sale.active_lines)
        for line in found.sale.active_lines:
            if (after.left(line).thousandths) * line.quantity.thousandths < 0:
                left = found.left(line)
                raise Refusal("return_too_much", name=line.name, left=left)
