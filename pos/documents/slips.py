"""Small papers that are no receipts: cash in or out, a parked sale, the drawer, a test print."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from pos.documents.parts import Shop, head_row, shop_blocks, signature, sum_row
from pos.domain.money import Money
from pos.ports.document import (
    Align,
    Barcode,
    Block,
    Document,
    QrCode,
    Rule,
    Size,
    Space,
    Text,
)
from pos.runtime.texts import Texts


class CashSlip(Struct, frozen=True):
    """A pay-in or pay-out (T-090): `kind` is "pay_in", "pay_out" or "pickup"; `amount` positive."""

    kind: str
    shop: Shop
    till: str
    session: int
    number: int
    at: datetime
    operator: str
    amount: Money
    reason: str


class ParkingSlip(Struct, frozen=True):
    """A parked sale (T-055): its code, scanned, brings it back."""

    shop: Shop
    till: str
    code: str
    at: datetime
    operator: str
    label: str
    lines: int
    total: Money


class OrderSlip(Struct, frozen=True):
    """An order made at the till (T-075): goods with their quantities, and its number as a code."""

    shop: Shop
    till: str
    number: str
    at: datetime
    operator: str
    name: str
    lines: tuple[tuple[str, str], ...]
    total: Money
    note: str = ""


class PackageSlip(Struct, frozen=True):
    """The paper on a package: to whom, what, how heavy. `receipt` is 0 before the sale is paid."""

    shop: Shop
    till: str
    receipt: int
    at: datetime
    operator: str
    package: str
    size: str
    weight: str
    receiver: tuple[str, ...]
    contents: tuple[tuple[str, str], ...]


def cash_slip_document(slip: CashSlip, texts: Texts) -> Document:
    """The confirmation of a cash movement; it says that it is no receipt."""
    title = texts.get(f"slip.{slip.kind}", number=slip.number)
    blocks: tuple[Block, ...] = (
        *shop_blocks(slip.shop),
        head_row(title, texts.moment(slip.at), bold=True),
        head_row(texts.get("receipt.where", till=slip.till, session=slip.session), slip.operator),
        Rule(),
        sum_row(texts.get("slip.amount"), texts.money(slip.amount), bold=True, size=Size.LARGE),
        Rule(),
        Text(texts.get("slip.reason", reason=slip.reason)),
        *signature(texts.get("slip.signature")),
        Space(),
        Text(texts.get("slip.no_receipt"), Align.CENTER),
    )
    return Document("cash_slip", title, blocks, texts.language)


def parking_slip_document(slip: ParkingSlip, texts: Texts) -> Document:
    """The slip a customer or the cashier keeps until the sale goes on."""
    title = texts.get("slip.parked", label=slip.label or slip.code)
    blocks: tuple[Block, ...] = (
        *shop_blocks(slip.shop),
        Text(title, Align.CENTER, bold=True, size=Size.LARGE),
        Space(),
        sum_row(texts.get("slip.till", till=slip.till), texts.moment(slip.at)),
        Text(slip.operator),
        Rule(),
        sum_row(texts.get("slip.lines", count=slip.lines), texts.money(slip.total), bold=True),
        Rule(),
        Space(),
        Barcode("code128", slip.code),
        Space(),
        Text(texts.get("slip.no_receipt"), Align.CENTER),
    )
    return Document("parking_slip", title, blocks, texts.language)


def order_slip_document(slip: OrderSlip, texts: Texts) -> Document:
    """The slip a customer keeps until the order is settled."""
    title = texts.get("slip.order", order=slip.number)
    blocks: tuple[Block, ...] = (
        *shop_blocks(slip.shop),
        Text(title, Align.CENTER, bold=True, size=Size.LARGE),
        Space(),
        *((Text(slip.name, size=Size.TALL), Space()) if slip.name else ()),
        sum_row(texts.get("slip.till", till=slip.till), texts.moment(slip.at)),
        Text(slip.operator),
        Rule(),
        *(sum_row(name, quantity) for name, quantity in slip.lines),
        Rule(),
        sum_row(texts.get("slip.as_of_today"), texts.money(slip.total), bold=True),
        *((Text(slip.note),) if slip.note else ()),
        Space(),
        Barcode("code128", f"O#{slip.number}"),
        Space(),
        Text(texts.get("slip.order_prices"), Align.CENTER),
        Text(texts.get("slip.no_receipt"), Align.CENTER),
    )
    return Document("order_slip", title, blocks, texts.language)


def package_slip_document(slip: PackageSlip, texts: Texts) -> Document:
    """What goes on a package, or into it."""
    title = texts.get("slip.package", package=slip.package)
    number = texts.get("slip.of_receipt", receipt=slip.receipt) if slip.receipt else ""
    receiver = (Text(line, size=Size.TALL) for line in slip.receiver)
    blocks: tuple[Block, ...] = (
        *shop_blocks(slip.shop),
        Text(title, Align.CENTER, bold=True, size=Size.LARGE),
        Space(),
        *receiver,
        *((Space(),) if slip.receiver else ()),
        sum_row(texts.get("slip.till", till=slip.till), texts.moment(slip.at)),
        head_row(number or slip.operator, slip.operator if number else ""),
        Rule(),
        *(sum_row(name, quantity) for name, quantity in slip.contents),
        Rule(),
        sum_row(texts.get("slip.size"), slip.size),
        sum_row(texts.get("slip.weight"), slip.weight, bold=True),
        Space(),
        Text(texts.get("slip.no_receipt"), Align.CENTER),
    )
    return Document("package_slip", title, blocks, texts.language)


def test_print(shop: Shop, printer: str, at: datetime, texts: Texts) -> Document:
    """A print to see that paper, code page, codes and cutter are right, at set-up."""
    title = texts.get("slip.test")
    blocks: tuple[Block, ...] = (
        *shop_blocks(shop),
        Text(title, Align.CENTER, bold=True, size=Size.LARGE),
        sum_row(printer, texts.moment(at)),
        Rule(),
        Text("ÄÖÜ äöü ß € é × · 0123456789"),
        sum_row(texts.get("slip.amount"), texts.money(Money(123450)), bold=True),
        Text(texts.get("slip.tall"), size=Size.TALL),
        Rule(),
        Barcode("ean13", "4006381333931"),
        Space(),
        QrCode(title),
    )
    return Document("test_print", title, blocks, texts.language)
