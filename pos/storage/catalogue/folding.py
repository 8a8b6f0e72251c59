"""Texts folded for the search, so that "Käse", "kaese", "KASE" and "kase" are one word."""

from __future__ import annotations

import re
import unicodedata

_SHARP = str.maketrans({"ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d"})
_UMLAUT = re.compile(r"([aou])e")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, no accents, "ae" as "a" (so too "oe" and "ue"), words apart by one blank.

    The fold of a beginning is a beginning of the fold: a search while typing narrows only.
    """
    plain = text.lower()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain.translate(_SHARP))
        plain = "".join(char for char in parts if not unicodedata.combining(char))
        plain = _keep_other_scripts(plain)
        return " ".join(_UMLAUT.sub(r"\1", plain).split())
    return _NO_WORD.sub(" ", _UMLAUT.sub(r"\1", plain)).strip()


def _keep_other_scripts(text: str) -> str:
    return "".join(char if char.isalnum() else " " for char in text)
