"""A till that ends at any point of the closing path, and what the next start makes of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.domain.stored_value.guard import WRONG_CODES
from pos.storage.verify import verify
from tests.support.catalogue import COFFEE, MILK, MemoryCatalogue
from tests.support.till import TestTill


class PowerCut(BaseException):
    """Ends the program at once; nothing catches it."""


class Fuse:
    """Blows at one point of the path."""

    def __init__(self) -> None:
        self.point = ""

    def __call__(self, point: str) -> None:
        if point == self.point:
            raise PowerCut


@pytest.mark.parametrize(
    ("point", "closed"),
    [
        ("after_line_added", False),
        ("after_checkout_begun", False),
        ("before_reserve", False),
        ("after_reserve", True),
        ("after_seal", True),
        ("after_commit", True),
    ],
)
def test_a_sale_is_whole_or_still_open_after_a_cut(
    tmp_path: Path, point: str, closed: bool
) -> None:
    fuse = Fuse()
    desk = TestTill(tmp_path, fuse)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(10000))
    desk.till.scan(MILK)
    fuse.point = point
    with pytest.raises(PowerCut):
        desk.till.scan(COFFEE)
        desk.till.tender("cash", Money(2000))
    fuse.point = ""
    till = desk.restart()
    view = till.view()
    assert (view.sale is None) is closed
    if not closed:
        assert view.sale is not None and view.sale.total == Money(958)
        till.sign_in("anna", "1111")
        till.tender("cash", Money(1000))
    sales = desk.store.sales_in(SaleState.CLOSED)
    assert [sale.receipt_number for sale in sales] == [1]
    told = [link.entry for link in desk.store.journal() if link.entry.kind is Kind.SALE_CLOSED]
    assert len(told) == 1
    assert all(finding.ok for finding in verify(tmp_path))
    desk.close()


def test_a_paper_out_when_the_power_went_waits_for_a_person(tmp_path: Path) -> None:
    fuse = Fuse()
    desk = TestTill(tmp_path, fuse)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(0))
    desk.till.scan(MILK)
    fuse.point = "after_commit"
    with pytest.raises(PowerCut):
        desk.till.tender("cash")
    till = desk.restart()
    jobs = till.view().print_jobs
    assert [(job.state, job.fault) for job in jobs] == [("failed", "not_printed")]
    till.sign_in("anna", "1111")
    assert till.retry_job(jobs[0].id).print_jobs == ()
    assert desk.tray.papers[-1].copy == 1
    desk.close()


def test_a_restart_finds_session_sale_and_removed_lines(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(5000))
    desk.till.scan(COFFEE)
    desk.till.scan(MILK)
    desk.till.remove_line(1)
    till = desk.restart()
    view = till.view()
    assert view.session is not None and view.session.opening_float == Money(5000)
    assert view.sale is not None and view.sale.total == Money(159)
    till.sign_in("anna", "1111")
    view = till.undo()
    assert view.sale is not None and view.sale.total == Money(958)
    desk.close()


def test_the_journal_never_runs_back(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(0))
    desk.clock.wait(hours=-3)
    till = desk.restart()
    assert till.view().clock_behind
    till.sign_in("anna", "1111")
    till.scan(COFFEE)
    till.tender("cash")
    times = [link.entry.at for link in desk.store.journal()]
    assert times == sorted(times)
    assert Kind.CLOCK_BEHIND in [link.entry.kind for link in desk.store.journal()]
    desk.clock.wait(hours=4)
    assert not till.view().clock_behind
    desk.close()


def test_a_full_disk_books_nothing_and_shows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = TestTill(tmp_path)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(0))
    desk.till.scan(COFFEE)
    pages = desk.store.pragma("page_count")
    desk.store.pragma(f"max_page_count = {pages}")
    with pytest.raises(Refusal, match="disk_full"):
        for _ in range(200):
            desk.till.scan(MILK)
            desk.till.set_note("x" * 400)
    before = desk.till.view()
    desk.store.pragma("max_page_count = 1000000")
    till = desk.restart()
    after = till.view()
    assert before.sale is not None and after.sale is not None
    assert after.sale.total == before.sale.total
    till.sign_in("anna", "1111")
    till.tender("cash")
    assert all(finding.ok for finding in verify(tmp_path))
    desk.close()


def test_a_sale_with_its_number_is_finished_whatever_the_catalogue_lost_since(
    open_desk: TestTill,
) -> None:
    """Or no start would ever come to its end."""
    till, catalogue = open_desk.till, open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    till.issue_voucher("gift", amount=Money(2000))
    till.scan(COFFEE)

    def cut(point: str) -> None:
        if point == "after_reserve":
            catalogue.stored_value = ()
            raise PowerCut

    open_desk.desk.reached = cut
    with pytest.raises(PowerCut):
        till.tender("cash")
    till.recover()
    assert till.view().last_sale is not None and till.view().sale is None
    assert all(finding.ok for finding in verify(open_desk.folder))


@pytest.mark.parametrize("again", ["tender", "start_checkout", "back_to_sale"])
def test_a_sale_that_found_the_disk_full_after_its_number_is_finished_by_the_next_key(
    open_desk: TestTill, again: str
) -> None:
    """The seal is there, the record isn't: no other end is possible, and no restart is needed."""
    till = open_desk.till
    till.scan(MILK)

    def full(point: str) -> None:
        if point == "after_seal":
            raise Refusal("disk_full")

    open_desk.desk.reached = full
    with pytest.raises(Refusal, match="disk_full"):
        till.tender("cash", Money(2000))
    with pytest.raises(Refusal, match="disk_full"):
        till.tender("cash", Money(2000))
    with pytest.raises(Refusal, match="sale_numbered"):
        till.cancel_sale()
    open_desk.desk.reached = lambda _point: None
    view = till.tender("cash") if again == "tender" else getattr(till, again)()
    assert view.sale is None and view.last_sale is not None
    assert (view.last_sale.number, view.last_sale.change) == (1, Money(1841))
    till.scan(MILK)
    till.tender("cash")
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_the_next_start_knows_what_the_session_has_taken(open_desk: TestTill) -> None:
    till = open_desk.till
    till.sign_in("maria", "9999")
    till.scan(MILK)
    till.tender("cash")
    till.void_receipt(1, "Irrtum")
    till.scan(COFFEE)
    till.cancel_sale()
    till.scan(COFFEE)
    till.tender("cash")
    before = till.view().session
    after = open_desk.restart().view().session
    assert before is not None and (before.sales, before.turnover) == (3, Money(799))
    assert after == before


def test_guesses_before_the_power_went_count_after_it(open_desk: TestTill) -> None:
    for number in range(WRONG_CODES - 1):
        with pytest.raises(Refusal, match="voucher_unknown"):
            open_desk.till.check_voucher(f"GUESS-{number}")
    till = open_desk.restart()
    till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="voucher_unknown"):
        till.check_voucher("GUESS-LAST")
    with pytest.raises(Refusal, match="voucher_locked"):
        till.check_voucher("GUESS-LAST")


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_set_back_stops_vouchers_for_their_pause_and_no_longer(
    open_desk: TestTill, restarted: bool
) -> None:
    for number in range(WRONG_CODES):
        with pytest.raises(Refusal, match="voucher_unknown"):
            open_desk.till.check_voucher(f"GUESS-{number}")
    open_desk.clock.at -= timedelta(hours=5)
    if restarted:
        open_desk.restart().sign_in("anna", "1111")
    with pytest.raises(Refusal, match="voucher_locked"):
        open_desk.till.check_voucher("GUESS-LAST")
    open_desk.clock.wait(minutes=6)
    with pytest.raises(Refusal, match="voucher_unknown"):
        open_desk.till.check_voucher("GUESS-LAST")
