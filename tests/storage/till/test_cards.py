"""The cards in till.db: what SQLite itself refuses, and what the list shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import IntegrityError

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card, Origin
from pos.domain.stored_value.ledger import By
from pos.ports.stored_value import CardQuery, CardState
from pos.storage.till.card_list import page
from pos.storage.till.store import TillStore
from pos.storage.verify import verify
from tests.storage.till.raw import raw

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = By(AT, "1", "anna", "s1")


def card(name: str, **more: object) -> Card:
    fields: dict[str, object] = {"expires": None, "customer": ""} | more
    return Card(name, "1", "EUR", f"d-{name}", f"****{name.upper()}", AT, **fields)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    """Card "c" holds 50.00, of which 30.00 are reserved."""
    opened = TillStore(tmp_path / "till.db")
    opened.cards.add([card("c"), card("d")])
    opened.cards.issue("c", Money(5000), BY)
    opened.cards.reserve("c", "s1-1", Money(3000), BY)
    yield opened
    opened.close()


ENTRIES = [
    # a balance below zero, below what is reserved, and one out of nothing
    "'c', 3, 'correct', -6000, 0, -1000, 3000, '', NULL",
    "'c', 3, 'correct', -3000, 0, 2000, 3000, '', NULL",
    "'c', 3, 'top_up', 1, 0, 9999, 3000, '', NULL",
    "'d', 1, 'issue', 1, 0, 9999, 0, '', NULL",
    # out of order, or in the place of another
    "'c', 5, 'top_up', 1, 0, 5001, 3000, '', NULL",
    "'c', 1, 'issue', 9, 0, 9, 0, '', NULL",
    # a hold made twice, ended by more or less than it held, or by another's
    "'c', 3, 'reserve', 0, 1, 5000, 3001, 's1-1', NULL",
    "'c', 3, 'redeem', -3001, -3000, 1999, 0, 's1-1', NULL",
    "'c', 3, 'release', 0, -1, 5000, 2999, 's1-1', NULL",
    "'c', 3, 'redeem', -1, -1, 4999, 2999, 'other', NULL",
    # of no kind, taking back nothing, of no card, of no amount
    "'c', 3, 'gift', 1, 0, 5001, 3000, '', NULL",
    "'c', 3, 'cancel', -1, 0, 4999, 3000, '', NULL",
    "'e', 1, 'issue', 1, 0, 1, 0, '', NULL",
    "'c', 3, 'top_up', 'much', 0, 5001, 3000, '', NULL",
]
COLUMNS = "card, number, kind, amount, held, balance, reserved, hold, of, at"
COPY = (
    "INSERT INTO card SELECT {}, programme, currency, {}, masked, made_at, salt,"
    " key, customer, expires, tax_code, tax_rate, origin, run, {} FROM card WHERE id = 'c'"
)
FORGED = [
    *(
        f"{verb} INTO card_entry ({COLUMNS}) VALUES ({values}, 'x')"
        for verb in ("INSERT", "INSERT OR REPLACE")
        for values in ENTRIES
    ),
    "UPDATE card_entry SET amount = 9999",
    "UPDATE card_entry SET card = 'd' WHERE number = 1",
    "DELETE FROM card_entry WHERE number = 2",
    "DELETE FROM card",
    "UPDATE card SET digest = 'mine' WHERE id = 'c'",
    "UPDATE card SET expires = '2999-01-01' WHERE id = 'c'",
    COPY.replace("INSERT", "INSERT OR REPLACE").format("'e'", "digest", "standing"),
    "UPDATE card SET standing = 'empty' WHERE id = 'c'",
    "UPDATE card SET standing = 'funded' WHERE id = 'd'",
]


@pytest.mark.parametrize("statement", FORGED)
def test_forged_entries_are_refused(store: TillStore, tmp_path: Path, statement: str) -> None:
    with raw(tmp_path) as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql(statement)
    account = store.cards.confirm("c")
    assert (account.balance, account.reserved) == (Money(5000), Money(3000))
    assert store.cards.find("d-c", "****C") == card("c")


def test_verify_finds_a_ledger_that_does_not_add_up(store: TillStore, tmp_path: Path) -> None:
    assert all(finding.ok for finding in verify(tmp_path))
    with raw(tmp_path) as connection:
        triggers = [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'card_entry'"
                " AND type = 'trigger'"
            )
        ]
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(
            "UPDATE card_entry SET amount = 9000, balance = 9000 WHERE number = 1"
        )
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
    wrong = [finding for finding in verify(tmp_path) if not finding.ok]
    assert [(finding.name, finding.wrong) for finding in wrong] == [("cards", "card_differs")]


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE card_tally SET balance = 9", "tally"),
        ("UPDATE card_tally SET cards = 9", "tally"),
        ("DELETE FROM card_tally", "tally"),
        ("DELETE FROM card_hold", "holds"),
        ("UPDATE card_hold SET amount = 1", "holds"),
        (
            "INSERT INTO card_hold SELECT 's9-1', card, sale, till, amount, at FROM card_hold",
            "holds",
        ),
        (COPY.format("'e'", "digest || 'e'", "'funded'"), "standing"),
    ],
)
def test_verify_finds_sums_that_do_not_follow_the_ledgers(
    store: TillStore, tmp_path: Path, statement: str, table: str
) -> None:
    with raw(tmp_path) as connection:
        connection.exec_driver_sql(statement)
    wrong = [finding for finding in verify(tmp_path) if not finding.ok]
    assert [(one.wrong, one.values) for one in wrong] == [("card_sums_differ", {"table": table})]


def test_the_owner_of_a_card_changes(store: TillStore) -> None:
    store.cards.give("c", "101")
    assert store.cards.card("c").customer == "101"
    assert store.cards.wallet_of("101", "1") == store.cards.card("c")
    assert store.cards.wallet_of("", "1") is None
    assert [row.card.id for row in store.cards.cards_of("101")] == ["c"]
    assert store.cards.cards_of("") == ()


def test_a_code_is_kept_once(store: TillStore) -> None:
    with pytest.raises(Refusal, match="voucher_code_used"):
        store.cards.add([card("e"), card("c")])
    with pytest.raises(Refusal, match="voucher_unknown"):
        store.cards.card("e")


def test_what_belongs_to_a_failed_transaction_is_gone(store: TillStore) -> None:
    with pytest.raises(Refusal), store.begin():
        store.cards.top_up("c", Money(100), BY)
        store.cards.book("c", "s1-1", BY)
        store.cards.reserve("d", "s1-2", Money(1), BY)
    assert store.cards.confirm("c").balance == Money(5000)


def test_the_list_shows_what_is_asked_for(store: TillStore) -> None:
    book = store.cards
    generated = [
        card(f"g{number}", origin=Origin.GENERATED, expires=date(2026, 11, 22))
        for number in range(3)
    ]
    book.issue_all(generated, Money(1000), BY, run="xmas")
    book.add([card("e")])
    book.issue("e", Money(100), BY)
    book.cancel("e", 1, BY)

    def found(**fields: object) -> list[str]:
        query = CardQuery(day=date(2026, 11, 23), **fields)  # type: ignore[arg-type]
        return [row.card.id for row in book.cards(query)]

    assert found() == ["c", "d", "e", "g0", "g1", "g2"]
    assert found(run="xmas") == found(state=CardState.EXPIRED) == ["g0", "g1", "g2"]
    assert found(state=CardState.OPEN) == found(state=CardState.OPEN, programme="1") == ["c"]
    assert found(state=CardState.OPEN, programme="2") == []
    assert found(state=CardState.EMPTY) == ["e"]
    assert found(state=CardState.BLANK) == ["d"]
    assert found(ending="g1") == found(ending="****G1") == ["g1"]
    assert found(ending="g1", run="xmas", state=CardState.EXPIRED) == ["g1"]
    assert found(ending="1") == found()
    assert found(ending="1g") == found(ending="g1", state=CardState.OPEN) == []
    assert found(state=CardState.EXPIRED, run="other") == found(customer="9") == []
    assert found(state=CardState.EXPIRED, after="g0", limit=1) == ["g1"]
    assert found(limit=2) == ["c", "d"]
    assert found(limit=2, after="d") == ["e", "g0"]
    assert found(programme="2") == []
    row = book.cards(CardQuery(limit=1))[0]
    assert (row.balance, row.reserved) == (Money(5000), Money(3000))
    (count,) = book.counts()
    assert (count.cards, count.balance) == (6, Money(8000))


def test_open_holds_and_touched_cards_are_found(store: TillStore) -> None:
    (hold,) = store.cards.open_holds()
    assert (hold.card, hold.hold, hold.sale, hold.amount) == ("c", "s1-1", "s1", Money(3000))
    assert [account.card for account in store.cards.accounts_of_sale("s1")] == ["c"]
    store.cards.book("c", "s1-1", BY)
    assert store.cards.open_holds() == []
    assert store.cards.accounts_of_sale("") == []


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (CardQuery(ending="7A3"), "card_by_code"),
        (CardQuery(state=CardState.EXPIRED, day=AT.date()), "card_by_last_day"),
        (CardQuery(state=CardState.EMPTY), "card_by_standing"),
        (CardQuery(state=CardState.EMPTY, programme="1"), "card_by_standing_in_programme"),
        (CardQuery(programme="1"), "card_by_programme"),
        (CardQuery(run="xmas", state=CardState.OPEN, day=AT.date()), "card_by_run"),
        (CardQuery(customer="4"), "card_by_customer"),
    ],
)
def test_a_page_of_a_million_cards_is_found_in_an_index(
    store: TillStore, tmp_path: Path, question: CardQuery, index: str
) -> None:
    statement = page(question).compile(dialect=dialect(), compile_kwargs={"literal_binds": True})
    with raw(tmp_path) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert any(f" {index} " in row.detail or row.detail.endswith(f" {index}") for row in plan)
