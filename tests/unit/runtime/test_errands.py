"""What nobody stands at the counter for is done between the commands, and never in their way."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from pos.app.errands import Errands
from pos.domain.money import Money
from pos.runtime.lane import Lane
from pos.till.views import TillView
from pos.till.vouchers.generating import PIECE
from tests.support.catalogue import COFFEE
from tests.support.till import TestTill


def test_a_sale_goes_before_the_next_piece(tmp_path: Path) -> None:
    """Ten pieces wait; what the cashier scans meanwhile comes after one of them at most."""
    lane, over, seen = Lane("till"), Event(), list[int]()
    desk = TestTill(tmp_path)
    till = desk.till
    till.sign_in("maria", "9999")
    till.open_session(Money(0))

    def changed(view: TillView) -> None:
        assert view.generation is not None
        seen.append(view.generation.made)
        if view.generation.state == "done":
            over.set()

    errands = Errands(lane, till, changed)
    desk.desk.more_to_do = errands.more
    made_at_scan: list[int] = []

    def scan() -> None:
        made_at_scan.append(seen[-1] if seen else PIECE)
        till.scan(COFFEE)

    lane.submit(lambda: till.generate_vouchers("gift", 10 * PIECE, Money(1000)))
    lane.submit(scan)
    lane.start()
    assert over.wait(60)
    assert lane.stop()
    assert made_at_scan == [PIECE]
    assert list(dict.fromkeys(seen)) == [PIECE * number for number in range(2, 11)]
    assert till.view().sale is not None
    desk.close()
