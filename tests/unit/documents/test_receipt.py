"""The receipt says what the law wants said, on every paper and in every language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.layout import NARROW, WIDE
from pos.documents.plain_text import document_text
from pos.documents.receipt import (
    ReceiptContent,
    ReceiptDiscount,
    ReceiptLine,
    receipt_document,
)
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ports.document import Barcode, QrCode
from pos.runtime.texts import LANGUAGES, Texts
from tests.support import papers
from tests.support.papers import RECEIPT

PAPERS = [(language, columns) for language in LANGUAGES for columns in (NARROW, WIDE)]


def text_of(content: ReceiptContent, language: str = "de_AT", columns: int = WIDE) -> str:
    return document_text(receipt_document(content, Texts(language)), columns)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("language", "columns"), PAPERS)
def test_the_fields_of_132a_bao_and_11_rksv(language: str, columns: int) -> None:
    texts = Texts(language)
    text = words(text_of(RECEIPT, language, columns))
    wanted = [
        "Greißlerei am Eck",
        "Hauptstraße 12, 1070 Wien",
        "UID: ATU12345675",
        texts.get("receipt.title", number=17),
        texts.moment(papers.AT),
        texts.get("receipt.where", till="1", session=3) + " Anna Berger",
        texts.money(Money(3659)),
        texts.money(Money(2341)),
        *(line.name.split()[0] for line in RECEIPT.lines),
        *(texts.amount(line.amount) for line in RECEIPT.lines),
        *(
            f"{tax.letter} {texts.percent(tax.rate)} {texts.amount(tax.net)} "
            f"{texts.amount(tax.tax)} {texts.amount(tax.gross)}"
            for tax in RECEIPT.taxes
        ),
    ]
    assert [part for part in wanted if part not in text] == []


def test_every_line_has_its_quantity() -> None:
    text = text_of(RECEIPT)
    for start in (" 3 Kaisersemmel", "20 Ottakringer", "20 Pfand", " 1 Manner", " 1 Vöslauer"):
        assert f"\n{start}" in text
    assert "   0,735 kg × 1,99/kg" in text
    assert "   2 kg × 2,49/kg" in text


def test_a_packaging_shows_packs_content_and_pieces() -> None:
    assert "2 Karton × 10 = 20 Stk. à 1,19" in text_of(RECEIPT)
    assert "2 Karton × 10 = 20 Stk. at 1.19" in text_of(RECEIPT, "en")


def test_a_discount_has_its_minus_sign_below_its_line() -> None:
    lines = text_of(RECEIPT).splitlines()
    index = next(i for i, line in enumerate(lines) if "Aktion" in line)
    assert lines[index].rstrip().endswith("−2,38 A")
    assert lines[index - 2].lstrip().startswith("20 Ottakringer")


def test_a_discount_on_the_whole_sale_stands_after_the_lines() -> None:
    content = replace(RECEIPT, discounts=(ReceiptDiscount("Treuerabatt", Money(-500)),))
    lines = text_of(content).splitlines()
    index = next(i for i, line in enumerate(lines) if "Treuerabatt" in line)
    assert lines[index].rstrip().endswith("−5,00")
    assert lines[index + 1].startswith("──")


def test_one_piece_at_its_price_needs_no_second_line() -> None:
    text = text_of(replace(RECEIPT, lines=(papers.pieces("Semmel", 1, "0.45", 45, "A"),)))
    assert "0,45 A\n──" in text


def test_a_unit_price_below_a_cent_is_shown_in_full() -> None:
    line = ReceiptLine("Schraube", Quantity.of(50), "Stk.", Decimal("0.0125"), Money(63), "A")
    assert "50 Stk. à 0,0125" in text_of(replace(RECEIPT, lines=(line,)))


def test_a_unit_price_of_whole_euros_has_its_cents() -> None:
    line = ReceiptLine("Vase", Quantity.of(2), "Stk.", Decimal("10"), Money(2000), "A")
    assert "2 Stk. à 10,00" in text_of(replace(RECEIPT, lines=(line,)))


@pytest.mark.parametrize("columns", [NARROW, WIDE])
def test_amounts_stand_in_one_column(columns: int) -> None:
    lines = (
        papers.pieces("Klaviertransport in den vierten Stock", 1, "12345.67", 1234567, "A"),
        papers.pieces("Semmel", 1000, "0.45", 45000, "B"),
        papers.pieces("Retoure", -1, "5", -500, "A"),
    )
    text = text_of(replace(RECEIPT, lines=lines, total=Money(1279067)), columns=columns)
    ends = {
        len(line.rstrip())
        for line in text.splitlines()
        if line.rstrip().endswith((" A", " B")) and "%" not in line
    }
    assert ends == {columns}
    assert "12.345,67 A" in text
    assert "1.000 Semmel" in text
    assert "−1 Retoure" in text


def test_a_void_names_the_receipt_it_cancels() -> None:
    assert "STORNO zu Beleg Nr. 12" in text_of(replace(RECEIPT, voids=12))


def test_training_says_that_it_is_no_receipt() -> None:
    assert "TRAININGSBELEG" in text_of(replace(RECEIPT, training=True))


def test_the_notes_of_the_fiscal_unit_and_the_cashier_are_printed() -> None:
    content = replace(RECEIPT, seal="", seal_notes=("Sicherheitseinrichtung ausgefallen",))
    text = text_of(content)
    assert "Sicherheitseinrichtung ausgefallen" in text
    assert "Lieferung am Dienstag ab 9 Uhr" in text


def test_the_codes_are_there_when_wanted() -> None:
    full = receipt_document(replace(RECEIPT, code="B#1-000017"), Texts())
    assert QrCode(papers.SEAL) in full.blocks
    assert full.blocks[-1] == Barcode("code128", "B#1-000017", or_qr=False)
    bare = receipt_document(replace(RECEIPT, seal=""), Texts())
    assert not [block for block in bare.blocks if isinstance(block, QrCode | Barcode)]


def test_a_sale_paid_exactly_has_no_change() -> None:
    assert "Rückgeld" not in text_of(replace(RECEIPT, change=Money(0)))


def test_a_business_customer_stands_on_the_receipt() -> None:
    content = replace(RECEIPT, customer=("Café Central GmbH", "UID: ATU87654321"))
    assert "UID: ATU87654321" in text_of(content)


def test_the_document_is_named_for_lists_and_files() -> None:
    document = papers.receipt("en")
    assert (document.kind, document.title, document.language) == (
        "receipt",
        "Receipt no. 17",
        "en",
    )


def test_whoever_brings_something_back_is_not_thanked_for_buying() -> None:
    bought = replace(RECEIPT, shop=replace(RECEIPT.shop, footer=("Danke für Ihren Einkauf!",)))
    back, void = replace(bought, total=Money(-500)), replace(bought, voids=12)
    said = ["Danke" in text_of(each) for each in (bought, back, void)]
    assert said == [True, False, False]
