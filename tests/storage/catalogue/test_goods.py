"""Variants, kits, descriptions, stock and shown prices: as the files say, or told what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pos.domain.code_rules import Meaning
from pos.domain.display_prices import Agreement, PriceKind, Show, Surface
from pos.domain.facts import FactKind, Related
from pos.domain.quantity import Quantity
from pos.domain.variants import Creation, Display
from tests.storage.catalogue.folder import Folder

GOODS = {
    "units.csv": "code,name,step,reference,factor,active\nStk,Stk,1,,,1\nkg,kg,0.005,,,1\n"
    "g,g,1,kg,0.001,1\ndag,dag,1,g,10,1\nt,t,1,kg,1000,0\n",
    "attributes.csv": "number,name,name:en,display,creation\n"
    "farbe,Farbe,Colour,colour,at_once\ngravur,Gravur,Engraving,radio,never\n",
    "attribute_values.csv": "number,attribute,name,name:en,surcharge,colour,free_text,text_limit,"
    "sequence\n"
    'rot,farbe,Rot,Red,,"rgb(255,0,0)",,,2\n'
    "blau,farbe,Blau,,,#00f,,,1\n"
    "grau,farbe,Grau,,,,,,\n"
    "ohne,gravur,ohne,,,,,,\n"
    "text,gravur,mit Text,,4.90,,1,12,\n",
    "product_attributes.csv": "product,attribute,required,preset\n"
    "103,farbe,1,\n103,gravur,0,ohne\n",
    "product_values.csv": "product,value,surcharge\n103,rot,\n103,blau,2.50\n",
    "variants.csv": "number,product,combination\n103-R,103,rot\n103-B,103,blau\n",
    "barcodes.csv": "code,product,variant\n9000331604275,103,103-R\n90155642,103,\n",
    "kit_parts.csv": "kit,part,quantity\n103,199,2\n",
    "related.csv": "product,related,kind\n103,100,cross\n103,101,accessory\n103,102,upsell\n",
    "tags.csv": "number,name,name:en,colour,ribbon\nbio,Bio,Organic,#080,1\n",
    "suppliers.csv": "number,name\nlieferant,Muster GmbH\n",
    "places.csv": "number,name\nladen,Laden\nlager,Lager\n",
    "product_details.csv": "product,short_text,short_text:en,long_text,maker,weight,tags,place\n"
    "103,Kurz,Short,<p onclick=x>Lang</p><script>x</script>,lieferant,0.075,bio,lager\n",
    "facts.csv": "number,name,kind,unit,choices\nhart,Härte,choice,,weich|hart\n"
    "mass,Länge,number,cm,\ninfo,Info,html,,\n",
    "product_facts.csv": "product,fact,value,value:en\n103,hart,weich,\n103,mass,4.5,\n"
    "103,info,<b>gut<script>x</script>,<i onclick=1>good</i>\n",
    "supplier_codes.csv": "supplier,code,product\nlieferant,MU-7,103\n",
    "stock.csv": "article,place,quantity,at\n103-R,laden,3,2026-11-22T18:00\n"
    "103-R,lager,40,2026-11-20\n",
    "serials.csv": "product,number,since,expiry\n100,L2,2026-11-02,2026-12-01\n"
    "100,L1,2026-11-01,\n",
    "price_types.csv": "number,name,label,kind\nuvp,Empfohlen,UVP,rrp_gross\nk,Kunde,,customer\n",
    "price_partners.csv": "supplier,type,kept,shared,received\nlieferant,uvp,1,1,0\n",
    "display_prices.csv": "product,type,price\n103,uvp,2.49\n",
    "surfaces.csv": "surface,show,type\ncashier,own_and_partner,uvp\n",
    "code_rules.csv": "name,pattern,meaning,decimals\n"
    "Waage,28{article:5}{value:5}{check},weight,3\n",
}  # fmt: skip


@pytest.fixture
def goods(folder: Folder) -> Folder:
    for name, text in GOODS.items():
        folder.write(name, text)
    folder.add("products.csv", "199,Waffel,0.10,N,Stk,,,,,")
    return folder


def test_good_files_have_no_problem(goods: Folder) -> None:
    report = goods.imported()
    assert report.problems == []


def test_what_is_chosen_comes_as_the_product_offers_it(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        template = reader.template("103")
        assert template is not None
        colour, engraving = template.attributes
        assert (colour.display, colour.creation) == (Display.COLOUR, Creation.AT_ONCE)
        assert [(value.number, value.colour, value.surcharge) for value in colour.values] == [
            ("blau", "#0000ff", Decimal("2.50")),
            ("rot", "#ff0000", Decimal(0)),
        ]
        assert (engraving.required, engraving.default) == (False, "ohne")
        assert [value.text_limit for value in engraving.values] == [0, 12]
        assert {one.number for one in template.variants} == {"103-R", "103-B"}
        english = reader.template("103", "en")
        assert english is not None
        assert english.attributes[0].name == "Colour"
        assert [value.name for value in english.attributes[0].values] == ["Blau", "Red"]
        assert reader.template("100") is None and not reader.has_choices("100")


def test_a_code_of_a_variant_names_it(goods: Folder) -> None:
    """Each variant the back office made is scanned by its own code (ETRON-17)."""
    goods.imported()
    with goods.reader() as reader:
        for code, variant in (("9000331604275", "103-R"), ("90155642", ""), ("103-B", "103-B")):
            match = reader.find_code(code)
            assert match is not None and (match.product.number, match.variant) == ("103", variant)


def test_a_supplier_s_code_finds_the_product_while_it_means_one(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        match = reader.find_code("MU-7")
        assert match is not None and match.product.number == "103"
    goods.add("suppliers.csv", "zwei,Zweiter")
    goods.add("supplier_codes.csv", "zwei,MU-7,100")
    goods.imported()
    with goods.reader() as reader:
        assert reader.find_code("MU-7") is None


def test_units_of_a_category_in_terms_of_each_other(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        like = reader.units_like("g")
        assert [unit.code for unit in like] == ["g", "kg", "dag"]
        assert {unit.code: unit.factor for unit in like} == {
            "g": Decimal("0.001"),
            "kg": Decimal(1),
            "dag": Decimal("0.010"),
        }
        assert [unit.code for unit in reader.units_like("Stk")] == ["Stk"]
        inactive = reader.unit("t")
        assert inactive is not None and inactive.factor == 1000


def test_what_is_told_comes_cleaned_and_in_the_language(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        told = reader.details("103", "en")
        assert (told.short_text, told.long_text) == ("Short", "<p>Lang</p>")
        assert (told.maker, told.own, told.put_away) == ("Muster GmbH", False, "Lager")
        assert [(tag.name, tag.colour, tag.ribbon) for tag in told.tags] == [
            ("Organic", "#008800", True)
        ]
        assert [(fact.kind, fact.value, fact.unit) for fact in told.facts] == [
            (FactKind.CHOICE, "weich", ""),
            (FactKind.NUMBER, "4.5", "cm"),
            (FactKind.HTML, "<i>good</i>", ""),
        ]
        assert told.supplier_codes == (("Muster GmbH", "MU-7"),)
        german = reader.details("103")
        assert (german.short_text, german.facts[-1].value) == ("Kurz", "<b>gut</b>")
        assert reader.details("100").own


def test_parts_company_stock_and_lots(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        assert [(part.product, part.quantity) for part in reader.kit("103")] == [
            ("199", Quantity(2000))
        ]
        assert reader.kit("100") == ()
        assert [(kind, one.number) for kind, one in reader.related("103")] == [
            (Related.CROSS, "100"),
            (Related.ACCESSORY, "101"),
        ], "102 is inactive"
        shop, store = reader.stock("103-R")
        assert (shop.quantity, shop.at) == (
            Quantity(3000),
            datetime(2026, 11, 22, 17, tzinfo=UTC),
        )
        assert (store.name, store.quantity) == ("Lager", Quantity(40000))
        assert [(each.number, each.expiry) for each in reader.serials("100")] == [
            ("L1", None),
            ("L2", date(2026, 12, 1)),
        ]


def test_the_last_lot_in_goes_first_where_the_category_says_so(goods: Folder) -> None:
    goods.write(
        "categories.csv", "number,name,parent,removal\nFOOD,Essen,,\nMILK,Molkerei,FOOD,lifo\n"
    )
    goods.imported()
    with goods.reader() as reader:
        assert [each.number for each in reader.serials("100")] == ["L2", "L1"]


def test_shown_prices_with_what_each_side_allows(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        on_show = reader.prices_on_show("103")
        assert on_show.prices == {"uvp": Decimal("2.49")}
        assert on_show.agreements == {"uvp": Agreement(kept=True, shared=True)}
        assert on_show.types["uvp"].kind is PriceKind.RRP_GROSS
        assert on_show.surfaces[Surface.CASHIER].show is Show.OWN_AND_PARTNER
        assert reader.prices_on_show("100").agreements is None


def test_code_rules_of_the_shop(goods: Folder) -> None:
    goods.imported()
    with goods.reader() as reader:
        (rule,) = reader.code_rules()
        assert (rule.name, rule.meaning, rule.decimals) == ("Waage", Meaning.WEIGHT, 3)


@pytest.mark.parametrize("text", ["bio", "Bio", "schnitten bio", "käse alpen"])
def test_tags_and_words_of_categories_are_found(goods: Folder, text: str) -> None:
    goods.write(
        "categories.csv",
        "number,name,parent,keywords\nFOOD,Essen,,\nMILK,Molkerei,FOOD,Milchprodukt\n",
    )
    goods.imported()
    with goods.reader() as reader:
        assert reader.search(text, 0, 10)
        found = [tile.product.number for tile in reader.search("milchprodukt", 0, 10)]
        assert found == ["100", "101", "104"]


BAD = [
    ("attribute_values.csv", "x,farbe,X,,,rötlich,,,", "colour", "colour"),
    ("attribute_values.csv", "x,form,X,,,,,,", "attribute", "unknown_reference"),
    ("product_attributes.csv", "100,farbe,1,text", "preset", "value_elsewhere"),
    ("variants.csv", "100,103,grau", "number", "number_of_product"),
    ("variants.csv", "103-X,103,rot blau", "combination", "variant_values"),
    ("variants.csv", "103-X,103,text", "combination", "variant_values"),
    ("variants.csv", "103-X,103,lila", "combination", "variant_values"),
    ("variants.csv", "103-X,103,rot", "combination", "duplicate"),
    ("variants.csv", "103-X,999,rot", "product", "unknown_reference"),
    ("barcodes.csv", "KLEIN-2,103,103-X", "variant", "unknown_reference"),
    ("barcodes.csv", "KLEIN-2,100,103-R", "variant", "variant_elsewhere"),
    ("kit_parts.csv", "100,103,1", "part", "kit_chain"),
    ("kit_parts.csv", "103,100,1", "part", "kit_tax"),
    ("kit_parts.csv", "103,100,0", "quantity", "not_positive"),
    ("product_facts.csv", "100,hart,mittel,", "value", "fact_value"),
    ("product_facts.csv", "100,mass,lang,", "value", "fact_value"),
    ("stock.csv", "105,laden,1,2026-11-22", "article", "unknown_reference"),
    ("stock.csv", "100,keller,1,2026-11-22", "place", "unknown_reference"),
    ("display_prices.csv", "100,k,1.00", "type", "customer_price"),
    ("code_rules.csv", "Leer,28{article:5},weight,3", "pattern", "code_pattern"),
    ("code_rules.csv", "Unklar,28{x:5},weight,3", "pattern", "code_pattern"),
]


@pytest.mark.parametrize(("file", "row", "field", "reason"), BAD)
def test_a_bad_row_is_told_and_the_good_ones_stay(
    goods: Folder, file: str, row: str, field: str, reason: str
) -> None:
    goods.add(file, row)
    report = goods.imported()
    assert [(each.file, each.line, each.field, each.reason) for each in report.problems] == [
        (file, GOODS[file].count("\n") + 1, field, reason)
    ]
    assert report.files[file].taken == GOODS[file].count("\n") - 1


def test_a_missing_document_is_told_and_its_row_stays(goods: Folder) -> None:
    goods.write("documents.csv", "product,file,name\n103,anleitung.pdf,Anleitung\n")
    assert [each.reason for each in goods.imported().problems] == ["document_missing"]
    (goods.source / "documents").mkdir()
    (goods.source / "documents" / "anleitung.pdf").write_bytes(b"%PDF-1.4")
    assert goods.imported().problems == []
    with goods.reader() as reader:
        (paper,) = reader.details("103").documents
        assert paper.name == "Anleitung"
    assert (goods.data / "documents" / "anleitung.pdf").is_file()


def test_texts_in_other_languages_survive_an_import_without_their_file(goods: Folder) -> None:
    goods.imported()
    (goods.source / "product_facts.csv").unlink()
    (goods.source / "attributes.csv").unlink()
    goods.imported()
    with goods.reader() as reader:
        assert reader.details("103", "en").facts[-1].value == "<i>good</i>"
        english = reader.template("103", "en")
        assert english is not None and english.attributes[0].name == "Colour"
