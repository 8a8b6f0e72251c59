"""The vouchers and wallets of the test shop, and the services behind them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pos.domain.product import Product
from pos.domain.stored_value.codes import CodeGroup
from pos.domain.stored_value.programme import Medium, Programme, ProgrammeKind, TaxKind
from tests.support.goods import PIECE

FREE, FIXED, MEAL, REFILL, ANY, NOTE = "90", "91", "92", "93", "94", "95"

SERVICES = (
    Product(FREE, "Gutschein", Decimal(0), "AT0", PIECE),
    Product(FIXED, "Gutschein € 20", Decimal("20.00"), "AT0", PIECE),
    Product(MEAL, "Essensgutschein", Decimal(0), "AT20", PIECE),
    Product(REFILL, "eWallet aufladen", Decimal(0), "AT0", PIECE),
    Product(NOTE, "Gutschrift", Decimal(0), "AT0", PIECE),
    Product(ANY, "Wertkarte", Decimal(0), "AT0", PIECE),
)

PROGRAMMES = (
    Programme("gift", "Geschenkgutschein", FREE, valid_days=365, minimum=500, maximum=50_000),
    Programme("twenty", "Zwanziger", FIXED),
    Programme("meal", "Essen", MEAL, tax_kind=TaxKind.SINGLE, group=CodeGroup("2117")),
    Programme("wallet", "Wallet", REFILL, ProgrammeKind.EWALLET, group=CodeGroup("2118")),
    Programme("bonus", "Bonuskonto", REFILL, ProgrammeKind.EWALLET, group=CodeGroup("2119")),
    Programme("swiss", "Franken", FREE, currency="CHF", group=CodeGroup("2120")),
    Programme("web", "Webshop", FREE, media=frozenset({Medium.WEBSITE})),
    Programme("other", "Nur Kassa 2", FREE, tills=frozenset({"2"})),
    Programme("over", "Vorbei", FREE, last_day=date(2026, 11, 22)),
    Programme("note", "Gutschrift", NOTE, group=CodeGroup("2115"), credit_note=True),
    Programme("any", "Wertkarte", ANY, pays_for_vouchers=True, group=CodeGroup("2121")),
)
