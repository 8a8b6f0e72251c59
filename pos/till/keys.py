"""The keys of this till: changed by a manager, kept with the till's records."""

from __future__ import annotations

import json

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.keys import KeyTable
from pos.domain.operator import Right
from pos.till.desk import Desk

SETTING = "keys"


def load(desk: Desk) -> None:
    """Take up the keys as they were left; what makes no sense any more is the usual table."""
    try:
        changed = json.loads(desk.store.setting(SETTING) or "{}")
        desk.keys = KeyTable(changed) if isinstance(changed, dict) else KeyTable()
    except ValueError:
        desk.keys = KeyTable()


def set_key(desk: Desk, action: str, key: str) -> None:
    """Give an action another key; raises Refusal where that key does something else."""
    desk.demand(Right.SETTINGS)
    try:
        table = desk.keys.with_key(action, key)
    except Refusal as refusal:
        if refusal.code != "key_taken":
            raise
        other = desk.texts.get(f"key_action.{refusal.values['other']}")
        raise Refusal("key_taken", key=key, other=other) from refusal
    _keep(desk, table)


def reset(desk: Desk) -> None:
    """Give every action its usual key again."""
    desk.demand(Right.SETTINGS)
    _keep(desk, KeyTable())


def _keep(desk: Desk, table: KeyTable) -> None:
    changed = dict(table.changed)
    with desk.writing() as work:
        work.set_setting(SETTING, json.dumps(changed))
        desk.record(work, Kind.KEYS_CHANGED, {"changed": changed})
    desk.keys = table
