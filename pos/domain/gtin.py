"""GTINs: the check digit, and the one form in which two writings of a code are equal."""

from __future__ import annotations

GTIN_LENGTHS = frozenset({8, 12, 13, 14})


def check_digit(body: str) -> int:
    """The last digit of a GTIN, from all the others (GS1: weights 3 and 1 from the right)."""
    digits = body.encode("ascii")
    zeros = ord("0") * (len(digits) + 2 * len(digits[::-2]))
    return (zeros - sum(digits) - 2 * sum(digits[::-2])) % 10


def looks_like_gtin(code: str) -> bool:
    """Whether a code has the length of a GTIN and nothing but digits."""
    return len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit()


def is_gtin(code: str) -> bool:
    """Whether a code is a GTIN whose check digit is right."""
    return looks_like_gtin(code) and check_digit(code[:-1]) == int(code[-1])


def short_code(code: str) -> str:
    """A code as people know it: EAN-13 and EAN-8 without the zeros `normalise_code` put before."""
    if len(code) != 14 or not is_gtin(code) or code[0] != "0":
        return code
    return code[6:] if code.startswith("000000") else code[1:]


def normalise_code(code: str) -> str:
    """A code as the catalogue keeps it: GTINs in 14 digits, so that UPC-A and EAN-13 agree."""
    return code.zfill(14) if looks_like_gtin(code) else code
