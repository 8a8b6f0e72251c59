"""The exchange format, second part: variants, kits, descriptions, stock: all that tells of goods.

See `exchange.py`, which puts these files in their order of loading.
"""

from __future__ import annotations

from pos.domain.code_rules import Meaning
from pos.domain.display_prices import Level, PriceKind, Show, Surface
from pos.domain.facts import FactKind, GoodsKind, Related
from pos.domain.variants import Creation, Display
from pos.storage.catalogue.fields import (
    ACTIVE,
    PICTURE,
    SEQUENCE,
    Field,
    FileFormat,
    Kind,
    Need,
    key_field,
    name_field,
)

TAGS = FileFormat(
    "tags",
    "Words put on goods: coloured in lists and information, found by the search (ETRON-23).",
    ("number",),
    (
        key_field("of the tag"),
        name_field("on the tag", translated=True),
        Field("colour", Kind.COLOUR, "of its ground"),
        Field("ribbon", Kind.FLAG, "shows at the corner of tiles too (ETRON-24)", default="0"),
    ),
)

SUPPLIERS = FileFormat(
    "suppliers",
    "Who delivers goods (ETRON-27).",
    ("number",),
    (key_field("of the supplier"), name_field("of the supplier")),
)

WEB_CATEGORIES = FileFormat(
    "web_categories",
    "Categories of the online shop (ETRON-11). Hidden there, goods are sold at the till all the"
    " same.",
    ("number",),
    (
        key_field("of the category"),
        name_field("in the online shop", translated=True),
        Field("parent", Kind.KEY, "the category above", refers="web_categories"),
        Field("hidden", Kind.FLAG, "not shown in the online shop", default="0"),
        Field("website", Kind.ADDRESS, "its page"),
        PICTURE,
    ),
    tree="parent",
)

PLACES = FileFormat(
    "places",
    "Places goods are kept at.",
    ("number",),
    (key_field("of the place"), name_field("of the place", translated=True)),
)

ATTRIBUTES = FileFormat(
    "attributes",
    "What customers choose of goods: colour, size, engraving (ETRON-15). `number` is what other"
    " systems know it by, so the name may change.",
    ("number",),
    (
        key_field("of the attribute"),
        name_field("over the choice", translated=True),
        Field(
            "display",
            Kind.CHOICE,
            "how it is offered (ETRON-16)",
            default="pills",
            choices=tuple(Display),
        ),
        Field(
            "creation",
            Kind.CHOICE,
            "`at_once`: variants stand in `variants.csv`; `dynamic`: the till makes them at their"
            " first sale; `never`: options only (ETRON-17 to ETRON-19)",
            default="at_once",
            choices=tuple(Creation),
        ),
        Field("filter", Kind.FLAG, "may narrow a search (ETRON-21)", default="1"),
        SEQUENCE,
    ),
)

ATTRIBUTE_VALUES = FileFormat(
    "attribute_values",
    "Values of attributes.",
    ("number",),
    (
        key_field("of the value, unique over all attributes"),
        Field("attribute", Kind.KEY, "whose value", required=True, refers="attributes"),
        name_field("on screen and receipt", translated=True),
        Field("surcharge", Kind.SIGNED, "on the price of one unit (ETRON-20)", default="0"),
        Field("colour", Kind.COLOUR, "`#ff0000`, `rgb(255,0,0)` or `hsl(0,100%,50%)`"),
        Field("free_text", Kind.FLAG, "the customer's own words go with it", default="0"),
        Field("text_limit", Kind.WHOLE, "how many characters they may have", default="30"),
        PICTURE,
        SEQUENCE,
        ACTIVE,
    ),
)

FACTS = FileFormat(
    "facts",
    "What can be told of goods, each of its own type (ETRON-13).",
    ("number",),
    (
        key_field("of the fact"),
        name_field("before its value", translated=True),
        Field("kind", Kind.CHOICE, "what its values hold", True, choices=tuple(FactKind)),
        Field("unit", Kind.TEXT, "behind a number"),
        Field("choices", Kind.LINES, "what a choice may be", longest=2000),
        SEQUENCE,
    ),
    needs=(Need("kind", "choice", "choices"), Need("kind", "choices", "choices")),
)

PRICE_TYPES = FileFormat(
    "price_types",
    "Kinds of prices that are shown and never charged (OXOMI-2).",
    ("number",),
    (
        key_field("of the kind"),
        name_field("in full", translated=True),
        Field("label", Kind.TEXT, "shown in place of the name (OXOMI-6)", translated=True),
        Field(
            "kind",
            Kind.CHOICE,
            "`customer`: agreed with one customer, so never shown (OXOMI-5)",
            True,
            choices=tuple(PriceKind),
        ),
    ),
)

PRICE_PARTNERS = FileFormat(
    "price_partners",
    "What a maker and this shop agreed to share: which kinds of prices (OXOMI-10). Either side ends"
    " it alone (OXOMI-15).",
    ("supplier", "type"),
    (
        Field("supplier", Kind.KEY, "the maker", required=True, refers="suppliers"),
        Field("type", Kind.KEY, "kind of price", required=True, refers="price_types"),
        Field("kept", Kind.FLAG, "the maker keeps such prices", default="0"),
        Field("shared", Kind.FLAG, "the maker shares them", default="0"),
        Field("received", Kind.FLAG, "this shop takes them", default="0"),
    ),
)

SURFACES = FileFormat(
    "surfaces",
    "Where shown prices appear. What isn't named here shows none (OXOMI-1).",
    ("surface",),
    (
        Field("surface", Kind.CHOICE, "where", True, choices=tuple(Surface)),
        Field("show", Kind.CHOICE, "whose goods (OXOMI-3)", default="none", choices=tuple(Show)),
        Field("type", Kind.KEY, "the one kind of price it shows", refers="price_types"),
        Field(
            "level",
            Kind.CHOICE,
            "trade level; customer display and print are always `consumer` (OXOMI-14)",
            default="retail",
            choices=tuple(Level),
        ),
    ),
)

PACKAGE_TYPES = FileFormat(
    "package_types",
    "Parcels for shipping; the till warns above what they bear (ETRON-31).",
    ("number",),
    (
        key_field("of the type"),
        name_field("of the type", translated=True),
        Field("length", Kind.WHOLE, "millimetres", default="0"),
        Field("width", Kind.WHOLE, "millimetres", default="0"),
        Field("height", Kind.WHOLE, "millimetres", default="0"),
        Field("max_weight", Kind.QUANTITY, "kilograms it bears; 0: any weight", default="0"),
    ),
)

CODE_RULES = FileFormat(
    "code_rules",
    "What codes of the shop's own mean, in the order of the rows (W-22). Without a row, the rules"
    " usual in the shop's country count.",
    ("name",),
    (
        name_field("of the rule"),
        Field("pattern", Kind.TEXT, "`24{article:5}{value:5}{check}`, see below", required=True),
        Field("meaning", Kind.CHOICE, "what it stands for", True, choices=tuple(Meaning)),
        Field("decimals", Kind.WHOLE, "places of the value: 3 for grams, 2 for cents", default="0"),
    ),
)

PRODUCT_ATTRIBUTES = FileFormat(
    "product_attributes",
    "What is to be chosen of which product (ETRON-14).",
    ("product", "attribute"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("attribute", Kind.KEY, "what is chosen", required=True, refers="attributes"),
        Field("required", Kind.FLAG, "nothing is sold without it", default="1"),
        Field("preset", Kind.KEY, "chosen by itself", refers="attribute_values"),
        SEQUENCE,
    ),
)

PRODUCT_VALUES = FileFormat(
    "product_values",
    "Which values a product offers, with surcharge and picture of its own. Without a row for an"
    " attribute, all its values are offered.",
    ("product", "value"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("value", Kind.KEY, "what it offers", required=True, refers="attribute_values"),
        Field("surcharge", Kind.SIGNED, "in place of the value's own"),
        PICTURE,
    ),
)

VARIANTS = FileFormat(
    "variants",
    "The variants there are: one value of each attribute that makes variants. A variant a till has"
    " made is recognised by its product and values (ETRON-18).",
    ("number",),
    (
        key_field("of the variant; no product has it"),
        Field("product", Kind.KEY, "whose variant", required=True, refers="products"),
        Field(
            "combination",
            Kind.KEYS,
            "one value of each attribute",
            required=True,
            refers="attribute_values",
            longest=1000,
        ),
        PICTURE,
        ACTIVE,
    ),
)

KIT_PARTS = FileFormat(
    "kit_parts",
    "What a kit is made of: sold as one line, the stock of its parts falls (SRT-2). The parts bear"
    " the tax of the kit, because one line has one tax.",
    ("kit", "part"),
    (
        Field("kit", Kind.KEY, "the product sold", required=True, refers="products"),
        Field("part", Kind.KEY, "what is in it", required=True, refers="products"),
        Field("quantity", Kind.QUANTITY, "in one kit", default="1", positive=True),
    ),
)

RELATED = FileFormat(
    "related",
    "Goods that go with others: accessories, better ones, what others also bought (SRT-8, SRT-15,"
    " SRT-23).",
    ("product", "kind", "related"),
    (
        Field("product", Kind.KEY, "what was chosen", required=True, refers="products"),
        Field("related", Kind.KEY, "what goes with it", required=True, refers="products"),
        Field("kind", Kind.CHOICE, "how", True, choices=tuple(Related)),
        SEQUENCE,
    ),
)

PRODUCT_DETAILS = FileFormat(
    "product_details",
    "What is told of goods (SRT-20).",
    ("product",),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("short_text", Kind.TEXT, "one sentence", longest=400, translated=True),
        Field("long_text", Kind.MARKUP, "description; HTML", longest=8000, translated=True),
        Field("maker", Kind.KEY, "who makes it; empty: the shop itself", refers="suppliers"),
        Field("weight", Kind.QUANTITY, "kilograms of one unit"),
        Field("tags", Kind.KEYS, "words on it", refers="tags", longest=1000),
        Field(
            "place",
            Kind.KEY,
            "where it goes back to; empty: as its category says (ETRON-8)",
            refers="places",
        ),
        Field("kind", Kind.CHOICE, "of article", default="goods", choices=tuple(GoodsKind)),
        Field("url", Kind.ADDRESS, "its page on the web, a QR code at the till"),
        Field(
            "web_categories",
            Kind.KEYS,
            "where the online shop shows it (ETRON-11)",
            refers="web_categories",
            longest=1000,
        ),
    ),
)

PRODUCT_PICTURES = FileFormat(
    "product_pictures",
    "More pictures of goods.",
    ("product", "picture"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("picture", Kind.PICTURE, "file in the folder `pictures`", required=True),
        SEQUENCE,
    ),
)

DOCUMENTS = FileFormat(
    "documents",
    "Papers that go with goods: manuals, data sheets (SRT-6).",
    ("product", "file"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("file", Kind.DOCUMENT, "in the folder `documents`", required=True),
        name_field("what it is", translated=True),
        SEQUENCE,
    ),
)

PRODUCT_FACTS = FileFormat(
    "product_facts",
    "Facts of goods, each as its kind writes it: `1` or `0`; a text; HTML; `2026-11-23`;"
    " `2026-11-23T09:00`; `4.5`; one of the choices; several of them, separated by |; a file in"
    " `documents`; `product:41001`, `variant:…` or `customer:…` for a reference.",
    ("product", "fact"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("fact", Kind.KEY, "which", required=True, refers="facts"),
        Field("value", Kind.TEXT, "what holds of it", required=True, longest=8000, translated=True),
    ),
)

SUPPLIER_CODES = FileFormat(
    "supplier_codes",
    "How suppliers call goods; the till finds them by it (ETRON-27).",
    ("supplier", "code"),
    (
        Field("supplier", Kind.KEY, "whose code", required=True, refers="suppliers"),
        Field("code", Kind.KEY, "what it is", required=True),
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
    ),
)

STOCK = FileFormat(
    "stock",
    "How much is where, and when that was so.",
    ("article", "place"),
    (
        Field("article", Kind.KEY, "number of a product or variant", required=True),
        Field("place", Kind.KEY, "where", required=True, refers="places"),
        Field("quantity", Kind.SIGNED, "in the product's unit", required=True),
        Field("at", Kind.INSTANT, "when it was counted or booked", required=True),
    ),
)

SERIALS = FileFormat(
    "serials",
    "Serial numbers and lots in stock (T-032). To sell one that isn't here takes a right (W-16).",
    ("product", "number"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("number", Kind.KEY, "serial number or lot", required=True),
        Field("place", Kind.KEY, "where it is", refers="places"),
        Field("since", Kind.DAY, "came in then; the oldest is offered first (ETRON-2)"),
        Field("expiry", Kind.DAY, "of a lot"),
        Field("available", Kind.FLAG, "no: sold or blocked", default="1"),
    ),
)

DISPLAY_PRICES = FileFormat(
    "display_prices",
    "Prices that are shown and never charged: of one unit, never converted (OXOMI-8, OXOMI-9).",
    ("product", "type"),
    (
        Field("product", Kind.KEY, "of which", required=True, refers="products"),
        Field("type", Kind.KEY, "kind of price", required=True, refers="price_types"),
        Field("price", Kind.AMOUNT, "as the maker or the shop gives it", required=True),
    ),
)

BEFORE_PRODUCTS = (
    TAGS,
    SUPPLIERS,
    WEB_CATEGORIES,
    ATTRIBUTES,
    ATTRIBUTE_VALUES,
    FACTS,
    PRICE_TYPES,
    PRICE_PARTNERS,
    SURFACES,
    PACKAGE_TYPES,
    CODE_RULES,
)
"""Files that products lean on."""

BEHIND_PRODUCTS = (
    PRODUCT_ATTRIBUTES,
    PRODUCT_VALUES,
    VARIANTS,
    KIT_PARTS,
    RELATED,
    PRODUCT_DETAILS,
    PRODUCT_PICTURES,
    DOCUMENTS,
    PRODUCT_FACTS,
    SUPPLIER_CODES,
    STOCK,
    SERIALS,
    DISPLAY_PRICES,
)
"""Files that lean on products."""
