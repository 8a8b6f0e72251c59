"""Fills a catalogue folder up with generated goods, to try the till at a size no shop has.

Names and GTINs come from a list of real products where there is one, else they are made up.
Prices, taxes and categories are derived from the GTIN: the same goods look the same in every fill.
"""

from __future__ import annotations

import csv
import gzip
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit, is_gtin, normalise_code
from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.report import ImportReport, OnProgress

PRODUCTS_FILE = "products.tsv.gz"
"""GTIN, tab, name: one product a line; a list that isn't gzipped has another ending."""

_TOP = "9"
_PRODUCT_FIELDS = (
    "number",
    "name",
    "price",
    "tax",
    "unit",
    "category",
    "pos_categories",
    "picture",
)


class _Goods(Struct, frozen=True):
    """A kind of goods in the demo shop: words that tell it, and what follows from it.

    `low` and `high` bound the price, in cents.
    """

    words: str
    category: str
    tax: str
    picture: str
    low: int
    high: int


_KINDS = (
    _Goods("beer|bier|bière|birra|cerveza|pils|lager", "G-BI", "N", "beer.png", 89, 249),
    _Goods(
        "wine|wein|vin|vino|champagne|prosecco|sekt", "G-WS", "N", "sparkling_wine.png", 399, 1999
    ),
    _Goods("water|wasser|eau|agua|acqua", "G-AF", "N", "drop.png", 49, 149),
    _Goods("juice|saft|jus|nectar|zumo|succo", "G-AF", "N", "juice_box.png", 129, 399),
    _Goods("cola|soda|limonade|lemonade|drink", "G-AF", "N", "cup_with_straw.png", 79, 249),
    _Goods("cheese|käse|fromage|queso|formaggio|mozzarella", "L-MO", "L", "cheese.png", 149, 699),
    _Goods("milk|milch|lait|leche|latte", "L-MO", "G", "milk.png", 99, 249),
    _Goods("yogurt|yoghurt|joghurt|yaourt|yogur", "L-MO", "G", "bowl.png", 59, 299),
    _Goods("butter|beurre", "L-MO", "G", "butter.png", 199, 399),
    _Goods("chocolate|chocolat|schokolade|cacao|cocoa", "L-SU", "L", "chocolate.png", 99, 499),
    _Goods("biscuits?|cookies?|kekse?|waffel|wafer|galettes?", "L-SU", "L", "cookie.png", 129, 449),
    _Goods("candy|bonbons?|gum|gummi", "L-SU", "L", "candy.png", 79, 299),
    _Goods("chips|crisps|popcorn|snack|crackers?", "L-KN", "L", "popcorn.png", 99, 349),
    _Goods("bread|brot|pain|toast|pan|baguette", "L-BR", "G", "bread.png", 149, 449),
    _Goods(
        "ham|schinken|jambon|salami|sausages?|wurst|bacon|saucisson",
        "L-WU",
        "L",
        "meat.png",
        199,
        699,
    ),
    _Goods("pasta|spaghetti|nudeln|penne|fusilli", "L-TR", "G", "pasta.png", 99, 349),
    _Goods("rice|reis|riz", "L-TR", "G", "rice.png", 149, 449),
    _Goods("soup|suppe|soupe", "L-TR", "L", "soup.png", 99, 349),
    _Goods("oil|öl|huile|aceite", "L-TR", "L", "olives.png", 299, 1299),
    _Goods("coffee|kaffee|café|espresso", "L-FR", "L", "coffee.png", 349, 1299),
    _Goods("tea|tee|thé|infusion", "L-FR", "L", "tea.png", 199, 599),
    _Goods("honey|honig|miel|jam|confiture|marmelade", "L-FR", "L", "honey.png", 249, 799),
    _Goods("muesli|müsli|cereals?|granola|flakes", "L-FR", "L", "bowl.png", 199, 599),
)
_OTHER = _Goods("", "L-TR", "L", "can.png", 79, 899)
_TELL = re.compile("|".join(rf"(\b(?:{kind.words})\b)" for kind in _KINDS), re.IGNORECASE)

_BRANDS = (
    "Almhof",
    "Bergland",
    "Donau",
    "Edel",
    "Feinkost Huber",
    "Gutshof",
    "Lindner",
    "Sonnberg",
)
_TRAITS = ("Bio", "Classic", "Feinste", "Fein", "Land", "Original", "Premium", "Traditions")
_NOUNS = (
    "Apfelsaft", "Bergkäse", "Bier", "Brot", "Butter", "Chips", "Essig", "Grießnudeln", "Honig",
    "Joghurt", "Kaffee", "Kekse", "Marmelade", "Milch", "Mineralwasser", "Müsli", "Pasta", "Reis",
    "Schinken", "Schokolade", "Suppe", "Tee", "Wurst", "Öl",
)  # fmt: skip
_SIZES = ("100 g", "200 g", "250 g", "400 g", "500 g", "0,5 l", "1 kg", "1 l")


def write_filled_folder(source: Path, target: Path, count: int, products_file: Path | None) -> None:
    """Copy a catalogue folder and add goods until it holds `count` products.

    Args:
        source: the demo shop, whose taxes, units and categories the goods use.
        target: is made; what it held is overwritten.
        count: all products together; what `source` holds stays, even if it is more.
        products_file: the list to take from; where it ends, or without one, goods are made up.

    Raises Refusal "products_file_missing" for a list that isn't there.
    """
    if products_file is not None and not products_file.is_file():
        raise Refusal("products_file_missing", path=str(products_file))
    shutil.copytree(source, target, dirs_exist_ok=True)
    known = {normalise_code(row[0]) for row in _read(source / "barcodes.csv")}
    missing = count - sum(1 for _ in _read(source / "products.csv"))
    if missing > 0:
        _add_goods(target, _fresh(_goods(products_file), known), missing)
        _add_categories(target / "pos_categories.csv")


def fill_catalogue(
    source: Path,
    data: Path,
    now: datetime,
    count: int,
    products_file: Path | None = None,
    on_progress: OnProgress = lambda _progress: None,
) -> ImportReport:
    """Import the shop in `source`, filled up to `count` products, into a data folder.

    `products_file` is as in `write_filled_folder`. Raises Refusal as `import_folder` does.
    """
    data.mkdir(parents=True, exist_ok=True)
    for left_over in data.glob("fill-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    with TemporaryDirectory(dir=data, prefix="fill-") as folder:
        write_filled_folder(source, Path(folder), count, products_file)
        return import_folder(Path(folder), data, now, on_progress, fewer=True)


def find_products_file(*folders: Path) -> Path | None:
    """The list of products in the first of these folders that holds one."""
    return next((path for folder in folders if (path := folder / PRODUCTS_FILE).is_file()), None)


def _goods(products_file: Path | None) -> Iterator[tuple[str, str]]:
    """GTIN and name of more goods than anybody will ask for."""
    if products_file is not None:
        opened = gzip.open if products_file.suffix == ".gz" else open
        with opened(products_file, "rt", encoding="utf-8") as lines:
            for line in lines:
                gtin, _, name = line.rstrip("\n").partition("\t")
                if name and is_gtin(gtin):
                    yield gtin, name
    yield from _made_up()


def _made_up() -> Iterator[tuple[str, str]]:
    """Goods under 04…, the GTINs GS1 leaves to companies for themselves."""
    for index in range(10_000_000):
        body = f"04{index:010}"
        seed = crc32(body.encode())
        words = []
        for choices in (_BRANDS, _TRAITS, _NOUNS, _SIZES):
            seed, pick = divmod(seed, len(choices))
            words.append(choices[pick])
        yield f"{body}{check_digit(body)}", " ".join(words)


def _fresh(goods: Iterable[tuple[str, str]], known: set[str]) -> Iterator[tuple[str, str]]:
    """Leave out GTINs the shop has. A list may hold one both as EAN-8 and with zeros before it."""
    for gtin, name in goods:
        code = normalise_code(gtin)
        if code not in known:
            if code.startswith("000000"):
                known.add(code)
            yield gtin, name


def _add_goods(target: Path, goods: Iterator[tuple[str, str]], missing: int) -> None:
    header = next(_read(target / "products.csv", skip=0))
    places = [header.index(name) for name in _PRODUCT_FIELDS]
    blank = [""] * len(header)
    no_variant = [""] * (len(next(_read(target / "barcodes.csv", skip=0))) - 2)
    with (
        (target / "products.csv").open("a", encoding="utf-8", newline="") as products,
        (target / "barcodes.csv").open("a", encoding="utf-8", newline="") as barcodes,
    ):
        product_rows = csv.writer(products, lineterminator="\n")
        code_rows = csv.writer(barcodes, lineterminator="\n")
        for _, (gtin, name) in zip(range(missing), goods, strict=False):
            row = blank.copy()
            for place, value in zip(places, _product(gtin, name), strict=True):
                row[place] = value
            product_rows.writerow(row)
            code_rows.writerow((gtin, gtin, *no_variant))


def _product(gtin: str, name: str) -> tuple[str, ...]:
    """The fields of _PRODUCT_FIELDS for one of the goods."""
    told = _TELL.search(name)
    kind = _KINDS[(told.lastindex or 1) - 1] if told else _OTHER
    cents = kind.low + crc32(gtin.encode()) % (kind.high - kind.low + 1)
    price = Decimal(cents // 10 * 10 + 9).scaleb(-2)
    clean = " ".join(name.split())
    return gtin, clean, f"{price}", kind.tax, "Stk", kind.category, _letter(clean), kind.picture


def _letter(name: str) -> str:
    """The till category of a name: its first letter's, or the one for all others."""
    first = fold(name)[:1].upper()
    return _TOP + (first if "A" <= first <= "Z" else "0")


def _add_categories(path: Path) -> None:
    """Till categories A to Z for the goods, under one of their own."""
    header = next(_read(path, skip=0))
    rows = [{"number": _TOP, "name": "Weitere Waren", "name:en": "More goods", "sequence": "9"}]
    for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1):
        rows.append({"number": _TOP + letter, "name": letter, "sequence": str(place)})
    rows.append({"number": f"{_TOP}0", "name": "0–9 …", "sequence": "99"})
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        for row in rows:
            above = {} if row["number"] == _TOP else {"parent": _TOP}
            writer.writerow({"picture": "shopping_bags.png", **row, **above})


def _read(path: Path, skip: int = 1) -> Iterator[list[str]]:
    """The rows of a CSV file of the demo shop, the first `skip` left out."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            if number >= skip:
                yield row
