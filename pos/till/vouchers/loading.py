"""Selling stored value: a line issues a card or tops one up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from pos.domain.card_moves import loaded_lines, redeeming
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import MANUAL_PRICE, MAX_LINES, LineItem
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import check_foreign, digest, masked
from pos.domain.stored_value.in_sale import CardLine
from pos.domain.stored_value.ledger import EntryKind
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

    A card printed elsewhere keeps its own `code`; else the till makes one. Raises Refusal
    "credit_note_not_sold" for what is only given for goods that come back (T-117).
    """
    desk.open_session()
    programme = programme_of(desk, number) if number else choose(desk, product)
    _demand_sold(programme)
    make(desk, programme, amount, customer, code)


def make(
    desk: Desk, programme: Programme, amount: Money | None, customer: str = "", code: str = ""
) -> None:
    """Put a new card into the sale, sold or given for what comes back."""
    selling.demand_no_checkout(desk)
    programme.check_place(Place(desk.till, desk.currency), desk.today())
    service = service_of(desk, programme)
    wanted = programme.amount(service.price, amount)
    owner = _owner(desk, programme, customer)
    loads = _blank(desk, programme, code, owner) if code else _new_card(desk, programme, owner)
    _add(desk, service, loads, wanted)
    desk.chosen_programmes[service.number] = programme.number


def _demand_sold(programme: Programme) -> None:
    if programme.credit_note:
        raise Refusal("credit_note_not_sold")


def load(desk: Desk, product: str, amount: Money | None, count: Quantity | None = None) -> None:
    """Sell the service behind programmes: fill the customer's wallet up, else sell new cards, as
    many as were asked for.

    Raises Refusal "voucher_count", or "voucher_one_each" where there is no fixed amount for each.
    """
    programme = choose(desk, product)
    cards = _cards(desk, programme, count)
    for _ in range(cards):
        load_programme(desk, programme, amount)


MOST_AT_ONCE = 50
"""Cards of one scan; more is a mistake in typing."""


def _cards(desk: Desk, programme: Programme, count: Quantity | None) -> int:
    if count is None:
        return 1
    cards, rest = divmod(count.thousandths, ONE.thousandths)
    if rest or not 1 <= cards <= MOST_AT_ONCE:
        raise Refusal("voucher_count", limit=MOST_AT_ONCE)
    if cards > 1 and (programme.is_wallet or not service_of(desk, programme).price):
        raise Refusal("voucher_one_each", programme=programme.name)
    if (len(desk.sale.lines) if desk.sale else 0) + cards > MAX_LINES:
        raise Refusal("too_many_lines", limit=MAX_LINES)
    return cards


def load_programme(desk: Desk, programme: Programme, amount: Money | None) -> None:
    """Sell of a programme: fill the customer's wallet in it up, else sell a new card."""
    buyer = desk.sale.customer if desk.sale else None
    wallet = desk.balances.wallet_of(buyer.number if buyer else "", programme.number)
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
    _demand_sold(programme)
    if not programme.is_wallet and found.is_issued(desk):
        raise Refusal("voucher_not_reloadable", programme=programme.name)
    service = service_of(desk, programme)
    wanted = programme.amount(service.price, amount)
    _demand_room(desk, found, wanted)
    attach_owner(desk, card, programme)
    kind = EntryKind.TOP_UP if found.is_issued(desk) else EntryKind.ISSUE
    _add(desk, service, card_line(card, programme, kind), wanted)
    desk.chosen_programmes[service.number] = programme.number


def service_of(desk: Desk, programme: Programme) -> Product:
    """The service behind a programme; raises Refusal "product_inactive"."""
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
        in_sale or desk.balances.wallet_of(number, programme.number) is not None
    ):
        raise Refusal("wallet_exists", name=known.name, programme=programme.name)
    return number


def _new_card(desk: Desk, programme: Programme, owner: str) -> CardLine:
    key = desk.code_key
    salt, code = _new_code(desk, programme)
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


def _new_code(desk: Desk, programme: Programme) -> tuple[str, str]:
    """A salt and its code that no card here has: where codes are short, two may come out alike."""
    while True:
        salt = desk.code_key.new_salt()
        code = desk.code_key.code(salt, programme.group)
        if finding.known(desk, code) is None:
            return salt, code


def _blank(desk: Desk, programme: Programme, code: str, owner: str) -> CardLine:
    """A card that was printed elsewhere: known and blank, or not known at all."""
    code = check_foreign(code)
    lines = loaded_lines(desk.sale) if desk.sale else ()
    if any(line.loads and line.loads.digest == digest(code) for line in lines):
        raise Refusal("voucher_code_used")
    finding.demand_unused(desk, code)
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


def card_line(card: Card, programme: Programme, kind: EntryKind) -> CardLine:
    """What a line does to a card that is there."""
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


def _add(desk: Desk, service: Product, loads: CardLine, amount: Money) -> None:
    selling.add(desk, priced_line(desk, service, loads, amount))


def priced_line(desk: Desk, service: Product, loads: CardLine, amount: Money) -> LineItem:
    """A line that loads a card. What is on the card is the price, whatever lists say of the
    service.
    """
    line = lookup.draft_line(desk, service, None)
    if not line.tax_included:
        raise Refusal("voucher_price_net", name=line.name)
    return replace(line, unit_price=amount.decimal, price_source=MANUAL_PRICE, loads=loads)
