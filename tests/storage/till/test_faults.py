"""Files that are damaged, lost, or not to be written: a refusal with a text, and nothing worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.till.store import TillStore
from tests.storage.till.raw import raw
from tests.support.till import TestTill


def refusal_of(folder: Path) -> Refusal:
    """Why a till doesn't start on a folder; the text is there in every language."""
    with pytest.raises(Refusal) as refused:
        TestTill(folder)
    for language in LANGUAGES:
        assert Texts(language).refusal(refused.value)
    return refused.value


@pytest.mark.parametrize("keep", [600, 4_000, 20_000])
def test_a_file_cut_off(folder: Path, keep: int) -> None:
    path = folder / "till.db"
    path.write_bytes(path.read_bytes()[:keep])
    assert refusal_of(folder).code == "database_damaged"


def test_a_file_of_something_else(folder: Path) -> None:
    (folder / "till.db").write_bytes(b"PK\x03\x04" + b"x" * 10_000)
    assert refusal_of(folder).code == "database_damaged"
    assert (folder / "till.db").read_bytes().startswith(b"PK")


def test_pages_of_noise(folder: Path) -> None:
    path = folder / "till.db"
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(index * 7 % 251 for index in range(len(content) - 4096))
    path.write_bytes(content)
    assert refusal_of(folder).code == "database_damaged"


@pytest.mark.parametrize("content", [None, b"", b"S"])
def test_a_lost_file_is_not_begun_anew(folder: Path, content: bytes | None) -> None:
    """A till that forgot its receipts would give the number 1 a second time."""
    (folder / "till.db").unlink()
    if content is not None:
        (folder / "till.db").write_bytes(content)
    assert refusal_of(folder).code == "records_missing"


def test_a_file_that_cannot_be_written(folder: Path) -> None:
    desk = TestTill(folder)
    desk.till.sign_in("anna", "1111")
    before = desk.till.view()
    desk.store.pragma("query_only = ON")
    with pytest.raises(Refusal, match="read_only"):
        desk.till.tender("cash")
    assert desk.till.view().sale == before.sale
    desk.store.pragma("query_only = OFF")
    assert desk.till.tender("cash").last_sale is not None
    desk.close()


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "till.db").mkdir()
    assert refusal_of(tmp_path).code == "cannot_open"


def test_a_file_another_program_holds_is_told_after_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = TestTill(folder)
    desk.till.sign_in("anna", "1111")
    desk.store.pragma("busy_timeout = 10")
    with raw(folder) as connection:
        connection.exec_driver_sql("UPDATE setting SET value = value")
        with pytest.raises(Refusal, match="database_locked"):
            desk.till.tender("cash")
    assert desk.till.tender("cash").last_sale is not None
    desk.close()


def test_questions_are_answered_while_another_program_writes(folder: Path) -> None:
    with raw(folder) as connection:
        connection.exec_driver_sql("UPDATE setting SET value = value")
        store = TillStore(folder / "till.db", read_only=True)
        assert store.receipt_numbers() == [1, 2, 3]
        store.close()
