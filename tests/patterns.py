"""Every pattern of a package, with the strings that make it work hardest: each part that may repeat, repeated.

The strings are made from the pattern's own parse tree: what stands before a repeated part, then that part many times,
then something that the rest does not expect.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

LEAST = 12
"""A part that is repeated at most so often cannot grow."""

MOST = 8
"""How many of the things that a repeated part may be are tried."""

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_KINDS = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_SPACE: "建",
    sre.CATEGORY_NOT_DIGIT: "建",
    sre.CATEGORY_NOT_WORD: "!",
}


def modules(*names: str) -> Iterator[ModuleType]:
    """The named packages with all modules below them."""
    for name in names:
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(found.name)


@dataclass(slots=True)
class Use:
    """How a pattern is used (`match`, `search`, …) and what it is called, with its module."""

    ways: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def patterns(*packages: str) -> dict[re.Pattern[Any], Use]:
    """Every compiled or literal pattern of the packages with its use."""
    found: dict[re.Pattern[Any], Use] = {}
    for module in modules(*packages):
        named = {name: tuple(_held(value)) for name, value in vars(module).items()}
        for name, held in named.items():
            for pattern in held:
                found.setdefault(pattern, Use()).names.add(f"{module.__name__}.{name}")
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Attribute):
                for pattern in named.get(_name(node.value), ()):
                    found[pattern].ways.add(node.attr)
            if _is_literal_use(node):
                text, way = _literal(node, module)
                if text is not None and way != "compile":
                    found.setdefault(re.compile(text), Use({way}, {f"{module.__name__}:{way}"})).ways.add(way)
    return found


def hard_strings(pattern: re.Pattern[Any], length: int) -> set[str]:
    """Strings of about `length` characters on which a pattern that looks back does much more work than reading."""
    strings = set()
    for before, part in _pumps(list(_parser.parse(pattern.pattern, pattern.flags)), ""):
        whole = before + part
        strings |= {before + part * (length // len(part)) + "!", whole * (length // len(whole)) + "!"}
    return strings


def _held(value: object) -> Iterator[re.Pattern[Any]]:
    if hasattr(value, "cache_info"):
        if callable(value) and not inspect.signature(value).parameters:
            with suppress(ImportError):  # an extra that is not installed
                yield from _held(value())
    elif isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from _held(one)
    elif isinstance(value, dict):
        yield from _held(tuple(value.values()))


def _name(node: ast.expr) -> str:
    """The name of what is used: of `_STYLES`, `_scanner()` and `_RAW[name]` alike."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_literal_use(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and bool(node.args)
    )


def _literal(node: Any, module: ModuleType) -> tuple[Any, str]:
    """The pattern of `re.search("…", …)`; None where it depends on what the function is given."""
    try:
        text = eval(compile(ast.Expression(node.args[0]), "pattern", "eval"), vars(module))
    except NameError:
        return None, node.func.attr
    return (text if isinstance(text, str | bytes) else None), node.func.attr


def _signs(items: Any) -> list[str]:
    """A few characters of a set."""
    signs: list[str] = []
    for kind, value in items:
        if kind is sre.LITERAL:
            signs.append(chr(value))
        elif kind is sre.RANGE:
            signs.append(chr(value[0]))
        elif kind is sre.CATEGORY:
            signs.append(_KINDS[value])
    negated = any(kind is sre.NEGATE for kind, _ in items)
    return [sign for sign in "建1a )，“" if sign not in signs] if negated else signs


def _sample(tree: Any) -> str:
    """A string that a part matches, near enough."""
    return "".join(_sample_of(kind, value) for kind, value in tree)


def _sample_of(kind: Any, value: Any) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return "a" if value == ord("建") else "建"
    if kind is sre.ANY:
        return "建"
    if kind is sre.IN:
        return next(iter(_signs(value)), "")
    if kind is sre.BRANCH:
        return _sample(value[1][0])
    if kind is sre.SUBPATTERN:
        return _sample(value[3])
    if kind in _REPEATS:
        return _sample(value[2]) * value[0]
    return _sample(value) if kind is sre.ATOMIC_GROUP else ""


def _variants(tree: Any) -> set[str]:
    """The different things that a repeated part may be."""
    found = {_sample(tree)}
    for kind, value in tree:
        if kind is sre.IN:
            found.update(_signs(value)[:4])
        elif kind is sre.BRANCH:
            found.update(_sample(branch) for branch in value[1])
        elif kind is sre.SUBPATTERN:
            found |= _variants(value[3])
    return found - {""}


def _pumps(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Every part that may be long, with a string for what stands before it."""
    for kind, value in tree:
        if kind in _REPEATS:
            if value[1] > LEAST:
                yield from ((before, part) for part in sorted(_variants(value[2]))[:MOST])
            yield from _pumps(value[2], before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before)
        elif kind is sre.SUBPATTERN:
            yield from _pumps(value[3], before)
        elif kind is sre.ATOMIC_GROUP:
            yield from _pumps(value, before)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _pumps(value[1], before)
        before += _sample_of(kind, value)
