from __future__ import annotations

from decimal import Decimal

import pytest

from pos.domain.errors import Refusal
from pos.domain.goods import LineGoods
from pos.domain.variants import (
    LOCAL,
    Attribute,
    AttributeValue,
    Creation,
    Display,
    Template,
    Variant,
    local_number,
)

RED = AttributeValue("red", "Rot", colour="#ff0000", picture="red.png")
BLUE = AttributeValue("blue", "Blau", Decimal("2.00"), "#0000ff")
SMALL, LARGE = AttributeValue("s", "S"), AttributeValue("l", "L", Decimal("1.50"))
NONE = AttributeValue("none", "ohne")
WORDS = AttributeValue("words", "Gravur", Decimal("4.90"), free_text=True, text_limit=12)


def attribute(
    number: str, creation: Creation, *values: AttributeValue, **more: object
) -> Attribute:
    fields: dict[str, object] = {"display": Display.PILLS} | more
    return Attribute(number, number.title(), creation=creation, values=values, **fields)  # type: ignore[arg-type]


COLOUR = attribute("colour", Creation.AT_ONCE, RED, BLUE)
SIZE = attribute("size", Creation.AT_ONCE, SMALL, LARGE, default="s")
ENGRAVING = attribute("engraving", Creation.NEVER, NONE, WORDS, required=False)
CAP = Template(
    "cap",
    (COLOUR, SIZE, ENGRAVING),
    (
        Variant("cap-rs", "cap", frozenset({"red", "s"})),
        Variant("cap-bl", "cap", frozenset({"blue", "l"}), "bl.png"),
        Variant("cap-rl", "cap", frozenset({"red", "l"}), active=False),
    ),
)


def test_what_has_no_default_must_be_chosen() -> None:
    with pytest.raises(Refusal) as refused:
        CAP.choose({}, {})
    assert (refused.value.code, refused.value.values["names"]) == ("choose_variant", "Colour")


def test_a_default_is_chosen_by_itself() -> None:
    chosen = CAP.choose({"colour": "red"}, {})
    assert (chosen.variant, chosen.made_here) == ("cap-rs", False)
    assert [(option.title, option.name) for option in chosen.options] == [
        ("Colour", "Rot"),
        ("Size", "S"),
    ]
    assert chosen.picture == "red.png"


def test_the_variant_s_own_picture_goes_before_its_value_s() -> None:
    assert CAP.choose({"colour": "blue", "size": "l"}, {}).picture == "bl.png"


@pytest.mark.parametrize(
    "values", [{"colour": "blue", "size": "s"}, {"colour": "red", "size": "l"}]
)
def test_what_the_back_office_has_not_made_or_took_back_is_not_sold(values: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="no_such_variant"):
        CAP.choose(values, {})


@pytest.mark.parametrize("values", [{"colour": "green"}, {"colour": "red", "shape": "round"}])
def test_what_is_not_offered_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="no_such_option"):
        CAP.choose(values, {})


def test_surcharges_of_variant_and_options_are_kept_apart() -> None:
    given = {"colour": "blue", "size": "l", "engraving": "words"}
    goods = LineGoods(options=CAP.choose(given, {"engraving": "Für  Anna "}).options)
    assert (goods.variant_surcharge, goods.option_surcharge) == (Decimal("3.50"), Decimal("4.90"))
    assert goods.options[-1].text == "Für Anna"


@pytest.mark.parametrize(
    ("text", "code"), [("", "option_text_missing"), ("x" * 13, "option_text_long")]
)
def test_words_of_the_customer_are_needed_and_have_an_end(text: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        CAP.choose({"colour": "red", "engraving": "words"}, {"engraving": text})


def test_words_where_none_belong_are_refused_and_not_lost() -> None:
    with pytest.raises(Refusal, match="option_text_long"):
        CAP.choose({"colour": "red", "engraving": "none"}, {"engraving": "Anna"})


def test_two_tills_give_a_new_variant_one_number() -> None:
    """Off line at both, the variant is the same one (ETRON-18)."""
    dynamic = attribute("stone", Creation.DYNAMIC, RED, BLUE)
    pendant = Template("pendant", (dynamic, attribute("size", Creation.DYNAMIC, SMALL, LARGE)))
    here = pendant.choose({"stone": "red", "size": "l"}, {})
    assert here.made_here
    assert here.variant == local_number("pendant", frozenset({"l", "red"}))
    assert here.variant.startswith(LOCAL)
    assert here.variant != pendant.choose({"stone": "red", "size": "s"}, {}).variant


def test_a_variant_that_came_back_from_the_office_is_used() -> None:
    """Known by its values, whatever the back office numbered it (ETRON-15, SRT-10)."""
    dynamic = attribute("stone", Creation.DYNAMIC, RED, BLUE)
    made = Variant("P-7", "pendant", frozenset({"red"}))
    chosen = Template("pendant", (dynamic,), (made,)).choose({"stone": "red"}, {})
    assert (chosen.variant, chosen.made_here) == ("P-7", False)


def test_options_alone_make_no_variant() -> None:
    warranty = attribute("warranty", Creation.NEVER, NONE, LARGE)
    chosen = Template("laptop", (warranty,)).choose({"warranty": "l"}, {})
    assert chosen.variant == "" and len(chosen.options) == 1


def test_the_least_price_counts_only_what_can_be_sold() -> None:
    assert set(CAP.sellable()) == {("cap-rs", Decimal(0)), ("cap-bl", Decimal("3.50"))}


def test_options_nobody_gets_around_count_too() -> None:
    warranty = attribute("warranty", Creation.NEVER, LARGE, BLUE)
    laptop = Template("laptop", (warranty, ENGRAVING))
    assert laptop.least_options == Decimal("1.50")
    assert list(laptop.sellable()) == [("", Decimal(0))]


def test_a_value_is_there_where_a_variant_has_it() -> None:
    assert CAP.is_there(COLOUR, "blue", {"size": "l"})
    assert not CAP.is_there(COLOUR, "red", {"size": "l"}), "taken back"
    assert CAP.is_there(SIZE, "s", {"colour": "red"})
    assert CAP.is_there(ENGRAVING, "words", {"colour": "red"})
    dynamic = attribute("stone", Creation.DYNAMIC, RED, BLUE)
    gone = Variant("P-7", "pendant", frozenset({"red"}), active=False)
    pendant = Template("pendant", (dynamic,), (gone,))
    assert pendant.is_there(dynamic, "blue", {}) and not pendant.is_there(dynamic, "red", {})


def test_what_is_chosen_so_far_needs_no_words_yet() -> None:
    assert [option.value for option in CAP.options_of({"engraving": "words"})] == ["s", "words"]


def test_values_not_made_yet_count_as_sellable() -> None:
    dynamic = attribute("stone", Creation.DYNAMIC, RED, BLUE)
    gone = Variant("P-7", "pendant", frozenset({"red"}), active=False)
    assert list(Template("pendant", (dynamic,), (gone,)).sellable()) == [("", Decimal("2.00"))]


def test_a_variant_says_what_was_chosen() -> None:
    assert CAP.given_by("cap-bl") == {"colour": "blue", "size": "l"}
    assert CAP.given_by("unknown") == {}


def test_line_goods_come_back_from_their_record() -> None:
    goods = LineGoods(
        variant="cap-bl",
        made_here=True,
        options=CAP.choose(
            {"colour": "blue", "size": "l", "engraving": "words"}, {"engraving": "Anna"}
        ).options,
        factor=Decimal("0.001"),
        price_unit="kg",
    )
    assert LineGoods.read(goods.record()) == goods
    assert LineGoods().record() == {}
