"""A small catalogue folder for tests to spoil, and a way to look at what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine

from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.reader import CatalogueReader
from pos.storage.catalogue.report import ImportReport
from pos.storage.catalogue.tables import metadata

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

FILES = {
    "units.csv": "code,name,step\nStk,Stk,1\nkg,kg,0.005\n",
    "taxes.csv": (
        "code,name,since,rate,category\n"
        "N,Normal,2016-01-01,20,normal\n"
        "G,Basic,2016-01-01,10,reduced_1\n"
        "G,Basic,2026-07-01,4.9,special\n"
    ),
    "categories.csv": "number,name,parent\nFOOD,Essen,\nMILK,Molkerei,FOOD\n",
    "pos_categories.csv": (
        "number,name,name:en,parent,sequence,active\n"
        "1,Frisches,Fresh,,1,1\n"
        "11,Milch,Milk,1,2,1\n"
        "12,Brot,,1,1,1\n"
        "13,Zimt,,1,0,1\n"
        "14,Alt,,1,0,0\n"
        "15,Anis,,1,0,1\n"
    ),
    "price_lists.csv": "number,name\nshop,Laden\nnight,Abend\n",
    "products.csv": (
        "number,name,price,tax,unit,category,pos_categories,sequence,weighed,active\n"
        "100,Vollmilch,1.49,G,Stk,MILK,11,2,,\n"
        "101,Bergkäse,19.90,G,kg,MILK,11 1,,1,\n"
        "102,Alte Butter,2.99,G,Stk,MILK,11,,,0\n"
        "103,Manner Schnitten,1.49,N,Stk,,,,,\n"
        "104,Alpenkäse,17.90,G,kg,MILK,11,1,1,\n"
    ),
    "barcodes.csv": (
        "code,product\n9000331604275,103\n90155642,103\n042100005264,100\nKLEIN-1,101\n"
    ),
    "packagings.csv": (
        "product,name,content,code,sellable\n"
        "103,Karton,18,19000331604272,1\n"
        "103,Überkarton,72,39000331604276,0\n"
    ),
    "customers.csv": "number,name,card\n7,Pichler,K-7\n",
    "price_rules.csv": (
        "number,list,compute,price,scope,product,base,base_list,discount,start,end\n"
        "r1,shop,fixed,1.29,product,103,,,,,\n"
        "r2,night,percentage,,all,,list,shop,-10,2026-11-01,2026-11-30\n"
    ),
    "operators.csv": "number,name,role,rights,pin\nanna,Anna,cashier,price,1111\nbo,Bo,manager,,\n",
    "tills.csv": "number,name,price_list,start_category,categories\n1,Kassa,shop,11,1 11\n",
    "shop.csv": "name,address,vat_id\nGreißlerei,Hauptplatz 1|3400 Ort,ATU12345675\n",
}

PLAIN_IMPORT = {name: text.count("\n") - 1 for name, text in FILES.items()}
"""How many rows each file holds."""


class Folder:
    """A catalogue folder and the data folder it is imported into."""

    def __init__(self, path: Path) -> None:
        self.source = path / "exchange"
        self.data = path / "data"
        self.source.mkdir()
        for name, text in FILES.items():
            (self.source / name).write_text(text, encoding="utf-8")

    def add(self, file: str, *rows: str) -> None:
        """Append rows to a file."""
        with (self.source / file).open("a", encoding="utf-8") as lines:
            lines.writelines(f"{row}\n" for row in rows)

    def write(self, file: str, content: str | bytes) -> None:
        """Replace a file."""
        raw = content.encode() if isinstance(content, str) else content
        (self.source / file).write_bytes(raw)

    def imported(self) -> ImportReport:
        """Import the folder."""
        return import_folder(self.source, self.data, NOW)

    @contextmanager
    def reader(self) -> Iterator[CatalogueReader]:
        """A reader of the data folder."""
        reader = CatalogueReader(self.data)
        try:
            yield reader
        finally:
            reader.close()


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a catalogue but when it was imported."""
    engine = create_engine(f"sqlite:///{data / 'catalogue.db'}")
    with engine.connect() as connection:
        tables = {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
            if table.name != "about"
        }
    engine.dispose()
    return tables
