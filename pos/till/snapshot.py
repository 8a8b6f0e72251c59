"""From the desk to the snapshot that screens and stories see."""

from __future__ import annotations

from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale, SaleState
from pos.domain.tender import Tender
from pos.ports.store import JobState
from pos.till import papers, session
from pos.till.desk import Desk
from pos.till.views import (
    DrawerView,
    LastSaleView,
    LineView,
    ParkedView,
    PrintJobView,
    SaleView,
    SessionView,
    TenderMethodView,
    TenderView,
    TillView,
)


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
        price_list=_price_list(desk, profile.price_list if profile else ""),
        now=now,
        operator=desk.operator,
        locked=desk.locked,
        session=_session(desk),
        proposed_float=desk.money() if desk.session else session.proposed_float(desk),
        sale=None if desk.sale is None else _sale(desk.sale),
        last_sale=None if desk.last_sale is None else _last_sale(desk, desk.last_sale),
        parked=tuple(_parked(desk, sale) for sale in desk.store.sales_in(SaleState.SUSPENDED)),
        unknown=tuple(desk.unknown),
        print_jobs=tuple(
            PrintJobView(
                job.id, job.document.title, job.printer, job.state, job.fault, job.created_at
            )
            for job in desk.store.print_jobs(JobState.QUEUED, JobState.FAILED)
        ),
        drawer=DrawerView(desk.drawer_openings, desk.drawer_reason),
        methods=tuple(TenderMethodView(one.key, one.is_cash) for one in desk.methods.values()),
        catalogue_at=desk.catalogue.state().imported_at,
        language=desk.texts.language,
        clock_behind=desk.clock_behind,
    )


def _price_list(desk: Desk, number: str) -> str:
    """The name of a price list; empty where public prices count."""
    chosen = desk.prices.book(desk.catalogue).price_list(number)
    return chosen.name if chosen else ""


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


def _sale(sale: Sale) -> SaleView:
    active = sale.active_lines
    settlement = sale.settlement
    return SaleView(
        id=sale.id,
        state=sale.state,
        lines=tuple(_line(line, sale.currency) for line in sale.lines),
        total=settlement.total,
        lines_count=len(active),
        pieces=sum(_pieces(line) for line in active),
        tenders=_tenders(sale.tenders),
        paid=settlement.paid,
        due=settlement.due,
        label=sale.label,
        note=sale.note,
    )


def _pieces(line: LineItem) -> int:
    if line.deposit_of is not None:
        return 0
    return 1 if line.weighed else line.quantity.thousandths // 1000


def _line(line: LineItem, currency: str) -> LineView:
    return LineView(
        number=line.number,
        product=line.product,
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        amount=line.amount(currency),
        tax_rate=line.tax_rate,
        packaging=line.packaging,
        packs=line.packs,
        content=line.content,
        weighed=line.weighed,
        removed=line.removed,
        deposit_of=line.deposit_of,
        price_source=line.price_source,
        picture=line.picture,
    )


def _tenders(tenders: tuple[Tender, ...]) -> tuple[TenderView, ...]:
    return tuple(
        TenderView(tender.number, tender.method, tender.amount, tender.state)
        for tender in tenders
        if tender.counts
    )


def _last_sale(desk: Desk, sale: Sale) -> LastSaleView:
    assert sale.receipt_number is not None and sale.closed_at is not None
    settlement = sale.settlement
    return LastSaleView(
        number=sale.receipt_number,
        total=settlement.total,
        given=settlement.paid,
        change=settlement.change,
        lines=len(sale.active_lines),
        tenders=_tenders(sale.tenders),
        closed_at=sale.closed_at,
        copies=desk.store.copies_of(sale.receipt_number),
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
