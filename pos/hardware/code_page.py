"""Texts in a printer's code page: what it can't show is replaced, never guessed.

python-escpos would pick code pages by itself and lose the euro sign on many printers, so the page
is fixed for each printer and every text is folded to it before it is measured.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct


class CodePage(Struct, frozen=True):
    """A character table: Python's name of it, and its number for `ESC t`."""

    codec: str
    number: int

    def fold(self, text: str) -> str:
        """The text in characters of this page only."""
        return "".join(map(self._fold_char, text))

    def encode(self, text: str) -> bytes:
        """The bytes of a folded text."""
        return text.encode(self.codec, "replace")

    def _fold_char(self, char: str) -> str:
        return next(filter(self._holds, _candidates(char)), "?")

    def _holds(self, text: str) -> bool:
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True


def _candidates(char: str) -> tuple[str, ...]:
    """The character, what may stand for it, and its letter without marks ("ź" → "z")."""
    letters = unicodedata.normalize("NFKD", char)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return (char, *_REPLACED.get(char, ()), bare)


_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_HYPHENS = (
    "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
)
_QUOTES = (
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
_APOSTROPHES = (
    "\N{SINGLE LOW-9 QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
_INVISIBLE = "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}\N{SOFT HYPHEN}"
_REPLACED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_SPACES, (" ",)),
    **dict.fromkeys(_HYPHENS, ("-",)),
    **dict.fromkeys(_QUOTES, ('"',)),
    **dict.fromkeys(_APOSTROPHES, ("'",)),
    **dict.fromkeys(_INVISIBLE, ("",)),
    "€": ("EUR",),
    "•": ("·", "*"),
    "·": ("-",),
    "×": ("x",),
    "ł": ("l",),
    "Ł": ("L",),
    "đ": ("d",),
    "Đ": ("D",),
    "\N{LATIN SMALL LETTER DOTLESS I}": ("i",),
    "œ": ("oe",),
    "Œ": ("OE",),
    "ẞ": ("SS",),
}

CODE_PAGES = {
    "cp858": CodePage("cp858", 19),
    "cp1252": CodePage("cp1252", 16),
    "cp437": CodePage("cp437", 0),
}
"""By setting. cp858 and cp1252 hold umlauts and the euro sign; cp437 is for the oldest printers."""
