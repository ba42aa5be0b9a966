"""Relations between the columns of a table: totals, growth between two years, changes, completion, shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit.extraction.figures.figures import Reading
from audit.extraction.figures.period_words import named_years
from audit.extraction.figures.wordings import YEARLY
from audit.extraction.relations.ties import Tied, comparable
from audit.extraction.tables.heads import Column, says, without_unit
from audit.extraction.tables.outline import root_row
from audit.extraction.tables.panels import Grid, Panel, Row
from audit.lexicon import pattern
from audit.model.frozen import frozen
from audit.model.relation import RelationKind, RelationRole, RelationSureness
from audit.numbers.units import bare_unit, unit_class

Place = tuple[int, int, int]
Cells = Mapping[Place, Reading]


@frozen
class _Columns:
    """A relation between columns, in every row: its kind and each column with its role."""

    kind: RelationKind
    binding: bool
    roles: tuple[tuple[RelationRole, Column], ...]


def column_ties(number: int, panel: Panel, grid: Grid, at: Cells) -> Iterator[Tied]:
    """Every relation between columns, row by row."""
    levels = [column for column in panel.values if column.meaning == "level"]
    columns = [*_tied_columns(panel, grid, levels), *_of_which(levels)]
    for row in panel.rows:
        for one in columns:
            figures = [(role, at.get((number, row.index, column.index))) for role, column in one.roles]
            tied = _tied(one.kind, one.binding, "certain", figures)
            if tied is not None:
                yield tied
        yield from _cumulative(number, row, panel, at)
        yield from _yearly(number, row, panel, at)
    yield from _shares(number, panel, levels, at)


def _tied_columns(panel: Panel, grid: Grid, levels: Sequence[Column]) -> Iterator[_Columns]:
    """The columns that say with others of the same heads what a third says."""
    for column in panel.values:
        if column.meaning == "level":
            parts = _summed(column, levels) if says(_last(column), "total") else []
            if parts:
                yield _Columns("sum", True, (("whole", column), *(("part", part) for part in parts)))
            continue
        beside = [level for level in levels if _prefix(level) == _prefix(column)]
        pair = _named_years(column, beside) or (
            _completed(column, beside) if column.meaning == "completion" else _grown(column, beside)
        )
        if pair is None:
            continue
        if column.meaning == "growth" and not _at_constant_prices(panel, grid, column):
            yield _Columns("growth", True, (("rate", column), ("level", pair[0]), ("base", pair[1])))
        elif column.meaning == "change":
            yield _Columns("sum", True, (("whole", pair[0]), ("part", pair[1]), ("part", column)))
        elif column.meaning in ("completion", "previous_ratio"):
            yield _Columns("share", True, (("share", column), ("part", pair[0]), ("whole", pair[1])))


def _prefix(column: Column) -> tuple[str, ...]:
    """The heads that a column shares with those beside it."""
    return column.heads[:-1]


def _last(column: Column) -> str:
    return without_unit(column.heads[-1]) if column.heads else ""


def _summed(total: Column, levels: Sequence[Column]) -> list[Column]:
    """The columns that a column `合计` sums: all levels below the same heads, or the totals of the groups beside it, or
    where no group has one all their columns.
    """
    prefix = _prefix(total)
    below = [one for one in levels if len(one.heads) > len(prefix) and one.heads[: len(prefix)] == prefix]
    inside = [one for one in below if one is not total]
    if any(says(one.head, "no_sum") or says(_last(one), "of_which") for one in inside):
        return []
    if any(says(_last(one), "minus") for one in inside):
        return []
    if any(says(head, "of_which") for one in inside for head in one.heads):
        return []
    direct = [one for one in inside if len(one.heads) == len(prefix) + 1]
    if len(direct) == len(inside):
        return direct if len(direct) > 1 else []
    groups: dict[str, list[Column]] = {}
    for one in inside:
        groups.setdefault(one.heads[len(prefix)], []).append(one)
    totals = {head: [one for one in columns if says(_last(one), "total")] for head, columns in groups.items()}
    if not any(totals.values()):
        return inside
    if any(len(columns) > 1 and len(totals[head]) != 1 for head, columns in groups.items()):
        return []
    summed = [one for head, columns in groups.items() for one in totals[head] or columns]
    return summed if len(summed) > 1 else []


def _of_which(levels: Sequence[Column]) -> Iterator[_Columns]:
    """Columns that are parts of the one before them: under `其中`, or below a head that stands over that one alone."""
    whole: Column | None = None
    for column in levels:
        marked = any(says(head, "of_which") for head in column.heads)
        below = whole is not None and len(column.heads) > 1 and column.heads[:-1] == whole.heads
        if whole is not None and (marked or below):
            yield _Columns("sum", False, (("whole", whole), ("part", column)))
        else:
            whole = column


def _year(column: Column) -> int | None:
    named = named_years(column.head)
    return None if named is None or named.is_span else named.first_year


def _grown(column: Column, levels: Sequence[Column]) -> tuple[Column, Column] | None:
    """The level and the base that a change or growth is between: the last level before it, and the one level of the
    year before; where there are several, the one that the head names."""
    head = column.head
    before = [level for level in levels if level.index < column.index]
    years = [year for level in before if (year := _year(level)) is not None]
    if 1 < len(before) == len(years) and years == [years[0] - at for at in range(len(years))]:
        return (before[0], before[1]) if _year(column) in (None, years[0]) else None
    if not before or says(head, "constant_prices") or YEARLY in head:
        return None
    now = before[-1]
    year, named = _year(now), _year(column)
    if named is not None and year is not None and named not in (year, year - 1):
        return None
    bases = [
        level for level in levels
        if level is not now and ((year is not None and _year(level) == year - 1) or _is_previous(level, now))
    ]  # fmt: skip
    if len(bases) > 1:
        bases = [
            one for one in bases for role in ("done", "planned") if says(head, role) and says(one.head, role)
        ]
    return (now, bases[0]) if len(bases) == 1 else None


_OF_YEAR = pattern(r"(?P<level>(?:19|20)\d\d)年(?:末|底)?(?:为|占|是|与|比)(?P<base>(?:19|20)\d\d)年")


def _named_years(column: Column, levels: Sequence[Column]) -> tuple[Column, Column] | None:
    """The level and the base whose years a head names (`2025年为2020年的百分比`), where each is in one column."""
    named = _OF_YEAR.search(column.head)
    if named is None:
        return None
    pair = [[one for one in levels if _year(one) == int(named[role])] for role in ("level", "base")]
    return (pair[0][0], pair[1][0]) if all(len(columns) == 1 for columns in pair) else None


def _is_previous(level: Column, now: Column) -> bool:
    return _year(level) is None and says(level.head, "previous") and not says(now.head, "previous")


def _at_constant_prices(panel: Panel, grid: Grid, column: Column) -> bool:
    """Whether a table is of what grows at constant prices."""
    texts = [grid.caption, column.head, *(row.name for row in panel.rows)]
    return any(says(text, "constant_name") for text in texts)


def _completed(column: Column, levels: Sequence[Column]) -> tuple[Column, Column] | None:
    """What was done and the budget that it is a share of."""
    done = [one for one in levels if says(one.head, "done")]
    planned = [one for one in levels if says(one.head, "planned") and not says(one.head, "done")]
    for kind in ("planned_first", "planned_later"):
        if says(column.head, kind):
            planned = [one for one in planned if says(one.head, kind)]
    if done:
        last = _year(done[-1])
        done = [one for one in done if _year(one) == last][-1:]
        planned = [one for one in planned if _year(one) in (last, None)]
    return (done[0], planned[0]) if len(done) == len(planned) == 1 else None


def _cumulative(number: int, row: Row, panel: Panel, at: Cells) -> Iterator[Tied]:
    """A number in brackets under `累计` is the change from the first year to the last."""
    years = _two_years(panel)
    if years is None or says(row.name, "flow"):
        return
    base, level = (at.get((number, row.index, column.index)) for column in years)
    for column in panel.values:
        change = at.get((number, row.index, column.index))
        if change is None or change.cell is None or not change.cell.cumulative or column in years:
            continue
        sure: RelationSureness = "certain" if unit_class(change.quantity.unit) == "share" else "inferred"
        figures: list[tuple[RelationRole, Reading | None]] = [
            ("whole", level),
            ("part", base),
            ("part", change),
        ]
        tied = _tied("sum", True, sure, figures)
        if tied is not None and not pattern("<falls>").search(row.name):
            yield tied


def _two_years(panel: Panel) -> tuple[Column, Column] | None:
    """The columns of the only two years that a table states levels of, the earlier first."""
    years = [column for column in panel.values if column.meaning == "level" and _year(column) is not None]
    first, last = sorted(years, key=lambda c: _year(c) or 0) if len(years) == 2 else (None, None)
    return None if first is None or last is None else (first, last)


def _yearly(number: int, row: Row, panel: Panel, at: Cells) -> Iterator[Tied]:
    """A rate under `年均增长` is that of the years between the only two of the table; not where it is at constant prices."""
    years = _two_years(panel)
    if years is None or says(row.name, "constant_name"):
        return
    base, level = (at.get((number, row.index, column.index)) for column in years)
    span = (_year(years[1]) or 0) - (_year(years[0]) or 0)
    for column in panel.values:
        rate = at.get((number, row.index, column.index))
        if YEARLY not in column.head or rate is None or rate.cell is None or rate.cell.cumulative or span < 2:
            continue
        if rate.quantity.unit == "%" and level is not None and unit_class(level.quantity.unit) != "share":
            tied = _tied("average", True, "inferred", [("level", level), ("base", base), ("rate", rate)])
            if tied is not None:
                yield replace(tied, years=span)


def _shares(number: int, panel: Panel, levels: Sequence[Column], at: Cells) -> Iterator[Tied]:
    """A column of shares says of every row what part of the total it is."""
    root = root_row(panel)
    for column in panel.values:
        if root is None or column.meaning != "share" or not says(_last(column), "plain_share"):
            continue
        beside = [level for level in levels if _prefix(level) == _prefix(column)]
        beside = [level for level in beside if _year(level) == _year(column)] if len(beside) > 1 else beside
        if len(beside) != 1:
            continue
        whole = at.get((number, panel.rows[root].index, beside[0].index))
        for place, row in enumerate(panel.rows):
            part, share = (at.get((number, row.index, c.index)) for c in (beside[0], column))
            if place != root and whole and part and comparable(whole, part):
                tied = _tied("share", True, "certain", [("share", share), ("part", part), ("whole", whole)])
                if tied is not None:
                    yield tied


def _tied(
    kind: RelationKind,
    binding: bool,
    sure: RelationSureness,
    figures: Sequence[tuple[RelationRole, Reading | None]],
) -> Tied | None:
    """The relation between figures, if all are there, are numbers, and the amounts are in one unit."""
    present = [
        (role, reading)
        for role, reading in figures
        if reading is not None and reading.quantity.value is not None
    ]
    if len(present) != len(figures):
        return None
    amounts = [reading for role, reading in present if role not in ("rate", "share")]
    first = amounts[0]
    if len({_bare(reading) for reading in amounts}) > 1 or (kind != "sum" and not _is_positive(amounts)):
        return None
    if kind == "growth" and unit_class(first.quantity.unit) == "share":
        return None
    if (
        kind == "sum"
        and first.cell is not None
        and says(first.cell.row.name, "not_added")
        and len(present) > 3
    ):
        return None
    return Tied(kind, tuple(present), binding, sure)


def _bare(reading: Reading) -> str:
    return bare_unit(reading.quantity.unit or "")


def _is_positive(readings: Sequence[Reading]) -> bool:
    return all(reading.quantity.value is not None and reading.quantity.value > 0 for reading in readings)
