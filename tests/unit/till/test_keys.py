"""Keys of the keyboard: changed by a manager, kept, never two meanings for one key."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.keys import DEFAULT_KEYS, POSSIBLE_KEYS, KeyTable
from tests.support.till import TestTill


@pytest.fixture
def manager(desk: TestTill) -> TestTill:
    desk.till.sign_in("maria", "9999")
    return desk


def test_the_usual_keys_are_possible_and_all_different() -> None:
    assert set(DEFAULT_KEYS.values()) <= set(POSSIBLE_KEYS)
    assert KeyTable().rows() == tuple(DEFAULT_KEYS.items())


def test_a_key_is_changed_kept_and_written_down(manager: TestTill) -> None:
    assert dict(manager.till.set_key("quantity", "F13").keys)["quantity"] == "F13"
    last = manager.store.last_entry()
    assert last is not None
    assert last.entry.kind is Kind.KEYS_CHANGED
    assert last.entry.data == {"changed": {"quantity": "F13"}}
    assert dict(manager.restart().view().keys)["quantity"] == "F13"


def test_a_key_that_is_taken_is_refused_with_what_it_does(manager: TestTill) -> None:
    with pytest.raises(Refusal, match="key_taken") as caught:
        manager.till.set_key("quantity", "F7")
    assert caught.value.values["other"] == "Parken"
    assert manager.till.view().keys == tuple(DEFAULT_KEYS.items())


def test_a_key_that_became_free_can_be_taken(manager: TestTill) -> None:
    manager.till.set_key("park", "Pause")
    keys = dict(manager.till.set_key("quantity", "F7").keys)
    assert (keys["quantity"], keys["park"]) == ("F7", "Pause")
    with pytest.raises(Refusal, match="key_taken"):
        manager.till.set_key("park", "F7")
    manager.till.set_key("quantity", "F4")
    assert manager.till.reset_keys().keys == tuple(DEFAULT_KEYS.items())
    assert manager.desk.keys.changed == {}


@pytest.mark.parametrize(
    ("action", "key", "code"),
    [
        ("quantity", "a", "key_impossible"),
        ("quantity", "Escape", "key_impossible"),
        ("quantity", "", "key_impossible"),
        ("dance", "F13", "no_such_action"),
    ],
)
def test_what_cannot_be_is_refused(manager: TestTill, action: str, key: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        manager.till.set_key(action, key)


def test_a_cashier_changes_no_key(desk: TestTill) -> None:
    desk.till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="right_missing"):
        desk.till.set_key("quantity", "F13")
    with pytest.raises(Refusal, match="right_missing"):
        desk.till.reset_keys()


@pytest.mark.parametrize("told", ["{", "[]", '{"dance": "F13"}', '{"quantity": "F7"}', "3"])
def test_keys_that_make_no_sense_any_more_are_the_usual_ones(desk: TestTill, told: str) -> None:
    with desk.store.begin() as work:
        work.set_setting("keys", told)
    assert desk.restart().view().keys == tuple(DEFAULT_KEYS.items())
