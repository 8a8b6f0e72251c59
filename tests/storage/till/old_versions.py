"""A till.db of every version there has been, kept to be upgraded by each program to come.

`python -m tests.storage.till.old_versions` adds the one of the present version; it is run with
each version that goes out, and none of the files is ever made anew.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.storage.engine import fold_in
from pos.storage.migrate import HEADS
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.support.till import TestTill

FILES = Path(__file__).parent / "data"


def sell_two_days(folder: Path) -> Path:
    """Two sessions: one closed, one open with a parked, an open and a cancelled sale.

    Receipts 1 and 2 are of the first session, 3 of the second; on 3 a voucher was sold (version
    0001 knew none). Returns the folder.
    """
    desk = TestTill(folder)
    till = desk.till
    till.sign_in("maria", "9999")
    till.open_session(Money(10000))
    till.scan(COFFEE)
    till.scan(COLA)
    till.tender("cash", Money(2000))
    till.scan(MILK)
    till.tender("card")
    till.close_session(counted=Money(11013), leave=Money(10000), reason="gezählt")
    till.open_session()
    till.scan(f"2*{MILK}")
    till.issue_voucher("gift", amount=Money(5000))
    till.tender("cash")
    till.scan(COFFEE)
    till.cancel_sale("Kunde gegangen")
    till.add_product("4", Quantity(500))
    till.park("Frau Huber")
    till.scan(COLA)
    desk.close()
    return folder


def keep_present() -> Path:
    """Write the file of the present version; returns it. Raises FileExistsError."""
    kept = FILES / f"till-{HEADS['till']}.db.gz"
    with TemporaryDirectory() as folder:
        made = sell_two_days(Path(folder)) / "till.db"
        fold_in(made)
        with kept.open("xb") as file:
            file.write(gzip.compress(made.read_bytes(), mtime=0))
    return kept


if __name__ == "__main__":
    keep_present()
