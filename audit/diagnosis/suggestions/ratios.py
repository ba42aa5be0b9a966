"""Quotients and limits among number columns: shares recomputed, parts within wholes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_by_chance
from audit.diagnosis.suggestions.matrix import Matrix
from audit.diagnosis.suggestions.sums import nearly_all
from audit.model.frozen import frozen

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
LEAST_ROWS = 4
_MOST_COLUMNS = 40
FORMS: Mapping[str, tuple[float, float, float]] = {
    "{a} / {b} * 100": (100, 0, 0),
    "{a} / {b}": (1, 0, 0),
    "{a} / ({a} + {b}) * 100": (100, 0, 1),
    "{a} / ({a} + {b})": (1, 0, 1),
    "({a} / {b} - 1) * 100": (100, -100, 0),
    "{a} / {b} * 1000": (1000, 0, 0),
    "{a} / {b} * 10000": (10000, 0, 0),
    "{a} / {b} * 100000": (100000, 0, 0),
}
"""The quotients that are looked for, as a rule writes them: what is multiplied by, what is added, and how often the number
above stands in the sum below."""


@frozen(slots=False)
class Ratio:
    """`column` is `form` of the columns `above` and `below`, rounded, in `held` of `rows` rows."""

    column: str
    form: str
    above: str
    below: str
    held: int
    rows: int
    expected: float


@frozen(slots=False)
class Limit:
    """`part` does not exceed `whole` in `held` of `rows` rows."""

    part: str
    whole: str
    held: int
    rows: int
    expected: float


_NEAR = 0.2
_MOST_ALIKE = 0.9
_WHOLE = 0.5
"""Half a step of whole numbers."""


def ratios(matrix: Matrix) -> Iterator[Ratio]:
    """For each column the quotient of two others that rounds to it in nearly all rows, where there is one."""
    n = len(matrix.names)
    if n > _MOST_COLUMNS:
        return
    scale = 10.0**matrix.places
    numbers, halves = matrix.values / scale, (matrix.halves / scale).tolist()
    tried = max(n * (n - 1) * (n - 2) * len(FORMS), 1)
    for column in range(n):
        stated = numbers[:, column]
        half = halves[column]
        best: Ratio | None = None
        for above, below in permutations([other for other in range(n) if other != column], 2):
            if half == _WHOLE and halves[below] < half:
                continue  # the share is computed from the amounts, not an amount from the share
            there = (
                ~np.isnan(stated)
                & ~np.isnan(numbers[:, above])
                & ~np.isnan(numbers[:, below])
                & (numbers[:, below] != 0)
            )
            there &= (stated != 0) | (numbers[:, above] != 0)
            rows = int(there.sum())
            if rows < LEAST_ROWS:
                continue
            scale_only = np.ptp(numbers[there, below]) == 0
            for form, (factor, more, both) in FORMS.items():
                if scale_only and factor == 1:
                    continue  # a number by ten per cent is a number by ten: what never changes is taken for a per cent
                divisor = numbers[there, below] + both * numbers[there, above]
                quotient = numbers[there, above] / np.where(divisor, divisor, np.nan) * factor + more
                held = int(rounds_to(quotient, stated[there], half).sum())
                if not nearly_all(held, rows) or (best is not None and held / rows <= best.held / best.rows):
                    continue
                fits = partial(rounds_to, quotient, half=half)
                expected = expected_by_chance(fits, stated[there], held, rows, tried)
                if expected <= MOST_EXPECTED:
                    best = Ratio(
                        matrix.names[column],
                        form,
                        matrix.names[above],
                        matrix.names[below],
                        held,
                        rows,
                        expected,
                    )
        if best is not None:
            yield best


def rounds_to(quotient: Floats, stated: Floats, half: float) -> Booleans:
    """Where a quotient rounds to the stated number."""
    return np.asarray(np.abs(quotient - stated) <= half + 1e-9 * np.abs(quotient))


def limits(matrix: Matrix, series: Sequence[object] | None = None) -> Iterator[Limit]:
    """Which column never exceeds which other, nearest first; of a chain only its links.

    That one number is greater than another in every row says little where it is far greater. A limit is seen where
    numbers come near to it and none goes beyond: without one, a number that comes within a fifth of another would lie
    beyond it every other time. Rows of one of the `series` (a place over time) count once.
    """
    values = matrix.values
    n = len(matrix.names)
    of_series = (
        np.unique([str(one) for one in series], return_inverse=True)[1] if series else np.arange(len(matrix))
    )
    found: dict[tuple[int, int], Limit] = {}
    for part, whole in permutations(range(n), 2) if n <= _MOST_COLUMNS else ():
        there = ~np.isnan(values[:, part]) & ~np.isnan(values[:, whole])
        a, b = values[there, part], values[there, whole]
        rows = len(a)
        if rows < LEAST_ROWS or not (a <= b).all() or (a == b).mean() > _MOST_ALIKE:
            continue
        near = (b > 0) & (a >= (1 - _NEAR) * b)
        expected = n * (n - 1) * 0.5 ** len(np.unique(of_series[there][near]))
        if expected <= MOST_EXPECTED:
            found[part, whole] = Limit(matrix.names[part], matrix.names[whole], rows, rows, expected)
    for (part, whole), one in found.items():
        if not any((part, k) in found and (k, whole) in found for k in range(n)):
            yield one
