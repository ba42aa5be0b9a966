"""What can be asked of the cells and rows of a table of text, each with the reason that a reader is given.

Cells are text as in the file; a blank cell is null. What is asked of a cell, or of several cells of a row, is tried once
for each that is written differently. A condition of rows passes over what it cannot read, since that cell has its own
fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from audit.model.frozen import frozen
from audit.model.period import WRITTEN, period_of
from audit.model.phrase import marked
from audit.model.text_frame import TextFrame
from audit.numbers.numerals import MOST_DIGITS, parse_cell
from audit.numbers.reading import written_step

Tell = Callable[[Mapping[str, str | None]], dict[str, str]]

NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
"""A number as the Table Schema writes it, without separators of thousands; not a number that is none (NaN, INF)."""


@frozen(slots=False)
class Condition:
    """What must hold of every row: `failing` gives the numbers of those of a frame of text for which it does not.

    `column` is what the message is about, `reason` the predicate of its sentence; `places` fill it, as does `tell` where
    they depend on the row (its cells by column).
    """

    column: str
    failing: Callable[[TextFrame], Sequence[int]]
    reason: str
    places: Mapping[str, object] = field(default_factory=dict)
    tell: Tell | None = None


def of_cell(column: str, test: Callable[[str], bool], reason: str, /, **places: object) -> Condition:
    """Each cell of a column that is not blank passes the test."""
    return Condition(column, lambda rows: _failing(rows, (column,), test, blanks=False), reason, places)


def of_row(
    column: str, columns: Sequence[str], test: Callable[..., bool], reason: str, tell: Tell | None = None, /,
    *, blanks: bool = False, **places: object,
) -> Condition:  # fmt: skip
    """The cells of `columns` together pass the test in each row; one with a blank is let through unless `blanks`, which
    are given as `None`."""
    return Condition(column, lambda rows: _failing(rows, columns, test, blanks=blanks), reason, places, tell)


def _failing(
    rows: TextFrame, columns: Sequence[str], test: Callable[..., bool], *, blanks: bool
) -> list[int]:
    """The rows whose cells do not pass the test, which is asked once for each that are written alike."""
    cells = rows.rows(columns)
    wrong = {written for written in set(cells) if (blanks or None not in written) and not test(*written)}
    return [row for row, written in enumerate(cells) if written in wrong] if wrong else []


def of_form(column: str, pattern: str, reason: str, /, **places: object) -> Condition:
    """The whole of each cell is as `pattern` describes."""
    form = re.compile(pattern)
    return of_cell(column, lambda cell: form.fullmatch(cell) is not None, reason, **places)


def stated(column: str) -> Condition:
    """No cell is blank."""
    reason = marked("is blank, but every row needs it")

    def failing(rows: TextFrame) -> list[int]:
        return [row for row, cell in enumerate(rows[column]) if cell is None]

    return Condition(column, failing, reason)


def once(columns: Sequence[str]) -> Condition:
    """The cells of `columns` stand together only once; of those that stand again all but the first are told."""

    def failing(rows: TextFrame) -> list[int]:
        seen: set[tuple[str | None, ...]] = set()
        again = []
        for row, key in enumerate(rows.rows(columns)):
            if key in seen:
                again.append(row)
            elif None not in key:
                seen.add(key)
        return again

    return Condition(columns[-1], failing, marked("stands here again; a key stands only once"))


def number(column: str) -> Condition:
    """A plain decimal number."""
    return of_cell(
        column,
        lambda cell: NUMBER.fullmatch(cell) is not None,
        marked("is no number; write it like 1650 or 12.5"),
    )


def short(column: str) -> Condition:
    """No number has more digits than can be read; what is no number at all has its own fault."""
    reason = marked("has more than {most} digits before or after the point")
    return of_cell(
        column,
        lambda cell: parse_cell(cell) is not None or not NUMBER.fullmatch(cell),
        reason,
        most=MOST_DIGITS,
    )


def whole(column: str, least: int = 0) -> Condition:
    """A whole number of at least `least`."""

    def is_whole(cell: str) -> bool:
        return cell.isascii() and cell.isdigit() and len(cell) < 16 and int(cell) >= least

    return of_cell(column, is_whole, marked("is no whole number of at least {least}"), least=least)


def truth(column: str) -> Condition:
    """`true` or `false`."""
    return of_form(column, "true|false|True|False|TRUE|FALSE", marked("is neither true nor false"))


def one_of(column: str, members: Sequence[str]) -> Condition:
    """One of a few words."""
    return of_cell(
        column, frozenset(members).__contains__, marked("is none of {members}"), members=", ".join(members)
    )


def period(column: str) -> Condition:
    """A period: a year, a half, a quarter, a month, a day, or a span of them that does not run backwards."""
    reason = marked("is no period; write it like {ways}")
    return of_cell(column, lambda cell: period_of(cell) is not None, reason, ways=WRITTEN)


def day(column: str) -> Condition:
    """A day as ISO 8601 writes it."""
    return of_cell(column, _is_day, marked("is no day of the calendar; write it like 2017-09-26"))


def _is_day(cell: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def ordered(lesser: str, greater: str) -> Condition:
    """`lesser` is not above `greater`, where both are numbers; compared exactly."""
    return of_row(lesser, (lesser, greater), lambda low, high: not _above(low, high), marked("is above {greater}"),
                  greater=greater)  # fmt: skip


def before(start: str, end: str) -> Condition:
    """`start` lies before `end`, where both are numbers."""
    return of_row(start, (start, end), lambda low, high: _above(high, low) is not False,
                  marked("does not lie before {end}"), end=end)  # fmt: skip


def _above(one: str, other: str) -> bool | None:
    """Whether one number is greater than the other; `None` where one of them is no number."""
    first, second = number_in(one), number_in(other)
    return None if first is None or second is None else first > second


def literal_stated() -> Condition:
    """`literal` writes what `value` (or else `low` and `high`) states in `unit`; rows without a number are let through."""

    def writes(literal: str | None, unit: str | None, *cells: str | None) -> bool:
        ends = [number_in(cell) for cell in cells]
        if not literal or all(end is None for end in ends):
            return True
        return written_step(literal, unit, *ends) is not None

    def told(row: Mapping[str, str | None]) -> dict[str, str]:
        given = row["value"] or f"{row['low'] or ''}-{row['high'] or ''}"
        return {"number": given, "unit": row["unit"] or ""}

    return of_row(
        "literal", ("literal", "unit", "value", "low", "high"), writes,
        marked("does not state what the row gives, {number} {unit}"), told, blanks=True,
    )  # fmt: skip


def built(column: str, reason: str, build: Callable[..., str | None], others: Sequence[str]) -> Condition:
    """`column` is what `build` makes of its own cell and those in `others`; `reason` may name it as `{expected}`."""
    columns = (column, *others)
    return of_row(
        column, columns, lambda cell, *more: build(cell, *more) == cell, reason,
        lambda row: {"expected": build(*(row[name] for name in columns)) or ""}, blanks=True,
    )  # fmt: skip


def any_stated(*columns: str) -> Condition:
    """At least one of the columns is not blank."""
    reason = marked("is blank, and so is {others}; one of them must be given")
    return of_row(columns[0], columns, lambda *cells: any(cell is not None for cell in cells), reason, blanks=True,
                  others=", ".join(columns[1:]))  # fmt: skip


def number_in(cell: str | None) -> Decimal | None:
    """The exact number that a cell writes; `None` where there is none."""
    return Decimal(cell) if cell is not None and NUMBER.fullmatch(cell) else None


def own_aliases() -> Condition:
    """No alias of a code is another code or an alias of another code of the list."""

    def failing(rows: TextFrame) -> list[int]:
        entries = rows.rows(("code", "aliases"))
        owners: dict[str, set[str]] = {}
        for code, aliases in entries:
            for name in _names(code, aliases):
                owners.setdefault(name, set()).add(code or "")
        return [
            row for row, (code, aliases) in enumerate(entries)
            if code and aliases and any(len(owners[name]) > 1 for name in _names(code, aliases))
        ]  # fmt: skip

    return Condition("aliases", failing, marked("holds a name that also belongs to another code of the list"))


def _names(code: str | None, aliases: str | None) -> tuple[str, ...]:
    return (code or "", *(alias.strip() for alias in (aliases or "").split(";") if alias.strip()))
