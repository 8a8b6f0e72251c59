"""Making many cards at once (T-127): piece by piece, so that no sale waits, and never half.

A generation is written down before its first card. Each piece is a transaction that says how far
it has come, so a crash costs nothing: the next start goes on. Stopping takes back what was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from pos.domain.customer import Customer
from pos.domain.customer_choice import CustomerChoice
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.stored_value.card import Card, Origin
from pos.domain.stored_value.codes import digest, masked
from pos.domain.stored_value.drawing import DrawnCodes
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.stored_value.programme import Programme, TaxKind
from pos.ports.store import UnitOfWork
from pos.ports.stored_value import CardQuery, CardRun, RunState
from pos.till.card_codes import programme_of
from pos.till.desk import Desk
from pos.till.voucher_views import CardKindView, RunView
from pos.till.vouchers.mailing import is_address, queue_code

PIECE = 200
"""Cards made in one transaction: some ten milliseconds, less than anybody at the counter sees."""

AHEAD = 100_000
"""Codes drawn ahead at most: some ten megabytes."""

DRAWN = 1_000
"""Codes drawn in one go, which takes as long as a piece."""

MOST = 1_000_000
"""Cards of one generation; more is a mistake in typing."""


def generate(
    desk: Desk,
    number: str,
    count: int,
    amount: Money | None,
    expires: date | None,
    chosen: CustomerChoice | None,
) -> None:
    """Begin to make cards: `count` anonymous ones, or one for each customer of a choice.

    Without a last day the programme's own validity counts. Wallets may begin empty.
    """
    desk.demand(Right.VOUCHERS)
    programme = programme_of(desk, number)
    _demand_possible(desk, programme, expires)
    wanted = desk.catalogue.count_customers(chosen) if chosen is not None else count
    if chosen is None and programme.is_wallet:
        raise Refusal("wallet_needs_customer", programme=programme.name)
    if not 1 <= wanted <= MOST:
        raise Refusal("generate_nobody" if chosen is not None else "generate_count")
    run = CardRun(
        id=desk.code_key.new_id(),
        programme=number,
        amount=_amount(desk, programme, amount),
        expires=expires or programme.expiry(desk.today()),
        chosen=chosen,
        wanted=wanted,
        at=desk.now(),
        operator=desk.who().number,
    )
    _begin(desk, run)


def go_on(desk: Desk) -> bool:
    """Do the next piece of the oldest generation; False where none waits.

    A piece with a code that is taken comes to nothing: the next one draws others.
    """
    run = desk.store.runs.busy()
    if run is None:
        return False
    desk.run = run
    if run.state is RunState.MAKING and _drew_ahead(desk, run):
        return True
    try:
        desk.run = _piece(desk, run)
    except Refusal as refusal:
        if refusal.code != "voucher_code_used":
            raise
    return True


def _drew_ahead(desk: Desk, run: CardRun) -> bool:
    """Whether codes were drawn instead of making cards: only where very many are wanted."""
    left, programme = run.wanted - run.made, _known_programme(desk, run)
    if desk.drawn is None or desk.drawn.run != run.id:
        if run.chosen is not None or left <= 10 * PIECE or programme is None:
            return False
        desk.drawn = DrawnCodes(run.id, desk.code_key, programme.group, min(AHEAD, left))
    if not desk.drawn.missing:
        return False
    desk.drawn.draw(min(DRAWN, desk.drawn.missing))
    return True


def _known_programme(desk: Desk, run: CardRun) -> Programme | None:
    return next((one for one in desk.catalogue.programmes() if one.number == run.programme), None)


def _piece(desk: Desk, run: CardRun) -> CardRun:
    """The generation after one piece more, all of it or nothing."""
    with desk.writing() as work:
        match run.state:
            case RunState.MAKING:
                after = _make(desk, run)
            case RunState.TAKING_BACK:
                after = _take_back(desk, run)
            case _:
                after = _mail(desk, work, run)
        desk.store.runs.save(after)
        if not after.is_busy:
            desk.record(work, Kind.CARDS_GENERATED, _facts(after))
    return after


def stop(desk: Desk, number: str) -> None:
    """Stop making cards; what was made is taken back. Queueing messages just ends."""
    desk.demand(Right.VOUCHERS)
    run = _run(desk, number)
    if not run.is_busy:
        raise Refusal("generate_over")
    making = run.state is RunState.MAKING
    desk.run = replace(run, state=RunState.TAKING_BACK if making else RunState.DONE, place="")
    desk.store.runs.save(desk.run)
    desk.drawn = None
    desk.more_to_do()


def mail(desk: Desk, number: str) -> None:
    """Begin to queue a message for each card of a generation whose owner has an address."""
    desk.demand(Right.VOUCHERS)
    run = _run(desk, number)
    if run.state is not RunState.DONE:
        raise Refusal("generate_busy")
    desk.run = replace(run, state=RunState.MAILING, place="")
    desk.store.runs.save(desk.run)
    go_on(desk)
    desk.more_to_do()


def _run(desk: Desk, number: str) -> CardRun:
    """The generation of that id; without one the one that was worked on last."""
    return desk.store.runs.run(number or (desk.run.id if desk.run else ""))


def _demand_possible(desk: Desk, programme: Programme, expires: date | None) -> None:
    refusal = _refusal(desk, programme)
    if refusal is not None:
        raise refusal
    if expires is not None and expires < desk.today():
        raise Refusal("generate_expired", day=expires)
    if desk.store.runs.busy() is not None:
        raise Refusal("generate_busy")


def _refusal(desk: Desk, programme: Programme) -> Refusal | None:
    """Why no cards of a programme can be made here at all.

    A card given away was never taxed, so none of a programme that is taxed when sold.
    """
    if desk.authority is not None:
        return Refusal("generate_elsewhere")
    if not programme.active:
        return Refusal("voucher_inactive", programme=programme.name)
    if programme.last_day is not None and programme.last_day < desk.today():
        return Refusal("voucher_expired", day=programme.last_day)
    if programme.tax_kind is TaxKind.SINGLE:
        return Refusal("generate_taxed", programme=programme.name)
    if desk.catalogue.product(programme.product) is None:
        return Refusal("product_inactive", name=programme.name)
    return None


def kinds(desk: Desk) -> Sequence[CardKindView]:
    """The programmes by the products behind them, and which of them cards can be made of."""
    desk.demand(Right.VOUCHERS)
    found = sorted(desk.catalogue.programmes(), key=lambda each: each.product)
    return [_kind(desk, programme) for programme in found]


def _kind(desk: Desk, programme: Programme) -> CardKindView:
    service, refusal = desk.catalogue.product(programme.product), _refusal(desk, programme)
    fixed = Money.of(service.price, programme.currency) if service else None
    return CardKindView(
        programme=programme.number,
        name=programme.name,
        is_wallet=programme.is_wallet,
        amount=fixed or None,
        problem=refusal.code if refusal else "",
    )


def _amount(desk: Desk, programme: Programme, asked: Money | None) -> Money:
    if programme.is_wallet and asked is None:
        return Money(0, programme.currency)
    service = desk.catalogue.product(programme.product)
    assert service is not None
    return programme.amount(service.price, asked)


def _begin(desk: Desk, run: CardRun) -> None:
    """Write the generation down and do its first piece: few cards are there at once."""
    few = run.chosen is not None and run.wanted <= PIECE
    if few and not _cards_for(desk, run, _customers(desk, run)):
        raise Refusal("generate_nobody")
    with desk.writing() as work:
        desk.store.runs.save(run)
        desk.record(work, Kind.CARDS_GENERATED, _facts(run))
    go_on(desk)
    desk.more_to_do()


def _make(desk: Desk, run: CardRun) -> CardRun:
    """The next cards, with their money. Those of a programme that is gone count nowhere any more,
    so they are taken back.
    """
    if _known_programme(desk, run) is None:
        desk.drawn = None
        return replace(run, state=RunState.TAKING_BACK, place="")
    if run.chosen is None:
        cards = _cards(desk, run, [""] * min(PIECE, run.wanted - run.made))
        after = replace(run, made=run.made + len(cards))
        over = after.made >= run.wanted
    else:
        customers = _customers(desk, run)
        cards = _cards_for(desk, run, customers)
        skipped = run.skipped + len(customers) - len(cards)
        place = customers[-1].number if customers else run.place
        after = replace(run, made=run.made + len(cards), skipped=skipped, place=place)
        over = len(customers) < PIECE
    desk.store.cards.issue_all(cards, run.amount, desk.by(), run.id)
    return replace(after, state=RunState.DONE, place="") if over else after


def _customers(desk: Desk, run: CardRun) -> Sequence[Customer]:
    assert run.chosen is not None
    return desk.catalogue.chosen_customers(run.chosen, run.place, PIECE)


def _cards_for(desk: Desk, run: CardRun, customers: Sequence[Customer]) -> list[Card]:
    """A card for each; a customer has one wallet in a programme, and gets no second (ETRON-42)."""
    numbers = [each.number for each in customers]
    if programme_of(desk, run.programme).is_wallet:
        book = desk.store.cards
        numbers = [each for each in numbers if book.wallet_of(each, run.programme) is None]
    return _cards(desk, run, numbers)


def _cards(desk: Desk, run: CardRun, owners: Sequence[str]) -> list[Card]:
    """A new card for each owner; empty is nobody."""
    at, name = desk.now(), desk.code_key.name
    drawn = zip(_codes(desk, run, len(owners)), owners, strict=False)
    return [
        Card(
            # Ids that follow one another stand side by side on the disk: fewer pages to write.
            id=f"{run.id}{run.made + place:07}",
            programme=run.programme,
            currency=run.amount.currency,
            digest=digest(code),
            masked=masked(code),
            made_at=at,
            salt=salt,
            key=name,
            customer=owner,
            expires=run.expires,
            origin=Origin.GENERATED,
        )
        for place, ((code, salt), owner) in enumerate(drawn)
    ]


def _codes(desk: Desk, run: CardRun, count: int) -> Sequence[tuple[str, str]]:
    """New codes with their salts, of those drawn ahead if there are any."""
    if desk.drawn is None or desk.drawn.run != run.id:
        some = DrawnCodes(run.id, desk.code_key, programme_of(desk, run.programme).group, count)
        some.draw(count)
        return some.take(count)
    taken = desk.drawn.take(count)
    if not len(desk.drawn):
        desk.drawn = None
    return taken


def _take_back(desk: Desk, run: CardRun) -> CardRun:
    """Take the money of the next cards back; what was spent of one meanwhile stays spent."""
    rows = desk.store.cards.cards(CardQuery(run=run.id, after=run.place, limit=PIECE))
    taken = 0
    for row in rows:
        account = desk.store.cards.confirm(row.card.id)
        for entry in account.entries:
            if entry.kind is EntryKind.ISSUE and account.available:
                back = min(account.uncancelled(entry.number), account.available)
                if back:
                    desk.store.cards.cancel(row.card.id, entry.number, desk.by(), back)
                    taken += 1
    after = replace(run, taken_back=run.taken_back + taken)
    if len(rows) < PIECE:
        return replace(after, state=RunState.STOPPED, place="")
    return replace(after, place=rows[-1].card.id)


def _mail(desk: Desk, work: UnitOfWork, run: CardRun) -> CardRun:
    """Queue the messages of the next cards."""
    rows = desk.store.cards.cards(CardQuery(run=run.id, after=run.place, limit=PIECE))
    queued = sum(_queue(desk, work, row.card) for row in rows)
    after = replace(run, mailed=run.mailed + queued)
    if len(rows) < PIECE:
        return replace(after, state=RunState.DONE, place="")
    return replace(after, place=rows[-1].card.id)


def _queue(desk: Desk, work: UnitOfWork, card: Card) -> bool:
    owner = desk.catalogue.customer(card.customer) if card.customer else None
    reachable = owner is not None and is_address(owner.mail)
    return owner is not None and reachable and queue_code(desk, work, card, owner.mail)


def runs(desk: Desk) -> Sequence[RunView]:
    """The generations, newest first."""
    desk.who()
    return [view(desk, run) for run in desk.store.runs.runs()]


def view(desk: Desk, run: CardRun) -> RunView:
    """A generation as a screen shows it."""
    names = {each.number: each.name for each in desk.catalogue.programmes()}
    return RunView(
        run=run.id,
        programme=names.get(run.programme, run.programme),
        state=run.state.value,
        amount=run.amount,
        expires=run.expires,
        wanted=run.wanted,
        made=run.made,
        skipped=run.skipped,
        taken_back=run.taken_back,
        mailed=run.mailed,
        at=run.at,
    )


def _facts(run: CardRun) -> dict[str, object]:
    return {
        "run": run.id,
        "programme": run.programme,
        "amount": run.amount.minor,
        "wanted": run.wanted,
        "made": run.made,
        "skipped": run.skipped,
        "taken_back": run.taken_back,
        "mailed": run.mailed,
        "state": run.state.value,
    }
