"""From the till's records to what its papers say."""

from __future__ import annotations

from pos.documents import slips
from pos.documents.parts import Shop
from pos.documents.receipt import (
    ReceiptContent,
    ReceiptDiscount,
    ReceiptLine,
    ReceiptTax,
    ReceiptTender,
    receipt_document,
)
from pos.documents.session_report import SessionReportContent, session_report_document
from pos.documents.session_sections import session_sections
from pos.documents.slips import (
    CashSlip,
    OrderSlip,
    ParkingSlip,
    cash_slip_document,
    order_slip_document,
    parking_slip_document,
)
from pos.domain.balance import Reduction, full_amount, reductions, whole_reductions
from pos.domain.customer import CustomerKind
from pos.domain.goods import option_words
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.order import OrderRecord, order_of
from pos.domain.quantity import Quantity
from pos.domain.report import SessionFigures
from pos.domain.sale import LineItem, Sale
from pos.domain.till_profile import CustomerOnReceipt
from pos.ports.document import Document
from pos.ports.fiscal import Seal
from pos.ports.goods import PackageType
from pos.runtime.texts import Texts
from pos.till import card_words, points_words, receipt_codes, return_words
from pos.till.desk import Desk
from pos.till.goods_words import goods_notes
from pos.till.paper_choice import Paper, paper_of


def receipt(desk: Desk, sale: Sale, seal: Seal) -> Document:
    """The receipt of a sale that has its number."""
    assert sale.receipt_number is not None and sale.closed_at is not None
    letters = tax_letters(sale)
    return receipt_document(
        ReceiptContent(
            shop=shop_head(desk),
            till=sale.till,
            number=sale.receipt_number,
            at=sale.closed_at,
            operator=operator_name(desk, sale.operator),
            session=sale.session,
            lines=tuple(_line(desk, line, sale, letters) for line in sale.active_lines),
            discounts=(*_sale_discounts(desk, sale), *card_words.deductions(desk, sale, letters)),
            customer=_customer(desk, sale),
            total=sale.total,
            tenders=tuple(
                ReceiptTender(
                    desk.paper_texts.get(f"tender.method.{tender.method}"),
                    tender.amount,
                    card_words.tender_notes(desk, sale, tender),
                )
                for tender in sale.tenders
                if tender.pays
            ),
            change=sale.settlement.change,
            taxes=tuple(
                ReceiptTax(
                    letters[group.code, group.rate],
                    group.rate,
                    group.amount.net,
                    group.amount.tax,
                    group.amount.gross,
                )
                for group in sale.tax_groups
            ),
            legal_notes=_legal_notes(desk, sale),
            seal=seal.data,
            note=_note(desk, sale),
            points=points_words.account_lines(desk, sale),
            voids=sale.voids or 0,
            returns=return_words.sources(desk, sale),
            return_reason=return_words.reason(sale),
            invoice=paper_of(sale) is Paper.INVOICE,
            code=receipt_codes.printed(desk, sale),
        ),
        desk.paper_texts,
    )


def _note(desk: Desk, sale: Sale) -> str:
    """The cashier's text, under the order that is settled."""
    order = order_of(sale)
    words = desk.paper_texts.get("goods.order", order=order) if order else ""
    return "\n".join(filter(None, (words, sale.note)))


def tax_letters(sale: Sale) -> dict[tuple[str, int], str]:
    """A letter for each row of the VAT table, in its order."""
    keys = dict.fromkeys((group.code, group.rate) for group in sale.tax_groups)
    return {key: chr(ord("A") + index) for index, key in enumerate(keys)}


def _sale_discounts(desk: Desk, sale: Sale) -> tuple[ReceiptDiscount, ...]:
    """The discount by hand, then the coupons and points that took something off."""
    return tuple(
        _discount(desk, each, "discount.on_sale") for each in whole_reductions(sale) if each.amount
    )


def _discount(desk: Desk, reduction: Reduction, prefix: str = "discount") -> ReceiptDiscount:
    title = desk.paper_texts.get(
        f"{prefix}.{reduction.kind}",
        percent=reduction.percent,
        name=reduction.name,
        points=reduction.points,
    )
    named = f"{title} ({reduction.reason})" if reduction.reason else title
    return ReceiptDiscount(named, -reduction.amount)


def _customer(desk: Desk, sale: Sale) -> tuple[str, ...]:
    """Who bought, where the shop prints it or the law wants it: neither an invoice nor a
    tax-free sale goes without names.
    """
    customer = sale.customer
    if customer is None:
        return ()
    wanted = desk.shop.customer_on_receipt
    if not (
        sale.tax_free
        or paper_of(sale) is Paper.INVOICE
        or any(line.returns is not None and line.returns.tax_free for line in sale.active_lines)
        or wanted is CustomerOnReceipt.ALL
        or (wanted is CustomerOnReceipt.COMPANIES and customer.kind is CustomerKind.COMPANY)
    ):
        return ()
    texts = desk.paper_texts
    number = [texts.get("receipt.customer", number=customer.number)] if customer.number else []
    vat_id = [texts.get("receipt.vat_id", vat_id=customer.vat_id)] if customer.vat_id else []
    return (customer.name, *customer.address(desk.shop.country), *vat_id, *number)


def _legal_notes(desk: Desk, sale: Sale) -> tuple[str, ...]:
    """Why no tax is charged, in the words of the shop's country's law (COMARCH-9)."""
    own = [sale.tax_free.status.value] if sale.tax_free else []
    returned = [line.returns.tax_free for line in sale.active_lines if line.returns is not None]
    key = f"tax.note.{desk.shop.country.lower()}"
    return tuple(
        desk.paper_texts.get(
            f"{key if desk.paper_texts.has(f'{key}.{status}') else 'tax.note.any'}.{status}"
        )
        for status in dict.fromkeys((*own, *returned))
        if status
    )


def _line(
    desk: Desk, line: LineItem, sale: Sale, letters: dict[tuple[str, int], str]
) -> ReceiptLine:
    return ReceiptLine(
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.with_tax(line.public_price or line.unit_price),
        amount=full_amount(line, sale.currency),
        tax=letters[line.tax_code, 0 if line.untaxed else line.tax_rate],
        weighed=line.weighed or bool(line.goods.price_unit),
        price_unit=line.goods.price_unit,
        packaging=line.packaging,
        packs=line.packs,
        content=line.content,
        deposit=line.deposit_of is not None,
        discounts=tuple(_discount(desk, each) for each in reductions(line, sale.currency)),
        notes=(
            *goods_notes(desk, line),
            *card_words.line_notes(desk, line, sale),
            *return_words.line_notes(desk, line, sale),
        ),
    )


def operator_name(desk: Desk, number: str) -> str:
    """The operator's name, or the number of one who has left."""
    names = {operator.number: operator.name for operator in desk.catalogue.operators()}
    return names.get(number, number)


def shop_head(desk: Desk) -> Shop:
    """The seller's data as papers carry them."""
    shop = desk.shop
    return Shop(
        name=shop.name,
        address=shop.address,
        vat_id=shop.vat_id,
        header=shop.header,
        footer=shop.footer,
        logo=shop.logo,
    )


def session_report(desk: Desk, kind: str, figures: SessionFigures) -> Document:
    """The X ("x") or Z ("z") report: a Z is of the moment it was closed, whenever it is printed."""
    by = figures.closed_by or (desk.operator.number if desk.operator else "")
    return session_report_document(
        SessionReportContent(
            kind=kind,
            shop=shop_head(desk),
            till=desk.till,
            session=figures.session,
            business_date=figures.opened_at.astimezone(desk.paper_texts.zone).date(),
            opened_at=figures.opened_at,
            opened_by=operator_name(desk, figures.opened_by),
            printed_at=max(figures.opened_at, figures.closed_at or desk.now()),
            by=operator_name(desk, by),
            sections=session_sections(
                figures,
                tender_name=lambda key: desk.paper_texts.get(f"tender.method.{key}"),
                drawer_reason=lambda key: desk.paper_texts.get(f"drawer.{key}"),
            ),
        ),
        desk.paper_texts,
    )


def parking_slip(desk: Desk, sale: Sale, code: str) -> Document:
    """What the customer keeps until the sale goes on; `code` brings it back when scanned."""
    return parking_slip_document(
        ParkingSlip(
            shop=shop_head(desk),
            till=desk.till,
            code=code,
            at=desk.now(),
            operator=desk.who().name,
            label=sale.label,
            lines=len(sale.active_lines),
            total=sale.total,
        ),
        desk.paper_texts,
    )


def order_slip(desk: Desk, order: OrderRecord, total: Money) -> Document:
    """What the customer keeps until the order is settled; its code brings it back."""
    assert order.cart is not None
    texts, cart = desk.paper_texts, order.cart
    return order_slip_document(
        OrderSlip(
            shop=shop_head(desk),
            till=desk.till,
            number=order.number,
            at=order.made_at,
            operator=operator_name(desk, order.made_by),
            name=cart.customer.name if cart.customer else cart.label,
            lines=tuple(_ordered(texts, line) for line in cart.lines),
            total=total,
            note=cart.note,
        ),
        texts,
    )


def _ordered(texts: Texts, line: LineItem) -> tuple[str, str]:
    """A line by name, choice and quantity; packagings count as packagings."""
    options = option_words(line.goods.options)
    name = f"{line.name} ({options})" if options else line.name
    if line.packs is not None:
        return name, f"{texts.quantity(line.packs)} {line.packaging}"
    return name, f"{texts.quantity(line.quantity)} {line.unit}"


def package_slip(desk: Desk, sale: Sale, package: PackageType, weight: Quantity) -> Document:
    """The paper on a package with the goods of a sale."""
    texts, customer = desk.paper_texts, sale.customer
    sides = (package.length, package.width, package.height)
    size = " × ".join(texts.quantity(Quantity(side * 100)) for side in sides)
    goods = (line for line in sale.active_lines if line.deposit_of is None)
    return slips.package_slip_document(
        slips.PackageSlip(
            shop=shop_head(desk),
            till=desk.till,
            receipt=sale.receipt_number or 0,
            at=desk.now(),
            operator=desk.who().name,
            package=package.name,
            size=f"{size} cm",
            weight=f"{texts.quantity(weight)} kg",
            receiver=(customer.name, *customer.address(desk.shop.country)) if customer else (),
            contents=tuple(
                (line.name, f"{texts.quantity(line.quantity)} {line.unit}") for line in goods
            ),
        ),
        texts,
    )


def test_paper(desk: Desk, printer: str) -> Document:
    """A paper to look at when a printer is set up."""
    return slips.test_print(shop_head(desk), printer, desk.now(), desk.paper_texts)


def cash_slip(desk: Desk, kind: Kind, number: int, amount: Money, reason: str) -> Document:
    """The confirmation of a pay-in or pay-out; it says that it is no receipt."""
    session = desk.open_session()
    return cash_slip_document(
        CashSlip(
            kind="pay_in" if kind is Kind.PAID_IN else "pay_out",
            shop=shop_head(desk),
            till=desk.till,
            session=session.number,
            number=number,
            at=desk.now(),
            operator=desk.who().name,
            amount=amount,
            reason=reason,
        ),
        desk.paper_texts,
    )
