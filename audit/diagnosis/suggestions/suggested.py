"""What a table suggests: its key, its dimensions, and rules over them, each as the text of a rule file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit.diagnosis.suggestions.chance import MOST_EXPECTED
from audit.diagnosis.suggestions.matrix import Matrix, columns_of, members_of
from audit.diagnosis.suggestions.ratios import limits, never_falls, ratios
from audit.diagnosis.suggestions.sums import Sum, sums
from audit.engine.frames import Table
from audit.engine.identity import dimensions_of, identity_of
from audit.language.printing import quoted
from audit.model.period import period_of

_MOST_MEMBERS = 120
_MOST_NAMED = 6
"""Parts that a rule names itself; more are listed in a code list."""
_MOST_LIMITS = 8


@dataclass(frozen=True)
class Shape:
    """What the columns of a table are: its key, its dimensions (periods among them) and its numbers."""

    key: tuple[str, ...]
    dimensions: tuple[str, ...]
    periods: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A rule in the making: `kind` names it, `lines` are its body without id, title and severity.

    `parents` is the code list that it needs: the whole that each member is a part of, by dimension.
    """

    kind: str
    zh: str
    en: str
    lines: tuple[str, ...]
    expected: float
    parents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()


def shape_of(table: Table) -> Shape:
    """What the columns of a table are, as far as they show it themselves."""
    identity = identity_of(table)
    dimensions = dimensions_of(table)
    periods = tuple(name for name in dimensions if _holds_periods(table, name))
    numbers = tuple(n for n, kind in table.columns.items() if kind == "number" and n not in dimensions)
    key = identity.columns if identity.origin != "content" else ()
    return Shape(key, dimensions, periods, numbers)


def _holds_periods(table: Table, name: str) -> bool:
    values = table.observed(name)
    return bool(values) and all(period_of(value) is not None for value in values)


def suggestions(table: Table) -> Iterator[Suggestion]:
    """The rules that the rows of a table suggest, sums first."""
    shape = shape_of(table)
    yield from _among_columns(table, shape)
    for dimension in shape.dimensions:
        if dimension not in shape.periods and 3 <= len(table.observed(dimension)) <= _MOST_MEMBERS:
            yield from _among_members(table, shape, dimension)
    for period in shape.periods:
        yield from _over_time(table, shape, period)


def _among_columns(table: Table, shape: Shape) -> Iterator[Suggestion]:
    if len(shape.numbers) < 2:
        return
    matrix = columns_of(table, shape.numbers)
    found = sums(matrix)
    for one in found:
        zh, en = _worded(one)
        parts = " + ".join(map(quoted, one.parts))
        rounding = ("rounding: as_written",) if one.rounded else ()
        check = _text(f"{quoted(one.whole)} == {parts}")
        kind = "sum" if len(one.parts) > 1 else "equal"
        yield Suggestion(kind, zh, en, (f"check: {check}", "missing: skip", *rounding), one.expected)
    for ratio in ratios(matrix):
        form = ratio.form.format(a=quoted(ratio.above), b=quoted(ratio.below))
        yield Suggestion(
            "ratio", f"{ratio.column}等于{form}", f"{ratio.column} is {form}",
            (f"check: {_text(f'{quoted(ratio.column)} == {form}')}", "missing: skip"), ratio.expected,
        )  # fmt: skip
    within = {(part, one.whole) for one in found for part in one.parts}
    for limit in [one for one in limits(matrix) if (one.part, one.whole) not in within][:_MOST_LIMITS]:
        yield Suggestion(
            "within", f"{limit.part}不超过{limit.whole}", f"{limit.part} does not exceed {limit.whole}",
            (f"check: {_text(f'{quoted(limit.part)} <= {quoted(limit.whole)}')}", "missing: skip"), limit.expected,
        )  # fmt: skip


def _among_members(table: Table, shape: Shape, dimension: str) -> Iterator[Suggestion]:
    """Sums of members, looked for in each number column; in all together where a member has a row only."""
    others = [name for name in shape.dimensions if name != dimension]
    if not others:
        columns = [name for name in shape.numbers if not _counts_levels(table, name)]
        side_by_side = columns_of(table, columns)
        members = table.frame[dimension].to_list()
        if not columns or None in members or len({*members}) < len(members):
            return
        found = sums(Matrix(tuple(members), side_by_side.values.T, side_by_side.places))
        for column in columns:
            yield from _of_members(found, dimension, column, others, tuple(members))
        return
    for column in shape.numbers:
        matrix = members_of(table, dimension, column, others)
        if matrix is not None:
            yield from _of_members(sums(matrix), dimension, column, others, matrix.names)


def _counts_levels(table: Table, name: str) -> bool:
    """Whether a column holds ranks or levels: whole numbers below twenty."""
    return all(value.isdecimal() and int(value) < 20 for value in table.observed(name))


def _of_members(
    found: Sequence[Sum], dimension: str, column: str, others: Sequence[str], members: tuple[str, ...]
) -> Iterator[Suggestion]:
    """Sums of members as rules: over a code list where they are many, else by name."""
    about = (f"for_each: [{', '.join(map(_text, others))}]", f"column: {_text(column)}", "missing: skip")
    tree = _tree(found)
    if tree and sum(len(one.parts) for one in found) > _MOST_NAMED:
        wholes = "、".join(one.whole for one in found), ", ".join(one.whole for one in found)
        rounding = ("rounding: as_written",) if any(one.rounded for one in found) else ()
        yield Suggestion(
            "tree", f"{column}：{dimension}的各部分之和等于整体（{wholes[0]}）",
            f"{column}: the parts of every {dimension} add up ({wholes[1]})",
            (about[0], f"hierarchy: {_text(dimension)}", *about[1:], "check: whole == sum(parts)", *rounding),
            max(one.expected for one in found), {dimension: tree}, members,
        )  # fmt: skip
        return
    for one in found:
        zh, en = _worded(one)
        check = _text(f"{quoted(one.whole)} == {' + '.join(map(quoted, one.parts))}")
        rounding = ("rounding: as_written",) if one.rounded else ()
        yield Suggestion(
            "members", f"{column}：{zh}", f"{column}: {en}",
            (about[0], f"along: {_text(dimension)}", *about[1:], f"check: {check}", *rounding), one.expected,
        )  # fmt: skip


def _over_time(table: Table, shape: Shape, period: str) -> Iterator[Suggestion]:
    others = [name for name in shape.dimensions if name != period]
    for column in shape.numbers:
        matrix = members_of(table, period, column, others)
        if matrix is None or len(matrix.names) < 3:
            continue
        order = sorted(range(len(matrix.names)), key=lambda at: _first_day(matrix.names[at]))
        courses = type(matrix)(
            tuple(matrix.names[at] for at in order), matrix.values[:, order], matrix.places
        )
        _, _, expected = never_falls(courses)
        if expected * len(shape.numbers) > MOST_EXPECTED:
            continue
        keys = ", ".join(map(_text, shape.dimensions))
        taken = f"column: {_text(column)}"
        yield Suggestion(
            "rising", f"{column}不低于上一期", f"{column} does not fall",
            (f"for_each: [{keys}]",
             f"let: {{now: {{{taken}}}, before: {{{taken}, {_text(period)}: {{relative: previous}}}}}}",
             "missing: skip", "check: now >= before"),
            expected,
        )  # fmt: skip


def _first_day(text: str) -> int:
    period = period_of(text)
    assert period is not None, "the column holds periods only"
    return period.days[0]


def _tree(found: Sequence[Sum]) -> dict[str, str]:
    """The whole of every part, where each part has one and nothing is a part of itself; else nothing."""
    parents: dict[str, str] = {}
    for one in found:
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
    if len(one.parts) == 1:
        return f"{one.whole}等于{zh}", f"{one.whole} equals {en}"
    return f"{one.whole}等于{zh}之和", f"{one.whole} is the sum of {en}"


def _text(value: str) -> str:
    """A text as YAML takes it: bare where that is safe, else in quotes."""
    bare = _BARE.fullmatch(value) and not _WORDS.fullmatch(value)
    return value if bare else json.dumps(value, ensure_ascii=False)


_BARE = re.compile(r"[A-Za-z_一-鿿][\w一-鿿 .+*/()=<>-]*")
_WORDS = re.compile(r"(?i)y|n|yes|no|true|false|null|on|off|.*\s|.*: .*|.* #.*")
