"""Points at the till (T-129, COMARCH-12): earned, spent, taken back; registered customers only.

What a sale does to points is fixed when it gets its number, and booked in the transaction that
closes it. So a crash leaves neither points without a sale nor a sale without its points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from pos.domain.balance import Off, prices_to_discount, whole_reductions, whole_shares
from pos.domain.deduction import Deduction, Source
from pos.domain.discount import AmountOff
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.points import (
    PointsKind,
    PointsMove,
    PointsProgramme,
    PointsState,
    share_of,
    shared,
)
from pos.domain.quantity import Quantity
from pos.domain.returning import paid_by_line
from pos.domain.sale import LineItem, Sale
from pos.till.customers import registered
from pos.till.deducting import (
    balanced,
    categories_of,
    collector,
    keep,
    place,
    put,
    spending,
    without,
)
from pos.till.desk import Desk
from pos.till.points_ledger import add_entry, available, owner, write_off

MAX_REASON = 80
ORDER = (
    PointsKind.SPEND,
    PointsKind.GIVE_BACK,
    PointsKind.TAKE_BACK,
    PointsKind.EARN,
)
"""In this order a sale's moves are booked: what was promised to it goes first."""
BACK = {PointsKind.EARN: PointsKind.TAKE_BACK, PointsKind.SPEND: PointsKind.GIVE_BACK}


def programme_here(desk: Desk) -> PointsProgramme | None:
    """The programme that counts at this till today."""
    here, today = place(desk), desk.today()
    known = desk.catalogue.points_programmes()
    return next((each for each in known if not each.reach.why_not(here, today)), None)


def spendable(programme: PointsProgramme, state: PointsState, sale: Sale) -> int:
    """The most steps of points that this sale has room for."""
    if not programme.spend_points:
        return 0
    plain = without(sale, Source.POINTS) if spending(sale) else sale
    prices = prices_to_discount(plain)
    taken = sum(whole_shares(plain), Counter[int]())
    room = sum(max(0, price.minor - taken[number]) for number, price in prices.items())
    return min(programme.steps_of(state.balance), room // programme.spend_amount)


def spend(desk: Desk, points: int | None) -> None:
    """Take points off the sale on the screen, in place of those chosen before; None is the most.

    Raises Refusal why they can't be spent.
    """
    sale = desk.open_sale()
    sale.demand_free()
    programme = _demand_programme(desk, sale)
    state = available(desk, programme, collector(sale))
    step = programme.spend_points
    most = spendable(programme, state, sale)
    wanted = most * step if points is None else points
    if wanted <= 0 or wanted % step:
        raise Refusal("points_steps", step=step, balance=state.balance)
    if wanted > state.balance:
        raise Refusal("points_not_enough", points=wanted, balance=state.balance)
    if wanted > most * step:
        raise Refusal("points_too_many", points=most * step)
    others = [each for each in sale.deductions if each.source is not Source.POINTS]
    chosen = Deduction(
        Source.POINTS,
        programme.number,
        programme.name,
        AmountOff(programme.worth(1, sale.currency)),
        points=step,
        steps=wanted // step,
    )
    changed = balanced(desk, put(sale, *others, chosen))
    facts: dict[str, object] = {"programme": programme.number, "points": wanted}
    keep(desk, changed, Kind.POINTS_CHOSEN, facts)


def remove(desk: Desk) -> None:
    """Spend no points after all; raises Refusal "no_discount"."""
    sale = desk.open_sale()
    sale.demand_open()
    keep(desk, balanced(desk, without(sale, Source.POINTS)), Kind.POINTS_REMOVED, {})


def demand_payable(desk: Desk, sale: Sale) -> None:
    """Refuse to take money where the points of this sale were spent elsewhere meanwhile."""
    chosen = spending(sale)
    if chosen is None:
        return
    programme = _demand_programme(desk, sale)
    if programme.number != chosen.number:
        raise Refusal("points_not_here")
    state, points = available(desk, programme, collector(sale)), spent(sale)
    if points > state.balance:
        raise Refusal("points_not_enough", points=points, balance=state.balance)


def spent(sale: Sale) -> int:
    """How many points a sale spends: no more than the price has room for."""
    return sum(each.points for each in whole_reductions(sale) if each.kind is Off.POINTS)


def _demand_programme(desk: Desk, sale: Sale) -> PointsProgramme:
    if not collector(sale):
        raise Refusal("points_customer")
    programme = programme_here(desk)
    if programme is None or not programme.spend_points:
        raise Refusal("points_not_here")
    return programme


def moves(desk: Desk, paid: Sale) -> tuple[PointsMove, ...]:
    """What a sale that is about to get its number does to points."""
    found = [*_own_moves(desk, paid), *_moves_back(desk, paid)]
    return tuple(sorted(found, key=lambda move: ORDER.index(move.kind)))


def _own_moves(desk: Desk, sale: Sale) -> Iterator[PointsMove]:
    customer = owner(desk, collector(sale))
    if not customer or sale.voids is not None:
        return
    chosen = spending(sale)
    if chosen is not None and (points := spent(sale)):
        lines = shared(points, whole_shares(sale)[-1])
        yield _move(PointsKind.SPEND, customer, (chosen.number, chosen.name), lines)
    programme = programme_here(desk)
    if programme is not None and (lines := earned(desk, programme, sale)):
        yield _move(PointsKind.EARN, customer, (programme.number, programme.name), lines)


def earned(desk: Desk, programme: PointsProgramme, sale: Sale) -> dict[int, int]:
    """The points a sale earns, by line: for goods, at what was paid for them in the end."""
    paid = paid_by_line(sale)
    return programme.earned(
        {
            line.number: (
                paid[line.number].gross,
                programme.factor_of(line.product, categories_of(desk, line.product))
                if programme.factors
                else Decimal(1),
            )
            for line in sale.active_lines
            if line.is_discountable
        }
    )


def _moves_back(desk: Desk, sale: Sale) -> Iterator[PointsMove]:
    """What returned goods had earned comes back, and what was spent on them is given back."""
    by_sale: defaultdict[str, list[LineItem]] = defaultdict(list)
    for line in sale.active_lines:
        if line.returns is not None and line.returns.is_linked:
            by_sale[line.returns.sale].append(line)
    for sold_id, lines in by_sale.items():
        sold = desk.store.sale(sold_id)
        if sold.points:
            yield from _back_of(desk, sold, lines)


def _back_of(desk: Desk, sold: Sale, lines: list[LineItem]) -> Iterator[PointsMove]:
    before = desk.store.given_back(sold.id)
    wanted: Counter[int] = Counter()
    for line in lines:
        assert line.returns is not None
        wanted[line.returns.line] -= line.quantity.thousandths
    for move in sold.points:
        if move.kind not in BACK:
            continue
        points = 0
        for number, part in move.lines:
            came = before[number].quantity if number in before else Quantity(0)
            now = Quantity(wanted[number])
            points += share_of(part, sold.line(number).quantity, came, now)
        if points:
            customer = owner(desk, move.customer)
            kind = BACK[move.kind]
            yield replace(move, kind=kind, customer=customer, points=points, lines=(), of=sold.id)


def _move(
    kind: PointsKind, customer: str, programme: tuple[str, str], lines: dict[int, int]
) -> PointsMove:
    number, name = programme
    total = sum(lines.values())
    return PointsMove(kind, customer, number, name, total, tuple(sorted(lines.items())))


def book(desk: Desk, closed: Sale) -> None:
    """Book what a closed sale does to points, within the transaction that closes it."""
    for move in closed.points:
        if move.kind is not PointsKind.SPEND:
            write_off(desk, closed, move.customer, move.programme)
        add_entry(
            desk, move.customer, move.programme, move.kind, move.points, sale=closed, of=move.of
        )


def correct(desk: Desk, customer: str, points: int, reason: str) -> None:
    """Give a customer points, or take some away; wants the right and a reason."""
    desk.demand(Right.VOUCHERS)
    told = reason.strip()[:MAX_REASON]
    programme = programme_here(desk)
    if programme is None:
        raise Refusal("points_not_here")
    if not points:
        raise Refusal("points_zero")
    if not told:
        raise Refusal("points_reason")
    who = registered(desk, customer)
    with desk.writing() as work:
        write_off(desk, None, who.number, programme.number)
        entry = add_entry(
            desk, who.number, programme.number, PointsKind.CORRECT, points, reason=told
        )
        facts = {
            "customer": who.number,
            "programme": programme.number,
            "points": points,
            "balance": entry.balance,
            "reason": told,
        }
        desk.record(work, Kind.POINTS_CORRECTED, facts)
