"""Wide tables made long: a column a year becomes a row a year, as rules speak of periods and members."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.model.phrase import Phrase
from audit.model.text_frame import TextFrame
from audit.numbers.period_cells import written_period
from audit.tables.formats.asked import Unpivot
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl

_SPAN = re.compile(r"^(.*?)(\d+)\s*(?:\.\.|…)\s*\1?(\d+)(.*)$")
_BETWEEN = "/"


@frozen(slots=False)
class Long:
    """A table made long, and for each row the column of the file that its value stands in."""

    file: TableFile
    columns: tuple[str, ...]


def unpivoted(file: TableFile, asked: Unpivot, at: str) -> Long:
    """A row for every row of the file and every column that `asked` names, in this order.

    Raises `InputError` at `at` for a column that is not there, or a name that has not as many parts as `into`.
    """
    import polars as pl

    names = list(file.frame.columns)
    wide = _chosen(names, asked.columns, at)
    kept = [name for name in names if name not in wide]
    for name in (*asked.into, asked.value):
        if name in kept:
            raise InputError("{at}: unpivot makes a column “{name}”, and {path} has one; choose another name.",
                             at=at, name=name, path=file.path)  # fmt: skip
    members = [_parts(name, asked, at) for name in wide]
    frames = [
        file.native.select(
            pl.int_range(pl.len()).alias(_ROW), *kept,
            *(pl.lit(part).alias(name) for name, part in zip(asked.into, parts, strict=True)),
            pl.col(name).alias(asked.value), pl.lit(number).alias(_COLUMN),
        )
        for number, (name, parts) in enumerate(zip(wide, members, strict=True))
    ]  # fmt: skip
    frame: pl.DataFrame = pl.concat(frames).sort(_ROW, _COLUMN)
    rows, columns = frame[_ROW].to_list(), frame[_COLUMN].to_list()
    shown = f"{wide[0]} … {wide[-1]}" if len(wide) > 2 else ", ".join(wide)
    into = ", ".join(asked.into)
    note = Phrase(
        f"{file.path}：{len(wide)} 列（{shown}）的列名作为 {into}，各列单元格作为 {asked.value}",
        f"{file.path}: the names of {len(wide)} columns ({shown}) are members of {into}, their cells are {asked.value}",
    )
    long = replace(
        file, frame=TextFrame.of_polars(frame.drop(_ROW, _COLUMN)), lines=tuple(file.lines[row] for row in rows),
        typed=frozenset(file.typed - {*wide}) | ({asked.value} if file.typed & {*wide} else set()),
        notes=(*file.notes, note), key=file.key and (*file.key, *asked.into),
    )  # fmt: skip
    return Long(long, tuple(wide[number] for number in columns))


_ROW, _COLUMN = "_row of the file", "_column of the file"


def _chosen(names: Sequence[str], wanted: Sequence[str], at: str) -> list[str]:
    """The columns that are wanted, in the order of the file."""
    found: set[str] = set()
    for one in wanted:
        span = _SPAN.match(one)
        if span:
            before, first, last, after = span.groups()
            meant = {f"{before}{number}{after}" for number in range(int(first), int(last) + 1)}
        else:
            meant = {one}
        there = {name for name in names if name in meant or fnmatch.fnmatchcase(name, one)}
        if span and not there:  # a span of names that go on after the number: 2015年, 2015/male
            form = re.compile(rf"{re.escape(span[1])}(\d+)\D.*", re.DOTALL)
            there = {
                n for n in names if (m := form.fullmatch(n)) and int(span[2]) <= int(m[1]) <= int(span[3])
            }
        if not there:
            raise InputError("{at}: unpivot names “{name}”, which is no column; the nearest is {nearest}.",
                             at=at, name=one, nearest=nearest(one, names))  # fmt: skip
        found |= there
    return [name for name in names if name in found]


def _parts(name: str, asked: Unpivot, at: str) -> list[str]:
    """The members that a column's name gives; `2015年` is the period 2015."""
    parts = parts_of(name, len(asked.into))
    if parts is None:
        raise InputError("{at}: the column “{name}” does not have {count} parts, one for each of {into}.",
                         at=at, name=name, count=len(asked.into), into=", ".join(asked.into))  # fmt: skip
    return list(parts)


def parts_of(name: str, count: int) -> tuple[str, ...] | None:
    """So many members as a column's name gives, in its order: parts of stacked heads, joined by “/”, or what a year
    stands beside (`births2015`: births, 2015; alone the year); None where there are not so many."""
    parts = [part.strip() for part in name.split(_BETWEEN)] if count > 1 else [name]
    if len(parts) == count > 1 or written_period(name):
        return tuple(written_period(part) or part for part in parts) if len(parts) == count else None
    beside = next((found for one in _BESIDE if (found := one.fullmatch(name))), None)
    if beside is None or count > 2:
        return (name,) if count == 1 else None
    told = [(beside.start(group), text) for group, text in beside.groupdict().items() if text]
    members = tuple(text.strip(" _-.") for _, text in sorted(told))
    return (beside["year"],) if count == 1 else members if len(members) == 2 else None


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BESIDE = tuple(
    re.compile(one)
    for one in (
        rf"(?P<name>.*[^\W\d][ _.-]*){_YEAR}",
        rf"{_YEAR}(?P<name>[ _.-]+[^\W\d].*)",
        rf"{_YEAR} \[YR(?P=year)\]",
    )
)
"""A year after or before a name, as in `births2015`, `2015_births`; and as the World Bank writes it: `2015 [YR2015]`."""
