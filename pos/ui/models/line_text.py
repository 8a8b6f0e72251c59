"""What the second row of a sale line says."""

from __future__ import annotations

from decimal import Decimal

from pos.domain.base_price import BasePrice
from pos.domain.goods import option_words
from pos.domain.money import CURRENCY_DECIMALS, Money
from pos.domain.quantity import ONE
from pos.till.price_views import ReductionView
from pos.till.sale_views import LineView, SaleView
from pos.ui.face import Face, together


def line_detail(face: Face, line: LineView) -> str:
    """ "3 × € 1,29", "2 Karton × 10 · € 0,99", "0,250 kg × € 12,90", "Rot, M · 1 × € 19,90"; with
    a base price "1 × € 1,69 · € 3,38/l" (T-206).
    """
    counted = line.card or _counted(face, line)
    return " · ".join((*goods_words(face, line), counted, *_base_words(face, line)))


def goods_words(face: Face, line: LineView) -> tuple[str, ...]:
    """What was chosen of the goods, and how this piece is known."""
    goods = line.goods
    words = [option_words(goods.options)] if goods.options else []
    if goods.invoice:
        words.append(face.text("line.invoice", invoice=goods.invoice))
    if goods.serial:
        words.append(face.text("line.serial", serial=goods.serial))
    if goods.lot:
        words.append(face.text("line.lot", lot=goods.lot))
    if goods.parts:
        words.append(face.text("line.parts", count=len(goods.parts)))
    return tuple(words)


def _counted(face: Face, line: LineView) -> str:
    price = unit_price(face, line.public_price or line.unit_price)
    if line.packs is not None and line.content is not None:
        packs, content = face.texts.quantity(line.packs), face.texts.quantity(line.content)
        return f"{packs} {line.packaging} × {content} · {price}"
    if line.goods.price_unit:
        quantity = face.texts.quantity(line.quantity)
        return f"{quantity} {line.unit} × {price}/{line.goods.price_unit}"
    if line.weighed:
        weight = face.texts.decimal(line.quantity.decimal, 3)
        return f"{weight} {line.unit} × {price}"
    unit = "" if line.quantity.thousandths % ONE.thousandths == 0 else f" {line.unit}"
    return f"{face.texts.quantity(line.quantity)}{unit} × {price}"


def _base_words(face: Face, line: LineView) -> tuple[str, ...]:
    base = line.base_price
    return () if base is None else (f"{face.money(base.price)}/{base.per}",)


def reduction_words(face: Face, reduction: ReductionView, prefix: str = "discount") -> str:
    """ "Rabatt 10 % (Delle)"."""
    words = face.texts.get(f"{prefix}.{reduction.kind}", percent=reduction.percent)
    return f"{words} ({reduction.reason})" if reduction.reason else words


def whole_words(face: Face, sale: SaleView) -> tuple[tuple[str, str], ...]:
    """What comes off the sale as a whole, in words and as an amount: "Coupon", "−€ 1,00"."""
    by_hand = sale.discount
    rows = []
    if by_hand is not None:
        words = reduction_words(face, by_hand, "discount.on_sale")
        rows.append((words, face.off(by_hand.amount)))
    for each in sale.deductions:
        words = face.texts.get(f"discount.on_sale.{each.kind}", name=each.name, points=each.points)
        waits = face.text("rewards.minimum", minimum=each.minimum) if each.minimum else ""
        rows.append((f"{words} ({waits})" if waits else words, face.off(each.amount)))
    return tuple(rows)


def unit_price(face: Face, price: Decimal) -> str:
    """A unit price: as money where it is whole cents, else with all its places."""
    amount = Money.of(price, face.currency)
    if amount.decimal == price:
        return face.money(amount)
    return together(face.texts.exact_money(price.normalize(), face.currency))


def base_words(face: Face, base: BasePrice) -> str:
    """ "400 g · € 4,98/kg" (T-206)."""
    content = f"{face.texts.quantity(base.content)} {base.unit}"
    return face.text("info.base_price", content=content, price=base.price, per=base.per)


def plain_price(face: Face, price: Decimal) -> str:
    """A unit price without its currency, with all its places."""
    places = CURRENCY_DECIMALS[face.currency]
    exponent = price.normalize().as_tuple().exponent
    return face.texts.decimal(price, max(places, -exponent if isinstance(exponent, int) else 0))


def line_mark(face: Face, line: LineView) -> tuple[str, str, str]:
    """Icon, words and tone of what is special about the line; empty if nothing is."""
    if line.removed and line.goods.left:
        return "clock", face.text("line.left"), "soft"
    if line.removed:
        return "undo-2", face.text("line.removed"), "danger"
    if line.comes_back:
        key = "line.of_receipt" if line.receipt else "line.of_none"
        return "rotate-ccw", face.text(key, number=line.receipt), "warn"
    if line.goods.awaits:
        return "triangle-alert", face.text(f"line.awaits_{line.goods.awaits}"), "warn"
    stock = stock_words(face, line)
    if line.price_source == "order":
        return "clipboard-list", " · ".join(filter(None, (face.text("line.agreed"), stock))), "soft"
    if line.price_source == "manual" and not line.card:
        words = " · ".join(filter(None, (face.text("line.manual"), stock)))
        return "pencil", words, "discount"
    if line.goods.renamed:
        return "pencil", face.text("line.renamed"), "soft"
    return ("package", stock, "soft") if stock else ("", "", "")


def stock_words(face: Face, line: LineView) -> str:
    """ "6 (26)": in stock here, and everywhere together (T-034); empty where it isn't shown."""
    if line.stock is None:
        return ""
    here, total = (face.texts.quantity(each) for each in (line.stock.here, line.stock.total))
    return face.text("line.stock", here=here, total=total)
