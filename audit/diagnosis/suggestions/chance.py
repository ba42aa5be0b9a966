"""Whether chance explains that a relation holds so often.

A relation found among many candidates may fit by accident. What accident would do is seen on the same numbers moved
against each other: one side is shifted by some rows (a permutation that keeps every value), and the relation is
counted again. With the share `p` of fits under such shifts, the candidates that were tried and the binomial tail give
the expected number of candidates that chance alone would make fit as well as this one (the E-value of sequence search;
Karlin and Altschul 1990). A relation is kept only where that is below one in a hundred.

A few rows cannot be moved against each other. There it counts how many numbers of that size there are in the step in
which they are written: a total of 87502 that parts give to the digit is one of 87502. That rows are all unlike, and
that names occur in another table, is held against drawing members, and names of their length, anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from math import exp, lgamma, log, log1p

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

MOST_EXPECTED = 0.01
"""How many candidates chance may be expected to make fit, for one that is kept."""
_SHIFTS = 24


def expected_by_chance(
    fits: Callable[[Floats], Booleans], side: Floats, held: int, rows: int, candidates: int
) -> float:
    """How many of `candidates` relations chance would make hold in at least `held` of `rows` rows.

    `fits` tells for every row whether the relation holds with the given numbers on the side that is moved.
    """
    if rows < 2:
        return float(candidates)
    shifts = sorted({1 + number * (rows - 1) // _SHIFTS for number in range(_SHIFTS)} & {*range(1, rows)})
    fitted = sum(int(fits(np.roll(side, shift)).sum()) for shift in shifts)
    tried = len(shifts) * rows
    share = min((fitted + 1) / (tried + 1), 1.0)
    return candidates * tail(held, rows, share)


def expected_in_few_rows(wholes: Floats, held: int, slack: float, candidates: int) -> float:
    """How many of `candidates` totals would hit at least `held` of the whole numbers `wholes` within `slack` by chance.

    Numbers that are all multiples of one (thousands) are that much fewer.
    """
    step = float(np.gcd.reduce(np.abs(wholes).astype(np.int64))) or 1.0
    hits = [1.0, *(0.0 for _ in wholes)]  # the probability of so many hits in the rows so far
    for whole in np.abs(wholes).tolist():
        share = min(1.0, (2 * slack + step) / max(whole, 1.0))
        hits = [hits[0] * (1 - share)] + [
            hits[n] * (1 - share) + hits[n - 1] * share for n in range(1, len(hits))
        ]
    return candidates * sum(hits[held:])


def expected_unlike(rows: int, members: float, alike: int, candidates: int) -> float:
    """How many of `candidates` sets of columns would by chance leave at most `alike` of `rows` rows like another, if
    every row drew its members anew from as many as there are (the birthday problem, by Poisson)."""
    mean = rows * (rows - 1) / (2 * members)
    terms = [exp(-mean)]
    for k in range(1, alike + 1):
        terms.append(terms[-1] * mean / k)
    return candidates * min(1.0, sum(terms))


def expected_to_occur(names: Collection[str], known: Collection[str], lacking: int, candidates: int) -> float:
    """How many of `candidates` columns would by chance hold at most `lacking` names that the `known` ones do not, if
    every name were drawn anew, of its own length, from the characters that occur in them."""
    signs = len({sign for name in (*names, *known) for sign in name})
    lengths = Counter(len(name) for name in known)
    shares = sorted(min(1.0, lengths[len(name)] / signs ** len(name)) for name in names)
    expected = float(candidates)
    for share in shares[lacking:]:
        expected *= share
    return expected


def tail(held: int, rows: int, share: float) -> float:
    """The probability of at least `held` successes in `rows` trials."""
    if held <= rows * share or share >= 1:
        return 1.0
    logs = [
        lgamma(rows + 1) - lgamma(k + 1) - lgamma(rows - k + 1) + k * log(share) + (rows - k) * log1p(-share)
        for k in range(held, rows + 1)
    ]
    most = max(logs)
    return min(1.0, exp(most) * sum(exp(value - most) for value in logs))
