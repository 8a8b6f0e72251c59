"""From the desk to the snapshot that screens and stories see."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from pos.domain.balance import Off, Reduction, full_amount, reductions, whole_reductions
from pos.domain.base_price import Content
from pos.domain.customer import Customer, CustomerKind
from pos.domain.money import Money
from pos.domain.order import order_of
from pos.domain.sale import LineItem, Sale, SaleState
from pos.domain.tax import line_amounts
from pos.domain.tender import Tender
from pos.ports.store import JobState
from pos.till import (
    buying,
    devices,
    merging,
    offering,
    papers,
    points_showing,
    refunding,
    session,
    visibility,
)
from pos.till.desk import Desk
from pos.till.packages import package_of
from pos.till.paper_choice import Paper, paper_of, refusal_of
from pos.till.price_views import PriceListView, ReductionView
from pos.till.prices import list_name
from pos.till.sale_views import (
    CustomerView,
    LastSaleView,
    LineView,
    RefundView,
    SaleView,
    TenderView,
)
from pos.till.stock_counts import with_stock
from pos.till.troubles import troubles
from pos.till.views import (
    DrawerView,
    ParkedView,
    PrintJobView,
    SessionView,
    TenderMethodView,
    TillView,
)
from pos.till.vouchers import crediting, generating, importing, viewing


def take(desk: Desk) -> TillView:
    """The till as it is now."""
    with desk.store.reading():
        return _take(desk)


def _take(desk: Desk) -> TillView:
    shop = desk.shop
    profile = desk.catalogue.till(desk.till)
    now = desk.now()
    return TillView(
        version=desk.version,
        till=desk.till,
        till_name=profile.name if profile else desk.till,
        shop=shop.name,
        currency=shop.currency,
        price_list=list_name(desk.catalogue, desk.prices, desk.till, desk.sale),
        now=now,
        operator=desk.operator,
        locked=desk.locked,
        session=_session(desk),
        proposed_float=desk.money() if desk.session else session.proposed_float(desk),
        sale=None if desk.sale is None else _sale(desk, desk.sale),
        last_sale=None if desk.last_sale is None else _last_sale(desk, desk.last_sale),
        parked=tuple(_parked(desk, sale) for sale in desk.store.sales_in(SaleState.SUSPENDED)),
        unknown=tuple(desk.unknown),
        print_jobs=tuple(
            PrintJobView(job.id, job.title, job.printer, job.state, job.fault, job.created_at)
            for job in desk.store.job_heads(JobState.QUEUED, JobState.FAILED)
        ),
        drawer=DrawerView(desk.drawer_openings, desk.drawer_reason),
        methods=tuple(TenderMethodView(one.key, one.is_cash) for one in desk.methods.values()),
        catalogue_at=desk.catalogue.state().imported_at,
        prices_of=desk.prices.generation,
        panel=tuple(offering.panel(desk)),
        merges=merging.merges(desk),
        without=tuple(sorted(shop.without)),
        start_category=profile.start_category if profile else "",
        language=desk.texts.language,
        clock_behind=desk.clock_behind,
        price_lists=_price_lists(desk),
        preview=desk.preview.change if desk.preview else None,
        price_change=desk.price_change,
        prices_shown=visibility.prices_shown(desk),
        net_view=visibility.net_shown(desk),
        usual_customer=usual_kind(desk).value,
        discount_reason=shop.discount_reason,
        discount_reasons=shop.discount_reasons,
        return_reason=shop.return_reason,
        return_reasons=shop.return_reasons,
        voucher=viewing.shown_card(desk),
        programmes=viewing.programmes(desk),
        credit_notes=crediting.offered(desk),
        tasks=viewing.tasks(desk),
        troubles=troubles(desk),
        generation=generating.view(desk, desk.run) if desk.run else None,
        voucher_import=importing.view(desk),
        letters_waiting=desk.letters_waiting,
        letters_failed=desk.letters_failed,
        cards_waiting=desk.store.untold.waiting() if desk.authority else 0,
        keys=desk.keys.rows(),
        equipment=devices.views(desk),
    )


def usual_kind(desk: Desk) -> CustomerKind:
    """The kind of customer a form begins with (COMARCH-1)."""
    return CustomerKind.COMPANY if visibility.is_b2b(desk) else CustomerKind.PERSON


def _price_lists(desk: Desk) -> tuple[PriceListView, ...]:
    """The till's own list, then the others by name."""
    profile = desk.catalogue.till(desk.till)
    own = profile.price_list if profile else ""
    chosen = desk.sale.price_list if desk.sale else ""
    own_name = list_name(desk.catalogue, desk.prices, desk.till, None)
    others = (each for each in buying.choosable_lists(desk, desk.sale) if each.number != own)
    return (
        PriceListView("", own_name, not chosen),
        *(PriceListView(each.number, each.name, each.number == chosen) for each in others),
    )


def _session(desk: Desk) -> SessionView | None:
    if desk.session is None:
        return None
    return SessionView(
        number=desk.session.number,
        opened_at=desk.session.opened_at,
        business_date=desk.session.business_date,
        opened_by=papers.operator_name(desk, desk.session.opened_by),
        opening_float=desk.session.opening_float,
        sales=desk.sales,
        turnover=Money(desk.turnover, desk.session.opening_float.currency),
        overdue=desk.session.overdue(desk.now()),
    )


def _sale(desk: Desk, sale: Sale) -> SaleView:
    active = sale.active_lines
    settlement = sale.settlement
    taken_off = whole_reductions(sale)
    by_hand = next((each for each in taken_off if each.kind not in (Off.COUPON, Off.POINTS)), None)
    off = Money.total((each.amount for each in taken_off), sale.currency)
    groups = sale.tax_groups
    book = desk.prices.book(desk.catalogue)
    chosen = book.price_list(sale.price_list)
    return SaleView(
        id=sale.id,
        state=sale.state,
        lines=_lines(desk, sale),
        total=settlement.total,
        lines_count=len(active),
        pieces=sum(_pieces(line) for line in active),
        tenders=_tenders(desk, sale.tenders),
        paid=settlement.paid,
        due=settlement.due,
        label=sale.label,
        order=order_of(sale),
        note=sale.note,
        customer=None if sale.customer is None else _customer(desk, sale.customer),
        price_list=chosen.name if chosen else "",
        subtotal=settlement.total + off,
        discount=None if by_hand is None else _reduction(by_hand),
        tax_free=sale.tax_free.status.value if sale.tax_free else "",
        net=Money.total((group.amount.net for group in groups), sale.currency),
        tax=Money.total((group.amount.tax for group in groups), sale.currency),
        net_view=visibility.net_shown(desk),
        net_allowed=visibility.net_refusal(desk, sale) is None,
        paper=paper_of(sale).value,
        papers=tuple(each.value for each in Paper if refusal_of(sale, each) is None),
        voids=sale.voids or 0,
        refunds=_refunds(desk, sale),
        deductions=points_showing.deductions(sale) if sale.deductions else (),
        points=points_showing.points(desk, sale),
    )


def _refunds(desk: Desk, sale: Sale) -> tuple[RefundView, ...]:
    """Asked only while the customer is being paid: each of them wants the records."""
    if sale.state is not SaleState.TENDERING:
        return ()
    return tuple(
        RefundView(
            refund.method,
            refund.is_cash,
            refund.amount,
            card=f"{refund.redeems.name} {refund.redeems.masked}" if refund.redeems else "",
            receipt=refund.of.receipt if refund.of else 0,
            by_right=refund.by_right,
        )
        for refund in refunding.proposals(desk, sale)
    )


def _customer(desk: Desk, customer: Customer) -> CustomerView:
    own = desk.prices.book(desk.catalogue).price_list(customer.price_list)
    return CustomerView(
        number=customer.number,
        name=customer.name,
        kind=customer.kind.value,
        address=customer.address(desk.shop.country),
        vat_id=customer.vat_id,
        price_list=own.name if own else "",
        tax_status=customer.tax_status.value,
    )


def _reduction(reduction: Reduction) -> ReductionView:
    return ReductionView(
        reduction.kind.value, reduction.amount, reduction.percent, reduction.reason
    )


def _pieces(line: LineItem) -> int:
    if line.deposit_of is not None or line.goods.take_back:
        return 0
    sign = -1 if line.quantity.thousandths < 0 else 1
    if line.weighed or line.goods.price_unit:
        return sign
    return sign * (abs(line.quantity.thousandths) // 1000)


def _lines(desk: Desk, sale: Sale) -> tuple[LineView, ...]:
    shown = (_line(line, sale.currency, package_of(desk, line)) for line in sale.lines)
    return with_stock(desk, tuple(shown))


@lru_cache(maxsize=1024)
def _line(line: LineItem, currency: str, package: Content | None) -> LineView:
    """A line as shown; most lines of a long sale are what they were a command ago."""
    alone = replace(line, share=0) if line.share else line
    amounts = line_amounts(alone.tax_line(currency))
    plain = line.public_price is None and line.discount is None and not line.untaxed
    plain = plain and not line.has_own_terms
    link = line.returns
    return LineView(
        number=line.number,
        product=line.product,
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.shown_price,
        amount=amounts.gross,
        tax_rate=line.tax_rate,
        packaging=line.packaging,
        packs=line.packs,
        content=line.content,
        weighed=line.weighed,
        removed=line.removed,
        deposit_of=line.deposit_of,
        price_source=line.price_source,
        picture=line.picture,
        public_price=line.public_price and line.with_tax(line.public_price),
        full=amounts.gross if plain else full_amount(line, currency),
        reductions=() if plain else tuple(map(_reduction, reductions(line, currency))),
        net=line_amounts(line.tax_line(currency)).net if line.share else amounts.net,
        goods=line.goods,
        card=f"{line.loads.name} {line.loads.masked}" if line.loads else "",
        comes_back=link is not None,
        receipt=link.receipt if link else 0,
        kept=Money(link.kept if link else 0, currency),
        kept_reason=link.kept_reason if link else "",
        reason=link.reason if link else "",
        package=package,
    )


def _tenders(desk: Desk, tenders: tuple[Tender, ...]) -> tuple[TenderView, ...]:
    return tuple(_tender(desk, tender) for tender in tenders if tender.counts)


def _tender(desk: Desk, tender: Tender) -> TenderView:
    """Of a card the newest balance, as the customer asks what is left on it."""
    view = TenderView(tender.number, tender.method, tender.amount, tender.state)
    redeems = tender.redeems
    if redeems is None:
        return view
    rest = desk.store.cards.confirm(redeems.card).available if redeems.confirmed else None
    return replace(view, confirmed=redeems.confirmed, card=redeems.masked, rest=rest)


def _last_sale(desk: Desk, sale: Sale) -> LastSaleView:
    assert sale.receipt_number is not None and sale.closed_at is not None
    settlement = sale.settlement
    return LastSaleView(
        number=sale.receipt_number,
        total=settlement.total,
        given=settlement.paid,
        change=settlement.change,
        lines=len(sale.active_lines),
        tenders=_tenders(desk, sale.tenders),
        closed_at=sale.closed_at,
        copies=desk.store.copies_of(sale.receipt_number),
        voids=sale.voids or 0,
        finished_late=sale.id == desk.finished_late,
    )


def _parked(desk: Desk, sale: Sale) -> ParkedView:
    return ParkedView(
        id=sale.id,
        label=sale.label,
        parked_at=sale.opened_at,
        operator=papers.operator_name(desk, sale.operator),
        lines=len(sale.active_lines),
        total=sale.total,
    )
