"""What periods suggest: a level that never falls, a column that adds up another since the year began, growth recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_by_chance
from audit.diagnosis.suggestions.matrix import Matrix, half_of_last, members_of
from audit.diagnosis.suggestions.ratios import LEAST_ROWS, rounds_to
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, beside, yaml_text
from audit.diagnosis.suggestions.sums import nearly_all
from audit.engine.frames import Table
from audit.model.frozen import frozen
from audit.model.period import FOUND, Period, period_of

Floats = NDArray[np.float64]
_LEAST_STEPS = 8
_MOST_COLUMNS = 20
_LAGS: Mapping[str, tuple[str, str]] = {
    "year_before": ("上年同期", "a year before"),
    "previous": ("上一期", "the period before"),
}
_PARTS: Mapping[str, tuple[str, str]] = {
    "halves": ("半年", "halves"), "quarters": ("季", "quarters"), "months": ("月", "months"),
}  # fmt: skip
_GROWTH: Mapping[str, tuple[float, float]] = {
    "({now} / {before} - 1) * 100": (100, -100),
    "{now} / {before} * 100": (100, 0),
}
"""How growth is told, as a rule writes it: what now / before is multiplied by, and what is added."""


@frozen(slots=False)
class Courses:
    """The numbers of a column by period, a row for each set of the other dimensions; `periods` in order of time."""

    column: str
    periods: tuple[Period, ...]
    values: Floats
    places: int

    def related(self, relation: str) -> Floats:
        """For every number the one of the period that a relation leads to, NaN where there is none."""
        found = np.array(
            [next((at for at in places if at >= 0), -1) for places in _led_to(self.periods, relation)]
        )
        return np.where(found >= 0, self.values[:, found], np.nan)

    def running(self, relation: str) -> Floats:
        """For every number the sum of those of the periods that a relation of several leads to, all of them there."""
        total = np.full(self.values.shape, np.nan)
        for place, places in enumerate(_led_to(self.periods, relation)):
            if len(places) > 1 and -1 not in places:
                total[:, place] = self.values[:, places].sum(axis=1)
        return total

    def most_parts(self, relation: str) -> int:
        """To how many periods a relation leads from one, at most."""
        return max(map(len, _led_to(self.periods, relation)), default=0)


@lru_cache(maxsize=16)
def _led_to(periods: tuple[Period, ...], relation: str) -> tuple[tuple[int, ...], ...]:
    """The places of the periods that a relation leads to from each, -1 for one that is not there."""
    at = {period: place for place, period in enumerate(periods)}
    return tuple(tuple(at.get(one, -1) for one in FOUND[relation](period)) for period in periods)


def over_time(table: Table, shape: Shape, period: str) -> Iterator[Suggestion]:
    """The rules over one of the period columns of a table."""
    others = beside(table, shape, period)
    found: list[Courses] = []
    for column in shape.numbers[:_MOST_COLUMNS]:
        matrix = members_of(table, period, column, others)
        if matrix is not None and len(matrix.names) >= 3:
            found.append(_in_order(column, matrix))
    write = _Writing([name for name in shape.dimensions if name in others or name == period], period)
    running = dict(_running(found, write))
    yield from running.values()
    yield from _changes(found, [one for one in found if one.column not in running], write)
    yield from _parts(found, write)
    yield from _growth(found, write)
    for one in found:
        if one.column not in running and never_falls(one.values)[2] * len(found) <= MOST_EXPECTED:
            yield _rising(one, write)


def _in_order(column: str, matrix: Matrix) -> Courses:
    periods = [period_of(name) for name in matrix.names]
    known = [one for one in periods if one is not None]
    assert len(known) == len(periods), "the column holds periods only"
    order = sorted(range(len(known)), key=lambda at: known[at].days)
    return Courses(column, tuple(known[at] for at in order), matrix.values[:, order], matrix.places)


@frozen(slots=False)
class _Writing:
    """How a rule names its key and the cells of other periods."""

    dimensions: Sequence[str]
    period: str

    def rule(self, kind: str, zh: str, en: str, operands: Mapping[str, tuple[str, str]], check: str,
             expected: float) -> Suggestion:  # fmt: skip
        """A rule over operands, each with its column and its relation to the key's period (blank: the same)."""
        taken = ", ".join(
            f"{name}: {{column: {yaml_text(column)}"
            + (f", {yaml_text(self.period)}: {{relative: {relation}}}" if relation else "")
            + "}"
            for name, (column, relation) in operands.items()
        )
        keys = ", ".join(map(yaml_text, self.dimensions))
        lines = (f"for_each: [{keys}]", f"let: {{{taken}}}", "missing: skip", f"check: {yaml_text(check)}")
        return Suggestion(kind, zh, en, lines, expected)


def _running(found: Sequence[Courses], write: _Writing) -> Iterator[tuple[str, Suggestion]]:
    """Columns that hold what another comes to from the beginning of the year, each with its rule."""
    tried = len(found) * (len(found) - 1)
    for part in found:
        total = part.running("year_to_date")
        for whole in found:
            if whole is part:
                continue
            stated = whole.values * 10.0 ** (part.places - whole.places)
            slack = 0.5 * len(part.periods) if part.places else 0.0
            expected = _expected(stated, total, partial(_within, slack=slack), tried)
            if expected is not None:
                yield whole.column, write.rule(
                    "running", f"{whole.column}等于{part.column}自年初累计",
                    f"{whole.column} is {part.column} added up since the year began",
                    {"total": (whole.column, ""), "parts": (part.column, "year_to_date")}, "total == sum(parts)", expected,
                )  # fmt: skip


def _changes(found: Sequence[Courses], levels: Sequence[Courses], write: _Writing) -> Iterator[Suggestion]:
    """Columns that hold what one of the levels grew by since the period before, as new cases are of all cases."""
    tried = len(found) * (len(found) - 1)
    for level in levels:
        change = level.values - level.related("previous")
        for new in found:
            if new is level:
                continue
            scale = 10.0 ** (level.places - new.places)
            slack = 1.5 if level.places or new.places else 0.0
            expected = _expected(
                new.values * scale, change, partial(_within, slack=max(slack * scale, slack)), tried
            )
            if expected is not None:
                yield write.rule(
                    "change", f"{new.column}等于{level.column}比上一期的增量",
                    f"{new.column} is what {level.column} grew by since the period before",
                    {"change": (new.column, ""), "now": (level.column, ""), "before": (level.column, "previous")},
                    "change == now - before", expected,
                )  # fmt: skip


def _parts(found: Sequence[Courses], write: _Writing) -> Iterator[Suggestion]:
    """Columns in which the shorter periods make up the longer, as flows do and levels do not."""
    tried = len(found) * len(_PARTS)
    for one in found:
        for relation, (zh, en) in _PARTS.items():
            total = one.running(relation)
            slack = 0.5 * one.most_parts(relation) if one.places else 0.0
            expected = _expected(one.values, total, partial(_within, slack=slack), tried)
            if expected is not None:
                yield write.rule(
                    "periods", f"{one.column}：各{zh}之和等于全期", f"{one.column}: the {en} add up to the whole period",
                    {"whole": (one.column, ""), "parts": (one.column, relation)}, "whole == sum(parts)", expected,
                )  # fmt: skip


def _growth(found: Sequence[Courses], write: _Writing) -> Iterator[Suggestion]:
    """Columns that hold by how much another grew, rounded."""
    tried = len(found) * len(found) * len(_LAGS) * len(_GROWTH)
    for rate in found:
        stated = rate.values / 10.0**rate.places
        half = half_of_last(rate.values, rate.places)
        for level in found:
            for relation, (zh, en) in _LAGS.items() if level is not rate else ():
                before = level.related(relation)
                for form, (factor, more) in _GROWTH.items():
                    with np.errstate(divide="ignore", invalid="ignore"):
                        quotient = np.where(before != 0, level.values / before * factor + more, np.nan)
                    fits = partial(_rounded, half=half)
                    expected = _expected(stated, quotient, fits, tried)
                    if expected is not None:
                        yield write.rule(
                            "growth", f"{rate.column}由{level.column}与{zh}相比得出",
                            f"{rate.column} is what {level.column} grew by since {en}",
                            {"rate": (rate.column, ""), "now": (level.column, ""), "before": (level.column, relation)},
                            f"rate == {form.format(now='now', before='before')}", expected,
                        )  # fmt: skip


def _within(side: Floats, total: Floats, slack: float) -> NDArray[np.bool_]:
    return np.asarray(np.abs(side - total) <= slack)


def _rounded(side: Floats, quotient: Floats, half: float) -> NDArray[np.bool_]:
    return rounds_to(quotient, side, half)


def _expected(
    stated: Floats, computed: Floats, fits: Callable[[Floats, Floats], NDArray[np.bool_]], tried: int
) -> float | None:
    """How many such relations chance would make hold as often; None where it holds too seldom or chance explains it."""
    there = ~np.isnan(stated) & ~np.isnan(computed) & ((stated != 0) | (computed != 0))
    side, other = stated[there], computed[there]
    rows, held = len(side), int(fits(side, other).sum())
    if rows < LEAST_ROWS or not nearly_all(held, rows):
        return None
    expected = expected_by_chance(lambda moved: fits(moved, other), side, held, rows, tried)
    return expected if expected <= MOST_EXPECTED else None


def never_falls(values: Floats) -> tuple[int, int, float]:
    """In how many of how many steps from one column to the next (a period to the next) no number falls, and how many
    such courses chance would give: in a course without direction every other step falls."""
    before, after = values[:, :-1], values[:, 1:]
    there = ~np.isnan(before) & ~np.isnan(after)
    rising = there & (after >= before)
    held, rows = int(rising.sum()), int(there.sum())
    steps = int((there & (after != before)).sum())  # what stays as it is does not rise
    if steps < _LEAST_STEPS or not nearly_all(held, rows):
        return held, rows, 1.0
    return held, rows, 0.5 ** (steps - 1) * _ways(steps, rows - held)


def _ways(rows: int, missed: int) -> float:
    """In how many ways at most `missed` of `rows` steps can fall, cut off where it no longer matters."""
    total = term = 1.0
    for k in range(1, missed + 1):
        term *= (rows - k + 1) / k
        total += term
    return total


def _rising(one: Courses, write: _Writing) -> Suggestion:
    """Against the period before, or where periods do not follow each other (every tenth day) against all earlier ones."""
    known = {*one.periods}
    follow = any(period.moved(-1) in known for period in one.periods)
    relation, check = ("previous", "now >= before") if follow else ("earlier", "now >= max(before)")
    return write.rule(
        "rising", f"{one.column}不低于上一期", f"{one.column} does not fall",
        {"now": (one.column, ""), "before": (one.column, relation)}, check, never_falls(one.values)[2],
    )  # fmt: skip
