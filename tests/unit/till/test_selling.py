from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.ports.document import Barcode
from pos.till.session import figures
from tests.support.catalogue import (
    BANANA,
    BOUGHT_CARTON,
    CARTON,
    COFFEE,
    COLA,
    MILK,
    OLD,
    ROLL,
)
from tests.support.till import TestTill


def test_equal_scans_share_a_line(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    view = open_desk.till.scan(f"3*{COFFEE}")
    assert view.sale is not None
    assert [(line.quantity, line.amount) for line in view.sale.lines] == [
        (Quantity(4000), Money(3196))
    ]


def test_a_carton_adds_its_content_and_steps_by_cartons(open_desk: TestTill) -> None:
    """Its quantity counts cartons (ETRON-29, ETRON-30, T-026)."""
    open_desk.till.scan(COFFEE)
    view = open_desk.till.scan(CARTON)
    assert view.sale is not None
    carton = view.sale.lines[1]
    assert (carton.packs, carton.quantity) == (Quantity(1000), Quantity(12000))
    view = open_desk.till.set_quantity(2, Quantity(3000))
    assert view.sale is not None
    assert view.sale.lines[1].quantity == Quantity(36000)
    assert view.sale.total == Money(799 * 37)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("4711", "unknown_code"),
        (OLD, "product_inactive"),
        (BOUGHT_CARTON, "packaging_not_sold"),
        ("x" * 10_000, "unreadable_code"),
        ("\x00\xff\x1b", "unreadable_code"),
        ("abc*9000000000018", "unknown_code"),
    ],
)
def test_what_cannot_be_sold_is_listed_and_the_next_scan_works(
    open_desk: TestTill, code: str, reason: str
) -> None:
    view = open_desk.till.scan(code)
    assert view.sale is None
    assert [unknown.reason for unknown in view.unknown] == [reason]
    assert len(view.unknown[0].code) <= 40
    view = open_desk.till.scan(MILK)
    assert view.sale is not None and view.sale.lines_count == 1
    assert open_desk.till.dismiss_unknown(view.unknown[0].id).unknown == ()


def test_the_rate_is_that_of_the_day(open_desk: TestTill) -> None:
    view = open_desk.till.scan(MILK)
    assert view.sale is not None
    assert view.sale.lines[0].tax_rate == 490


def test_a_deposit_follows_its_product(open_desk: TestTill) -> None:
    till = open_desk.till
    till.scan(COLA)
    till.scan(COLA)
    view = till.set_quantity(1, Quantity(6000))
    assert view.sale is not None
    assert [(line.deposit_of, line.quantity, line.amount) for line in view.sale.lines] == [
        (None, Quantity(6000), Money(1134)),
        (1, Quantity(6000), Money(150)),
    ]
    with pytest.raises(Refusal, match="deposit_follows"):
        till.set_quantity(2, Quantity(1000))
    view = till.remove_line(1)
    assert view.sale is not None and view.sale.total == Money(0)
    view = till.undo()
    assert view.sale is not None and view.sale.total == Money(1284)


def test_weighed_goods_ask_for_their_weight(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="weight_needed"):
        open_desk.till.add_product("4")
    view = open_desk.till.add_product("4", Quantity(1234))
    assert view.sale is not None
    assert view.sale.total == Money(307)
    view = open_desk.till.scan(f"0,5*{BANANA}")
    assert view.sale is not None
    assert view.sale.lines_count == 2


def test_whole_pieces_only(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="quantity_too_fine"):
        open_desk.till.set_quantity(1, Quantity(1500))
    view = open_desk.till.view()
    assert view.sale is not None and view.sale.lines[0].quantity == Quantity(1000)


def test_removed_lines_stay_visible_and_count_nothing(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.scan(MILK)
    view = open_desk.till.remove_line(1)
    assert view.sale is not None
    assert [line.removed for line in view.sale.lines] == [True, False]
    assert view.sale.total == Money(159)
    # Scanned again it is a new line: what was struck out stays struck out.
    view = open_desk.till.scan(COFFEE)
    assert view.sale is not None and len(view.sale.lines) == 3


def test_price_change_wants_the_right(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.set_price(1, Money(500))
    open_desk.till.sign_in("maria", "9999")
    view = open_desk.till.set_price(1, Money(500))
    assert view.sale is not None
    assert (view.sale.total, view.sale.lines[0].price_source) == (Money(500), "manual")
    view = open_desk.till.reset_price(1)
    assert view.sale is not None and view.sale.total == Money(799)


def test_parked_sales_come_back_in_another_session(open_desk: TestTill) -> None:
    till = open_desk.till
    till.scan(COFFEE)
    till.scan(MILK)
    till.remove_line(2)
    view = till.park("Frau Huber")
    assert view.sale is None
    assert [(parked.label, parked.total) for parked in view.parked] == [("Frau Huber", Money(799))]
    till.close_session(counted=Money(10000))
    assert (first := figures(open_desk.desk, 1)).parked == 1
    till.open_session()
    assert figures(open_desk.desk).parked == 1
    view = till.resume(view.parked[0].id)
    assert view.sale is not None and view.parked == ()
    till.restore_line(2)
    till.remove_line(2)
    till.restore_line(2)
    told = figures(open_desk.desk)
    assert (told.parked, told.removed, told.removed_value) == (0, 0, Money(0))
    assert (first.removed, first.removed_value) == (1, Money(159))
    till.remove_line(2)
    view = till.tender("cash", Money(1000))
    assert view.last_sale is not None and view.last_sale.change == Money(201)
    assert open_desk.store.sale_by_receipt(1).session == 2


def test_resuming_never_runs_over_an_open_sale(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    parked = open_desk.till.park().parked[0].id
    open_desk.till.scan(MILK)
    with pytest.raises(Refusal, match="sale_in_the_way"):
        open_desk.till.resume(parked)


def test_a_cancelled_sale_takes_no_number(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.cancel_sale("customer left")
    open_desk.till.scan(MILK)
    view = open_desk.till.tender("cash")
    assert view.last_sale is not None and view.last_sale.number == 1
    assert len(open_desk.store.sales_in(SaleState.CANCELLED)) == 1


def test_nothing_is_rung_up_without_operator_or_session(desk: TestTill) -> None:
    with pytest.raises(Refusal, match="not_signed_in"):
        desk.till.scan(COFFEE)
    desk.till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="no_session"):
        desk.till.scan(COFFEE)


def test_the_sale_survives_lock_and_change_of_operator(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.lock()
    with pytest.raises(Refusal, match="locked"):
        open_desk.till.scan(MILK)
    view = open_desk.till.sign_in("maria", "9999")
    assert view.sale is not None and not view.locked


def test_none_of_it_is_refused(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="quantity_not_positive"):
        open_desk.till.scan(f"0*{COFFEE}")
    assert open_desk.till.view().sale is None


def test_a_tier_counts_all_pieces_and_goes_again(open_desk: TestTill) -> None:
    """Pieces of cartons too (ETRON-29)."""
    till = open_desk.till
    till.scan(f"9*{ROLL}")
    view = till.scan(ROLL)
    assert view.sale is not None
    assert (view.sale.total, view.sale.lines[0].price_source) == (Money(450), "till_list")
    assert len(view.sale.lines) == 1
    view = till.set_quantity(1, Quantity(9000))
    assert view.sale is not None
    assert (view.sale.total, view.sale.lines[0].price_source) == (Money(495), "base")


def test_a_price_label_sells_at_its_price(open_desk: TestTill) -> None:
    """Prefix 25, five digits of cents (T-028)."""
    label = with_check_digit("250000400497")
    view = open_desk.till.scan(label)
    assert view.sale is not None
    line = view.sale.lines[0]
    assert (line.amount, line.quantity, line.price_source) == (Money(497), Quantity(1996), "label")
    view = open_desk.till.scan(label)
    assert view.sale is not None
    assert [line.amount for line in view.sale.lines] == [Money(497), Money(497)]


def test_a_weight_label_sells_its_weight(open_desk: TestTill) -> None:
    """Prefix 24, five digits of grams (T-027)."""
    view = open_desk.till.scan(with_check_digit("240000400735"))
    assert view.sale is not None
    assert (view.sale.lines[0].quantity, view.sale.total) == (Quantity(735), Money(183))


def test_a_parking_slip_brings_its_sale_back(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.park(slip=True)
    slip = open_desk.tray.papers[-1]
    codes = [block.data for block in slip.blocks if isinstance(block, Barcode)]
    view = open_desk.till.scan(codes[0])
    assert view.sale is not None
    assert view.sale.total == Money(799)
    assert view.parked == ()


def with_check_digit(digits: str) -> str:
    return f"{digits}{check_digit(digits)}"


def test_the_screen_speaks_the_operators_language_and_paper_the_tills(desk: TestTill) -> None:
    view = desk.till.sign_in("tom", "2222")
    assert view.language == "en"
    desk.till.open_session(Money(0))
    desk.till.scan(COFFEE)
    desk.till.tender("cash")
    assert desk.tray.papers[-1].language == "de_AT"
    assert desk.till.sign_out().language == "de_AT"
