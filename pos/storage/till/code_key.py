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

FILE = "voucher.key"
_BYTES = 32


def code_key(data: Path) -> CodeKey:
    """The key of a data folder, made at its first use, readable by nobody else.

    Raises Refusal "code_key_unreadable" where the file holds something else.
    """
    path = data / FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(_BYTES))
    secret = path.read_bytes()
    if len(secret) != _BYTES:
        raise Refusal("code_key_unreadable", file=FILE)
    return CodeKey(secret, secrets.token_bytes)
