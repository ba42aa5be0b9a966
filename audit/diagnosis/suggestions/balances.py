"""Sums with signs: what one column is of others added and taken off, as a balance is what came in less what went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from audit.diagnosis.suggestions.matrix import Matrix
from audit.diagnosis.suggestions.sums import LEAST_SHARE, Sum, equation, sampled, says_more, tested
from audit.lexicon import entries

_MOST_COLUMNS = 16
_MOST_SIDE_BY_SIDE = 30
_LEAST_SIDE_BY_SIDE = 3
_NEAR = 8
"""Within how many halves of the whole's last digit a balance has to come out, to be tried in all rows."""


def balances(matrix: Matrix, found: Sequence[Sum]) -> Iterator[Sum]:
    """The relations in which two columns add up to what two others do, or several side by side; none that follows from the
    sums found, or from another of these."""
    n = len(matrix.names)
    known = [equation(matrix.names, one) for one in found]
    for found_so in _less_one(matrix):
        if says_more(row := equation(matrix.names, found_so), known):
            known.append(row)
            yield found_so
    if not 4 <= n <= _MOST_COLUMNS:
        return
    pairs = list(combinations(range(n), 2))
    first, second = np.array(pairs).T
    rows = sampled(matrix.values, n - 1)
    numbers = np.nan_to_num(matrix.values[rows])
    totals = numbers[:, first] + numbers[:, second]
    tried = n * (n - 1) * (n - 2) * (n - 3) // 8
    for at, pair in enumerate(pairs):
        near = np.abs(totals[:, at + 1 :] - totals[:, [at]]) <= (2 if matrix.places else 0)
        for other in np.flatnonzero(near.mean(axis=0) >= LEAST_SHARE - 0.25) if len(rows) else ():
            against = pairs[at + 1 + int(other)]
            if {*pair} & {*against}:
                continue
            one = tested(matrix, *_as_last({*pair}, {*against}), tried)
            if one is not None and says_more(row := equation(matrix.names, one), known):
                known.append(row)
                yield one


def _less_one(matrix: Matrix) -> Iterator[Sum]:
    """What is the sum of several columns side by side less one other, as output is of all uses less imports; of the two
    the greater is the whole."""
    n = len(matrix.names)
    if not _LEAST_SIDE_BY_SIDE + 2 <= n <= _MOST_SIDE_BY_SIDE:
        return
    first, last = np.triu_indices(n - 1, _LEAST_SIDE_BY_SIDE)
    tried = n * (n - 1) * len(first) // 2
    size = np.nansum(np.abs(matrix.values), axis=0)
    for one, other in combinations(range(n), 2):
        whole, minus = (one, other) if size[one] >= size[other] else (other, one)
        rows = sampled(matrix.values, whole)
        others = [column for column in range(n) if column not in (whole, minus)]
        numbers = np.nan_to_num(matrix.values[rows])
        running = np.concatenate([np.zeros((len(rows), 1)), np.cumsum(numbers[:, others], axis=1)], axis=1)
        totals = running[:, last] - running[:, first] - numbers[:, [whole]] - numbers[:, [minus]]
        near = np.abs(totals) <= _NEAR * matrix.halves[whole]
        for at in np.flatnonzero(near.mean(axis=0) >= LEAST_SHARE - 0.1) if len(rows) else ():
            sum_of = tested(matrix, whole, tuple(others[first[at] : last[at]]), (minus,), tried)
            if sum_of is not None:
                yield sum_of


def _as_last(one: set[int], other: set[int]) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """The last of the columns as what the others come to: those of the other side, less those of its own."""
    whole = max(one | other)
    own, against = (one, other) if whole in one else (other, one)
    return whole, tuple(sorted(against)), tuple(sorted(own - {whole}))


def as_difference(matrix: Matrix, one: Sum) -> Sum:
    """A sum of two parts told as people mean it: where one part is what is left (it alone goes below zero, or is called
    so), it is the whole less the other part."""
    if len(one.parts) != 2 or one.minus:
        return one
    below = {name for at, name in enumerate(matrix.names) if (matrix.values[:, at] < 0).any()}
    called = {name for name in one.names if any(word in name.lower() for word in entries("what is left"))}
    left = [name for name in one.parts if {name} in (below & {*one.names}, called)]
    if len(left) != 1:
        return one
    (other,) = {*one.parts} - {*left}
    return Sum(left[0], (one.whole,), one.held, one.rows, one.expected, one.rounded, (other,))
