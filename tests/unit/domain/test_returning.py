"""Whatever is brought back in whatever parts, all parts together are what was paid, to the cent."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.domain.balance import balance
from pos.domain.customer import TaxFree, TaxStatus
from pos.domain.discount import AmountOff, Granted, PercentOff
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.refunding import PaidSale, Refunded, proposal
from pos.domain.returning import Account, Sold, paid_by_line, return_lines, returnable, void_lines
from pos.domain.returns import NOTHING_BACK, GivenBack, ReturnOf
from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.in_sale import Redemption
from pos.domain.tax import TaxRounding
from pos.domain.tender import Tender, TenderState

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WHY = Account("Defekt", "anna")
RATES = {"N": 2000, "L": 1000, "G": 490, "0": 0}


def sale_of(*lines: LineItem, **more: object) -> Sale:
    """A sale as it stood when it was closed."""
    made = Sale(
        id="sold",
        till="1",
        session=1,
        operator="anna",
        opened_at=AT,
        business_date=date(2026, 11, 23),
        lines=lines,
        receipt_number=17,
        closed_at=AT,
    )
    return balance(replace(made, **more))


def line(number: int, price: str, quantity: int = 1000, code: str = "N") -> LineItem:
    return LineItem(
        number=number,
        product=str(number),
        name=f"Ware {number}",
        quantity=Quantity(quantity),
        unit="Stk.",
        unit_price=Decimal(price),
        tax_code=code,
        tax_rate=RATES[code],
        step=1,
    )


def paid_with(sale: Sale, *tenders: tuple[str, int, Redemption | None]) -> Sale:
    made = tuple(
        Tender(place, method, Money(amount), method == "cash", TenderState.AUTHORISED, redeems)
        for place, (method, amount, redeems) in enumerate(tenders, 1)
    )
    return replace(sale, tenders=made)


class Shop:
    """Gives a receipt back in parts, and remembers what came back, as the till's records do."""

    def __init__(self, sold: Sale) -> None:
        self.sold = sold
        self.back: dict[int, GivenBack] = {}
        self.refunded: dict[int, Refunded] = {}
        self.returns: list[Sale] = []

    @property
    def left(self) -> dict[int, Quantity]:
        found = Sold(self.sold, self.back, {})
        every = {one.number: found.left(one) for one in returnable(self.sold)}
        return {number: some for number, some in every.items() if some.thousandths}

    def give_back(self, wanted: dict[int, Quantity]) -> Sale:
        found = Sold(self.sold, self.back, {})
        made = sale_of(*return_lines(found, wanted, WHY), id=f"back{len(self.returns)}")
        made = replace(made, receipt_number=18 + len(self.returns))
        source = PaidSale(self.sold, self.refunded)
        for place, refund in enumerate(proposal(made, [source], "cash"), 1):
            tender = Tender(
                place,
                refund.method,
                -refund.amount,
                refund.is_cash,
                TenderState.AUTHORISED,
                refund.redeems,
                refund.of,
            )
            made = replace(made, tenders=(*made.tenders, tender))
        assert not made.settlement.due
        self._remember(made)
        return made

    def _remember(self, made: Sale) -> None:
        for one in made.lines:
            assert one.returns is not None
            given = GivenBack(-one.quantity, -one.returns.net, -one.returns.tax)
            self.back[one.returns.line] = self.back.get(one.returns.line, NOTHING_BACK) + given
        for tender in made.tenders:
            if tender.refunds is not None:
                number = tender.refunds.tender
                before = self.refunded.get(number, Refunded())
                given_back = Refunded(-tender.amount.minor, tender.refunds.tax)
                self.refunded[number] = before + given_back
        self.returns.append(made)


def tax_sums(*sales: Sale) -> Counter[tuple[str, int, str]]:
    """Net and tax by code and rate; what comes to nothing isn't there."""
    sums: Counter[tuple[str, int, str]] = Counter()
    for sale in sales:
        for group in sale.tax_groups:
            sums[group.code, group.rate, "net"] += group.amount.net.minor
            sums[group.code, group.rate, "tax"] += group.amount.tax.minor
    return Counter({key: value for key, value in sums.items() if value})


PRICES = st.integers(1, 99_999).map(lambda cents: str(Decimal(cents).scaleb(-2)))
DISCOUNTS = st.one_of(
    st.none(),
    st.integers(1, 100).map(lambda percent: Granted(PercentOff(Decimal(percent)), "anna")),
    st.integers(1, 500).map(lambda cents: Granted(AmountOff(Money(cents)), "anna")),
)


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    included = draw(st.booleans())
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        made = line(
            number,
            draw(PRICES),
            draw(st.one_of(st.integers(1, 9).map(lambda n: n * 1000), st.integers(1, 5000))),
            draw(st.sampled_from(sorted(RATES))),
        )
        lines.append(replace(made, tax_included=included, discount=draw(DISCOUNTS)))
    free = TaxFree(TaxStatus.THIRD_COUNTRY, "maria", "U34") if draw(st.booleans()) else None
    return sale_of(
        *lines,
        discount=draw(DISCOUNTS),
        rounding=draw(st.sampled_from(TaxRounding)),
        tax_free=free,
    )


@settings(max_examples=300, deadline=None)
@given(sold=sales(), data=st.data())
def test_parts_in_any_order_make_the_whole(sold: Sale, data: st.DataObject) -> None:
    """The share of a discounted line returned in parts sums to exactly what was paid, and so does
    each row of the VAT table.
    """
    total = sold.total.minor
    card = data.draw(st.integers(0, max(total, 0)))
    shop = Shop(paid_with(sold, ("card", card, None), ("cash", total - card, None)))
    while shop.left:
        number = data.draw(st.sampled_from(sorted(shop.left)))
        most = shop.left[number].thousandths
        part = data.draw(st.one_of(st.just(most), st.integers(1, most)))
        shop.give_back({number: Quantity(part)})
    assert Money.total(one.total for one in shop.returns) == -sold.total
    assert tax_sums(*shop.returns) == Counter(
        {key: -value for key, value in tax_sums(sold).items()}
    )
    paid = {tender.number: tender.amount.minor for tender in shop.sold.tenders}
    assert all(shop.refunded[number].amount <= paid[number] for number in shop.refunded)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_goods_paid_with_a_taxed_card_give_no_tax_back_twice(data: st.DataObject) -> None:
    """All parts of a return leave neither turnover nor tax, whatever a single-purpose card paid."""
    goods = [
        line(number, data.draw(PRICES), 1000 * data.draw(st.integers(1, 5)))
        for number in range(1, data.draw(st.integers(1, 3)) + 1)
    ]
    sold = sale_of(*goods, line(9, data.draw(PRICES), code="L"))
    taxed = sum(one.amount("EUR").minor for one in goods)
    wine = Redemption("card", "0001", "wein", "Weingutschein", tax_code="N", tax_rate=2000)
    amount = data.draw(st.integers(1, taxed))
    sold = paid_with(sold, ("voucher", amount, wine))
    rest = sold.settlement.due.minor
    shop = Shop(replace(sold, tenders=(*sold.tenders, *_cash(rest))))
    while shop.left:
        number = data.draw(st.sampled_from(sorted(shop.left)))
        most = shop.left[number].thousandths
        pieces = data.draw(st.integers(1, most // 1000))
        made = shop.give_back({number: Quantity(pieces * 1000)})
        for group in made.tax_groups:
            assert group.amount.gross or not group.amount.tax
    assert shop.refunded[1].amount == amount
    assert tax_sums(*shop.returns) == Counter(
        {key: -value for key, value in tax_sums(shop.sold).items()}
    )


def _cash(minor: int) -> tuple[Tender, ...]:
    return (Tender(2, "cash", Money(minor), is_cash=True, state=TenderState.AUTHORISED),)


def test_change_stays_out_of_what_cash_can_be_given_back() -> None:
    sold = paid_with(sale_of(line(1, "25.00")), ("cash", 1000, None), ("cash", 2000, None))
    shop = Shop(sold)
    shop.give_back({1: Quantity(1000)})
    assert {number: one.amount for number, one in shop.refunded.items()} == {1: 1000, 2: 1500}


def test_lines_of_goods_without_their_tax_bear_what_moves_the_sum() -> None:
    """Three times a third of a cent is a cent; somebody has to bear it."""
    lines = [replace(line(number, "0.17"), tax_included=False) for number in (1, 2, 3)]
    sold = sale_of(*lines)
    shares = [share.tax.minor for share in paid_by_line(sold).values()]
    assert sum(shares) == sold.tax_groups[0].amount.tax.minor


def test_a_void_takes_everything_back_and_what_came_back_already_is_refused() -> None:
    deposit = replace(line(2, "0.25", code="0"), deposit_of=1)
    sold = sale_of(line(1, "1.89"), deposit, line(3, "7.00"))
    back = sale_of(*void_lines(Sold(sold, {}, {}), WHY))
    assert back.total == -sold.total
    assert [one.deposit_of for one in back.lines] == [None, 1, None]
    given_back = {3: GivenBack(Quantity(1000), 583, 117)}
    with pytest.raises(Refusal, match="void_partly_returned"):
        void_lines(Sold(sold, given_back, {}), WHY)
    with pytest.raises(Refusal, match="void_of_return"):
        void_lines(Sold(replace(back, receipt_number=18), {}, {}), WHY)


@given(st.integers(1, 100_000), st.integers(0, 2000), st.data())
def test_what_is_kept_and_what_is_given_make_what_was_paid(
    paid: int, tax: int, data: st.DataObject
) -> None:
    """Less may go back than was paid, with its share of the tax, and never more (W-12)."""
    link = ReturnOf("sold", 17, 1, net=-(paid - paid * tax // 10_000), tax=-(paid * tax // 10_000))
    given_back = data.draw(st.integers(0, paid))
    lowered = link.lowered(given_back, "Angebrochen", "maria")
    assert lowered.net + lowered.tax == -given_back
    assert lowered.kept == paid - given_back
    assert link.tax <= lowered.tax <= 0 and link.net <= lowered.net <= 0
    assert lowered.used_up == link.used_up
    assert lowered.lowered(paid, "", "") == link
    with pytest.raises(ValueError, match="more than"):
        lowered.lowered(paid + 1, "Kulanz", "maria")
