"""Records that never change: frozen dataclasses that are cheap to define, to keep and to read back.

`dataclass` writes and compiles six methods for every class, which in a short run takes a fifth of its time. Here only the
constructor is compiled for a class, when its first record is made: many are none in a run. What tells, compares and keeps
its fields is shared by all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(kind: type[T], /) -> type[T]: ...
@overload
def frozen(*, slots: bool = True, guarded: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(kind: Any = None, /, *, slots: bool = True, guarded: bool = True) -> Any:
    """The class as a frozen dataclass; without `slots` for one that remembers what it works out (`cached_property`).

    One that is not `guarded` is frozen for the type checker alone: of what there are tens of thousands, setting each
    field past the guard takes most of the time that it takes to make them.

    All fields are given to the constructor, by place or by name. `default`, `default_factory`, `repr` and `compare` of
    a field mean what they mean to `dataclass`.
    """

    def record(kind: type[Any]) -> type[Any]:
        kind.__doc__ = kind.__doc__ or kind.__name__  # else dataclass tells its constructor, which takes long
        made = dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
        guards = (_refused_setting, _refused_deleting) if guarded else ()
        for method in (*_methods(made), *guards):
            if method.__name__ not in vars(made):
                setattr(made, method.__name__, method)
        if "__init__" not in vars(made):
            made.__init__ = _FirstMade(made, slots, guarded)
        return made

    return record if kind is None else record(kind)


class _FirstMade:
    """Stands for the constructor of a class until the class is asked for it."""

    def __init__(self, kind: type[Any], slots: bool, guarded: bool) -> None:
        self._of = kind, slots, guarded

    def __get__(self, record: object, kind: type[Any] | None = None) -> Any:
        constructor = _constructor(*self._of)
        self._of[0].__init__ = constructor
        return constructor.__get__(record, kind)


def _constructor(kind: type[Any], slots: bool, guarded: bool) -> Callable[..., None]:
    """`__init__`, written for the class: one that finds its fields in a loop would take several times as long.

    It puts the fields where they are held, past a guard that refuses to set them.
    """
    known: dict[str, Any] = {"UNSET": MISSING}
    given, lines = ["self"], ["FIELDS = self.__dict__" if guarded and not slots else "pass"]
    for one in fields(kind):
        value = one.name
        if one.default_factory is not MISSING:
            known[f"make_{one.name}"] = one.default_factory
            given.append(f"{one.name}=UNSET")
            value = f"make_{one.name}() if {one.name} is UNSET else {one.name}"
        elif one.default is not MISSING:
            known[f"usual_{one.name}"] = one.default
            given.append(f"{one.name}=usual_{one.name}")
        else:
            given.append(one.name)
        if not guarded:
            lines.append(f"self.{one.name} = {value}")
        elif slots:
            known[f"put_{one.name}"] = getattr(kind, one.name).__set__
            lines.append(f"put_{one.name}(self, {value})")
        else:
            lines.append(f"FIELDS['{one.name}'] = {value}")
    exec(f"def __init__({', '.join(given)}):\n " + "\n ".join(lines), known)
    constructor: Callable[..., None] = known["__init__"]
    constructor.__annotations__ = {one.name: one.type for one in fields(kind)} | {"return": None}
    constructor.__qualname__ = f"{kind.__qualname__}.__init__"
    return constructor


def _methods(kind: type[Any]) -> Sequence[Callable[..., Any]]:
    """How a record compares, tells and keeps its fields."""
    compared = _values([one.name for one in fields(kind) if one.compare])
    given = _values([one.name for one in fields(kind)])
    told = [one.name for one in fields(kind) if one.repr]

    def __eq__(self: Any, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(compared(self))

    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in told)})"

    def __reduce__(self: Any) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), given(self)

    return __eq__, __hash__, __repr__, __reduce__


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of these attributes."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _refused_setting(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refused_deleting(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_refused_setting.__name__, _refused_deleting.__name__ = "__setattr__", "__delattr__"
