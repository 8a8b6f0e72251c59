"""Codes of cards: made so that nobody guesses one, checked so that nobody mistypes one.

A code is a prefix, random symbols and a check symbol. It is derived from a secret key and a salt:
the salt is kept with the card, the key in a file of its own. So a code can be printed again without
being written down anywhere, and whoever steals the records alone steals no money. Cards are found
by a digest of their code.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache

from msgspec import Struct

from pos.domain.errors import Refusal


class Alphabet(StrEnum):
    """The symbols of a code. `letters` leaves out those that are taken for another: 0 1 I L O U."""

    DIGITS = "digits"
    LETTERS = "letters"

    @property
    def symbols(self) -> str:
        """All of them, in the order they count."""
        return "0123456789" if self is Alphabet.DIGITS else "23456789ABCDEFGHJKMNPQRSTVWXYZ"


ENOUGH = 2**40
"""How many codes a group must have, so that guessing a sold one is hopeless at any till."""

LONGEST = 40
"""More symbols make a bar code no printer has room for."""

_PREFIX = re.compile(r"[0-9A-Z#]{0,12}")
_FOREIGN = re.compile(r"[!-~]{4,64}")


class CodeGroup(Struct, frozen=True):
    """The shape of a programme's codes (T-133). Raises Refusal "code_group" on a weak one.

    Attributes:
        prefix: stands first; the till knows the shop's own vouchers by it (T-029).
        length: of the whole code, prefix and check symbol included.
    """

    prefix: str = "2116"
    length: int = 20
    alphabet: Alphabet = Alphabet.LETTERS

    def __post_init__(self) -> None:
        strong = self.free > 0 and len(self.alphabet.symbols) ** self.free >= ENOUGH
        if not (strong and self.length <= LONGEST and _PREFIX.fullmatch(self.prefix)):
            raise Refusal("code_group", prefix=self.prefix, length=self.length)

    @property
    def free(self) -> int:
        """How many symbols are left to chance."""
        return self.length - len(self.prefix) - 1

    def write(self, number: int) -> str:
        """The code of a number; numbers beyond the group start over."""
        symbols, pairs = self.alphabet.symbols, _pairs(self.alphabet.symbols)
        number %= len(symbols) ** self.free
        parts: list[str] = []
        for _ in range(0, self.free, 2):
            number, index = divmod(number, len(pairs))
            parts.append(pairs[index])
        body = "".join(parts)[: self.free]
        return f"{self.prefix}{body}{check_symbol(body, symbols)}"

    def matches(self, code: str) -> bool:
        """Whether a code has this shape and its check symbol is right."""
        if len(code) != self.length or not code.startswith(self.prefix):
            return False
        symbols, body = self.alphabet.symbols, code[len(self.prefix) : -1]
        return set(body) <= set(symbols) and code[-1] == check_symbol(body, symbols)


def check_symbol(body: str, symbols: str) -> str:
    """ISO 7064, hybrid system MOD n+1,n: finds every wrong symbol, and of two swapped ones all but
    one case in 45 (digits) or 435 (letters). It asks that n+1 is prime, which 11 and 31 are.
    """
    count, steps = len(symbols), _steps(symbols)
    product = count
    for symbol in body:
        product = steps[product][symbol]
    return symbols[(count + 1 - product) % count]


@cache
def _pairs(symbols: str) -> tuple[str, ...]:
    """Two symbols for each number below the square of their count, the lesser digit first."""
    return tuple(low + high for high in symbols for low in symbols)


@cache
def _steps(symbols: str) -> tuple[Mapping[str, int], ...]:
    """By the product so far, the one after each symbol: codes are made by the hundred thousand."""
    count = len(symbols)
    return tuple(
        {
            symbol: ((product + value) % count or count) * 2 % (count + 1)
            for value, symbol in enumerate(symbols)
        }
        for product in range(count + 1)
    )


def normal_code(text: str) -> str:
    """A code as it is compared: without blanks and hyphens, in capitals."""
    return "".join(text.split()).replace("-", "").upper()


def check_foreign(text: str) -> str:
    """A code that somebody else made (T-130), in its normal form; raises Refusal "code_shape"."""
    code = normal_code(text)
    if not _FOREIGN.fullmatch(code):
        raise Refusal("code_shape", length=len(code))
    return code


def digest(code: str) -> str:
    """What a card is found by: 128 bits of SHA-256 over the normal form, in hexadecimal."""
    return hashlib.sha256(f"stored value\n{normal_code(code)}".encode()).hexdigest()[:32]


def masked(code: str) -> str:
    """What may be shown: the last four symbols, and of a short code a quarter at most."""
    code = normal_code(code)
    return f"****{code[-min(4, len(code) // 4) :]}"


class CodeKey(Struct, frozen=True):
    """Makes the codes of this shop's cards.

    Attributes:
        secret: the key, 32 random bytes.
        random: gives so many unpredictable bytes.
    """

    secret: bytes
    random: Callable[[int], bytes]

    @property
    def name(self) -> str:
        """Tells keys apart without giving one away."""
        return hashlib.sha256(b"name of a code key\n" + self.secret).hexdigest()[:8]

    def new_salt(self) -> str:
        """A salt that no card has had: 16 random bytes in hexadecimal."""
        return self.random(16).hex()

    def new_id(self) -> str:
        """An id that says nothing of the code."""
        return self.random(8).hex()

    def code(self, salt: str, group: CodeGroup) -> str:
        """The code that belongs to a salt."""
        mac = hmac.digest(self.secret, bytes.fromhex(salt), "sha256")
        return group.write(int.from_bytes(mac, "big"))
