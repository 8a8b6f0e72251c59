"""The sale (ARTS: retail transaction): line items, totals and the moves it may make.

A sale is a value. Each function here returns a new one; who holds it decides when the new one
is durable and becomes the current one.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.customer import Customer, TaxFree
from pos.domain.deduction import Deduction
from pos.domain.discount import AmountOff, Granted, InsteadOff
from pos.domain.errors import Refusal
from pos.domain.goods import PLAIN, LineGoods
from pos.domain.money import EXACT, Money
from pos.domain.points import PointsMove
from pos.domain.quantity import ONE, Quantity
from pos.domain.returns import ReturnOf
from pos.domain.stored_value.in_sale import CardLine
from pos.domain.tax import TaxGroup, TaxLine, TaxRounding, line_amounts, tax_table, with_tax
from pos.domain.tender import Settlement, Tender, settle


class SaleState(StrEnum):
    """Where a sale stands. From `sealing` on its content is frozen."""

    OPEN = "open"
    SUSPENDED = "suspended"
    TENDERING = "tendering"
    SEALING = "sealing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


MOVES = {
    SaleState.OPEN: {SaleState.SUSPENDED, SaleState.TENDERING, SaleState.CANCELLED},
    SaleState.SUSPENDED: {SaleState.OPEN},
    SaleState.TENDERING: {SaleState.OPEN, SaleState.SEALING, SaleState.CANCELLED},
    SaleState.SEALING: {SaleState.CLOSED},
    SaleState.CLOSED: set(),
    SaleState.CANCELLED: set(),
}

LABEL_PRICE = "label"
"""The source of a price printed on the goods; it counts for this package."""

MANUAL_PRICE = "manual"
"""The source of a price the operator set; it stays whatever lists say."""

INVOICE_PRICE = "invoice"
"""The source of an amount another system's invoice asks for (T-039)."""

ORDER_PRICE = "order"
"""The source of a price agreed on in an order; it stays whatever lists say (T-075)."""

MAX_LINES = 500
MAX_QUANTITY = Quantity(9_999_000)


class LineItem(Struct, frozen=True):
    """One line of a sale: a copy of what the catalogue said when it was rung up.

    Attributes:
        number: counts from 1 in the order of entry, never reused.
        quantity: in `unit`; on a packaging line the whole content.
        unit_price: of one unit of the product, in major currency units, up to 6 decimals.
        tax_rate: basis points, of the day of supply.
        packaging: name of the packaging ("Karton"), empty when sold by the unit.
        content: units in one packaging.
        deposit_of: number of the line whose deposit this is.
        price_source: where the price came from: "base", "list", "manual", …
        price_note: the derivation of the price as JSON, kept for the journal.
        step: the finest quantity of the unit, in thousandths.
        public_price: what is shown struck out beside a lower list price (ETRON-57), or None.
        discount: what the operator took off this line.
        share: of what comes off the sale as a whole, in minor units; `balance` sets it.
        untaxed: the sale goes without tax, and this line with it; `balance` sets it.
        goods: variant, options, other unit, lot, serial, parts of a kit.
        loads: the card that this line issues, tops up or takes back; None for goods.
        returns: what this line gives back; None for what is sold.
    """

    number: int
    product: str
    name: str
    quantity: Quantity
    unit: str
    unit_price: Decimal
    tax_code: str
    tax_rate: int
    tax_included: bool = True
    gtin: str = ""
    packaging: str = ""
    content: Quantity | None = None
    weighed: bool = False
    deposit_of: int | None = None
    price_source: str = "base"
    price_note: str = ""
    picture: str = ""
    step: int = 1000
    removed: bool = False
    public_price: Decimal | None = None
    discount: Granted | None = None
    share: int = 0
    untaxed: bool = False
    goods: LineGoods = PLAIN
    loads: CardLine | None = None
    returns: ReturnOf | None = None

    @property
    def is_discountable(self) -> bool:
        """Whether lists and discounts count: a deposit is given back in full, so it is paid so.
        The same holds for what is put on a card, for what is given back, and for an invoice of
        another system.
        """
        bound = self.deposit_of is not None or self.goods.take_back or bool(self.goods.invoice)
        return not bound and self.loads is None and self.returns is None

    @property
    def bears_discounts(self) -> bool:
        """Whether a discount may come off: the law or the maker may forbid it, as for tobacco."""
        return self.is_discountable and not self.goods.fixed_price

    @property
    def has_own_terms(self) -> bool:
        """Whether price and tax are those of the receipt it was sold on, whatever counts today."""
        return self.returns is not None and self.returns.is_linked

    @property
    def is_negative(self) -> bool:
        """Whether it counts below zero: empties and returned goods do, voided empties don't."""
        return self.goods.take_back is (self.returns is None)

    @property
    def shown_price(self) -> Decimal:
        """Of one unit, as it is looked at: with its tax, whether the unit price holds it or not."""
        return self.with_tax(self.unit_price)

    def with_tax(self, price: Decimal) -> Decimal:
        """A price in this line's terms, with its tax."""
        return price if self.tax_included else with_tax(price, self.tax_rate)

    @property
    def pieces(self) -> Quantity:
        """The quantity in the product's own unit: what tiers count and stock goes down by."""
        return Quantity.of(EXACT.multiply(self.quantity.decimal, self.goods.factor))

    @property
    def is_priced(self) -> bool:
        """Whether the price was set on this line or its package, and no list changes it."""
        return self.price_source in (MANUAL_PRICE, LABEL_PRICE, INVOICE_PRICE, ORDER_PRICE)

    def tax_line(self, currency: str) -> TaxLine:
        """What the tax rules need to know of this line."""
        plain = TaxLine(
            unit_price=self._per_line_unit(self.unit_price),
            quantity=self.quantity,
            rate=self.tax_rate,
            tax_included=self.tax_included,
            code=self.tax_code,
            currency=currency,
            untaxed=self.untaxed,
        )
        if self.returns is not None and self.has_own_terms:
            return replace(plain, exact=self.returns.amount(currency))
        if self.discount is None and not self.share:
            return plain
        percent = self.discount.percent if self.discount else Decimal(0)
        reduction = Money(self.share, currency) + self._amount_off(plain)
        return replace(plain, discount=percent, reduction=reduction)

    def _amount_off(self, plain: TaxLine) -> Money:
        """What a discount by amount takes off, never more than the line costs by now."""
        discount, nothing = self.discount and self.discount.discount, Money(0, plain.currency)
        if isinstance(discount, AmountOff):
            return min(discount.amount, max(plain.paid, nothing))
        if isinstance(discount, InsteadOff):
            unit_price = self._per_line_unit(discount.price.decimal)
            instead = replace(plain, unit_price=unit_price, tax_included=True).paid
            return max(plain.paid - instead, nothing)
        return nothing

    def _per_line_unit(self, unit_price: Decimal) -> Decimal:
        """12.00 a kilogram is 0.012 a gram, exactly (ETRON-25)."""
        return EXACT.multiply(unit_price, self.goods.factor)

    @property
    def packs(self) -> Quantity | None:
        """How many packagings the quantity makes; None on a line sold by the unit."""
        if self.content is None:
            return None
        return Quantity.of(self.quantity.decimal / self.content.decimal)

    def amount(self, currency: str) -> Money:
        """What the customer pays for this line, tax included."""
        return line_amounts(self.tax_line(currency)).gross

    def merges_with(self, other: LineItem) -> bool:
        """Whether another entry of the same goods may join this line (T-049)."""
        apart = self.removed or self.weighed or other.weighed or self.is_priced or other.is_priced
        apart = apart or self.loads is not None or other.loads is not None
        apart = apart or self.returns is not None or other.returns is not None
        return not (apart or self.discount or self.goods.is_single) and (
            self.product,
            self.packaging,
            self.tax_rate,
            self.deposit_of,
            self.unit,
            self.goods,
        ) == (
            other.product,
            other.packaging,
            other.tax_rate,
            other.deposit_of,
            other.unit,
            other.goods,
        )


class Sale(Struct, frozen=True, dict=True):
    """A sale with its lines and tenders. `id` is random, made when the sale begins.

    Attributes:
        opened_at, closed_at: UTC.
        business_date: the day of the session it was begun in.
        receipt_number: gap-free per till, given when the content is frozen.
        label: how a parked sale is called.
        customer: who buys, as known when chosen; None for somebody unknown.
        price_list: number of the list chosen for this sale, empty for the till's own.
        discount: taken off the whole sale; each line bears its `share`.
        deductions: coupons and points that come off besides, coupons first.
        points: what the sale does to points, known when it has its number.
        tax_free: why no tax is charged, None for an ordinary sale.
        voids: number of the receipt that this sale takes back as a whole (T-115), or None.
    """

    id: str
    till: str
    session: int
    operator: str
    opened_at: datetime
    business_date: date
    currency: str = "EUR"
    rounding: TaxRounding = TaxRounding.PER_GROUP
    state: SaleState = SaleState.OPEN
    lines: tuple[LineItem, ...] = ()
    tenders: tuple[Tender, ...] = ()
    receipt_number: int | None = None
    closed_at: datetime | None = None
    label: str = ""
    note: str = ""
    customer: Customer | None = None
    price_list: str = ""
    discount: Granted | None = None
    tax_free: TaxFree | None = None
    voids: int | None = None
    deductions: tuple[Deduction, ...] = ()
    points: tuple[PointsMove, ...] = ()

    @cached_property
    def active_lines(self) -> tuple[LineItem, ...]:
        """The lines that count."""
        return tuple(line for line in self.lines if not line.removed)

    @cached_property
    def tax_groups(self) -> tuple[TaxGroup, ...]:
        """The VAT table: one row a rate, adding up to the total to the cent."""
        groups = self.goods_groups
        for tender in self.tenders:
            groups = tender.taken_from(groups)
        return groups

    @cached_property
    def goods_groups(self) -> tuple[TaxGroup, ...]:
        """The VAT table of the lines alone, before single-purpose cards take from it."""
        lines = [line.tax_line(self.currency) for line in self.active_lines]
        return tax_table(lines, self.rounding)

    @cached_property
    def total(self) -> Money:
        """What the customer pays."""
        return Money.total((group.amount.gross for group in self.tax_groups), self.currency)

    @cached_property
    def settlement(self) -> Settlement:
        """How the tenders stand against the total."""
        return settle(self.total, self.tenders)

    def line(self, number: int) -> LineItem:
        """The line of that number; raises Refusal "no_such_line"."""
        for line in self.lines:
            if line.number == number:
                return line
        raise Refusal("no_such_line", line=number)

    def deposit_line(self, number: int) -> LineItem | None:
        """The deposit that goes with a line, removed or not."""
        return next((line for line in self.lines if line.deposit_of == number), None)

    def move(self, to: SaleState) -> Sale:
        """The sale in its new state; raises Refusal on a move the table doesn't allow."""
        if to not in MOVES[self.state]:
            code = "sale_numbered" if self.state is SaleState.SEALING else "sale_move"
            raise Refusal(code, state=self.state, to=to)
        return replace(self, state=to)

    def demand_open(self) -> None:
        """Refuse to change a sale that is being paid or is done."""
        if self.state is not SaleState.OPEN:
            raise Refusal("sale_not_open", state=self.state)

    def demand_free(self) -> None:
        """Refuse other lines than the voided receipt's: a void takes back that and no more."""
        self.demand_open()
        if self.voids is not None:
            raise Refusal("void_stands_alone", receipt=self.voids)


def add_line(sale: Sale, draft: LineItem, *, merge: bool = True) -> tuple[Sale, LineItem]:
    """Ring up a line, or let it join an equal one. Returns the sale and the line as it is now."""
    sale.demand_free()
    draft = in_step(draft)
    for line in sale.lines:
        if merge and line.merges_with(draft):
            return _put(sale, replace(line, quantity=line.quantity + draft.quantity))
    if len(sale.lines) >= MAX_LINES:
        raise Refusal("too_many_lines", limit=MAX_LINES)
    return _put(sale, replace(draft, number=len(sale.lines) + 1))


def change_line(sale: Sale, line: LineItem) -> tuple[Sale, LineItem]:
    """Put a changed line in the place of the one with its number."""
    sale.demand_free()
    return _put(sale, line)


def set_quantity(sale: Sale, number: int, quantity: Quantity) -> tuple[Sale, LineItem]:
    """Sell another quantity on a line: units, or packagings on a packaging line (ETRON-30)."""
    line = sale.line(number)
    if line.removed:
        raise Refusal("line_removed", line=number)
    if line.deposit_of is not None:
        raise Refusal("deposit_follows", line=number)
    if line.goods.invoice:
        raise Refusal("invoice_fixed", invoice=line.goods.invoice)
    if line.goods.is_single:
        raise Refusal("serial_is_one", serial=line.goods.serial)
    if line.loads is not None:
        raise Refusal("voucher_is_one")
    wanted = (line.content or ONE).times(quantity)
    if line.goods.take_back and wanted.thousandths > 0:
        wanted = -wanted
    # Whoever types a weight anew types it without the wrapping.
    goods = replace(line.goods, tare=None) if line.goods.tare else line.goods
    return change_line(sale, in_step(replace(line, quantity=wanted, goods=goods)))


def remove_line(sale: Sale, number: int) -> tuple[Sale, LineItem]:
    """Strike a line out, and its deposit with it; it can be brought back.

    A deposit that was sold never goes alone; raises Refusal "deposit_follows".
    """
    return _strike(sale, number, removed=True)


def restore_line(sale: Sale, number: int) -> tuple[Sale, LineItem]:
    """Bring a removed line back, and its deposit with it."""
    return _strike(sale, number, removed=False)


def _strike(sale: Sale, number: int, *, removed: bool) -> tuple[Sale, LineItem]:
    line = sale.line(number)
    if line.removed is removed:
        raise Refusal("line_removed" if removed else "line_not_removed", line=number)
    if line.deposit_of is not None and line.returns is None:
        _demand_with_goods(line, sale.line(line.deposit_of), removed=removed)
    sale, line = change_line(sale, replace(line, removed=removed))
    deposit = sale.deposit_line(number)
    if deposit is not None and deposit.removed is not removed:
        sale, _ = _put(sale, replace(deposit, removed=removed, quantity=line.pieces))
    return sale, line


def _demand_with_goods(deposit: LineItem, goods: LineItem, *, removed: bool) -> None:
    """Refuse to let a deposit go or come alone: who takes the bottle pays for it."""
    if removed is not goods.removed:
        raise Refusal("deposit_follows", line=deposit.number)


def _put(sale: Sale, line: LineItem) -> tuple[Sale, LineItem]:
    check_quantity(line)
    lines = {**{old.number: old for old in sale.lines}, line.number: line}
    return replace(sale, lines=tuple(lines.values())), line


def in_step(line: LineItem) -> LineItem:
    """The line with its quantity rounded to the step of a unit that is measured, not counted.

    A third of a kilogram becomes 0.33 kg where the step is 0.01. Whole pieces are left to
    `check_quantity`: nobody wants two where one and a half was typed (ETRON-26).
    """
    if line.step >= ONE.thousandths or not line.quantity.thousandths % line.step:
        return line
    return replace(line, quantity=line.quantity.rounded(line.step))


def check_quantity(line: LineItem) -> None:
    """Refuse nothing, less than nothing, too much, or finer than the unit is sold (ETRON-26).

    What comes back counts below zero.
    """
    quantity = -line.quantity if line.is_negative else line.quantity
    if quantity.thousandths <= 0:
        raise Refusal("quantity_not_positive")
    if quantity > MAX_QUANTITY:
        raise Refusal("quantity_too_large", limit=MAX_QUANTITY)
    if quantity.thousandths % line.step:
        raise Refusal("quantity_too_fine", step=Quantity(line.step), unit=line.unit)
