"""Sums among the columns of a matrix: which column is, in nearly every row, the sum of which others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_by_chance, expected_in_few_rows, tail
from audit.diagnosis.suggestions.matrix import Matrix
from audit.lexicon import called
from audit.model.frozen import frozen

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

LEAST_SHARE = 0.95
LEAST_OF_TOTALS = 2 / 3
"""How often a sum has to hold where a word says that a total is meant, so that rows that break it are no doubt."""
_LEAST_ROWS = 2
FEW_ROWS = 6
_MANY_ROWS = 4
"""Rows from which one that breaks a relation leaves it a relation, where chance does not make the others hold."""
_MOST_COLUMNS = {2: 200, 3: 20, 4: 12}
"""Among how many columns all sets of a size are tried that do not stand side by side."""
_MOST_FITTING = 200
_MOST_RUNS = 400
"""Among how many columns those that stand side by side are added up."""
_SAMPLE = 48
_MOST_OF_A_WHOLE = 3
_LEAST_OF_TOTAL = (3, 30)
"""Parts and rows from which a total by its name may be broken so often: of a few, one sum is soon taken for another."""
_NEAR = 8
"""Within how many halves of the whole's last digit a set of columns has to add up to it, to be tried in all rows."""
_ONE_SIDED = 0.01
"""How seldom rounding would let as many errors lie on one side, for errors that are not taken for rounding."""


@frozen(slots=False)
class Sum:
    """`whole` is the sum of `parts` less those of `minus` in `held` of `rows` rows; `expected` candidates would fit as
    well by chance.

    `rounded` says that some rows hold only as far as every number was rounded in its last digit.
    """

    whole: str
    parts: tuple[str, ...]
    held: int
    rows: int
    expected: float
    rounded: bool
    minus: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that take part in it, the whole first."""
        return (self.whole, *self.parts, *self.minus)


def sums(matrix: Matrix) -> tuple[Sum, ...]:
    """The sums that hold in nearly all rows, at most three for a whole; none that another one says, none of chance."""
    found: list[Sum] = []
    tried = 0
    fitting: list[tuple[int, tuple[int, ...]]] = []
    for whole in range(len(matrix.names)):
        candidates, count = _candidates(matrix, whole)
        tried += count
        fitting += [(whole, parts) for parts in candidates]
    fitting += [one for one in _outermost(matrix, fitting) if one not in fitting]
    tried += len(matrix.names)
    for whole, parts in dict.fromkeys(fitting):
        one = tested(matrix, whole, parts, (), tried)
        if one is not None and not any(_says(other, one) for other in found):
            found.append(one)
    order = {one: place for place, one in enumerate(found)}
    kept = sorted(_independent(matrix.names, found), key=order.__getitem__)
    return tuple(one for one in kept if not any(_part_of(one, other) for other in kept))


def _part_of(one: Sum, other: Sum) -> bool:
    """Whether two columns are alike only because a third, with which they make up a sum, is mostly not there."""
    return len(one.names) == 2 < len(other.names) and {*one.names} < {*other.names}


def _candidates(matrix: Matrix, whole: int) -> tuple[list[tuple[int, ...]], int]:
    """The sets of columns whose sum is the whole in nearly all rows of a sample, and how many sets were tried."""
    values, tolerance = matrix.values, _NEAR * matrix.halves[whole]
    least = (LEAST_OF_TOTALS if _is_total(matrix.names[whole]) else LEAST_SHARE) - 0.1
    rows = sampled(values, whole)
    target = values[rows, whole]
    others = [column for column in range(values.shape[1]) if column != whole]
    numbers = np.nan_to_num(values[rows][:, others])
    found: list[tuple[int, ...]] = []
    tried = 0

    def fitting(totals: Floats) -> list[int]:
        nonlocal tried
        tried += totals.shape[1]
        near = np.abs(totals - target[:, None]) <= tolerance
        return np.flatnonzero(near.mean(axis=0) >= least).tolist() if len(target) else []

    n = len(others)
    running = np.concatenate([np.zeros((len(rows), 1)), np.cumsum(numbers, axis=1)], axis=1)
    if 0 < n <= _MOST_RUNS:
        first, last = np.triu_indices(n + 1, 1)
        for at in fitting(running[:, last] - running[:, first]):
            found.append(tuple(others[first[at] : last[at]]))
    for size in [size for size, most in _MOST_COLUMNS.items() if size <= n <= most]:
        apart = _apart(n, size)
        if len(apart):
            for at in fitting(sum((numbers[:, one] for one in apart.T), np.zeros((len(rows), len(apart))))):
                found.append(tuple(others[member] for member in apart[at]))
    if n >= 4 and len(rows) >= n + 2:
        solved: Floats = np.linalg.lstsq(numbers, target, rcond=None)[0]
        weights = [float(weight) for weight in np.round(solved)]
        chosen = tuple(at for at, weight in enumerate(weights) if weight == 1)
        plain = len(chosen) > 3 and {*weights} <= {0.0, 1.0}
        if plain and fitting(numbers[:, chosen].sum(axis=1, keepdims=True)):
            found.append(tuple(others[member] for member in chosen))
    return found[:_MOST_FITTING], tried  # where more fit, few rows are stated, and chance makes most of them


@cache
def _apart(n: int, size: int) -> NDArray[np.int64]:
    """The sets of `size` among `n` columns that do not stand side by side, one a row."""
    return np.array(
        [some for some in combinations(range(n), size) if some[-1] - some[0] >= size], dtype=np.int64
    )


def _outermost(
    matrix: Matrix, fitting: Sequence[tuple[int, tuple[int, ...]]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For every column the sum of all that are no parts of other sums: the top of a tree of totals."""
    by_whole: dict[int, tuple[int, ...]] = {}
    for whole, parts in fitting:
        by_whole.setdefault(whole, parts)
    for whole in range(len(matrix.names)):
        inner = {
            part
            for other, parts in by_whole.items()
            if other != whole and whole not in parts
            for part in parts
        }
        tops = tuple(c for c in range(len(matrix.names)) if c != whole and c not in inner)
        if len(tops) > 1:
            yield whole, tops


def sampled(values: Floats, whole: int) -> NDArray[np.int64]:
    """Rows in which the whole is stated and not nothing, evenly taken."""
    there = np.flatnonzero(~np.isnan(values[:, whole]) & (values[:, whole] != 0))
    return there if len(there) <= _SAMPLE else there[np.linspace(0, len(there) - 1, _SAMPLE).astype(np.int64)]


def _is_total(name: str) -> bool:
    return called(name, "column of a total")


def _rounds(errors: Floats) -> bool:
    """Whether errors lie on both sides, as those of rounding do and those of slips, or of parts left out, do not."""
    above, below = int((errors > 0).sum()), int((errors < 0).sum())
    return min(above, below) > 0 and 2 * tail(max(above, below), above + below, 0.5) > _ONE_SIDED


def held_often(whole: str, parts: int, held: int, rows: int) -> bool:
    """Whether a sum holds in nearly all rows; in most, where its name says that a column is a total of several."""
    several = parts >= _LEAST_OF_TOTAL[0] and rows >= _LEAST_OF_TOTAL[1]
    return nearly_all(held, rows) or (several and _is_total(whole) and held >= LEAST_OF_TOTALS * rows)


def tested(
    matrix: Matrix, whole: int, parts: tuple[int, ...], minus: tuple[int, ...], tried: int
) -> Sum | None:
    """The sum over all rows that state it, unless it holds too seldom or by chance."""
    values, others = matrix.values, (*parts, *minus)
    stated = ~np.isnan(values[:, whole]) & ~np.isnan(values[:, others]).any(axis=1)
    telling = stated & ((values[:, whole] != 0) | (values[:, others] != 0).any(axis=1))
    target = values[telling, whole]
    total = values[telling][:, parts].sum(axis=1) - values[telling][:, minus].sum(axis=1)
    rows = len(target)
    exact, slack = int((target == total).sum()), float(matrix.halves[[whole, *others]].sum())
    errors = (target - total)[np.abs(target - total) <= slack]
    if matrix.counted((whole, *others)) and (nearly_all(exact, rows) or not _rounds(errors)):
        slack = 0.0  # else whole numbers that were rounded, as thousands are
    held = int((np.abs(target - total) <= slack).sum())
    often = held_often(matrix.names[whole], len(parts), held, rows)
    if held < _LEAST_ROWS or not often or (held > exact and exact < rows / 4):
        return None
    # rows in which all parts but one are nothing say that two columns are equal, not that several add up
    several = (values[telling][:, others] != 0).sum(axis=1) > 1 + len(minus)
    if len(others) > 1 and int(several.sum()) < _LEAST_ROWS:
        return None
    tried = max(tried, 1)
    if rows < FEW_ROWS:
        expected = expected_in_few_rows(target, held, slack, tried)
    else:
        expected = expected_by_chance(lambda side: np.abs(side - total) <= slack, target, held, rows, tried)
    if expected > MOST_EXPECTED:
        return None
    whole_name, part_names, minus_names = (
        tuple(matrix.names[n] for n in ns) for ns in ((whole,), parts, minus)
    )
    return Sum(whole_name[0], part_names, held, rows, expected, held > exact, minus_names)


def expected_sums(stated: Floats, total: Floats, slack: float, tried: int) -> float:
    """How many such sums chance would make hold as often; all that were tried where it holds too seldom."""

    def fits(side: Floats) -> NDArray[np.bool_]:
        return np.asarray(np.abs(side - total) <= slack)

    rows, held = len(stated), int(fits(stated).sum())
    if rows < 2 or not nearly_all(held, rows):
        return float(tried)
    if rows < FEW_ROWS:
        return expected_in_few_rows(stated, held, slack, tried)
    return expected_by_chance(fits, stated, held, rows, tried)


def nearly_all(held: int, rows: int) -> bool:
    """Whether a relation holds in nearly all rows: in 95 of 100, and in a table of a few rows in all but one."""
    return held >= LEAST_SHARE * rows or (rows >= _MANY_ROWS and held == rows - 1)


def _says(one: Sum, other: Sum) -> bool:
    """Whether two sums are one: the same columns, whichever is called the whole."""
    return {*one.names} == {*other.names}


def _independent(names: Sequence[str], found: Sequence[Sum]) -> Iterator[Sum]:
    """The sums that hold most often and stand closest together, at most three for a whole; none that the others say
    together, as a total is what the parts of its parts come to."""
    place = {name: at for at, name in enumerate(names)}

    def loose(one: Sum) -> int:
        """How many parts it has and columns lie between; a part counts twice, so that parts go before their own parts."""
        at = sorted(place[name] for name in one.names)
        return 2 * len(one.parts) + at[-1] - at[0] + 1 - len(at)

    def order(one: Sum) -> tuple[float, ...]:
        """Exact ones by how often they hold; of rounded ones, which hold the oftener the more parts they have, the plainer;
        last those that only words make one think of."""
        share = one.held / (one.rows + 2)  # of a few rows it is less sure
        seldom = not nearly_all(one.held, one.rows)
        return (
            (seldom, one.rounded, loose(one), -share) if one.rounded else (seldom, False, -share, loose(one))
        )

    known: list[list[float]] = []
    kept: dict[str, list[Sum]] = {}
    for one in sorted(found, key=order):
        row, others = equation(names, one), kept.setdefault(one.whole, [])
        if (
            len(others) < _MOST_OF_A_WHOLE
            and not any(_extends(one, k) for k in others)
            and says_more(row, known)
        ):
            known.append(row)
            others.append(one)
            yield one


def _extends(one: Sum, known: Sum) -> bool:
    """Whether a sum has the parts of a known one and others that are mostly nothing, or all of them but such."""
    parts, others = {*one.parts}, {*known.parts}
    return parts < others or others < parts


def equation(names: Sequence[str], one: Sum) -> list[float]:
    """A sum as an equation of the columns: what each is multiplied by."""
    weights = {one.whole: -1.0, **dict.fromkeys(one.parts, 1.0), **dict.fromkeys(one.minus, -1.0)}
    return [weights.get(name, 0.0) for name in names]


def says_more(row: list[float], known: Sequence[list[float]]) -> bool:
    """Whether an equation says what the known ones together do not."""
    rank = int(np.linalg.matrix_rank(np.array(known))) if known else 0
    return int(np.linalg.matrix_rank(np.array([*known, row]))) > rank
