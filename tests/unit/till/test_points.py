"""Points and coupons at the till (T-129, COMARCH-12): whose they are, and what a crash leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.code_rules import CodeRule, Meaning
from pos.domain.coupon import Coupon
from pos.domain.customer import Customer
from pos.domain.discount import AmountOff, PercentOff
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.points import PointsFactor, PointsKind, PointsProgramme, PointsState
from pos.domain.reach import Reach
from pos.domain.sale import SaleState
from pos.storage.verify import verify
from pos.till import customers
from pos.till.customers import CustomerFields
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from tests.storage.till.raw import raw
from tests.support.catalogue import COFFEE, COLA, MILK, ROLL, MemoryCatalogue
from tests.support.till import TestTill

PROGRAMME = PointsProgramme(
    "p", "Punkte", earn_points=10, spend_points=50, spend_amount=100, valid_days=365
)
COUPONS = (
    Coupon("TEN", "Zehn", PercentOff(Decimal(10))),
    Coupon("MILK1", "Milch", AmountOff(Money(100)), products=frozenset({"2"})),
    Coupon("ONCE", "Einmal", AmountOff(Money(50)), per_customer=True),
    Coupon("TWO", "Zweimal", AmountOff(Money(50)), limit=2),
    Coupon("SUMMER", "Sommer", AmountOff(Money(50)), Reach(last_day=date(2026, 8, 31))),
    Coupon("OFF", "Aus", AmountOff(Money(50)), Reach(active=False)),
    Coupon("THERE", "Dort", AmountOff(Money(50)), Reach(tills=frozenset({"2"}))),
    Coupon("LARGE", "Groß", AmountOff(Money(50)), minimum=5000),
)


def know(desk: TestTill, **more: object) -> None:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.points, catalogue.handed_out = (PROGRAMME,), COUPONS
    for name, value in more.items():
        setattr(catalogue, name, value)


@pytest.fixture
def desk(open_desk: TestTill) -> TestTill:
    """Maria is at the till of a shop with points and coupons."""
    know(open_desk)
    open_desk.till.sign_in("maria", "9999")
    return open_desk


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


def sell(desk: TestTill, *codes: str, customer: str = "101") -> int:
    for code in codes:
        desk.till.scan(code)
    if customer:
        desk.till.set_customer(customer)
    last = desk.till.tender("cash").last_sale
    assert last is not None
    return last.number


def state(desk: TestTill, customer: str = "101") -> PointsState:
    return desk.store.points.state(customer, "p")


def paper(desk: TestTill) -> str:
    return document_text(desk.tray.papers[-1])


def test_points_need_an_account(desk: TestTill) -> None:
    """Neither somebody unknown nor a one-off customer has a line of points (COMARCH-12)."""
    sell(desk, COFFEE, customer="")
    assert "Punkte" not in paper(desk)
    desk.till.scan(COFFEE)
    fields = {"country": "AT"}
    desk.till.set_one_off(CustomerFields("Frau Adler", "person", **fields))  # type: ignore[arg-type]
    assert sale_of(desk.till.view()).points is None
    with pytest.raises(Refusal, match="points_customer"):
        desk.till.spend_points()
    desk.till.tender("cash")
    assert "Punkte" not in paper(desk)
    sell(desk, COFFEE)
    assert "Gesammelte Punkte" in paper(desk) and "Neuer Punktestand" in paper(desk)
    assert state(desk) == PointsState(70)
    assert not desk.store.points.entries("")


def test_factors_and_what_never_earns(desk: TestTill) -> None:
    factors = (PointsFactor(Decimal(2), product="1"), PointsFactor(Decimal(0), product="2"))
    know(desk, points=(replace(PROGRAMME, factors=factors),))
    desk.till.issue_voucher("any", amount=Money(5000), code="CARD-0001")
    sell(desk, COFFEE, MILK, COLA, customer="102")  # 6.99 twice, milk never, 1.89, no deposit
    assert state(desk, "102") == PointsState(150)


def test_goods_of_a_fixed_price_bear_nothing(desk: TestTill) -> None:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["2"] = replace(catalogue.goods["2"], fixed_price=True)
    desk.till.scan(MILK)
    with pytest.raises(Refusal, match="discount_fixed_price"):
        desk.till.discount_line(1, percent=Decimal(10))
    with pytest.raises(Refusal, match="discount_nothing"):
        desk.till.discount_sale(percent=Decimal(10))
    with pytest.raises(Refusal, match="coupon_nothing"):
        desk.till.take_coupon("TEN")
    desk.till.scan(COFFEE)
    sale = sale_of(desk.till.take_coupon("TEN"))
    assert sale.deductions[0].amount == Money(80)
    kept = desk.desk.sale
    assert kept is not None and [line.share for line in kept.lines] == [0, 80]


def test_points_follow_the_customer_and_the_price(desk: TestTill) -> None:
    for _ in range(2):
        sell(desk, COFFEE, customer="102")
    desk.till.scan(MILK)
    desk.till.set_customer("102")
    assert sale_of(desk.till.view()).points is not None
    with pytest.raises(Refusal, match="points_too_many"):
        desk.till.spend_points(100)
    assert sale_of(desk.till.spend_points()).total == Money(59)
    desk.till.scan(COFFEE)
    assert sale_of(desk.till.spend_points(100)).total == Money(658)
    sale = sale_of(desk.till.remove_line(2))
    assert (sale.total, sale.points and sale.points.spending) == (Money(59), 50)
    sale = sale_of(desk.till.set_customer("101"))
    assert sale.deductions == () and sale.points and sale.points.balance == 0


def test_undo_takes_the_newest_deduction_back(desk: TestTill) -> None:
    sell(desk, COFFEE)
    desk.till.scan(COFFEE)
    desk.till.set_customer("101")
    whole = sale_of(desk.till.view()).total
    desk.till.spend_points()
    spent = sale_of(desk.till.take_coupon("TEN"))
    assert [each.kind for each in spent.deductions] == ["coupon", "points"]
    assert sale_of(desk.till.undo()).total == whole - Money(100)
    desk.till.set_customer("102")
    assert sale_of(desk.till.undo()).total == whole - Money(100)
    assert sale_of(desk.till.undo()).total == whole
    desk.till.take_coupon("TEN")
    desk.till.remove_coupon("TEN")
    assert [each.name for each in sale_of(desk.till.undo()).deductions] == ["Zehn"]


def test_an_order_keeps_its_coupons_and_points(desk: TestTill) -> None:
    sell(desk, COFFEE)
    for code in (MILK, COFFEE):
        desk.till.scan(code)
    desk.till.set_customer("101")
    desk.till.take_coupon("MILK1")
    desk.till.remove_line(1)
    desk.till.scan(MILK)
    whole = sale_of(desk.till.spend_points())
    desk.till.make_order("", False)
    loaded = sale_of(desk.till.load_order("A1-1"))
    assert (loaded.deductions, loaded.total) == (whole.deductions, whole.total)
    desk.till.tender("cash")
    assert desk.store.coupons.used("MILK1") == 1


def test_points_spent_elsewhere_meanwhile_pay_nothing(desk: TestTill) -> None:
    sell(desk, COFFEE)
    for label in ("first", "second"):
        desk.till.scan(COFFEE)
        desk.till.set_customer("101")
        desk.till.spend_points()
        desk.till.park(label, False)
    parked = desk.till.view().parked
    desk.till.resume(parked[0].id)
    desk.till.tender("cash")
    assert state(desk).balance < 100
    desk.till.correct_points("101", -state(desk).balance, "Aufgelöst")
    desk.till.resume(parked[1].id)
    with pytest.raises(Refusal, match="points_not_enough"):
        desk.till.tender("cash")
    desk.till.remove_points()
    desk.till.tender("cash")
    kinds = [link.entry.kind for link in desk.store.journal()]
    assert {Kind.POINTS_CHOSEN, Kind.POINTS_REMOVED, Kind.POINTS_CORRECTED} <= set(kinds)


def test_old_points_lapse(desk: TestTill) -> None:
    sell(desk, COFFEE)
    desk.clock.wait(days=365)
    desk.till.scan(COFFEE)
    sale = sale_of(desk.till.set_customer("101"))
    assert sale.points and sale.points.balance == 70
    desk.till.cancel_sale("x")
    desk.clock.wait(days=1)
    desk.till.scan(COFFEE)
    sale = sale_of(desk.till.set_customer("101"))
    assert sale.points and sale.points.balance == 0
    desk.till.tender("cash")
    entries = desk.store.points.entries("101")
    assert [(each.kind, each.points) for each in reversed(entries)] == [
        (PointsKind.EARN, 70),
        (PointsKind.EXPIRE, -70),
        (PointsKind.EARN, 70),
    ]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("NONE", "coupon_unknown"),
        ("SUMMER", "coupon_expired"),
        ("OFF", "coupon_inactive"),
        ("THERE", "coupon_not_here"),
        ("LARGE", "coupon_minimum"),
        ("ONCE", "coupon_customer"),
        ("MILK1", "coupon_nothing"),
    ],
)
def test_a_coupon_is_refused_in_words(desk: TestTill, code: str, refusal: str) -> None:
    desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match=refusal) as refused:
        desk.till.take_coupon(code)
    assert desk.desk.texts.refusal(refused.value)
    assert sale_of(desk.till.view()).deductions == ()


def test_a_coupon_for_some_goods_follows_them(desk: TestTill) -> None:
    desk.till.scan(MILK)
    assert sale_of(desk.till.take_coupon("MILK1")).total == Money(59)
    assert sale_of(desk.till.scan(COFFEE)).total == Money(858)
    assert sale_of(desk.till.remove_line(1)).deductions[0].amount == Money(0)
    desk.till.tender("cash")
    assert desk.store.coupons.used("MILK1") == 0 and "Milch" not in paper(desk)


def test_a_limit_counts_closed_sales_less_voids(desk: TestTill) -> None:
    for _ in range(2):
        desk.till.scan(COFFEE)
        desk.till.take_coupon("TWO")
        desk.till.tender("cash")
    desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="coupon_used"):
        desk.till.take_coupon("TWO")
    desk.till.cancel_sale("x")
    desk.till.void_receipt(1, "Irrtum")
    desk.till.scan(COFFEE)
    assert sale_of(desk.till.take_coupon("two")).total == Money(749)


def test_goods_with_a_coupons_code_go_first(desk: TestTill) -> None:
    know(desk, handed_out=(Coupon("1", "Eins", PercentOff(Decimal(10))),))
    desk.till.scan(ROLL)
    assert len(sale_of(desk.till.scan("1")).lines) == 2


def test_a_rule_tells_coupons_by_their_beginning(desk: TestTill) -> None:
    """A shop whose coupons begin with a sign of their own says so in its rules (T-029)."""
    rule = CodeRule("coupon", "A#{key}", Meaning.COUPON)
    know(desk, rules=(rule,))
    desk.till.scan(COFFEE)
    assert sale_of(desk.till.scan("A#TEN")).total == Money(719)
    with pytest.raises(Refusal, match="coupon_unknown"):
        desk.till.scan("A#OTHER")


def test_points_go_along_with_a_new_number(desk: TestTill, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.till.create_customer(CustomerFields(name="Neu", kind="person", country="AT"))
    made = desk.desk.kept_customers.all()[0].customer
    sell(desk, COFFEE, customer=made.number)
    catalogue = desk.desk.catalogue
    known = catalogue.office_customer
    office = replace(made, number="900")

    def called(number: str) -> Customer | None:
        return office if number in (made.number, "900") else known(number)

    monkeypatch.setattr(catalogue, "office_customer", called)
    customers.settle(desk.desk)
    assert state(desk, "900") == PointsState(70) and state(desk, made.number) == PointsState(0)
    desk.till.void_receipt(1, "Irrtum")
    assert state(desk, "900") == PointsState(0)
    assert all(finding.ok for finding in verify(desk.folder))


def test_verify_finds_points_that_were_never_booked(desk: TestTill) -> None:
    sell(desk, COFFEE)
    with raw(desk.folder) as connection:
        trigger = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'points_entry_remains'"
        ).scalar_one()
        connection.exec_driver_sql("DROP TRIGGER points_entry_remains")
        connection.exec_driver_sql("DELETE FROM points_entry")
        connection.exec_driver_sql(trigger)
    wrong = [(each.name, each.wrong) for each in verify(desk.folder) if not each.ok]
    assert wrong == [("points", "points_unbooked")]


class PowerCut(BaseException):
    """Ends the program at once; nothing catches it."""


POINTS = ["before_reserve", "after_reserve", "after_seal", "after_commit"]


@pytest.mark.parametrize("point", POINTS)
def test_a_cut_leaves_points_with_their_sale(tmp_path: Path, point: str) -> None:
    fuse = ""

    def reached(at: str) -> None:
        if at == fuse:
            raise PowerCut

    desk = TestTill(tmp_path, reached)
    know(desk)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(0))
    sell(desk, COFFEE)
    desk.till.scan(COFFEE)
    desk.till.set_customer("101")
    desk.till.spend_points(50)
    desk.till.take_coupon("TEN")
    fuse = point
    with pytest.raises(PowerCut):
        desk.till.tender("cash")
    fuse = ""
    know(desk)
    desk.restart()
    know(desk)
    closed = len(desk.store.sales_in(SaleState.CLOSED))
    assert closed == (1 if point == "before_reserve" else 2)
    assert state(desk) == PointsState(70 if closed == 1 else 70 - 50 + 50)
    assert desk.store.coupons.used("TEN") == closed - 1
    assert all(finding.ok for finding in verify(tmp_path))
    desk.close()


class Life:
    """Random sales, returns and voids of two customers; the rules know what should be there."""

    def __init__(self, desk: TestTill, random: Random) -> None:
        self.desk, self.random = desk, random
        self.seen: Counter[str] = Counter()

    def sell(self) -> None:
        till = self.desk.till
        for _ in range(self.random.randint(1, 3)):
            count, code = self.random.randint(1, 9), self.random.choice((COFFEE, MILK, COLA, ROLL))
            till.scan(f"{count}*{code}")
        till.set_customer(self.random.choice(("101", "102")))
        for code in self.random.sample(("TEN", "MILK1", "ONCE"), 2):
            with suppress(Refusal):
                till.take_coupon(code)
                self.seen["coupon"] += 1
        with suppress(Refusal):
            till.spend_points()
            self.seen["spent"] += 1
        till.tender("cash")

    def give_back(self) -> None:
        receipt = self.random.choice(self.receipts())
        with suppress(Refusal):
            line = self.random.randint(1, 3)
            self.desk.till.start_return(receipt, {str(line): str(self.random.randint(1, 4))})
            self.desk.till.refund("cash")
            self.seen["returned"] += 1
        if self.desk.till.view().sale is not None:
            self.desk.till.cancel_sale("x")

    def void(self) -> None:
        with suppress(Refusal):
            self.desk.till.void_receipt(self.random.choice(self.receipts()), "Irrtum")
            self.seen["voided"] += 1

    def receipts(self) -> list[int]:
        return [sale.receipt_number or 0 for sale in self.desk.store.sales_in(SaleState.CLOSED)]

    def check(self) -> None:
        """What all sales say they did is what the accounts hold."""
        expected: Counter[str] = Counter()
        for sale in self.desk.store.sales_in(SaleState.CLOSED):
            for move in sale.points:
                adds = move.kind in (PointsKind.EARN, PointsKind.GIVE_BACK)
                expected[move.customer] += move.points if adds else -move.points
        for customer in ("101", "102"):
            held = state(self.desk, customer)
            assert held.balance - held.owed == expected[customer]
            assert held.balance >= 0 and held.owed >= 0

    def all_back(self) -> Iterator[tuple[str, int]]:
        """Give the rest of every sale back; what is left of each is then nothing."""
        for number in self.receipts():
            with suppress(Refusal):
                self.desk.till.start_return(number)
                self.desk.till.refund("cash")
        left: Counter[str] = Counter()
        for sale in self.desk.store.sales_in(SaleState.CLOSED):
            for move in sale.points:
                adds = move.kind in (PointsKind.EARN, PointsKind.GIVE_BACK)
                left[move.of or sale.id] += move.points if adds else -move.points
        yield from left.items()


@pytest.mark.parametrize("seed", range(4))
def test_no_point_is_made_or_lost(desk: TestTill, seed: int) -> None:
    life = Life(desk, Random(seed))
    desk.till.pay_in(Money(1_000_000), "Reserve")
    life.sell()
    for _ in range(25):
        life.random.choice((life.sell, life.sell, life.give_back, life.void))()
        life.check()
    assert {"coupon", "spent", "returned"} <= life.seen.keys()
    assert not [sale for sale, points in life.all_back() if points]
    life.check()
    assert all(finding.ok for finding in verify(desk.folder))
