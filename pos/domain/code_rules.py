"""The rule table of a shop's own codes: what a pattern means, in which order patterns are tried.

Shops differ in their label codes, and no standard covers Austria; so prefixes and field widths are
the shop's to set (T-027 to T-029, W-22). A pattern is written as the code with its fields in
braces, "24{article:5}{value:5}{check}":

* `{article:N}` and `{value:N}`: N digits each; the goods, and their weight, price or count.
* `{inner}`: the check digit of the value (GS1 General Specifications, 7.9.3 and 7.9.4).
* `{check}`: the last digit of the whole code, as in every GTIN.
* `{key}`: whatever is left, one character or more.

All else stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit


class Meaning(StrEnum):
    """What a code of the shop's own stands for."""

    WEIGHT = "weight"
    PRICE = "price"
    COUNT = "count"
    CUSTOMER = "customer"
    PARKED = "parked"
    VOUCHER = "voucher"
    PRICE_LIST = "price_list"
    INVOICE = "invoice"
    COUPON = "coupon"
    ORDER = "order"
    RECEIPT = "receipt"


MEASURED = frozenset({Meaning.WEIGHT, Meaning.PRICE, Meaning.COUNT})


class CodeRule(Struct, frozen=True):
    """One row of the table.

    Attributes:
        decimals: places of the value: 3 turns grams into kilograms, 2 cents into euros.
    """

    name: str
    pattern: str
    meaning: Meaning
    decimals: int = 0


class CodeMatch(Struct, frozen=True):
    """A code that fits a rule, and its fields by name."""

    rule: CodeRule
    fields: dict[str, str]


class CodeRules:
    """The table, ready to be asked. Raises Refusal "code_rule" on a pattern that says nothing."""

    def __init__(self, rules: Iterable[CodeRule]) -> None:
        self.rules = tuple(rules)
        self._compiled = [(rule, _compile(rule)) for rule in self.rules]

    def match(self, code: str) -> CodeMatch | None:
        """The first rule a code fits with all its check digits right."""
        for rule, pattern in self._compiled:
            found = pattern.fullmatch(code)
            if found is not None:
                fields = found.groupdict()
                if _checks_hold(code, fields):
                    return CodeMatch(rule, fields)
        return None

    def written(self, meaning: Meaning, key: str) -> str:
        """The code that stands for a key, by the first rule of this meaning that yields it.

        Empty where no rule can be written without its own check digits, or another one would
        take the code first.
        """
        for rule in self.rules:
            code = rule.pattern.replace("{key}", key)
            found = self.match(code) if rule.meaning is meaning else None
            if found is not None and found.rule is rule and found.fields["key"] == key:
                return code
        return ""


_PART = re.compile(
    r"\{(?P<digits>article|value):(?P<size>[1-9]\d?)\}|\{(?P<single>inner|check|key)\}|[^{}]+"
)
_GERMAN_LABEL = "{article:4}{inner}{value:5}{check}"
_INNER_SIZES = {"4", "5"}
"""A value's own check digit is defined for these lengths only."""


def _compile(rule: CodeRule) -> re.Pattern[str]:
    parts = list(_PART.finditer(rule.pattern))
    if "".join(part[0] for part in parts) != rule.pattern or not _says_enough(rule, parts):
        raise Refusal("code_rule", rule=rule.name, pattern=rule.pattern)
    return re.compile("".join(map(_expression, parts)))


def _says_enough(rule: CodeRule, parts: list[re.Match[str]]) -> bool:
    """Whether the fields are those the meaning needs, each once."""
    sizes = {name: part["size"] for part in parts if (name := part["digits"] or part["single"])}
    count = sum(bool(part["digits"] or part["single"]) for part in parts)
    needed = {"article", "value"} if rule.meaning in MEASURED else {"key"}
    optional = {"inner", "check"} if rule.meaning in MEASURED else {"check"}
    return (
        count == len(sizes)
        and sizes.keys() - optional == needed
        and ("inner" not in sizes or sizes["value"] in _INNER_SIZES)
    )


def _expression(part: re.Match[str]) -> str:
    """One part of a pattern as a regular expression."""
    if part["digits"]:
        return f"(?P<{part['digits']}>[0-9]{{{part['size']}}})"
    if part["single"]:
        return "(?P<key>.+)" if part["single"] == "key" else f"(?P<{part['single']}>[0-9])"
    return re.escape(part[0])


def _checks_hold(code: str, fields: dict[str, str]) -> bool:
    if "check" in fields:
        body, last = code[:-1], code[-1]
        if not (code.isascii() and code.isdigit() and check_digit(body) == int(last)):
            return False
    return "inner" not in fields or _value_check_digit(fields["value"]) == int(fields["inner"])


def _value_check_digit(value: str) -> int:
    # Loading the library takes an eighth of a second, so only shops with such labels pay for it.
    from biip.checksums import gs1_price_weight_check_digit

    return gs1_price_weight_check_digit(value)


AUSTRIAN_RULES = CodeRules(
    [
        CodeRule("weight label", "24{article:5}{value:5}{check}", Meaning.WEIGHT, 3),
        CodeRule("price label", "25{article:5}{value:5}{check}", Meaning.PRICE, 2),
        CodeRule("voucher", "2116{key}", Meaning.VOUCHER),
        CodeRule("parked sale", "P#{key}", Meaning.PARKED),
        CodeRule("customer card", "C#{key}", Meaning.CUSTOMER),
        CodeRule("price list code", "L#{key}", Meaning.PRICE_LIST),
        CodeRule("receipt", "B#{key}", Meaning.RECEIPT),
        CodeRule("invoice", "R#{key}", Meaning.INVOICE),
        CodeRule("invoice K", "K#{key}", Meaning.INVOICE),
        CodeRule("order", "O#{key}", Meaning.ORDER),
    ]
)
"""What a shop starts with in Austria (T-027 to T-029)."""

GERMAN_RULES = CodeRules(
    [
        *(
            CodeRule(f"{meaning} label {prefix}", f"{prefix}{_GERMAN_LABEL}", meaning, decimals)
            for prefixes, meaning, decimals in (
                (("22", "23"), Meaning.PRICE, 2),
                (("25", "26"), Meaning.COUNT, 0),
                (("28", "29"), Meaning.WEIGHT, 3),
            )
            for prefix in prefixes
        ),
        *AUSTRIAN_RULES.rules[2:],
    ]
)
"""The label codes GS1 Germany recommends, each with the check digit of its value."""

GS1_RULES = CodeRules(())
"""Nothing but what the standard says: no code of the shop's own (T-029)."""


class RuleSet(StrEnum):
    """Whose rules count at a till; text keys under `code.set.`."""

    SHOP = "shop"
    AUSTRIA = "austria"
    GERMANY = "germany"
    GS1 = "gs1"
    OWN = "own"


SHIPPED = {
    RuleSet.AUSTRIA: AUSTRIAN_RULES,
    RuleSet.GERMANY: GERMAN_RULES,
    RuleSet.GS1: GS1_RULES,
}
"""The sets that come with the program (T-029)."""
