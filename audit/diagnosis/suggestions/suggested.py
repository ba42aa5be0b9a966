"""The rules that the rows of tables suggest: sums first, then quotients, limits, courses, keys and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import polars as pl

from audit.diagnosis.suggestions.across import references, totals_across
from audit.diagnosis.suggestions.balances import as_difference, balances
from audit.diagnosis.suggestions.blanks import totals_at_blanks
from audit.diagnosis.suggestions.courses import over_time
from audit.diagnosis.suggestions.keys import nearly_unique
from audit.diagnosis.suggestions.levels import by_levels, counts_levels
from audit.diagnosis.suggestions.matrix import Matrix, apart, columns_of, members_of
from audit.diagnosis.suggestions.ranks import totals_of_ranks
from audit.diagnosis.suggestions.ratios import limits, ratios
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, beside, shape_of, yaml_list, yaml_text
from audit.diagnosis.suggestions.sums import LEAST_OF_TOTALS, Sum, nearly_all, sums
from audit.engine.frames import Table
from audit.language.printing import quoted
from audit.lexicon import called

_MOST_MEMBERS = 120
_MOST_NAMED = 6
"""Parts that a rule names itself; more are listed in a code list."""
_MOST_TITLED = 3
_MOST_LIMITS = 8


def suggestions(tables: Mapping[str, Table]) -> Iterator[tuple[str, Suggestion]]:
    """The rules that tables suggest, each with the table that it is for."""
    shapes = {name: shape_of(table) for name, table in tables.items()}
    for name, table in tables.items():
        yield from ((name, one) for one in _in_one(table, shapes[name]))
    yield from totals_across(tables, shapes)
    yield from references(tables, shapes)


def _in_one(table: Table, shape: Shape) -> Iterator[Suggestion]:
    yield from _among_columns(table, shape)
    for number, dimension in enumerate(shape.dimensions):
        several = dimension not in shape.periods and 3 <= len(table.observed(dimension)) <= _MOST_MEMBERS
        if several and not any(
            _names_alike(table, shape, dimension, one) for one in shape.dimensions[:number]
        ):
            yield from _among_members(table, shape, dimension)
    for dimension in shape.dimensions:
        yield from totals_at_blanks(table, shape, dimension)
    for dimension in shape.dimensions:
        if dimension not in shape.periods:
            yield from totals_of_ranks(table, shape, dimension)
    for number, period in enumerate(shape.periods):
        if not any(_names_alike(table, shape, period, one) for one in shape.periods[:number]):
            yield from over_time(table, shape, period)
    yield from nearly_unique(table, shape)


def _names_alike(table: Table, shape: Shape, one: str, other: str) -> bool:
    """Whether two dimensions name the same things, as places and their codes, or a day as 2020-03-05 and as 20200305."""
    return other not in beside(table, shape, one) and one not in beside(table, shape, other)


def _among_columns(table: Table, shape: Shape) -> Iterator[Suggestion]:
    if len(shape.numbers) < 2:
        return
    matrix = columns_of(table, shape.numbers)
    found = sums(matrix)
    found = tuple(as_difference(matrix, one) for one in (*found, *balances(matrix, found)))
    for one in found:
        zh, en = _worded(one)
        kind = "sum" if len(one.names) > 2 else "equal"
        lines = (_check(one), "missing: skip", *_rounding(one))
        yield Suggestion(kind, zh, en, lines, one.expected, least=_least(one))
    said = {one.whole: one.held / one.rows for one in found}
    for ratio in ratios(matrix):
        if ratio.held / ratio.rows <= said.get(ratio.column, 0):  # a sum that holds as often says it
            continue
        form = ratio.form.format(a=quoted(ratio.above), b=quoted(ratio.below))
        yield Suggestion(
            "ratio", f"{ratio.column}等于{form}", f"{ratio.column} is {form}",
            (f"check: {yaml_text(f'{quoted(ratio.column)} == {form}')}", "missing: skip"), ratio.expected,
        )  # fmt: skip
    summed = {name for one in found for name in (*one.parts, *one.minus)}  # what they stay within is said
    less = {(one.whole, part) for one in found if one.minus for part in one.parts}
    beyond = (
        one
        for one in limits(matrix, _series(table, shape))
        if one.part not in summed and (one.part, one.whole) not in less
    )
    for limit in islice(beyond, _MOST_LIMITS):
        yield Suggestion(
            "within", f"{limit.part}不超过{limit.whole}", f"{limit.part} does not exceed {limit.whole}",
            (f"check: {yaml_text(f'{quoted(limit.part)} <= {quoted(limit.whole)}')}", "missing: skip"), limit.expected,
        )  # fmt: skip


def _series(table: Table, shape: Shape) -> list[object] | None:
    """What the rows of a table over time are courses of: the members of all dimensions but the periods; None for a table
    without periods."""
    if not shape.periods:
        return None
    names = [name for name in shape.dimensions if name not in shape.periods]
    return table.frame.select(names).rows() if names else [()] * table.length


def _among_members(table: Table, shape: Shape, dimension: str) -> Iterator[Suggestion]:
    """Sums of members: those of each number column, one rule for all the columns that they hold in; of all columns
    together where a member has a row only."""
    others = beside(table, shape, dimension)
    columns: dict[tuple[Sum, ...], list[str]] = {}
    if others:
        members: tuple[str, ...] = ()
        for column in shape.numbers:
            if _settled(table, column, others):
                continue
            side_by_side = members_of(table, dimension, column, others)
            found = () if side_by_side is None else sums(side_by_side)
            if side_by_side is not None:
                found = (*found, *balances(side_by_side, found))
            if side_by_side is not None and found:
                found = tuple(as_difference(side_by_side, one) for one in found)
                members = side_by_side.names
                alike = next(
                    (known for known in columns if [*map(_about, known)] == [*map(_about, found)]), found
                )
                columns.setdefault(alike, []).append(column)
    else:
        shares = {one.column for one in ratios(columns_of(table, shape.numbers))}
        shown = [
            name
            for name in shape.numbers
            if name not in shares and not counts_levels(table, name) and not _is_rate(name)
        ]
        members = tuple(table.frame[dimension].to_list())
        if not shown or None in members or len({*members}) < len(members):
            return
        own = columns_of(table, shown)
        matrix = Matrix(members, own.values.T, own.places)
        found = sums(Matrix(members, matrix.values[apart(own)], own.places))
        found = tuple(as_difference(matrix, one) for one in (*found, *balances(matrix, found)))
        ranks = [name for name in shape.numbers if counts_levels(table, name)]
        if levels := by_levels(table, ranks, matrix):  # then totals are told, and need not be sought
            found = (*levels, *(one for one in found if len(one.names) == 2))
        near = [
            name for at, name in enumerate(shown) if any(_nearly_adds_up(matrix, at, one) for one in found)
        ]
        columns = {found: near} if near else {}
    for found, named in columns.items():
        yield from _of_members(found, dimension, named, others, members)


def _is_rate(name: str) -> bool:
    """Whether a column is called a rate, with its unit in brackets or without (`使用率(%)`): the members' do not add up."""
    return called(_BRACKETS.sub("", name).strip(), "column of a rate")


_BRACKETS = re.compile(r"[(（].*")


def _settled(table: Table, column: str, others: Sequence[str]) -> bool:
    """Whether a number is the same for nearly all members of a dimension, as what is told of a place is in every year."""
    numbers = (
        table.frame.drop_nulls(column)
        .group_by(others)
        .agg(pl.col(column).n_unique().alias("values"), pl.len())
    )
    several = numbers.filter(pl.col("len") > 2)["values"]  # of two, one may be all there is
    return len(several) > 0 and nearly_all(int((several == 1).sum()), len(several))


def _about(one: Sum) -> tuple[object, ...]:
    return one.whole, one.parts, one.minus


_NEAR = 0.2
"""How far a column may lie off a sum that other columns give, and be taken for one of those that should add up."""


def _nearly_adds_up(members: Matrix, row: int, one: Sum) -> bool:
    """Whether the members of a sum come near to it in a column (a row of the matrix), as those of a rate do not."""
    cell = dict(zip(members.names, members.values[row].tolist(), strict=True))
    total = sum(cell[part] for part in one.parts) - sum(cell[part] for part in one.minus)
    return bool(abs(cell[one.whole] - total) <= _NEAR * abs(cell[one.whole]))


def _of_members(
    found: Sequence[Sum],
    dimension: str,
    columns: Sequence[str],
    others: Sequence[str],
    members: tuple[str, ...],
) -> Iterator[Suggestion]:
    """Sums of members as rules: over a code list where they are many, else by name."""
    taken = f"column: {yaml_text(columns[0])}" if len(columns) == 1 else f"for_columns: {yaml_list(columns)}"
    about = (f"for_each: {yaml_list(others)}", taken, "missing: skip")
    few = len(columns) <= _MOST_TITLED
    zh_columns, en_columns = ("、".join(columns), ", ".join(columns)) if few else ("各列", "every column")
    tree = _tree([one for one in found if len(one.names) > 2])
    if tree and len(tree) > _MOST_NAMED:
        named = [one for one in found if len(one.names) == 2]
        found = [one for one in found if one not in named]
        wholes = "、".join(one.whole for one in found), ", ".join(one.whole for one in found)
        yield Suggestion(
            "tree", f"{zh_columns}：{dimension}的各部分之和等于整体（{wholes[0]}）",
            f"{en_columns}: the parts of every {dimension} add up ({wholes[1]})",
            (about[0], f"hierarchy: {yaml_text(dimension)}", *about[1:], "check: whole == sum(parts)",
             *max(map(_rounding, found))),
            max(one.expected for one in found), {dimension: tree}, members,
            least=max(map(_least, found)),
        )  # fmt: skip
        found = named
    for one in found:
        zh, en = _worded(one)
        yield Suggestion(
            "members", f"{zh_columns}：{zh}", f"{en_columns}: {en}",
            (about[0], f"along: {yaml_text(dimension)}", *about[1:], _check(one), *_rounding(one)), one.expected,
            least=_least(one),
        )  # fmt: skip


def _least(one: Sum) -> float:
    """The share of checks in which a sum has to hold that words, not its numbers, say is meant; else 0."""
    return 0 if nearly_all(one.held, one.rows) else LEAST_OF_TOTALS


def _check(one: Sum) -> str:
    right = " + ".join(map(quoted, one.parts)) + "".join(f" - {quoted(name)}" for name in one.minus)
    return f"check: {yaml_text(f'{quoted(one.whole)} == {right}')}"


def _rounding(one: Sum) -> tuple[str, ...]:
    return ("rounding: as_written",) if one.rounded else ()


def _tree(found: Sequence[Sum]) -> dict[str, str]:
    """The whole of every part, where each part has one and nothing is taken off or a part of itself; else nothing."""
    parents: dict[str, str] = {}
    for one in found:
        if one.minus:
            return {}
        for part in one.parts:
            if part in parents:
                return {}
            parents[part] = one.whole
    for start in parents:
        at, seen = start, {start}
        while at in parents:
            at = parents[at]
            if at in seen:
                return {}
            seen.add(at)
    return parents


def _worded(one: Sum) -> tuple[str, str]:
    zh, en = "、".join(one.parts), ", ".join(one.parts)
    if one.minus:
        added = (f"{zh}之和", f"the sum of {en}") if len(one.parts) > 1 else (zh, en)
        less = "、".join(one.minus), " and ".join(one.minus)
        return f"{one.whole}等于{added[0]}减{less[0]}", f"{one.whole} is {added[1]} less {less[1]}"
    if len(one.parts) == 1:
        return f"{one.whole}等于{zh}", f"{one.whole} equals {en}"
    return f"{one.whole}等于{zh}之和", f"{one.whole} is the sum of {en}"
