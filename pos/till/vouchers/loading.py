"""Selling stored value: a line issues a card, tops one up, or takes an entry back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from pos.domain.card_moves import loaded_lines, redeeming
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.product import Product
from pos.domain.sale import MANUAL_PRICE, LineItem
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import check_foreign, digest, masked
from pos.domain.stored_value.in_sale import CardLine
from pos.domain.stored_value.ledger import REVERSIBLE, EntryKind, LedgerEntry
from pos.domain.stored_value.programme import Place, Programme
from pos.till import lookup, selling
from pos.till.card_codes import programme_of
from pos.till.desk import Desk
from pos.till.vouchers import finding
from pos.till.vouchers.finding import Found
from pos.till.vouchers.owning import attach_owner


def candidates(desk: Desk, product: str) -> Sequence[Programme]:
    """The programmes behind a product that are sold here and today (ETRON-36)."""
    behind = [each for each in desk.catalogue.programmes() if each.product == product]
    return sold_here(desk, behind)


def sold_here(desk: Desk, programmes: Iterable[Programme]) -> Sequence[Programme]:
    """Those of them that are sold here and today, each by an active service."""
    place, today = Place(desk.till, desk.currency), desk.today()
    wanted = (each for each in programmes if not each.credit_note and each.counts_at(place, today))
    return tuple(each for each in wanted if _is_offered(desk.catalogue.product(each.product)))


def _is_offered(service: Product | None) -> bool:
    return service is not None and service.active


def choose(desk: Desk, product: str) -> Programme:
    """The one programme of a product, or the one chosen in this sale before.

    Raises Refusal "voucher_programme_needed" where the cashier has to say which, and
    "credit_note_not_sold" for what is only given for goods that come back.
    """
    found = candidates(desk, product)
    chosen = desk.chosen_programmes.get(product, "")
    matching = [each for each in found if not chosen or each.number == chosen]
    if not found and any(
        each.product == product and each.credit_note for each in desk.catalogue.programmes()
    ):
        raise Refusal("credit_note_not_sold")
    if not matching:
        raise Refusal("voucher_inactive", programme=product)
    if len(matching) > 1:
        raise Refusal("voucher_programme_needed", product=product)
    return matching[0]


def issue(
    desk: Desk, number: str, product: str, amount: Money | None, customer: str, code: str
) -> None:
    """Sell a new card: of a programme, or of the programme behind a product.

    A card printed elsewhere keeps its own `code`; else the till makes one.
    """
    desk.open_session()
    selling.demand_no_checkout(desk)
    programme = programme_of(desk, number) if number else choose(desk, product)
    programme.check_place(Place(desk.till, desk.currency), desk.today())
    service = _service(desk, programme)
    wanted = programme.amount(service.price, amount)
    owner = _owner(desk, programme, customer)
    loads = _blank(desk, programme, code, owner) if code else _new_card(desk, programme, owner)
    _add(desk, service, loads, wanted)
    desk.chosen_programmes[service.number] = programme.number


def load(desk: Desk, product: str, amount: Money | None) -> None:
    """Sell the service behind programmes: fill the customer's wallet up, else sell a new card."""
    load_programme(desk, choose(desk, product), amount)


def load_programme(desk: Desk, programme: Programme, amount: Money | None) -> None:
    """Sell of a programme: fill the customer's wallet in it up, else sell a new card."""
    buyer = desk.sale.customer if desk.sale else None
    wallet = desk.store.cards.wallet_of(buyer.number if buyer else "", programme.number)
    if programme.is_wallet and wallet is not None:
        top_up(desk, finding.of_card(desk, wallet), amount)
    else:
        issue(desk, programme.number, programme.product, amount, "", "")


def top_up(desk: Desk, found: Found, amount: Money | None) -> None:
    """Put more money on a card of a programme that is filled up again."""
    desk.open_session()
    selling.demand_no_checkout(desk)
    found.check_use(desk)
    card, programme = found.card, found.programme
    if not programme.is_wallet and found.is_issued(desk):
        raise Refusal("voucher_not_reloadable", programme=programme.name)
    service = _service(desk, programme)
    wanted = programme.amount(service.price, amount)
    _demand_room(desk, found, wanted)
    attach_owner(desk, card, programme)
    kind = EntryKind.TOP_UP if found.is_issued(desk) else EntryKind.ISSUE
    _add(desk, service, _loads(card, programme, kind), wanted)
    desk.chosen_programmes[service.number] = programme.number


def take_back(desk: Desk, found: Found) -> None:
    """Take the newest sale or top-up of a card back: it goes out of the card and out of the sale.

    Wants the right; raises Refusal "voucher_spent" where the card doesn't hold the money any more.
    """
    desk.demand(Right.CANCEL)
    _reverse(desk, found, _newest(desk, found, {EntryKind.ISSUE, EntryKind.TOP_UP}))


def void_redemption(desk: Desk, found: Found) -> None:
    """Put the newest redemption back on its card; the customer pays it in another way."""
    desk.demand(Right.CANCEL)
    _reverse(desk, found, _newest(desk, found, {EntryKind.REDEEM}))


def _newest(desk: Desk, found: Found, kinds: set[EntryKind]) -> LedgerEntry:
    lines = loaded_lines(desk.sale) if desk.sale else ()
    taken = {line.loads.of for line in lines if line.loads and line.loads.card == found.card.id}
    for entry in reversed(found.account.entries):
        fits = entry.kind in kinds & REVERSIBLE and entry.number not in taken
        if fits and found.account.uncancelled(entry.number):
            return entry
    raise Refusal("voucher_nothing_to_cancel")


def _reverse(desk: Desk, found: Found, entry: LedgerEntry) -> None:
    desk.open_session()
    selling.demand_no_checkout(desk)
    if not found.confirmed:
        raise Refusal("voucher_offline")
    left = found.account.uncancelled(entry.number)
    if left > found.account.available:
        raise Refusal("voucher_spent", available=found.account.available)
    service = _service(desk, found.programme)
    attach_owner(desk, found.card, found.programme)
    loads = replace(_loads(found.card, found.programme, EntryKind.CANCEL), of=entry.number)
    _add(desk, service, loads, -left, taxed_as=found.card)


def _service(desk: Desk, programme: Programme) -> Product:
    product = desk.catalogue.product(programme.product)
    if product is None or not product.active:
        raise Refusal("product_inactive", name=programme.name)
    return product


def _owner(desk: Desk, programme: Programme, customer: str) -> str:
    """Who the new card belongs to: a wallet needs a customer, and has one a customer (T-122)."""
    sold_to = desk.sale.customer.number if desk.sale and desk.sale.customer else ""
    number = customer or (sold_to if programme.is_wallet else "")
    if not number:
        if programme.is_wallet:
            raise Refusal(
                "wallet_needs_customer", programme=programme.name, number=programme.number
            )
        return ""
    known = desk.catalogue.customer(number)
    if known is None:
        raise Refusal("customer_unknown", code=number)
    lines = loaded_lines(desk.sale) if desk.sale else ()
    in_sale = any(
        line.loads and (line.loads.programme, line.loads.customer) == (programme.number, number)
        for line in lines
    )
    if programme.is_wallet and (
        in_sale or desk.store.cards.wallet_of(number, programme.number) is not None
    ):
        raise Refusal("wallet_exists", name=known.name, programme=programme.name)
    return number


def _new_card(desk: Desk, programme: Programme, owner: str) -> CardLine:
    key = desk.code_key
    salt = key.new_salt()
    code = key.code(salt, programme.group)
    return CardLine(
        programme=programme.number,
        name=programme.name,
        kind=EntryKind.ISSUE,
        card=key.new_id(),
        masked=masked(code),
        customer=owner,
        salt=salt,
        key=key.name,
        digest=digest(code),
        expires=programme.expiry(desk.today()),
    )


def _blank(desk: Desk, programme: Programme, code: str, owner: str) -> CardLine:
    """A card that was printed elsewhere: known and blank, or not known at all."""
    code = check_foreign(code)
    lines = loaded_lines(desk.sale) if desk.sale else ()
    if finding.known(desk, code) is not None or any(
        line.loads and line.loads.digest == digest(code) for line in lines
    ):
        raise Refusal("voucher_code_used")
    return CardLine(
        programme=programme.number,
        name=programme.name,
        kind=EntryKind.ISSUE,
        card=desk.code_key.new_id(),
        masked=masked(code),
        customer=owner,
        digest=digest(code),
        expires=programme.expiry(desk.today()),
    )


def _loads(card: Card, programme: Programme, kind: EntryKind) -> CardLine:
    return CardLine(
        programme=programme.number,
        name=programme.name,
        kind=kind,
        card=card.id,
        masked=card.masked,
        customer=card.customer,
    )


def _demand_room(desk: Desk, found: Found, amount: Money) -> None:
    """No card holds more than its programme allows; what pays this sale doesn't fill itself."""
    lines = loaded_lines(desk.sale) if desk.sale else ()
    coming = Money.total(
        (
            line.amount(amount.currency)
            for line in lines
            if line.loads is not None and line.loads.card == found.card.id
        ),
        amount.currency,
    )
    full = Money(found.programme.maximum, amount.currency)
    if found.account.balance + coming + amount > full:
        raise Refusal("voucher_full", maximum=full, balance=found.account.balance + coming)
    tenders = redeeming(desk.sale) if desk.sale else ()
    if any(each.redeems and each.redeems.card == found.card.id for each in tenders):
        raise Refusal("voucher_entered")


def _add(
    desk: Desk, service: Product, loads: CardLine, amount: Money, taxed_as: Card | None = None
) -> None:
    """Ring up the line. What is on the card is the price, whatever lists say of the service."""
    line = lookup.draft_line(desk, service, None)
    line = replace(
        line,
        unit_price=_price(line, amount),
        price_source=MANUAL_PRICE,
        loads=loads,
    )
    if taxed_as is not None:
        line = replace(line, tax_code=taxed_as.tax_code or line.tax_code)
        line = replace(line, tax_rate=taxed_as.tax_rate or 0)
    selling.add(desk, line)


def _price(line: LineItem, amount: Money) -> Decimal:
    """The unit price that makes the line cost the amount, tax included."""
    if not line.tax_included:
        raise Refusal("voucher_price_net", name=line.name)
    return amount.decimal
