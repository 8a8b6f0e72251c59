"""Texts folded for the search, so that "Käse", "kaese", "KASE" and "kase" are one word."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i"}
)
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_SIGNS = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})


def fold(text: str) -> str:
    """Lower case, no accents, "ae" as "a" (so too "oe" and "ue"), words apart by one blank.

    The fold of a beginning is a beginning of the fold: a search while typing narrows only.
    """
    plain = text.lower()
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain.translate(_LETTERS)))
        if not plain.isascii():
            plain = "".join(char if char.isalnum() else " " for char in plain)
    words = plain.translate(_SIGNS).split()
    return " ".join(words).replace("ae", "a").replace("oe", "o").replace("ue", "u")
