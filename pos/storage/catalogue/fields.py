"""How the exchange format is declared: files, their fields, and what a field may hold."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a field holds. The text is what `docs/data-formats.md` prints."""

    TEXT = "text"
    LINES = "lines, separated by |"
    KEY = "key"
    KEYS = "keys, separated by blanks"
    CODE = "barcode"
    AMOUNT = "amount"
    SIGNED = "amount, may be negative"
    QUANTITY = "quantity"
    RATE = "percent, two decimals"
    WHOLE = "whole number"
    FLAG = "yes or no"
    CHOICE = "one of"
    CHOICES = "any of, separated by blanks"
    DAY = "day"
    INSTANT = "day or moment"
    PICTURE = "picture file"
    DOCUMENT = "document file"
    COLOUR = "colour"
    MARKUP = "HTML, cleaned"
    ADDRESS = "address on the web"
    ZONE = "time zone"
    PIN = "PIN"
    PIN_HASH = "argon2id hash"


LONGEST = 200
"""Characters a field may have unless it says otherwise."""


class Field(Struct, frozen=True):
    """One column of a file.

    Attributes:
        meaning: one line for the reader of the documentation.
        default: what an empty or absent field means, written as in the file.
        refers: the file whose key this field names.
        choices: the words a CHOICE or CHOICES field knows.
        translated: `name:en` beside `name` gives the text in another language.
        positive: zero isn't allowed either.
        unique: no two rows may share it, though it isn't the key.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    default: str = ""
    refers: str = ""
    choices: tuple[str, ...] = ()
    longest: int = LONGEST
    translated: bool = False
    positive: bool = False
    unique: bool = False


class Need(Struct, frozen=True):
    """Where `field` holds `value`, `needed` must hold something."""

    field: str
    value: str
    needed: str


class FileFormat(Struct, frozen=True):
    """One file of the folder, a table of its own in `catalogue.db`.

    Attributes:
        name: of the file without ".csv", and of the table.
        key: the fields no two rows may share.
        tree: the field that names the row above in the same file; loops are refused.
        single: the file holds one row.
        needs: fields that others make necessary.
        one_of: two fields of which exactly one holds something.
        passing: its rows come and go, so a good row before stands for no faulty one now.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    tree: str = ""
    single: bool = False
    needs: tuple[Need, ...] = ()
    one_of: tuple[str, str] | None = None
    passing: bool = False

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"


ACTIVE = Field("active", Kind.FLAG, "no: known, but not offered", default="1")
SEQUENCE = Field("sequence", Kind.WHOLE, "place among its like; 0 comes last, by name", default="0")
PICTURE = Field("picture", Kind.PICTURE, "file in the folder `pictures`")


def key_field(meaning: str) -> Field:
    """The field other files name a row by."""
    return Field("number", Kind.KEY, meaning, required=True)


def name_field(meaning: str, *, translated: bool = False) -> Field:
    """What a row is called."""
    return Field("name", Kind.TEXT, meaning, required=True, translated=translated)
