"""A rule in the making, and what the columns of a table are that it is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import field

import polars as pl

from audit.engine.frames import Table
from audit.engine.identity import dimensions_of, identity_of
from audit.model.frozen import frozen
from audit.model.period import period_of


@frozen(slots=False)
class Shape:
    """What the columns of a table are: its key (blank where rows share a name), its dimensions (periods among them) and
    its numbers."""

    key: tuple[str, ...]
    dimensions: tuple[str, ...]
    periods: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: int


@frozen(slots=False)
class Suggestion:
    """A rule in the making: `kind` names it, `lines` are its body without id, title, severity and table.

    `parents` is the code list that it needs: the whole that each member is a part of, by dimension. `other` is the
    second table that it looks at, blank for none. `examples` are one that holds and one that is violated, where they
    are not those of the numbers of a row. `least` is the share of checks in which it has to hold, where its words and
    not its numbers say what is meant (0: nearly all).
    """

    kind: str
    zh: str
    en: str
    lines: tuple[str, ...]
    expected: float
    parents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    other: str = ""
    examples: tuple[str, ...] = ()
    least: float = 0


def shape_of(table: Table) -> Shape:
    """What the columns of a table are, as far as they show it themselves."""
    identity = identity_of(table)
    blank = {name for name in table.columns if table.frame[name].null_count() == table.length}
    dimensions = tuple(name for name in dimensions_of(table) if name not in blank)
    periods = tuple(name for name in dimensions if _holds_periods(table, name))
    numbers = tuple(
        name for name, kind in table.columns.items()
        if kind == "number" and name not in {*dimensions, *blank} and not _counts_rows(table, name)
    )  # fmt: skip
    key = identity.columns if identity.origin != "content" else ()
    return Shape(key, dimensions, periods, numbers, table.length)


def _counts_rows(table: Table, name: str) -> bool:
    """Whether a column holds the numbers of the rows."""
    first = table.frame[name].to_list()[:2]
    start = {"0": 0, "1": 1}.get(str(first[0])) if first else None
    return start is not None and len(first) == 2 and table.frame[name].cast(pl.String).to_list() == [
        str(number) for number in range(start, start + table.length)
    ]  # fmt: skip


def beside(table: Table, shape: Shape, dimension: str) -> list[str]:
    """The dimensions that tell the cells of one member apart: all others but those that the member itself settles, as a
    period its frequency and an indicator its unit."""
    return [
        name for name in shape.dimensions
        if name != dimension and table.frame.select(dimension, name).unique()[dimension].is_duplicated().any()
    ]  # fmt: skip


def _holds_periods(table: Table, name: str) -> bool:
    values = table.observed(name)
    return bool(values) and all(period_of(value) is not None for value in values)


def yaml_text(value: str) -> str:
    """A text as YAML takes it: bare where that is safe, else in quotes."""
    bare = _BARE.fullmatch(value) and not _WORDS.fullmatch(value)
    return value if bare else json.dumps(value, ensure_ascii=False)


def yaml_list(values: Sequence[str]) -> str:
    """Texts as a YAML list in a line."""
    return f"[{', '.join(map(yaml_text, values))}]"


_BARE = re.compile(r"[A-Za-z_一-鿿][\w一-鿿 .+*/()=<>-]*")
_WORDS = re.compile(r"(?i)y|n|yes|no|true|false|null|on|off|.*\s|.*: .*|.* #.*")
