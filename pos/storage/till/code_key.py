"""The key that voucher codes are made with, in a file of its own beside the records.

A backup holds it, so that cards of a restored till can be printed and sent again; whoever has a
backup can therefore make codes, and it is kept like the cash. A lost key costs the printing of old
codes, never money: cards are found by a digest of their code.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from pos.domain.errors import Refusal
from pos.domain.stored_value.codes import CodeKey
from pos.storage.engine import sync

FILE = "voucher.key"
_BYTES = 32


def code_key(data: Path) -> CodeKey:
    """The key of a data folder, made at its first use, readable by nobody else.

    Raises Refusal "code_key_unreadable" where the file holds something else.
    """
    path = data / FILE
    if not path.exists():
        _make(path)
    secret = path.read_bytes()
    if len(secret) != _BYTES:
        raise Refusal("code_key_unreadable", file=FILE)
    return CodeKey(secret, secrets.token_bytes)


def _make(path: Path) -> None:
    """Write a new key, whole or not at all: half a one could never be used."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(secrets.token_bytes(_BYTES))
    sync(fresh)
    fresh.replace(path)
