"""Plain values, as JSON gives them, made into records of the model: every part is checked before anything is used.

What a field may hold follows from its type. Numbers stay within what a report can hold, so that none takes long to
write out; texts that name files hold no NUL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from audit.model.errors import Term

DIGITS = 60
"""A number has its first digit at most so many places from the point, and its last at most twice as many."""
MOST = 10**15
"""The largest count."""
_PATHS = frozenset(("source", "path", "baseline"))
Record = TypeVar("Record")
_Parse = Callable[[Any], Any]


class Fault(Exception):
    """A value that is not what its place asks for; `place` is the way to it, as `findings[0].cells[2].value`."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.place = ""

    def within(self, part: str | int) -> Fault:
        """The same fault, seen from one step further out."""
        step = f"[{part}]" if isinstance(part, int) else part
        self.place = step + (
            f".{self.place}" if self.place and not self.place.startswith("[") else self.place
        )
        return self


def of(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type: of a record, a simple type, a literal, a tuple, texts or others by name, or one of these or
    none. A part of a record that is not there takes its default. It raises `Fault`."""
    return _parser(kind)


def part(value: Any, name: str, make: Callable[[Any], Record], default: Record | None = None) -> Record:
    """What `make` makes of the named part of a mapping; one that is not there is `default`, or raises `Fault`."""
    _ensure(isinstance(value, dict), Term("an object"))
    try:
        if name not in value and default is not None:
            return default
        _ensure(name in value, Term("there"))
        return make(value[name])
    except Fault as fault:
        raise fault.within(name) from None


def each(value: Any, make: Callable[[Any], Record]) -> tuple[Record, ...]:
    """What `make` makes of every item of a list. Raises `Fault`."""
    _ensure(isinstance(value, list | tuple), Term("a list"))
    found = []
    for place, item in enumerate(value):
        try:
            found.append(make(item))
        except Fault as fault:
            raise fault.within(place) from None
    return tuple(found)


@cache
def _parser(kind: Any) -> _Parse:
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_parser(kind)  # type: ignore[arg-type]
    if origin is Literal:
        return _chosen(arguments)
    if origin in (Union, UnionType) and NoneType in arguments:
        (inner,) = (one for one in arguments if one is not NoneType)
        parse = _parser(inner)
        return lambda value: None if value is None else parse(value)
    if origin is tuple:
        parse = _parser(arguments[0])
        return lambda value: each(value, parse)
    if origin is dict:
        return _texts if arguments[1] is str else _by_name(_parser(arguments[1]))
    return _SIMPLE[kind]


def _record_parser(kind: type) -> _Parse:
    hints = get_type_hints(kind)
    known = [
        (f.name, _path if f.name in _PATHS else _parser(hints[f.name]), f.default is MISSING and f.default_factory is MISSING)
        for f in fields(kind)
    ]  # fmt: skip

    def parse(value: Any) -> Any:
        _ensure(isinstance(value, dict), Term("an object"))
        found = {}
        for name, part, needed in known:
            try:
                if name in value:
                    found[name] = part(value[name])
                else:
                    _ensure(not needed, Term("there"))
            except Fault as fault:
                raise fault.within(name) from None
        return kind(**found)

    return parse


def _ensure(condition: bool, wanted: str) -> None:
    if not condition:
        raise Fault(wanted)


def _text(value: Any) -> str:
    _ensure(isinstance(value, str), Term("a text"))
    return str(value)


def _path(value: Any) -> str:
    _ensure(isinstance(value, str) and "\0" not in value, Term("the name of a file"))
    return str(value)


def _truth(value: Any) -> bool:
    _ensure(isinstance(value, bool), Term("true or false"))
    return bool(value)


def _number(value: Any) -> Decimal:
    _ensure(isinstance(value, Decimal | int) and not isinstance(value, bool), Term("a number"))
    number = Decimal(value)
    small = (
        number.is_finite()
        and abs(number.adjusted()) <= DIGITS
        and len(number.as_tuple().digits) <= 2 * DIGITS
    )
    _ensure(small, Term("a number of ordinary size"))
    return number


def _count(value: Any) -> int:
    number = _number(value)
    _ensure(number == number.to_integral_value() and 0 <= number <= MOST, Term("a count"))
    return int(number)


def _texts(value: Any) -> dict[str, str]:
    _ensure(
        isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()), "texts by name"
    )
    return dict(value)


def _by_name(make: _Parse) -> _Parse:
    def parse(value: Any) -> dict[str, Any]:
        _ensure(isinstance(value, Mapping), Term("an object"))
        return {name: part(value, name, make) for name in value}

    return parse


def _chosen(allowed: tuple[Any, ...]) -> _Parse:
    wanted = " / ".join(map(str, allowed))

    def parse(value: Any) -> Any:
        _ensure(value is None or isinstance(value, str | bool), wanted)
        _ensure(value in allowed, wanted)
        return value

    return parse


_SIMPLE: dict[Any, _Parse] = {str: _text, bool: _truth, int: _count, Decimal: _number}
