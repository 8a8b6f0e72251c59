"""House rules that no linter knows: each looks at one module and names what breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

Rule = Callable[[ast.Module], Iterator[ast.AST]]
"""Finds the nodes of a module that break a rule."""

TEXT_CALLS = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "QToolButton",
    "addRow", "addTab", "setAccessibleDescription", "setAccessibleName", "setPlaceholderText",
    "setStatusTip", "setText", "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle",
}  # fmt: skip
"""What puts a text before the cashier's eyes (or a screen reader's voice)."""

WORD = re.compile(r"[^\W\d_]{2,}")
"""Two letters in a row make a word; "–" or "0" or "C" on a key is none."""


def no_float(module: ast.Module) -> Iterator[ast.AST]:
    """Neither a float literal nor the type: an amount never meets one, not even on its way."""
    in_the_drawer = uses_of_a_parameter(module, "float")
    for node in ast.walk(module):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        named = isinstance(node, ast.Name) and node.id == "float"
        if literal or (named and node not in in_the_drawer) or called_name(node) == "float":
            yield node


def no_nested_loop(module: ast.Module) -> Iterator[ast.AST]:
    """No dialog is exec'ed and no event is pumped: the till would do two things at once."""
    for node in ast.walk(module):
        name = called_name(node)
        if name in {"exec", "exec_", "processEvents", "QEventLoop"} and not runs_the_program(node):
            yield node


def no_text_in_code(module: ast.Module) -> Iterator[ast.AST]:
    """A word shown to people comes from the language files, by key."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and called_name(node) in TEXT_CALLS:
            yield from (argument for argument in node.args if holds_a_word(argument))


def no_fixed_wait(module: ast.Module) -> Iterator[ast.AST]:
    """A test waits for a signal or a condition, never for time."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr == "wait" and isinstance(owner, ast.Name) and owner.id == "qtbot":
                yield node


def uses_of_a_parameter(module: ast.Module, name: str) -> set[ast.AST]:
    """Where functions use a parameter of this name: a till's float is money, not a number type."""
    return {
        node
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef)
        and name in {each.arg for each in [*function.args.args, *function.args.kwonlyargs]}
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and node.id == name
    }


def called_name(node: ast.AST) -> str:
    """The last part of what is called: `exec` for `dialog.exec()`; empty for anything else."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
            return name
    return ""


def runs_the_program(node: ast.AST) -> bool:
    """Whether this is the application's own loop, the one there has to be."""
    match node:
        case ast.Call(func=ast.Attribute(attr="exec", value=ast.Name(id=owner))):
            return owner in {"application", "QApplication"}
    return False


def holds_a_word(node: ast.AST) -> bool:
    """Whether a literal, or the fixed part of an f-string, holds a word."""
    match node:
        case ast.Constant(value=str(text)):
            return WORD.search(text) is not None
        case ast.JoinedStr(values=parts):
            return any(holds_a_word(part) for part in parts)
    return False


def modules(*folders: str) -> list[Path]:
    """Every Python file under the folders of the project, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def findings(rule: Rule, *folders: str) -> list[str]:
    """Where the project breaks a rule, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in modules(*folders)
        for node in rule(ast.parse(path.read_text(encoding="utf-8")))
    ]
