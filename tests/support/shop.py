"""The shop of the tests as a folder of the exchange format, and a data folder made from it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from pos.storage.catalogue.importing import import_folder
from tests.support.catalogue import BANANA, BOUGHT_CARTON, CARTON, COFFEE, COLA, MILK, OLD, ROLL

IMPORTED_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)

FILES = {
    "units": """\
code,name,step
Stk,Stk.,1
kg,kg,0.001
""",
    "taxes": """\
code,name,since,rate,category
N,Normalsteuersatz,2016-01-01,20,normal
L,Lebensmittel,2016-01-01,10,reduced_1
G,Grundnahrungsmittel,2016-01-01,10,reduced_1
G,Grundnahrungsmittel,2026-07-01,4.9,special
0,Pfand,2016-01-01,0,zero
""",
    "categories": "number,name\nW,Waren\n",
    "pos_categories": "number,name\n1,Alles\n",
    "price_lists": "number,name\nladen,Laden\n",
    "products": """\
number,name,price,tax,unit,category,pos_categories,weighed,deposit,active
1,Kaffee gemahlen 500 g,7.99,N,Stk,W,1,0,,1
2,Vollmilch 1 l,1.59,G,Stk,W,1,0,,1
3,"Cola 0,5 l",1.89,N,Stk,W,1,0,9,1
4,Bananen,2.49,G,kg,W,1,1,,1
5,Alte Ware,1.00,N,Stk,W,1,0,,0
6,Semmel,0.55,L,Stk,W,1,0,,1
9,Einwegpfand,0.25,0,Stk,W,1,0,,1
""",
    "barcodes": f"code,product\n{COFFEE},1\n{MILK},2\n{COLA},3\n{BANANA},4\n{OLD},5\n{ROLL},6\n",
    "packagings": f"""\
product,name,content,code,sellable
1,Karton,12,{CARTON},1
1,Palette,480,{BOUGHT_CARTON},0
""",
    "price_rules": """\
number,list,scope,compute,product,min_quantity,price
1,laden,product,fixed,6,10,0.45
""",
    "operators": """\
number,name,role,pin
anna,Anna,cashier,1111
maria,Maria,manager,9999
""",
    "tills": "number,name,price_list\n1,Kasse 1,laden\n2,Kasse 2,\n",
    "shop": """\
name,address,vat_id,zone,language
Testladen,Hauptplatz 1|8010 Graz,ATU12345675,Europe/Vienna,de_AT
""",
}


def write_shop(folder: Path, **other: str) -> Path:
    """Write the shop's files, some with another text; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (FILES | other).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def make_shop(data: Path, **other: str) -> Path:
    """A data folder that holds the shop's catalogue and nothing else; returns it."""
    exchange = write_shop(data / "exchange", **other)
    report = import_folder(exchange, data, IMPORTED_AT)
    assert not report.problem_count, report.problems
    shutil.rmtree(exchange)
    return data
