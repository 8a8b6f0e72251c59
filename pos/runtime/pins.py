"""PINs: kept as argon2id hashes only, so that a copied database gives none away."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@lru_cache
def _hasher() -> PasswordHasher:
    """19 MiB and two passes: some 45 ms at sign-in, dear for whoever tries all PINs."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_pin(pin: str) -> str:
    """The argon2id hash of a PIN, with a salt of its own."""
    return _hasher().hash(pin)


def is_pin_hash(text: str) -> bool:
    """Whether a text is an argon2id hash this program can check."""
    if not text.startswith("$argon2id$"):
        return False
    try:
        _hasher().check_needs_rehash(text)
    except InvalidHashError:
        return False
    return True


def pin_matches(stored: str, pin: str) -> bool:
    """Whether the PIN is the one behind the hash; no hash means no PIN, and only "" matches."""
    if not stored:
        return pin == ""
    try:
        return _hasher().verify(stored, pin)
    except (VerificationError, InvalidHashError):
        return False
