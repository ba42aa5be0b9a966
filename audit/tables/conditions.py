"""What a schema can ask of a cell or a row, as pandera checks; each carries the reason that a reader is given.

A check's `error` is a message (the predicate of a sentence whose subject is the cell), its `statistics` hold what
fills the message's places, and its `title` is the column that a check of whole rows is about. Cells are text as in the
file; a blank cell is null and passes every check of cells (whether it may be blank is said by the column). Checks of
rows pass over what they cannot read, since that cell has its own fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from functools import reduce
from operator import or_

import pandas as pd
import pandera.pandas as pa

from audit.model.period import WRITTEN, period_of
from audit.model.phrase import marked
from audit.numbers.numerals import MOST_DIGITS, parse_cell
from audit.numbers.reading import written_step

Tell = Callable[[Mapping[str, str | None]], dict[str, str]]

NUMBER = r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?"
"""A number as the Table Schema writes it, without separators of thousands; not a number that is none (NaN, INF)."""


def condition(
    test: Callable[..., object],
    reason: str,
    column: str | None = None,
    tell: Tell | None = None,
    /,
    **places: Hashable,
) -> pa.Check:
    """A check of a column's cells or, with `column` to be named in the message, of whole rows.

    `places` fill the message; `tell` gives those that depend on the row (its cells by column).
    """
    return pa.Check(test, error=reason, title=column, statistics={"places": places, "tell": tell})


def fullmatch(pattern: str, reason: str, /, **places: Hashable) -> pa.Check:
    """Cells that the whole of `pattern` describes."""
    return condition(lambda cells: cells.str.fullmatch(pattern), reason, **places)


def number() -> pa.Check:
    """A plain decimal number."""
    return fullmatch(NUMBER, marked("is no number; write it like 1650 or 12.5"))


def short() -> pa.Check:
    """No number has more digits than can be read; what is no number at all has its own fault."""
    reason = marked("has more than {most} digits before or after the point")
    return condition(lambda cells: cells.map(_short).astype(bool), reason, most=MOST_DIGITS)


def _short(cell: str) -> bool:
    return parse_cell(cell) is not None or not re.fullmatch(NUMBER, cell)


def whole(least: int = 0) -> pa.Check:
    """A whole number of at least `least`."""
    reason = marked("is no whole number of at least {least}")
    return condition(lambda cells: cells.map(lambda cell: _is_whole(cell, least)), reason, least=least)


def _is_whole(cell: str, least: int) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) < 16 and int(cell) >= least


def truth() -> pa.Check:
    """`true` or `false`."""
    return fullmatch("true|false|True|False|TRUE|FALSE", marked("is neither true nor false"))


def one_of(*members: str) -> pa.Check:
    """One of a few words."""
    reason = marked("is none of {members}")
    return condition(lambda cells: cells.isin(members), reason, members=", ".join(members))


def period() -> pa.Check:
    """A period: a year, a half, a quarter, a month, a day, or a span of them that does not run backwards."""
    reason = marked("is no period; write it like {ways}")
    return condition(lambda cells: cells.map(lambda cell: period_of(cell) is not None), reason, ways=WRITTEN)


def date() -> pa.Check:
    """A day as ISO 8601 writes it."""

    def test(cells: pd.Series) -> pd.Series:
        days = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
        return cells.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}") & days.notna()

    return condition(test, marked("is no day of the calendar; write it like 2017-09-26"))


def ordered(lesser: str, greater: str) -> pa.Check:
    """`lesser` is not above `greater`, where both are numbers; compared exactly."""
    reason = marked("is above {greater}")

    def test(rows: pd.DataFrame) -> pd.Series:
        return ~holding(rows, lambda low, high: low > high, numbers(rows[lesser]), numbers(rows[greater]))

    return condition(test, reason, lesser, greater=greater)


def before(start: str, end: str) -> pa.Check:
    """`start` lies before `end`."""
    reason = marked("does not lie before {end}")

    def test(rows: pd.DataFrame) -> pd.Series:
        return ~holding(rows, lambda low, high: low >= high, numbers(rows[start]), numbers(rows[end]))

    return condition(test, reason, start, end=end)


def literal_stated() -> pa.Check:
    """`literal` writes what `value` (or else `low` and `high`) states in `unit`; rows without a number are let through."""

    def differs(literal: str, unit: str | None, *ends: Decimal | None) -> bool:
        return any(end is not None for end in ends) and written_step(literal, unit, *ends) is None

    def test(rows: pd.DataFrame) -> pd.Series:
        columns = (rows["literal"], rows["unit"], *(numbers(rows[name]) for name in ("value", "low", "high")))
        return ~holding(
            rows, lambda literal, *more: bool(literal) and differs(literal, *more), *columns, blanks=True
        ).astype(bool)

    def told(row: Mapping[str, str | None]) -> dict[str, str]:
        stated = row["value"] or f"{row['low'] or ''}-{row['high'] or ''}"
        return {"number": stated, "unit": row["unit"] or ""}

    return condition(test, marked("does not state what the row gives, {number} {unit}"), "literal", told)


def built(stated: str, reason: str, build: Callable[..., str | None], *columns: str) -> pa.Check:
    """`stated` is what `build` makes of the row's cells in `columns`; `reason` may name it as `{expected}`."""

    def test(rows: pd.DataFrame) -> pd.Series:
        made = holding(rows, build, *(rows[column] for column in columns), blanks=True)
        return made == rows[stated]

    return condition(test, reason, stated, lambda row: {"expected": build(*(row[c] for c in columns)) or ""})


def any_stated(*columns: str) -> pa.Check:
    """At least one of the columns is not blank."""
    reason = marked("is blank, and so is {others}; one of them must be given")
    return condition(
        lambda rows: reduce(or_, (rows[column].notna() for column in columns)), reason, columns[0],
        others=", ".join(columns[1:]),
    )  # fmt: skip


def numbers(cells: pd.Series) -> pd.Series:
    """The cells as exact numbers; null where there is none."""
    readable = cells.where(cells.str.fullmatch(NUMBER, na=False).astype(bool))
    return pd.Series([None if pd.isna(c) else Decimal(c) for c in readable], index=cells.index, dtype=object)


def holding(
    rows: pd.DataFrame, test: Callable[..., object], *columns: pd.Series, blanks: bool = False
) -> pd.Series:
    """`test` of the cells of each row; False for a row with a blank among them, unless `blanks` (given as `None`)."""
    cells = zip(*([None if pd.isna(c) else c for c in column] for column in columns), strict=True)
    found = [test(*row) if blanks or all(c is not None for c in row) else False for row in cells]
    return pd.Series(found, index=rows.index, dtype=object if blanks else bool)


def own_aliases() -> pa.Check:
    """No alias of a code is another code or an alias of another code of the list."""

    def test(rows: pd.DataFrame) -> pd.Series:
        owners: dict[str, set[str]] = {}
        for code, aliases in zip(rows["code"], rows["aliases"], strict=True):
            for name in _names(code, aliases):
                owners.setdefault(name, set()).add(code)
        return ~holding(
            rows, lambda code, aliases: any(len(owners[name]) > 1 for name in _names(code, aliases)),
            rows["code"], rows["aliases"],
        )  # fmt: skip

    return condition(test, marked("holds a name that also belongs to another code of the list"), "aliases")


def _names(code: str, aliases: object) -> tuple[str, ...]:
    stated = aliases.split(";") if isinstance(aliases, str) else []
    return (code, *(alias.strip() for alias in stated if alias.strip()))
