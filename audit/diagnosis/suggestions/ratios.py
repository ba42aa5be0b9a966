"""Quotients and limits among number columns: shares recomputed, parts within wholes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_by_chance
from audit.diagnosis.suggestions.matrix import Matrix
from audit.diagnosis.suggestions.sums import nearly_all

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
LEAST_ROWS = 4
_MOST_COLUMNS = 40
FORMS: Mapping[str, tuple[float, float]] = {
    "{a} / {b} * 100": (100, 0),
    "{a} / {b}": (1, 0),
    "({a} / {b} - 1) * 100": (100, -100),
    "{a} / {b} * 1000": (1000, 0),
    "{a} / {b} * 10000": (10000, 0),
}
"""The quotients that are looked for, as a rule writes them: what a / b is multiplied by, and what is added."""


@dataclass(frozen=True)
class Ratio:
    """`column` is `form` of the columns `above` and `below`, rounded, in `held` of `rows` rows."""

    column: str
    form: str
    above: str
    below: str
    held: int
    rows: int
    expected: float


@dataclass(frozen=True)
class Limit:
    """`part` does not exceed `whole` in `held` of `rows` rows."""

    part: str
    whole: str
    held: int
    rows: int
    expected: float


_WHOLE = 0.5
"""Half a step of whole numbers."""


def ratios(matrix: Matrix) -> Iterator[Ratio]:
    """For each column the quotient of two others that rounds to it in nearly all rows, where there is one."""
    n = len(matrix.names)
    if n > _MOST_COLUMNS:
        return
    scale = 10.0**matrix.places
    numbers = matrix.values / scale
    tried = max(n * (n - 1) * (n - 2) * len(FORMS), 1)
    for column in range(n):
        stated = numbers[:, column]
        half = half_a_step(matrix, column)
        best: Ratio | None = None
        for above, below in permutations([other for other in range(n) if other != column], 2):
            if half == _WHOLE and half_a_step(matrix, below) < half:
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
            for form, (factor, more) in FORMS.items():
                quotient = numbers[there, above] / numbers[there, below] * factor + more
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


def _within(whole: Floats, part: Floats) -> Booleans:
    return np.asarray(part <= whole)


def half_a_step(matrix: Matrix, column: int) -> float:
    """Half a unit of the last digit that a column writes."""
    return half_of_last(matrix.values[:, column], matrix.places)


def half_of_last(whole: Floats, places: int) -> float:
    """Half a unit of the last digit that any of the numbers, in units of 10^-`places`, needs."""
    whole = whole[~np.isnan(whole)]
    while places and not (whole % 10).any():
        whole, places = whole / 10, places - 1
    return 0.5 * 10.0**-places


def limits(matrix: Matrix) -> Iterator[Limit]:
    """Which column never exceeds which other, nearest first; of a chain only its links.

    That one number is greater than another in nearly all rows says little; neither does a column of nothing.
    """
    values = matrix.values
    n = len(matrix.names)
    found: dict[tuple[int, int], Limit] = {}
    for part, whole in permutations(range(n), 2) if n <= _MOST_COLUMNS else ():
        there = ~np.isnan(values[:, part]) & ~np.isnan(values[:, whole])
        a, b = values[there, part], values[there, whole]
        rows = len(a)
        held = int((a <= b).sum())
        if (
            rows < LEAST_ROWS
            or held < rows
            or (a == b).mean() > 0.9
            or min((a != 0).mean(), (b != 0).mean()) < 0.5
        ):
            continue
        expected = expected_by_chance(partial(_within, b), a, held, rows, n * (n - 1))
        if expected <= MOST_EXPECTED:
            found[part, whole] = Limit(matrix.names[part], matrix.names[whole], held, rows, expected)
    for (part, whole), one in found.items():
        if not any((part, k) in found and (k, whole) in found for k in range(n)):
            yield one
