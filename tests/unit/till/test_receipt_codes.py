"""The code on a receipt: printed where the shop wants it and its rules can write it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pos.domain.code_rules import AUSTRIAN_RULES, GS1_RULES, CodeRule, CodeRules, Meaning
from pos.domain.receipt_key import ReceiptKey
from pos.ports.document import Barcode, QrCode
from tests.support.catalogue import MILK
from tests.support.till import TestTill


def last_blocks(till: TestTill) -> tuple[object, ...]:
    till.till.scan(MILK)
    till.till.tender("cash")
    number = till.till.view().last_sale
    assert number is not None
    return till.till.receipt(number.number).blocks


def test_a_receipt_ends_with_its_code_and_never_as_a_qr_code(open_desk: TestTill) -> None:
    assert last_blocks(open_desk)[-1] == Barcode("code128", "B#1-000001", or_qr=False)


@pytest.mark.parametrize("without", ["switch", "rule"])
def test_none_is_printed_where_nobody_wants_or_reads_it(
    open_desk: TestTill, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    desk = open_desk.desk
    if without == "switch":
        shop = replace(desk.shop, receipt_code=False)
        monkeypatch.setattr(desk.catalogue, "shop", lambda: shop)
    else:
        desk.code_rules = GS1_RULES
    assert not [each for each in last_blocks(open_desk) if isinstance(each, Barcode | QrCode)]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (AUSTRIAN_RULES.rules, "B#1-000017"),
        ((CodeRule("mine", "BON{key}", Meaning.RECEIPT),), "BON1-000017"),
        ((CodeRule("all", "B{key}", Meaning.VOUCHER), *AUSTRIAN_RULES.rules), ""),
        ((CodeRule("checked", "98{key}{check}", Meaning.RECEIPT),), ""),
        ((), ""),
    ],
)
def test_the_code_is_written_by_the_rule_that_reads_it(
    rules: tuple[CodeRule, ...], code: str
) -> None:
    assert CodeRules(rules).written(Meaning.RECEIPT, str(ReceiptKey("1", 17))) == code


@pytest.mark.parametrize("key", ["", "1", "-1", "1-", "1-0", "1-x", "1-²", "1-" + "9" * 16])
def test_what_names_no_receipt_is_told(key: str) -> None:
    with pytest.raises(ValueError, match="no receipt"):
        ReceiptKey.read(key)


def test_a_till_may_have_a_dash_in_its_number() -> None:
    assert ReceiptKey.read("K-1-17") == ReceiptKey("K-1", 17)
    assert ReceiptKey.read("1-000017") == ReceiptKey("1", 17)
