"""What tells the rows of a table apart: one identity a row, used wherever a row is named, found again or compared.

The columns that the table declares as its key, or its column `id`; else an inferred set of columns in which no two rows
are equal; else all that stands in the row. Rows that are alike even so share a name and are numbered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from audit.engine.frames import Table
from audit.lexicon import called, pattern
from audit.model.frozen import frozen
from audit.model.report import Origin

MOST_SEARCHED = 1_000_000
"""Rows of a table in which a smaller set of columns is looked for; a larger table goes by all its dimensions."""
_WORDING = frozenset(("literal", "value", "low", "high", "step", "bound", "evidence", "start", "end"))
"""Columns of a table of figures that say what a figure is worth and how it is worded, not which figure it is."""
_JSON = json.JSONEncoder(ensure_ascii=False).encode


@frozen(slots=False)
class RowIdentity:
    """How the rows of `table` are told apart: by `columns`, or with the origin `content` by all that stands in them.

    `among` are the rows of which some may be alike, where these are known and few.
    """

    table: Table
    columns: tuple[str, ...]
    origin: Origin
    among: tuple[int, ...] | None = None

    def name(self, row: int, values: Mapping[str, Any]) -> str:
        """The name of a row: what stands in its identifying columns; a digest of its content where there are none.

        Rows that share a name are numbered (`#2`), in the order of the table.
        """
        number = f"#{self.alike[row]}" if row in self.alike else ""
        return self.shared_name(values) + number

    def shared_name(self, values: Mapping[str, Any]) -> str:
        """The name of a row without the number that tells it from rows alike."""
        if self.origin == "content":
            text = _JSON([(name, as_text(values[name])) for name in sorted(values)])
            return f"{self.table.name}~{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        return "/".join(as_text(values.get(column)) or "-" for column in self.columns)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The columns that tell what a row is about: those that identify it, else all that can."""
        return self.columns or dimensions_of(self.table)

    @cached_property
    def alike(self) -> Mapping[int, int]:
        """The rows that others are alike with, each with its number among them."""
        if self.origin == "inferred":
            return {}
        columns = self.columns or tuple(self.table.columns)
        seen: Counter[tuple[str, ...]] = Counter()
        numbers: dict[int, int] = {}
        for row, texts in self.table.backend.alike(columns, self.among):
            seen[texts] += 1
            numbers[row] = seen[texts]
        return numbers


class Identities:
    """The identities of the rows of several tables, each worked out when it is first asked for."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._known: dict[str, RowIdentity] = {}

    def __getitem__(self, table: str) -> RowIdentity:
        if table not in self._known:
            self._known[table] = identity_of(self._tables[table])
        return self._known[table]

    @property
    def asked(self) -> tuple[RowIdentity, ...]:
        """Those that were asked for, in the order of the tables."""
        return tuple(self._known[name] for name in self._tables if name in self._known)


def identity_of(table: Table) -> RowIdentity:
    """How the rows of a table are told apart."""
    rows = table.backend
    if table.key:
        return RowIdentity(table, table.key, "declared")
    if "id" in table.columns and rows.distinct(("id",)) == table.length:
        return RowIdentity(table, ("id",), "declared")
    candidates = dimensions_of(table)
    if not candidates:
        return RowIdentity(table, (), "content")
    if rows.distinct(candidates) == table.length:
        return RowIdentity(table, _inferred(table, candidates), "inferred")
    return RowIdentity(table, (), "content", rows.perhaps_alike(candidates))


def _inferred(table: Table, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """A smallest set of dimensions in which no two rows are equal, of the leftmost columns of those candidates in which
    none are."""
    if table.length > MOST_SEARCHED:
        return candidates
    needed = list(candidates)
    for column in reversed(candidates):
        others = [name for name in needed if name != column]
        if others and table.backend.distinct(others) == table.length:
            needed = others
    return tuple(needed)


def dimensions_of(table: Table) -> tuple[str, ...]:
    """The columns that can tell what a row is about: texts, conditions, years and what is called a code or a number of
    things, not amounts and wording. A column called by one quarter or month (`一季度`) holds its amounts."""
    wording = _WORDING if "value" in table.columns else frozenset()
    columns = {name: kind for name, kind in table.columns.items() if name not in wording}
    years = table.backend.years([name for name, kind in columns.items() if kind == "number"])
    return tuple(
        name
        for name, kind in columns.items()
        if kind != "number" or name in years or (called(name, "identifier") and not _is_one_part(name))
    )


def _is_one_part(name: str) -> bool:
    """Whether a name says which quarter, month or week it is of."""
    one = pattern(
        r"[一二三四五六七八九十\d]\s*<time within a year>|<time within a year>[ _]?\d", re.IGNORECASE
    )
    return bool(one.search(name))


def as_text(value: Any) -> str:
    """A cell as text, blank for none; the same whatever kind of number an engine holds."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return str(value)
        return format(number.normalize() if number else Decimal(0), "f") if number.is_finite() else str(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
