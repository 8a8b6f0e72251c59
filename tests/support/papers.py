"""Papers to print in tests: a sale with everything a receipt can show, a session, slips."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from pos.documents.parts import Shop
from pos.documents.receipt import (
    ReceiptContent,
    ReceiptDiscount,
    ReceiptLine,
    ReceiptTax,
    ReceiptTender,
    ReturnedFrom,
    receipt_document,
)
from pos.documents.return_slip import PutAway, ReturnSlip, return_slip_document
from pos.documents.session_report import SessionReportContent, session_report_document
from pos.documents.session_sections import session_sections
from pos.documents.slips import (
    CashSlip,
    ParkingSlip,
    cash_slip_document,
    parking_slip_document,
)
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.report import CashMove, ReturnFigure, SessionFigures, TaxFigure, TenderFigure
from pos.ports.document import Document
from pos.runtime.texts import Texts

AT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
SEAL = (
    "_R1-AT1_1_17_2026-11-22T14:05:00_26,42_3,84_0,00_0,00_6,33_Kz9XmQ==_20f2ed172daa09e5"
    "_c2FtcGxlLXZhbHVl_" + "bm90LWEtcmVhbC1zaWduYXR1cmU" * 3
)
SHOP = Shop(
    name="Greißlerei am Eck",
    address=("Maria Huber e.U.", "Hauptstraße 12, 1070 Wien"),
    vat_id="ATU12345675",
    header=("Tel. +43 1 234 56 78",),
    footer=("Vielen Dank für Ihren Einkauf!", "Umtausch binnen 14 Tagen mit Beleg"),
    logo="logo.png",
)


def pieces(name: str, count: int, price: str, minor: int, tax: str) -> ReceiptLine:
    """A line of goods sold by the piece."""
    unit_price = Decimal(price)
    return ReceiptLine(name, Quantity.of(count), "Stk.", unit_price, Money(minor), tax)


def weighed(name: str, kilos: str, price: str, minor: int, tax: str) -> ReceiptLine:
    """A line of goods sold by weight."""
    quantity = Quantity.parse(kilos)
    return ReceiptLine(name, quantity, "kg", Decimal(price), Money(minor), tax, weighed=True)


LINES = (
    pieces("Kaisersemmel", 3, "0.45", 135, "C"),
    ReceiptLine(
        "Ottakringer Helles 0,5 l Dose",
        Quantity.of(20),
        "Stk.",
        Decimal("1.19"),
        Money(2380),
        "A",
        packaging="Karton",
        packs=Quantity.of(2),
        content=Quantity.of(10),
        discounts=(ReceiptDiscount("Aktion -10 %", Money(-238)),),
    ),
    ReceiptLine(
        "Pfand Dose", Quantity.of(20), "Stk.", Decimal("0.25"), Money(500), "A", deposit=True
    ),
    weighed("Bananen", "0.735", "1.99", 146, "B"),
    pieces("Manner Original Neapolitaner Schnitten Haselnusscreme 75 g", 1, "1.49", 149, "B"),
    pieces("Vöslauer Mineralwasser prickelnd 1,5 l", 1, "0.89", 89, "B"),
    weighed("Erdäpfel festkochend", "2", "2.49", 498, "C"),
)
TAXES = (
    ReceiptTax("A", 2000, Money(2202), Money(440), Money(2642)),
    ReceiptTax("B", 1000, Money(349), Money(35), Money(384)),
    ReceiptTax("C", 490, Money(603), Money(30), Money(633)),
)
RECEIPT = ReceiptContent(
    shop=SHOP,
    till="1",
    number=17,
    at=AT,
    operator="Anna Berger",
    session=3,
    lines=LINES,
    total=Money(3659),
    tenders=(
        ReceiptTender("Bankomatkarte", Money(1000), ("VISA ************1234",)),
        ReceiptTender("Bar", Money(5000)),
    ),
    change=Money(2341),
    taxes=TAXES,
    seal=SEAL,
    note="Lieferung am Dienstag ab 9 Uhr",
)
FIGURES = SessionFigures(
    session=3,
    opened_at=datetime(2026, 11, 22, 6, 30, tzinfo=UTC),
    opened_by="anna",
    opening_float=Money(15000),
    sales=142,
    turnover=Money(284351),
    taxes=(
        TaxFigure("A", 2000, Money(150000), Money(30000), Money(180000)),
        TaxFigure("B", 1000, Money(54000), Money(5400), Money(59400)),
        TaxFigure("C", 490, Money(42851), Money(2100), Money(44951)),
    ),
    tenders=(TenderFigure("cash", 101, Money(184351)), TenderFigure("card", 41, Money(100000))),
    change=Money(44122),
    moves=(CashMove(Money(-3000), "Blumen für den Tresen", "anna", AT),),
    expected=Money(196351),
    first_receipt=17,
    last_receipt=158,
    removed=4,
    removed_value=Money(1230),
    price_changes=1,
    cancelled=2,
    parked=1,
    copies=2,
    drawer={"sale": 101, "no_sale": 3},
    returns=(
        ReturnFigure("blind", 1, Money(-990)),
        ReturnFigure("return", 3, Money(-8990)),
        ReturnFigure("void", 1, Money(-1490)),
    ),
    return_reasons={"Defekt": Money(-9980), "Verrechnet": Money(-1490)},
    closed_at=AT,
    closed_by="anna",
    counted=Money(196301),
    left=Money(15000),
    reason="Kleingeld fehlt, wahrscheinlich falsch herausgegeben",
)
_NAMES = {"cash": "Bar", "card": "Bankomatkarte", "sale": "Verkauf", "no_sale": "Wechseln"}


def receipt(language: str = "de_AT") -> Document:
    """The receipt with everything on it."""
    return receipt_document(replace(RECEIPT, code="B#1-000017"), Texts(language))


def return_receipt(language: str = "de_AT") -> Document:
    """Goods of two receipts come back, some discounted, against something new."""
    coat = ReceiptLine(
        "Regenmantel",
        Quantity(-1000),
        "Stk.",
        Decimal("79.90"),
        Money(-7990),
        "A",
        discounts=(ReceiptDiscount("Nachlass vom Kauf", Money(799), "A"),),
        notes=("zu Beleg Nr. 12",),
    )
    bananas = weighed("Bananen", "-0.735", "2.49", -183, "B")
    content = replace(
        RECEIPT,
        lines=(
            coat,
            replace(bananas, notes=("zu Beleg Nr. 15",)),
            pieces("Hut", 1, "25", 2500, "A"),
        ),
        discounts=(),
        total=Money(-4874),
        tenders=(
            ReceiptTender(
                "Gutschein", Money(-2000), ("Geschenkgutschein ••••1234", "Guthaben 20,00")
            ),
            ReceiptTender("Bar", Money(-2874)),
        ),
        change=Money(0),
        taxes=(
            ReceiptTax("A", 2000, Money(-3909), Money(-782), Money(-4691)),
            ReceiptTax("B", 1000, Money(-166), Money(-17), Money(-183)),
        ),
        note="",
        returns=(
            ReturnedFrom(12, date(2026, 11, 20)),
            ReturnedFrom(15, date(2026, 11, 21)),
            ReturnedFrom(0),
        ),
        return_reason="Defekt",
    )
    return receipt_document(content, Texts(language))


def return_slip(language: str = "de_AT") -> Document:
    """Where the goods belong that came back."""
    slip = ReturnSlip(
        till="1",
        session=3,
        receipt=18,
        at=AT,
        operator="Anna Berger",
        goods=(
            PutAway("Textilregal", "Regenmantel", Quantity(1000), "Stk.", "Blau, M", "Defekt"),
            PutAway("", "Bananen", Quantity(735), "kg"),
            PutAway("Lager", "Küchenradio", Quantity(1000), "Stk.", "DW-1001"),
        ),
    )
    return return_slip_document(slip, Texts(language))


def z_report(language: str = "de_AT") -> Document:
    """The Z report of a day."""
    content = SessionReportContent(
        kind="z",
        shop=SHOP,
        till="1",
        session=3,
        business_date=date(2026, 11, 22),
        opened_at=FIGURES.opened_at,
        opened_by="Anna Berger",
        printed_at=AT,
        by="Anna Berger",
        sections=session_sections(FIGURES, _NAMES.__getitem__, _NAMES.__getitem__),
    )
    return session_report_document(content, Texts(language))


def cash_slip(language: str = "de_AT") -> Document:
    """Money taken out of the drawer."""
    slip = CashSlip(
        kind="pay_out",
        shop=SHOP,
        till="1",
        session=3,
        number=4,
        at=AT,
        operator="Anna Berger",
        amount=Money(3000),
        reason="Blumen für den Tresen",
    )
    return cash_slip_document(slip, Texts(language))


def parking_slip(language: str = "de_AT") -> Document:
    """A sale that waits."""
    slip = ParkingSlip(
        shop=SHOP,
        till="1",
        code="P#1-0004",
        at=AT,
        operator="Anna Berger",
        label="Frau Maier",
        lines=3,
        total=Money(1234),
    )
    return parking_slip_document(slip, Texts(language))


def make_logo(folder: Path) -> Path:
    """A round logo in a picture folder; returns the folder."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 10, 290, 290), fill="black")
    pen.rectangle((120, 60, 180, 240), fill="white")
    image.save(folder / "logo.png")
    return folder
