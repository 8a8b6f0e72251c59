"""Commands: what can be done at the till, by name, from a key, a touch or a story."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from types import UnionType
from typing import Any, Concatenate, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.money import Money, parse_decimal
from pos.domain.quantity import Quantity

LARGEST = 2**63 - 1
"""What a whole number of the records may come to."""

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


class Field(Struct, frozen=True):
    """One field of a command: its type's name, and whether it may be left out."""

    name: str
    type: str
    required: bool


class Given(Struct, frozen=True):
    """Fields of a command in a value of their own; a story names each by itself."""


def fields_of(till: type, mark: str = _COMMANDS) -> dict[str, tuple[Field, ...]]:
    """Every command of a till class with its fields."""
    return {
        name: tuple(_fields(method))
        for name, method in inspect.getmembers(till, inspect.isfunction)
        if hasattr(method, mark)
    }


def _fields(method: Callable[..., object]) -> Iterator[Field]:
    hints = get_type_hints(method)
    for parameter in list(inspect.signature(method).parameters.values())[1:]:
        group = _group(hints[parameter.name])
        if group is None:
            kind = str(parameter.annotation).removesuffix(" | None")
            yield Field(parameter.name, kind, parameter.default is parameter.empty)
            continue
        first_default = len(group.__struct_fields__) - len(group.__struct_defaults__)
        for place, name in enumerate(group.__struct_fields__):
            kind = group.__annotations__[name].removesuffix(" | None")
            yield Field(name, kind, place < first_default)


def _group(hint: Any) -> Any:
    """The value behind a parameter that stands for several fields; None for a plain one."""
    return hint if isinstance(hint, type) and issubclass(hint, Given) else None


def questions_of(till: type) -> dict[str, tuple[Field, ...]]:
    """Every question a till class answers, with its fields."""
    return fields_of(till, _QUERIES)


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
    known = {field.name: field for field in _fields(method)}
    for key in given:
        if key not in known:
            raise Refusal("field_unknown", command=name, field=key)
    for field in known.values():
        if field.required and field.name not in given:
            raise Refusal("field_missing", command=name, field=field.name)
    return method(till, **_arguments(method, given, currency))


def _arguments(
    method: Callable[..., object], given: Mapping[str, object], currency: str
) -> dict[str, object]:
    """What was given, by parameter."""

    def read(hints: Mapping[str, Any]) -> dict[str, object]:
        named = {key: hint for key, hint in hints.items() if key in given}
        return {key: _read(key, given[key], hint, currency) for key, hint in named.items()}

    hints = get_type_hints(method)
    groups = {name: group for name, hint in hints.items() if (group := _group(hint))}
    parts = {name: group(**read(get_type_hints(group))) for name, group in groups.items()}
    return read(hints) | parts


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
                made = reader(value)
            except ValueError:
                raise Refusal("field_unreadable", field=name, value=value[:40]) from None
            return _checked(name, made, hint)
    return _checked(name, value, hint)


def _checked(name: str, value: object, hint: Any) -> object:
    if not _fits(value, hint):
        raise Refusal("field_unreadable", field=name, value=str(value)[:40])
    return value


def _fits(value: object, hint: Any) -> bool:
    """Whether a value is what its field wants, down to each entry: JSON knows more kinds."""
    if hint is Any:
        return True
    kind, inner = get_origin(hint), get_args(hint)
    if kind is UnionType:
        return any(_fits(value, one) for one in inner)
    if kind is Mapping:
        return isinstance(value, Mapping) and all(
            _fits(key, inner[0]) and _fits(one, inner[1]) for key, one in value.items()
        )
    if kind is Sequence:
        return isinstance(value, list | tuple) and all(_fits(one, inner[0]) for one in value)
    if isinstance(value, int) and abs(value) > LARGEST:
        return False
    # Python takes true for 1; a story that says so means something else.
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))
