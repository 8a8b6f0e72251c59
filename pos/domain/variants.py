"""Variants and options: what a customer chooses of a product, and what the choice makes of it.

An attribute ("Farbe") has values ("Rot"). Its creation mode says what a chosen value does
(ETRON-17 to ETRON-19): `at_once`, the back office has made every variant; `dynamic`, the till
makes the variant at its first sale, off line too; `never`, the value stays an option of the line.
Values and attributes are matched by their number, never by name (ETRON-15).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import product as combinations

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal

LOCAL = "V-"
"""How the numbers of variants begin that a till has made."""

MOST_COMBINATIONS = 256
"""So many are looked at for the least price of a tile."""


class Display(StrEnum):
    """How a screen offers the values of an attribute (ETRON-16)."""

    RADIO = "radio"
    PILLS = "pills"
    LIST = "list"
    COLOUR = "colour"


class Creation(StrEnum):
    """When a chosen value becomes a variant of its own."""

    AT_ONCE = "at_once"
    DYNAMIC = "dynamic"
    NEVER = "never"


class AttributeValue(Struct, frozen=True):
    """One value of an attribute, as one product offers it.

    Attributes:
        number: the key, unique over all attributes.
        surcharge: on the price of one unit, in major currency units; may be negative (ETRON-20).
        colour: "#rrggbb", empty where the value is no colour.
        free_text: the customer's own words belong to it, such as an engraving (ETRON-22).
        text_limit: characters those words may have.
    """

    number: str
    name: str
    surcharge: Decimal = Decimal(0)
    colour: str = ""
    picture: str = ""
    free_text: bool = False
    text_limit: int = 0


class Attribute(Struct, frozen=True):
    """What one product lets the customer choose. `default` is a value's number, or empty."""

    number: str
    name: str
    display: Display
    creation: Creation
    values: tuple[AttributeValue, ...]
    required: bool = True
    default: str = ""

    @property
    def makes_variants(self) -> bool:
        """Whether its values distinguish articles, with codes and stock of their own."""
        return self.creation is not Creation.NEVER

    def value(self, number: str) -> AttributeValue:
        """The value of that number; raises Refusal "no_such_option"."""
        for value in self.values:
            if value.number == number:
                return value
        raise Refusal("no_such_option", attribute=self.name, value=number)


class Variant(Struct, frozen=True):
    """A variant the catalogue knows: one value of each attribute that makes variants."""

    number: str
    product: str
    values: frozenset[str]
    picture: str = ""
    active: bool = True


class LineOption(Struct, frozen=True):
    """A chosen value as a line keeps it: a copy, because the catalogue may change later.

    Attributes:
        attribute, value: their numbers.
        title, name: what they were called when the line was rung up.
        surcharge: per unit, in major currency units.
        text: the customer's own words.
        varies: whether the value is part of the variant, and not only an option of the line.
    """

    attribute: str
    value: str
    title: str
    name: str
    surcharge: Decimal = Decimal(0)
    text: str = ""
    varies: bool = False

    def record(self) -> dict[str, object]:
        """The option as plain values; the surcharge is text."""
        return {
            "attribute": self.attribute,
            "value": self.value,
            "title": self.title,
            "name": self.name,
            "surcharge": format(self.surcharge, "f"),
            "text": self.text,
            "varies": self.varies,
        }

    @classmethod
    def read(cls, record: Mapping[str, object]) -> LineOption:
        """The option a record holds."""
        given = {key: str(value) for key, value in record.items()}
        return cls(
            given["attribute"],
            given["value"],
            given["title"],
            given["name"],
            Decimal(given["surcharge"]),
            given["text"],
            bool(record["varies"]),
        )


class Chosen(Struct, frozen=True):
    """What a choice comes to. `variant` is a number, empty where options are all there is.

    Attributes:
        made_here: the variant is not in the catalogue: this till makes it (ETRON-18).
        picture: of the variant or its values, empty to keep the product's.
    """

    options: tuple[LineOption, ...]
    variant: str = ""
    made_here: bool = False
    picture: str = ""


class Template(Struct, frozen=True):
    """A product with what is to be chosen of it, and the variants the catalogue knows."""

    product: str
    attributes: tuple[Attribute, ...]
    variants: tuple[Variant, ...] = ()

    def variant(self, number: str) -> Variant | None:
        """The variant of that number."""
        return next((each for each in self.variants if each.number == number), None)

    def variant_of(self, values: frozenset[str]) -> Variant | None:
        """The variant with exactly these values: they are its identity (ETRON-18)."""
        return next((each for each in self.variants if each.values == values), None)

    def given_by(self, variant: str) -> dict[str, str]:
        """The values a variant stands for, by attribute."""
        known = self.variant(variant)
        values = known.values if known else frozenset[str]()
        return {
            attribute.number: value.number
            for attribute in self.attributes
            for value in attribute.values
            if value.number in values
        }

    def with_defaults(self, given: Mapping[str, str]) -> dict[str, str]:
        """What was chosen, and the default where nothing was (ETRON-14)."""
        known = {attribute.number: attribute for attribute in self.attributes}
        for number in given:
            if number not in known:
                raise Refusal("no_such_option", attribute=number, value=given[number])
        filled = {number: given.get(number) or each.default for number, each in known.items()}
        return {number: value for number, value in filled.items() if value}

    def missing(self, given: Mapping[str, str]) -> tuple[Attribute, ...]:
        """The attributes still to be chosen before the product can be rung up."""
        filled = self.with_defaults(given)
        return tuple(
            attribute
            for attribute in self.attributes
            if attribute.number not in filled and (attribute.required or attribute.makes_variants)
        )

    def choose(self, given: Mapping[str, str], texts: Mapping[str, str]) -> Chosen:
        """What these values come to; `given` and `texts` are by attribute.

        Raises Refusal: "choose_variant" where something is still to be chosen, "no_such_option",
        "no_such_variant", "option_text_missing" or "option_text_long".
        """
        if missing := self.missing(given):
            names = ", ".join(attribute.name for attribute in missing)
            raise Refusal("choose_variant", product=self.product, names=names)
        filled = self.with_defaults(given)
        pairs = [
            (attribute, attribute.value(filled[attribute.number]))
            for attribute in self.attributes
            if attribute.number in filled
        ]
        options = tuple(_option(attribute, value, texts) for attribute, value in pairs)
        picture = next((value.picture for _, value in pairs if value.picture), "")
        varying = [attribute for attribute, _ in pairs if attribute.makes_variants]
        if not varying:
            return Chosen(options, picture=picture)
        return self._as_variant(options, picture, varying)

    def _as_variant(
        self, options: tuple[LineOption, ...], picture: str, varying: Sequence[Attribute]
    ) -> Chosen:
        values = frozenset(option.value for option in options if option.varies)
        known = self.variant_of(values)
        if known is not None and known.active:
            return Chosen(options, known.number, picture=known.picture or picture)
        dynamic = any(attribute.creation is Creation.DYNAMIC for attribute in varying)
        if known is not None or not dynamic:
            names = ", ".join(option.name for option in options if option.varies)
            raise Refusal("no_such_variant", names=names)
        return Chosen(options, local_number(self.product, values), True, picture)

    def options_of(self, given: Mapping[str, str]) -> tuple[LineOption, ...]:
        """What is chosen so far, with the defaults and without the customer's words."""
        filled = self.with_defaults(given)
        return tuple(
            _as_option(attribute, attribute.value(filled[attribute.number]))
            for attribute in self.attributes
            if attribute.number in filled
        )

    def is_there(self, attribute: Attribute, value: str, given: Mapping[str, str]) -> bool:
        """Whether a value goes together with what else is chosen, in a variant that can be sold."""
        if not attribute.makes_variants:
            return True
        others = {
            option.value
            for option in self.options_of(given)
            if option.varies and option.attribute != attribute.number
        }
        wanted = frozenset(others | {value})
        if any(variant.active and wanted <= variant.values for variant in self.variants):
            return True
        varying = [each for each in self.attributes if each.makes_variants]
        gone = self.variant_of(wanted)
        return any(each.creation is Creation.DYNAMIC for each in varying) and gone is None

    @property
    def least_options(self) -> Decimal:
        """The surcharges of options nobody gets around."""
        options = (each for each in self.attributes if not each.makes_variants)
        return sum(map(_least, options), Decimal(0))

    def sellable(self) -> Iterator[tuple[str, Decimal]]:
        """Each variant that can be sold, by number, with what its values add to the sales price.

        The number is empty where the variant doesn't exist yet, or options are all there is. Of
        very many combinations of values not yet made, the first are told.
        """
        varying = [attribute for attribute in self.attributes if attribute.makes_variants]
        if all(attribute.creation is Creation.AT_ONCE for attribute in varying) and varying:
            surcharges = {
                value.number: value.surcharge for each in varying for value in each.values
            }
            for variant in self.variants:
                if variant.active and variant.values <= surcharges.keys():
                    extra = sum((surcharges[one] for one in variant.values), Decimal(0))
                    yield variant.number, extra
            return
        every = combinations(*(each.values for each in varying))
        for _, values in zip(range(MOST_COMBINATIONS), every, strict=False):
            known = self.variant_of(frozenset(value.number for value in values))
            if not values or known is None or known.active:
                extra = sum((value.surcharge for value in values), Decimal(0))
                yield known.number if known else "", extra


def local_number(product: str, values: frozenset[str]) -> str:
    """The number of a variant the catalogue doesn't have: the same at every till.

    It follows from product and values alone, so two tills that sell the same new variant off line
    mean one and the same, and the back office merges them by that set (ETRON-18).
    """
    text = "\n".join((product, *sorted(values)))
    return LOCAL + hashlib.sha256(text.encode()).hexdigest()[:12]


def _option(attribute: Attribute, value: AttributeValue, texts: Mapping[str, str]) -> LineOption:
    text = " ".join(texts.get(attribute.number, "").split())
    if value.free_text and not text:
        raise Refusal("option_text_missing", name=value.name)
    if len(text) > value.text_limit:
        raise Refusal("option_text_long", name=value.name, limit=value.text_limit)
    return replace(_as_option(attribute, value), text=text)


def _as_option(attribute: Attribute, value: AttributeValue) -> LineOption:
    return LineOption(
        attribute.number,
        value.number,
        attribute.name,
        value.name,
        value.surcharge,
        varies=attribute.makes_variants,
    )


def _least(attribute: Attribute) -> Decimal:
    """The smallest surcharge of an option one has to choose."""
    if not attribute.required:
        return Decimal(0)
    return min((value.surcharge for value in attribute.values), default=Decimal(0))
