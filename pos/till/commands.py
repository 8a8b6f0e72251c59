"""Commands: what can be done at the till, by name, from a key, a touch or a story."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

from pos.domain.errors import Refusal
from pos.domain.money import Money, parse_decimal
from pos.domain.quantity import Quantity

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

_COMMANDS = "__pos_command__"
_QUERIES = "__pos_query__"


def command(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Mark a method of the till as a command of that name."""
    setattr(method, _COMMANDS, True)
    return method


def query(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Mark a method of the till as a question that changes nothing."""
    setattr(method, _QUERIES, True)
    return method


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a command: its type's name, and whether it may be left out."""

    name: str
    type: str
    required: bool


def fields_of(till: type, mark: str = _COMMANDS) -> dict[str, tuple[Field, ...]]:
    """Every command of a till class with its fields."""
    return {
        name: tuple(
            Field(parameter.name, _type_name(parameter), parameter.default is parameter.empty)
            for parameter in list(inspect.signature(method).parameters.values())[1:]
        )
        for name, method in inspect.getmembers(till, inspect.isfunction)
        if hasattr(method, mark)
    }


def questions_of(till: type) -> dict[str, tuple[Field, ...]]:
    """Every question a till class answers, with its fields."""
    return fields_of(till, _QUERIES)


def _type_name(parameter: inspect.Parameter) -> str:
    return str(parameter.annotation).removesuffix(" | None")


def call(till: object, name: str, given: Mapping[str, object], currency: str = "EUR") -> Any:
    """Run a command with fields as a story writes them: amounts, in the shop's currency, and
    quantities as text.

    Raises Refusal "no_such_command", "field_missing", "field_unknown" or "field_unreadable".
    """
    return _call(till, name, given, _COMMANDS, currency)


def ask(till: object, name: str, given: Mapping[str, object], currency: str = "EUR") -> Any:
    """Ask a question with fields as a story writes them; raises Refusal as `call` does."""
    return _call(till, name, given, _QUERIES, currency)


def _call(till: object, name: str, given: Mapping[str, object], mark: str, currency: str) -> Any:
    method = getattr(type(till), name, None)
    if method is None or not hasattr(method, mark):
        raise Refusal("no_such_command", command=name)
    known = {field.name: field for field in fields_of(type(till), mark)[name]}
    for key in given:
        if key not in known:
            raise Refusal("field_unknown", command=name, field=key)
    for field in known.values():
        if field.required and field.name not in given:
            raise Refusal("field_missing", command=name, field=field.name)
    hints = get_type_hints(method)
    read = {key: _read(key, value, hints[key], currency) for key, value in given.items()}
    return method(till, **read)


def _read(name: str, value: object, hint: Any, currency: str) -> object:
    readers: tuple[tuple[type, Callable[[str], object]], ...] = (
        (Money, partial(Money.parse, currency=currency)),
        (Quantity, Quantity.parse),
        (Decimal, parse_decimal),
        (int, int),
        (date, date.fromisoformat),
    )
    for kind, reader in readers:
        if hint in (kind, kind | None) and isinstance(value, str):
            try:
                return reader(value)
            except ValueError:
                raise Refusal("field_unreadable", field=name, value=value[:40]) from None
    return value
