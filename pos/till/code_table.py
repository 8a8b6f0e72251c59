"""The rule table of this till: whose rules count, and the changes a manager makes to them (W-22).

Without a change made here the shop's own rules count, else those usual in its country. What is
changed here stands in the till's settings, and can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.code_rules import SHIPPED, CodeRule, CodeRules, Meaning, RuleSet
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.till.codes import rule_title, rules_of
from pos.till.desk import Desk

SETTING = "code_rules"
MOST_RULES = 60
MOST_DECIMALS = 6
LONGEST = 60


class CodeTableView(Struct, frozen=True):
    """The rules that count here, in the order they are tried.

    Attributes:
        set: text key under `code.set.`: whose rules these are.
        sets: those that may be chosen.
        may_change: whether the operator may change them.
    """

    set: str
    rules: tuple[CodeRule, ...]
    sets: tuple[str, ...] = ()
    may_change: bool = False


def table(desk: Desk) -> CodeTableView:
    """The rules that count here."""
    operator = desk.operator
    return CodeTableView(
        desk.code_set.value,
        tuple(replace(each, name=rule_title(desk, each.name)) for each in rules_of(desk).rules),
        tuple(each.value for each in RuleSet if each is not RuleSet.OWN),
        may_change=operator is not None and operator.may(Right.SETTINGS),
    )


def use_set(desk: Desk, name: str) -> None:
    """Let a set that ships count here; "shop" takes this till's choice back.

    Raises Refusal "no_such_code_set".
    """
    desk.demand(Right.SETTINGS)
    if name not in (each.value for each in RuleSet if each is not RuleSet.OWN):
        raise Refusal("no_such_code_set", name=name)
    _keep(desk, RuleSet(name), None)


def set_rules(desk: Desk, given: Sequence[Mapping[str, Any]]) -> None:
    """Let a table of this till's own count; rules are tried in its order.

    Raises Refusal "code_rule" on one that says nothing, "code_rule_twice", "code_rules_many".
    """
    desk.demand(Right.SETTINGS)
    if len(given) > MOST_RULES:
        raise Refusal("code_rules_many", most=MOST_RULES)
    _keep(desk, RuleSet.OWN, CodeRules(map(_rule, given)))


def take_up(desk: Desk) -> None:
    """After a start: let count what was kept at this till."""
    text = desk.store.setting(SETTING)
    if not text:
        return
    kept = json.loads(text)
    desk.code_set = RuleSet(kept["set"])
    if desk.code_set is RuleSet.OWN:
        desk.code_rules = CodeRules(map(_rule, kept["rules"]))
    else:
        desk.code_rules = SHIPPED.get(desk.code_set)


def _rule(given: Mapping[str, Any]) -> CodeRule:
    name, pattern = str(given.get("name", "")).strip(), str(given.get("pattern", "")).strip()
    meaning, decimals = given.get("meaning"), str(given.get("decimals", 0))
    good = decimals.isascii() and decimals.isdigit() and int(decimals) <= MOST_DECIMALS
    if not name or len(name + pattern) > 2 * LONGEST or meaning not in list(Meaning) or not good:
        raise Refusal("code_rule", rule=name[:LONGEST], pattern=pattern[:LONGEST])
    return CodeRule(name, pattern, Meaning(meaning), int(decimals))


def _keep(desk: Desk, name: RuleSet, own: CodeRules | None) -> None:
    """Make a choice durable, with its journal entry; then let it count."""
    rules = own.rules if own is not None else ()
    _demand_single([rule.name for rule in rules])
    rows = [_record(rule) for rule in rules]
    facts = {"set": name.value, "rules": rows}
    with desk.writing() as work:
        work.set_setting(SETTING, json.dumps(facts, ensure_ascii=False))
        desk.record(work, Kind.CODE_RULES_SET, facts)
    desk.code_set = name
    desk.code_rules = own if own is not None else SHIPPED.get(name)


def _demand_single(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise Refusal("code_rule_twice", rule=name)


def _record(rule: CodeRule) -> dict[str, object]:
    return {
        "name": rule.name,
        "pattern": rule.pattern,
        "meaning": rule.meaning.value,
        "decimals": rule.decimals,
    }
