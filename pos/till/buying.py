"""Who buys, and on which list: the customer, a chosen list, a code; previewed, applied, undone.

Each of these prices the whole sale anew and shows line by line what becomes of it (complaint 17
of the peers, wish C16). Prices set by hand and prices on labels stay, and are marked.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.card_moves import demand_owner
from pos.domain.code_rules import Meaning
from pos.domain.customer import (
    Customer,
    CustomerKind,
    TaxFree,
    check_tax_free,
    may_be_tax_free,
)
from pos.domain.deduction import Source
from pos.domain.errors import Refusal
from pos.domain.gs1 import CodeReading, MarkReading, OwnCode
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.panel import Feature
from pos.domain.pricing import PriceList
from pos.domain.pricing.book import TILL
from pos.domain.sale import Sale, SaleState
from pos.till.approving import Approval, answerable
from pos.till.beginning import begin
from pos.till.changes import changed_prices, compare
from pos.till.customers import CustomerFields, draft, registered
from pos.till.deducting import balanced, collector, spending, without
from pos.till.desk import Desk, Preview
from pos.till.offering import demand, offers
from pos.till.paper_choice import demand_recipient
from pos.till.price_views import PriceChangeView
from pos.till.prices import country_of, reprice_all
from pos.till.undo import TermsChanged
from pos.till.visibility import demand_discounts_for

MAX_FIELD = 80


def set_customer(desk: Desk, number: str) -> None:
    """Sell to a registered customer; the prices become theirs."""
    _take_customer(desk, active_customer(desk, number))


def set_one_off(desk: Desk, given: CustomerFields) -> None:
    """Sell to somebody without an account: the data stand on this sale alone (COMARCH-5)."""
    customer = draft(desk, given)
    if _has_discount(_sale(desk)):
        demand_discounts_for(desk, customer)
    _take_customer(desk, customer)


def demand_change(desk: Desk) -> None:
    """Refuse where the sale can't take another customer now, before one is made for it."""
    desk.open_session()
    if desk.sale is not None:
        desk.sale.demand_open()
        nobody_known = replace(desk.sale, customer=None)
        demand_owner(nobody_known, lambda number: customer_name(desk, number))


def renew_customer(desk: Desk, customer: Customer) -> None:
    """Let the sale on the screen have what was just changed of its customer.

    Prices and tax don't hang on anything a till may change, but for country and kind.
    """
    sale = desk.sale
    if sale is None or sale.customer is None or sale.customer.number != customer.number:
        return
    if sale.state is SaleState.OPEN and sale.customer != customer:
        _take_customer(desk, customer)


def clear_customer(desk: Desk) -> None:
    """Sell to somebody unknown again."""
    if desk.open_sale().customer is None:
        raise Refusal("no_customer")
    _take_customer(desk, None)


def choose_price_list(desk: Desk, number: str) -> None:
    """Sell this sale by another list; an empty number is the till's own."""
    _take_list(desk, _choosable(desk, _sale(desk), number))


def enter_code(desk: Desk, code: str) -> None:
    """Switch this sale to the list behind a code (ETRON-56)."""
    _take_list(desk, _list_for_code(desk, code))


def take_card(desk: Desk, reading: CodeReading) -> bool:
    """Set the customer whose card was read; False where it is none."""
    match reading:
        case MarkReading(text=text, meaning=Meaning.CUSTOMER, key=key):
            customer = _by_card(desk, text, key) or desk.catalogue.customer(key)
            if customer is None:
                raise Refusal("customer_unknown", code=text)
        case OwnCode(text=text) if (found := _by_card(desk, text)) is not None:
            customer = found
        case _:
            return False
    _take_customer(desk, _demand_active(customer))
    return True


def take_list_code(desk: Desk, reading: CodeReading) -> bool:
    """Switch to the list whose code was read; False where it is none."""
    match reading:
        case MarkReading(meaning=Meaning.PRICE_LIST, key=key):
            enter_code(desk, key)
            return True
        case OwnCode(text=text) if desk.prices.book(desk.catalogue).has_code(text):
            enter_code(desk, text)
            return True
    return False


def preview(desk: Desk, customer: str | None, price_list: str | None, code: str) -> None:
    """Put the sale as it would be beside the sale as it is; nothing else changes."""
    sale = _sale(desk)
    buyer = sale.customer
    if customer is not None:
        buyer = active_customer(desk, customer) if customer else None
    wanted = replace(sale, customer=buyer)
    number = sale.price_list if price_list is None else price_list
    if code:
        number = _list_for_code(desk, code).number
    elif price_list:
        number = _choosable(desk, wanted, price_list)
    previewed = on_terms(desk, sale, buyer, number)
    desk.preview = Preview(previewed, compare(desk, sale, previewed))


def apply_preview(desk: Desk) -> None:
    """Make the previewed sale the real one; raises Refusal "no_preview"."""
    if desk.preview is None:
        raise Refusal("no_preview")
    wanted, sale = desk.preview.sale, _sale(desk)
    kind = Kind.PRICE_LIST_CHOSEN if wanted.customer == sale.customer else Kind.CUSTOMER_SET
    _keep(desk, on_terms(desk, sale, wanted.customer, wanted.price_list), kind)


def drop_preview(desk: Desk) -> None:
    """Leave the sale as it is."""
    desk.preview = None


def set_tax_free(desk: Desk, approval: Approval) -> None:
    """Sell without tax what provably leaves the country (COMARCH-9); somebody answers for it."""
    sale = desk.open_sale()
    sale.demand_open()
    status = check_tax_free(sale.customer, approval.reason)
    answers = answerable(desk, Right.TAX_FREE, approval)
    free = TaxFree(status, answers.number, approval.reason.strip()[:MAX_FIELD])
    _keep(desk, balanced(desk, replace(sale, tax_free=free)), Kind.TAX_FREE_SET)


def tax_free_change(desk: Desk) -> PriceChangeView:
    """What selling without tax would do to the sale; nothing of it has happened (C16)."""
    sale = desk.open_sale()
    free = TaxFree(may_be_tax_free(sale.customer), "", "")
    return compare(desk, sale, balanced(desk, replace(sale, tax_free=free)))


def clear_tax_free(desk: Desk) -> None:
    """Charge tax again."""
    sale = desk.open_sale()
    sale.demand_open()
    if sale.tax_free is None:
        raise Refusal("not_tax_free")
    _keep(desk, balanced(desk, replace(sale, tax_free=None)), Kind.TAX_FREE_SET)


def go_back(desk: Desk, before: TermsChanged) -> None:
    """Undo a change of customer, list or tax."""
    sale = desk.open_sale()
    sale.demand_open()
    same = before.customer == sale.customer
    kind = Kind.PRICE_LIST_CHOSEN if same else Kind.CUSTOMER_SET
    back = on_terms(desk, sale, before.customer, before.price_list)
    back = replace(back, tax_free=before.tax_free, deductions=before.deductions)
    _keep(desk, balanced(desk, back), kind, undone=True)


def choosable_lists(desk: Desk, sale: Sale | None) -> list[PriceList]:
    """The lists a cashier may choose from for this sale, by name (ETRON-45, ETRON-46)."""
    if not offers(desk, Feature.PRICE_LISTS):
        return []
    profile = desk.catalogue.till(desk.till)
    country = country_of(sale.customer if sale else None, desk.shop)
    offered = profile.price_lists if profile else ()
    own = profile.price_list if profile else ""
    return [
        each
        for each in desk.prices.book(desk.catalogue).selectable(country)
        if not offered or each.number in offered or each.number == own
    ]


def _sale(desk: Desk) -> Sale:
    return desk.sale or begin(desk)


def active_customer(desk: Desk, number: str) -> Customer:
    """A customer who may buy; raises Refusal "customer_unknown" or "customer_inactive"."""
    return _demand_active(registered(desk, number))


def _demand_active(customer: Customer) -> Customer:
    if not customer.active:
        raise Refusal("customer_inactive", name=customer.name)
    return customer


def _by_card(desk: Desk, *codes: str) -> Customer | None:
    found = (desk.catalogue.customer_by_card(code) for code in codes)
    return next((customer for customer in found if customer is not None), None)


def _choosable(desk: Desk, sale: Sale, number: str) -> str:
    profile = desk.catalogue.till(desk.till)
    if not number or (profile is not None and number == profile.price_list):
        return ""
    if all(each.number != number for each in choosable_lists(desk, sale)):
        known = desk.prices.book(desk.catalogue).price_list(number)
        raise Refusal("price_list_not_here", list=known.name if known else number[:40])
    return number


def _list_for_code(desk: Desk, code: str) -> PriceList:
    demand(desk, Feature.PRICE_LISTS)
    country = country_of(_sale(desk).customer, desk.shop)
    return desk.prices.book(desk.catalogue).list_for_code(code.strip(), country)


def _take_customer(desk: Desk, customer: Customer | None) -> None:
    sale = _sale(desk)
    _keep(desk, on_terms(desk, sale, customer, sale.price_list), Kind.CUSTOMER_SET)


def _take_list(desk: Desk, chosen: PriceList | str) -> None:
    sale = _sale(desk)
    sale.demand_open()
    number = chosen if isinstance(chosen, str) else chosen.number
    _keep(desk, on_terms(desk, sale, sale.customer, number), Kind.PRICE_LIST_CHOSEN)


def on_terms(desk: Desk, sale: Sale, customer: Customer | None, price_list: str) -> Sale:
    """The sale as it is for this customer by this list; another customer is taxed anew."""
    chosen = desk.prices.book(desk.catalogue).price_list(price_list)
    if chosen is None or not chosen.serves(TILL, country_of(customer, desk.shop)):
        price_list = ""
    tax_free = sale.tax_free if customer == sale.customer else None
    wanted = replace(sale, customer=customer, price_list=price_list, tax_free=tax_free)
    if spending(sale) and collector(wanted) != collector(sale):
        wanted = without(wanted, Source.POINTS)
    products = desk.catalogue.products({line.product for line in sale.active_lines})
    return balanced(desk, reprice_all(wanted, products, desk.pricer(wanted)))


def _keep(desk: Desk, wanted: Sale, kind: Kind, *, undone: bool = False) -> None:
    demand_owner(wanted, lambda number: customer_name(desk, number))
    before = desk.sale or replace(wanted, lines=(), customer=None, price_list="")
    if before.state is not SaleState.OPEN:
        _demand_same_prices(before, wanted)
        demand_recipient(desk, wanted)
    change = compare(desk, before, wanted)
    desk.keep(wanted, kind, _facts(wanted, before, undone=undone))
    desk.last_sale = None
    taxes = kind is Kind.TAX_FREE_SET
    desk.price_change = change if change.changed and not taxes else None
    if not undone:
        terms = (before.customer, before.price_list, before.tax_free, before.deductions)
        desk.undos.append(TermsChanged(*terms))


def _demand_same_prices(before: Sale, wanted: Sale) -> None:
    """While the customer pays, a card may still be attached (T-071), but the total stands."""
    if before.state is not SaleState.TENDERING or before.total != wanted.total:
        raise Refusal("customer_changes_total", total=wanted.total, before=before.total)


def customer_name(desk: Desk, number: str) -> str:
    """The customer's name, or the number of one who has left."""
    customer = desk.catalogue.customer(number)
    return customer.name if customer else number


def _facts(wanted: Sale, before: Sale, *, undone: bool) -> dict[str, object]:
    customer = wanted.customer
    return {
        "customer": customer.number if customer else "",
        "one_off": customer is not None and customer.is_one_off,
        "kind": (customer.kind if customer else CustomerKind.PERSON).value,
        "price_list": wanted.price_list,
        "tax_free": wanted.tax_free.record() if wanted.tax_free else None,
        "prices": changed_prices(before, wanted),
        "total": wanted.total.minor,
        "undone": undone,
    }


def _has_discount(sale: Sale) -> bool:
    given = sale.discount is not None or any(line.discount for line in sale.active_lines)
    return given or bool(sale.deductions)
