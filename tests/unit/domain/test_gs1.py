"""Codes: each kind read for what it is, and nothing that comes off a wire breaks the till."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from biip import ParseError
from biip.checksums import gs1_price_weight_check_digit
from biip.upc import Upc
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.code_rules import (
    AUSTRIAN_RULES,
    GERMAN_RULES,
    CodeRule,
    CodeRules,
    Meaning,
)
from pos.domain.errors import Refusal
from pos.domain.gs1 import (
    MAX_LENGTH,
    UNREADABLE,
    CodeReading,
    GoodsReading,
    LabelReading,
    MarkReading,
    OwnCode,
    Unreadable,
    read_code,
)
from pos.domain.gtin import check_digit
from pos.domain.quantity import Quantity
from pos.runtime.texts import LANGUAGES, Texts

GTIN = "04006381333931"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def goods(text: str, symbology: str = "") -> GoodsReading:
    reading = read_code(text, symbology)
    assert isinstance(reading, GoodsReading), reading
    return reading


def why_unreadable(text: str, symbology: str = "") -> str:
    reading = read_code(text, symbology)
    assert isinstance(reading, Unreadable), reading
    return reading.reason


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("4006381333931", GTIN),
        ("]E04006381333931", GTIN),
        ("]E3400638133393112345", GTIN),
        (" 4006381333931\r\n", GTIN),
        ("042100005264", "00042100005264"),
        ("96385074", "00000096385074"),
        ("]E496385074", "00000096385074"),
        ("14006381333938", "14006381333938"),
        ("]I114006381333938", "14006381333938"),
        (f"]e001{GTIN}", GTIN),
    ],
)
def test_goods_of_every_length_are_one_gtin(text: str, gtin: str) -> None:
    assert goods(text).gtin == gtin


def expanded_by_library(code: str) -> str:
    """What the library makes of eight digits as a shortened UPC, in 14 digits."""
    try:
        return Upc.parse(code).as_upc_a().zfill(14)
    except ParseError:
        return ""


@given(st.sampled_from("01"), digits(7))
def test_shortened_upc_is_expanded_as_the_library_does(system: str, rest: str) -> None:
    code = system + rest
    reading = read_code(code)
    found = {reading.gtin, reading.also} if isinstance(reading, GoodsReading) else set()
    upc = expanded_by_library(code)
    assert upc in found if upc else found <= {code.zfill(14), ""}


def test_eight_digits_may_be_two_things() -> None:
    assert goods("04252614") == GoodsReading("04252614", "00042100005264", "00000004252614")
    assert goods("01234565") == GoodsReading("01234565", "00000001234565", "00012345000065")


def test_wrong_check_digit_is_a_misread_from_an_ean_and_else_a_code_of_ones_own() -> None:
    assert why_unreadable("4006381333932", "]E0") == "check_digit"
    assert why_unreadable("]E04006381333932") == "check_digit"
    assert read_code("4006381333932") == OwnCode("4006381333932")


def test_plain_digits_are_never_taken_for_gs1_data() -> None:
    assert goods("4006381333931").lot == ""
    assert read_code("400123") == OwnCode("400123")


def test_gs1_message_tells_lot_serial_dates_and_measures() -> None:
    message = f"01{GTIN}17261231310300125010AB-1\x1d2199\x1d30 3".replace(" ", "")
    reading = goods(message, "]d2")
    assert reading == GoodsReading(
        message,
        GTIN,
        lot="AB-1",
        serial="99",
        expiry=date(2026, 12, 31),
        use_by=True,
        weight=Quantity(1250),
        count=Quantity(3000),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"]C101{GTIN}10L7",
        f"]Q301{GTIN}10L7",
        f"\x1d01{GTIN}10L7",
        f"01{GTIN}10L7",
        f"10L7\x1d01{GTIN}",
        f"(01){GTIN}(10)L7",
        f"https://id.gs1.org/01/{GTIN}/10/L7",
        f"https://shop.example/p/01/{GTIN}/10/L7?17=261231",
    ],
)
def test_one_lot_of_one_product_however_it_is_written(text: str) -> None:
    reading = goods(text)
    assert (reading.gtin, reading.lot) == (GTIN, "L7")


def test_best_before_with_day_zero_is_the_last_of_the_month() -> None:
    reading = goods(f"]d201{GTIN}15260200")
    assert (reading.expiry, reading.use_by) == (date(2026, 2, 28), False)


def test_date_of_zeros_does_not_stop_a_sale() -> None:
    assert goods(f"]d201{GTIN}17000000").expiry is None


def test_carton_code_counts_its_content() -> None:
    reading = goods(f"]C102{GTIN}3712")
    assert (reading.gtin, reading.count) == (GTIN, Quantity(12_000))


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("39221299", (Decimal("12.99"), "")),
        ("39329781299", (Decimal("12.99"), "EUR")),
        ("39327561299", (Decimal("12.99"), "CHF")),
    ],
)
def test_price_in_gs1_data(price: str, expected: tuple[Decimal, str]) -> None:
    reading = goods(f"]d201{GTIN}{price}")
    assert (reading.price, reading.currency) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"]d201{GTIN}39329991299", "currency"),
        (f"]C101{GTIN[:-1]}9", "check_digit"),
        (f"]C101{GTIN}1", "gs1"),
        ("]C1xyz", "gs1"),
        ("]C100340123450000000017", "gs1"),
        (f"01{GTIN}1", "gs1"),
        (f"01{GTIN}0109000000000025", "contradiction"),
        (f"]C101{GTIN}39211299\x1d39221299", "contradiction"),
        (f"]C101{GTIN}3103001000\x1d3102001000", "contradiction"),
        ("abc\x1ddef", "gs1"),
        ("", "empty"),
        ("  \r\n", "empty"),
        ("]E0", "empty"),
        ("\x1d", "empty"),
        ("a\x07b", "noise"),
        ("\x80\xff", "noise"),
        ("7" * 10_000, "too_long"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    assert why_unreadable(text) == reason


def test_serial_alone_is_read_for_the_line_at_hand() -> None:
    reading = goods("]C121SN-5")
    assert (reading.gtin, reading.serial) == ("", "SN-5")


@pytest.mark.parametrize("text", ["ART-7", "http://[::1", "https://example.com/", "(x", "Größe 7"])
def test_anything_else_is_looked_up_as_it_stands(text: str) -> None:
    assert read_code(text) == OwnCode(text)


# The shop's own rules ---------------------------------------------------------------------------


@given(digits(5), digits(5))
def test_austrian_labels_hold_grams_and_cents(article: str, value: str) -> None:
    weight = f"24{article}{value}"
    price = f"25{article}{value}"
    weighed = read_code(weight + str(check_digit(weight)))
    priced = read_code(price + str(check_digit(price)))
    assert isinstance(weighed, LabelReading)
    assert isinstance(priced, LabelReading)
    assert (weighed.article, weighed.weight) == (article, Quantity(int(value)))
    assert (priced.article, priced.price) == (article, Decimal(int(value)) / 100)


@given(digits(4), digits(5), st.sampled_from(["22", "25", "28"]))
def test_german_labels_check_their_value(article: str, value: str, prefix: str) -> None:
    inner = gs1_price_weight_check_digit(value)
    right = f"{prefix}{article}{inner}{value}"
    wrong = f"{prefix}{article}{(inner + 1) % 10}{value}"
    reading = read_code(right + str(check_digit(right)), rules=GERMAN_RULES)
    misread = read_code(wrong + str(check_digit(wrong)), rules=GERMAN_RULES)
    assert isinstance(reading, LabelReading)
    assert isinstance(misread, GoodsReading)
    measure = {"22": reading.price, "25": reading.count, "28": reading.weight}[prefix]
    number = int(value)
    expected = {"22": Decimal(number) / 100, "25": Quantity(number * 1000), "28": Quantity(number)}
    assert measure == expected[prefix]


def test_label_with_a_wrong_check_digit_is_no_label() -> None:
    code = "241234501234"
    wrong = code + str((check_digit(code) + 1) % 10)
    assert read_code(wrong) == OwnCode(wrong)
    assert why_unreadable(wrong, "]E0") == "check_digit"


@pytest.mark.parametrize(
    ("text", "meaning", "key"),
    [
        ("P#17", Meaning.PARKED, "17"),
        ("C#4711", Meaning.CUSTOMER, "4711"),
        ("2116ABCD", Meaning.VOUCHER, "ABCD"),
        ("L#HERBST", Meaning.PRICE_LIST, "HERBST"),
    ],
)
def test_marks_are_told_by_their_prefix(text: str, meaning: Meaning, key: str) -> None:
    reading = read_code(text)
    assert isinstance(reading, MarkReading)
    assert (reading.meaning, reading.key) == (meaning, key)


def test_gs1_carrier_goes_before_the_rules() -> None:
    assert goods("]C1" + "2116ABCD").serial == "16ABCD"


def test_first_fitting_rule_wins() -> None:
    first = CodeRule("first", "9{key}", Meaning.CUSTOMER)
    second = CodeRule("second", "99{key}", Meaning.VOUCHER)
    for rules, name in (([first, second], "first"), ([second, first], "second")):
        reading = read_code("991", rules=CodeRules(rules))
        assert isinstance(reading, MarkReading)
        assert reading.rule == name


def test_pattern_is_taken_literally_outside_its_fields() -> None:
    rules = CodeRules([CodeRule("odd", "a.b+({key})", Meaning.CUSTOMER)])
    assert isinstance(read_code("a.b+(x)", rules=rules), MarkReading)
    assert read_code("aXbb(x)", rules=rules) == OwnCode("aXbb(x)")


@pytest.mark.parametrize(
    ("pattern", "meaning"),
    [
        ("24{article:5}{check}", Meaning.WEIGHT),
        ("24{value:5}{check}", Meaning.WEIGHT),
        ("24{article:5}{value:5}{key}", Meaning.WEIGHT),
        ("24{article:5}{article:5}{value:5}", Meaning.WEIGHT),
        ("24{article:5}{value:6}{inner}", Meaning.PRICE),
        ("24{article}{value:5}", Meaning.PRICE),
        ("24{article:0}{value:5}", Meaning.PRICE),
        ("C#", Meaning.CUSTOMER),
        ("C#{key}{key}", Meaning.CUSTOMER),
        ("C#{key", Meaning.CUSTOMER),
        ("C#{name}", Meaning.CUSTOMER),
        ("C#{value:3}", Meaning.CUSTOMER),
    ],
)
def test_pattern_that_says_nothing_is_refused(pattern: str, meaning: Meaning) -> None:
    with pytest.raises(Refusal) as refused:
        CodeRules([CodeRule("mine", pattern, meaning)])
    assert refused.value.code == "code_rule"
    assert refused.value.values["rule"] == "mine"


# What always holds ------------------------------------------------------------------------------

SYMBOLOGIES = ["", "]E0", "]E4", "]E3", "]C1", "]d2", "]Q3", "]e0", "]C0", "]I1"]
scans = st.one_of(
    st.text(max_size=MAX_LENGTH + 5),
    st.text("0123456789()\x1d]CEdQ/:.#{}htps", max_size=60),
    st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")),
    st.builds("01{}{}".format, st.just(GTIN), st.text("0123456789\x1dA", max_size=40)),
    st.builds("https://{}/01/{}{}".format, st.text(max_size=10), digits(14), st.text(max_size=10)),
)


@given(scans, st.sampled_from(SYMBOLOGIES), st.sampled_from([AUSTRIAN_RULES, GERMAN_RULES]))
def test_nothing_scanned_raises(text: str, symbology: str, rules: CodeRules) -> None:
    reading: CodeReading = read_code(text, symbology, rules)
    if isinstance(reading, Unreadable):
        assert reading.reason in UNREADABLE
        assert reading.text.isprintable()
    elif isinstance(reading, GoodsReading) and reading.gtin:
        assert len(reading.gtin) == 14


@given(st.sampled_from([7, 11, 12, 13]), st.data())
def test_right_gtin_is_read_and_a_wrong_digit_is_not(length: int, data: st.DataObject) -> None:
    body = "9" + data.draw(digits(length - 1))
    right = check_digit(body)
    assert goods(f"{body}{right}").gtin == f"{body}{right}".zfill(14)
    assert read_code(f"{body}{(right + 1) % 10}") == OwnCode(f"{body}{(right + 1) % 10}")


def test_plain_goods_do_not_load_the_gs1_library() -> None:
    script = (
        "import sys; from pos.domain.gs1 import read_code; read_code('4006381333931');"
        "read_code('2412345012340'); read_code('P#1'); sys.exit('biip' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_and_meaning_has_its_words(language: str) -> None:
    texts = Texts(language)
    keys = [f"code.unreadable.{reason}" for reason in UNREADABLE]
    keys += [f"code.meaning.{meaning}" for meaning in Meaning]
    assert [key for key in keys if not texts.has(key)] == []
