"""What a till grants to whom: seeing prices, at all or without tax, and discounts (COMARCH-4, 6,
7 and 15).
"""

from __future__ import annotations

from pos.domain.customer import Customer, CustomerKind
from pos.domain.errors import Refusal
from pos.domain.sale import Sale
from pos.domain.till_profile import NetPrices
from pos.till.desk import Desk
from pos.till.prices import sells_net


def prices_shown(desk: Desk) -> bool:
    """Whether whoever stands before the till may see prices; a trade counter may want to know
    its customer first.
    """
    profile = desk.catalogue.till(desk.till)
    customer = desk.sale.customer if desk.sale else None
    known = customer is not None and not customer.is_one_off
    return known or profile is None or profile.prices_for_all


def is_b2b(desk: Desk) -> bool:
    """Whether this till sells to companies as a rule (COMARCH-1)."""
    return sells_net(desk.catalogue.till(desk.till))


def net_shown(desk: Desk) -> bool:
    """Whether prices are shown without tax just now: as was chosen, else as the till usually
    does, and never to whom they may not be.
    """
    wanted = is_b2b(desk) if desk.net_view is None else desk.net_view
    return wanted and net_refusal(desk, desk.sale) is None


def net_refusal(desk: Desk, sale: Sale | None) -> Refusal | None:
    """Why prices without tax may not be shown; None where they may.

    Somebody unknown at a till that sells to companies is taken for one of the shop's customers.
    """
    customer, profile = sale.customer if sale else None, desk.catalogue.till(desk.till)
    if customer is None:
        return None if is_b2b(desk) else Refusal("net_private")
    if customer.kind is CustomerKind.PERSON:
        return Refusal("net_private")
    granted = profile.net_prices if profile else NetPrices.NOBODY
    if granted is NetPrices.NOBODY or (customer.is_one_off and granted is not NetPrices.ONE_OFF):
        return Refusal("net_not_here", name=customer.name)
    return None


def demand_discounts_for(desk: Desk, customer: Customer | None) -> None:
    """Refuse discounts to one-off customers where the till grants them none (COMARCH-15)."""
    profile = desk.catalogue.till(desk.till)
    granted = profile is None or profile.one_off_discounts
    if customer is not None and customer.is_one_off and not granted:
        raise Refusal("discount_one_off")


def show_net(desk: Desk, on: bool) -> None:
    """Show amounts without tax, or with it again; the sale itself is the same."""
    refusal = net_refusal(desk, desk.open_sale())
    if on and refusal is not None:
        raise refusal
    desk.net_view = on
