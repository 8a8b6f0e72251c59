"""The receipt as blocks.

It holds what § 132a (3) BAO asks of a cash receipt: the business, a consecutive number, the day of
issue, quantity and usual name of the goods, the amount; and what § 11 RKSV adds: the till's
number, the time, the amounts by tax rate, and the machine-readable code where there is a seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from pos.documents.parts import Shop, amount_width, head_row, shop_blocks, sum_row, table
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ports.document import (
    Align,
    Barcode,
    Block,
    Cell,
    Document,
    QrCode,
    Row,
    Rule,
    Size,
    Space,
    Text,
)
from pos.runtime.texts import Texts


class ReceiptDiscount(Struct, frozen=True):
    """A discount under its line or on the whole sale; `amount` is negative.

    `tax` is the letter of its row in the tax table where it has one of its own; `notes` stand
    below it.
    """

    title: str
    amount: Money
    tax: str = ""
    notes: tuple[str, ...] = ()


class ReceiptLine(Struct, frozen=True):
    """A line item as printed.

    Attributes:
        amount: before its discounts, tax included.
        tax: letter of its row in the tax table.
        unit: name of the unit ("Stk.", "kg"); `weighed` goods show it always.
        price_unit: what the price is for, where that is another unit than the quantity's.
        packaging: name of the packaging ("Karton"), empty when sold by the unit; then
            `packs` counts them and `content` is what one holds.
        deposit: the line is the deposit of the goods above it.
        notes: lines below it: a serial number, a lot, a remark.
    """

    name: str
    quantity: Quantity
    unit: str
    unit_price: Decimal
    amount: Money
    tax: str
    weighed: bool = False
    price_unit: str = ""
    packaging: str = ""
    packs: Quantity | None = None
    content: Quantity | None = None
    deposit: bool = False
    discounts: tuple[ReceiptDiscount, ...] = ()
    notes: tuple[str, ...] = ()


class ReceiptTender(Struct, frozen=True):
    """How much was paid by which method, as given (cash may exceed what was due)."""

    title: str
    amount: Money
    notes: tuple[str, ...] = ()


class ReceiptTax(Struct, frozen=True):
    """A row of the tax table; `rate` in basis points."""

    letter: str
    rate: int
    net: Money
    tax: Money
    gross: Money


class ReturnedFrom(Struct, frozen=True):
    """A receipt that goods come back of; `number` is 0 where nobody has one, and `day` is None."""

    number: int
    day: date | None = None


class ReceiptPoints(Struct, frozen=True):
    """What the sale did to an account of points: words and figures, the last one the balance."""

    title: str
    rows: tuple[tuple[str, str], ...]


class ReceiptContent(Struct, frozen=True):
    """Everything a receipt says.

    Attributes:
        at: when the sale closed, UTC.
        discounts: on the whole sale; they stand below a subtotal.
        customer: name and address, as far as the shop prints them.
        legal_notes: what the law wants said of the taxes, such as why there are none.
        seal: what the fiscal unit signed, printed as a QR code; empty without a seal.
        seal_notes: what the fiscal unit wants said ("Sicherheitseinrichtung ausgefallen").
        note: the cashier's text for this receipt (T-084).
        points: of registered customers only (COMARCH-12).
        voids: number of the receipt this one cancels (T-115), 0 for an ordinary sale.
        returns: the receipts that goods come back of, in a void none.
        return_reason: why, where it is the same for all that comes back.
        invoice: it has a recipient, and a number no other till of the shop gives (§ 11 UStG).
        training: practice; the paper says that it is no receipt.
        code: what a scanner finds this receipt by; empty prints none.
    """

    shop: Shop
    till: str
    number: int
    at: datetime
    operator: str
    session: int
    lines: tuple[ReceiptLine, ...]
    total: Money
    tenders: tuple[ReceiptTender, ...]
    change: Money
    taxes: tuple[ReceiptTax, ...]
    discounts: tuple[ReceiptDiscount, ...] = ()
    customer: tuple[str, ...] = ()
    legal_notes: tuple[str, ...] = ()
    seal: str = ""
    seal_notes: tuple[str, ...] = ()
    note: str = ""
    points: tuple[ReceiptPoints, ...] = ()
    voids: int = 0
    returns: tuple[ReturnedFrom, ...] = ()
    return_reason: str = ""
    training: bool = False
    invoice: bool = False
    code: str = ""


def receipt_document(content: ReceiptContent, texts: Texts) -> Document:
    """The receipt, ready to print and to keep."""
    receipt = _Receipt(content, texts)
    return Document(
        kind="invoice" if content.invoice else "receipt",
        title=title_of(content, texts),
        blocks=tuple(receipt.blocks()),
        language=texts.language,
    )


def title_of(content: ReceiptContent, texts: Texts) -> str:
    """What the paper calls itself. A correction of an invoice says that it is one."""
    if not content.invoice:
        return texts.get("receipt.title", number=content.number)
    key = "correction" if content.total.minor < 0 else "invoice"
    return texts.get(f"receipt.{key}", till=content.till, number=content.number)


class _Receipt:
    """Writes the parts of one receipt, from the head down."""

    def __init__(self, content: ReceiptContent, texts: Texts) -> None:
        self._content = content
        self._texts = texts
        # Columns are as wide as the longest thing in them, so that they stand in line.
        counts = [self._count(line) for line in content.lines]
        self._count_width = max(map(len, counts), default=1)
        amounts = [line.amount for line in content.lines] + [content.total]
        self._amount_width = amount_width(amounts, texts)
        self._has_letters = any(line.tax for line in content.lines)

    def blocks(self) -> Iterator[Block]:
        yield from shop_blocks(self._content.shop)
        yield from self._head()
        yield from self._items()
        yield from self._total()
        yield from self._tenders()
        yield from self._tax_table()
        yield from self._points()
        yield from self._foot()

    def _head(self) -> Iterator[Block]:
        content, texts = self._content, self._texts
        if content.training:
            yield Text(texts.get("receipt.training"), Align.CENTER, bold=True)
        if content.voids:
            yield Text(texts.get("receipt.voids", number=content.voids), Align.CENTER, bold=True)
        for source in content.returns:
            yield Text(self._source(source), Align.CENTER, bold=True)
        if content.return_reason:
            reason = texts.get("receipt.return_reason", reason=content.return_reason)
            yield Text(reason, Align.CENTER)
        if content.training or content.voids or content.returns:
            yield Space()
        if content.customer:
            yield Text("\n".join(content.customer))
            yield Space()
        title = title_of(content, texts)
        yield head_row(title, texts.moment(content.at), bold=True)
        where = {"till": content.till, "session": content.session}
        yield head_row(texts.get("receipt.where", **where), content.operator)

    def _source(self, source: ReturnedFrom) -> str:
        if source.day is None:
            return self._texts.get("receipt.returns_without")
        return self._texts.get("receipt.returns", number=source.number, day=source.day)

    def _items(self) -> Iterator[Block]:
        yield Rule()
        currency = self._content.total.currency
        yield self._item("", self._texts.get("receipt.goods"), currency, "")
        yield Rule()
        for line in self._content.lines:
            yield from self._line(line)
        if self._content.discounts:
            yield from self._subtotal()
        yield Rule()

    def _subtotal(self) -> Iterator[Block]:
        discounts = self._content.discounts
        taken = Money.total((each.amount for each in discounts), self._content.total.currency)
        before = self._texts.amount(self._content.total - taken)
        yield Rule()
        yield self._item("", self._texts.get("receipt.subtotal"), before, "")
        for discount in discounts:
            yield self._discount(discount, discount.tax)
            for note in discount.notes:
                yield self._item("", note, "", "")

    def _line(self, line: ReceiptLine) -> Iterator[Block]:
        yield self._item(self._count(line), line.name, self._texts.amount(line.amount), line.tax)
        if detail := self._detail(line):
            yield self._item("", detail, "", "")
        for note in line.notes:
            yield self._item("", note, "", "")
        for discount in line.discounts:
            yield self._discount(discount, line.tax)

    def _discount(self, discount: ReceiptDiscount, tax: str) -> Row:
        return self._item("", discount.title, self._texts.amount(discount.amount), tax)

    def _item(self, count: str, name: str, amount: str, tax: str) -> Row:
        # Words without an amount may run on under the amounts' column.
        if not amount:
            return Row((Cell(count, Align.RIGHT, self._count_width), Cell(name)))
        cells = (
            Cell(count, Align.RIGHT, self._count_width),
            Cell(name),
            Cell(amount, Align.RIGHT, self._amount_width),
        )
        return Row((*cells, Cell(tax, Align.LEFT, 1)) if self._has_letters else cells)

    def _count(self, line: ReceiptLine) -> str:
        """Whole pieces stand before the name; a weight stands below it, with its unit."""
        whole = line.quantity.thousandths % 1000 == 0
        return self._texts.quantity(line.quantity) if whole and not line.weighed else ""

    def _detail(self, line: ReceiptLine) -> str:
        """How the amount came about; nothing where it is plain: one piece at its price."""
        texts = self._texts
        price = self._unit_price(line.unit_price)
        quantity = f"{texts.quantity(line.quantity)} {line.unit}".rstrip()
        if line.packs is not None and line.content is not None:
            return texts.get(
                "receipt.packs",
                packs=texts.quantity(line.packs),
                packaging=line.packaging,
                content=texts.quantity(line.content),
                quantity=quantity,
                price=price,
            )
        if line.weighed or not self._count(line):
            unit = line.price_unit or line.unit
            return texts.get("receipt.weighed", quantity=quantity, price=price, unit=unit)
        if abs(line.quantity.thousandths) != 1000:
            return texts.get("receipt.pieces", quantity=quantity, price=price)
        return ""

    def _unit_price(self, price: Decimal) -> str:
        places = -int(price.normalize().as_tuple().exponent)
        return self._texts.decimal(price, max(2, places))

    def _total(self) -> Iterator[Block]:
        total = self._content.total
        yield sum_row(
            self._texts.get("receipt.total"), self._texts.money(total), bold=True, size=Size.LARGE
        )
        yield Rule()

    def _tenders(self) -> Iterator[Block]:
        content, texts = self._content, self._texts
        for tender in content.tenders:
            yield sum_row(tender.title, texts.money(tender.amount))
            for note in tender.notes:
                yield Text(f"  {note}")
        if content.change:
            yield sum_row(texts.get("receipt.change"), texts.money(content.change), bold=True)

    def _tax_table(self) -> Iterator[Block]:
        if not self._content.taxes:
            return
        yield Space()
        heads = ("receipt.tax", "receipt.net", "receipt.tax_amount", "receipt.gross")
        rows = [tuple(self._texts.get(key) for key in heads)]
        rows += [self._tax_row(tax) for tax in self._content.taxes]
        yield from table(rows)

    def _tax_row(self, tax: ReceiptTax) -> tuple[str, ...]:
        label = f"{tax.letter} {self._texts.percent(tax.rate)}".lstrip()
        return (label, *(self._texts.amount(part) for part in (tax.net, tax.tax, tax.gross)))

    def _points(self) -> Iterator[Block]:
        for account in self._content.points:
            yield Space()
            yield Text(account.title, bold=True)
            for words, figure in account.rows:
                yield sum_row(words, figure)

    def _foot(self) -> Iterator[Block]:
        content = self._content
        supplied = (self._texts.get("receipt.supplied"),) if content.invoice else ()
        for text in (*supplied, *content.legal_notes, content.note):
            if text:
                yield Space()
                yield Text(text)
        if content.seal:
            yield Space()
            yield QrCode(content.seal)
        for note in content.seal_notes:
            yield Text(note, Align.CENTER, bold=True)
        # The shop's last lines thank for a purchase: not who brings one back.
        gives_back = bool(content.voids) or content.total.minor < 0
        footer = () if gives_back else content.shop.footer
        if footer:
            yield Space()
        for line in footer:
            yield Text(line, Align.CENTER)
        if content.code:
            # Last, far from the seal, and never as a QR code: on a receipt that one is the law's.
            yield Space()
            yield Barcode("code128", content.code, or_qr=False)
