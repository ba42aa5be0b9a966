"""Sums with signs: what one column is of others added and taken off, as a balance is what came in less what went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from audit.diagnosis.suggestions.matrix import Matrix
from audit.diagnosis.suggestions.sums import LEAST_SHARE, Sum, equation, sampled, says_more, tested
from audit.lexicon import entries

_MOST_COLUMNS = 16


def balances(matrix: Matrix, found: Sequence[Sum]) -> Iterator[Sum]:
    """The relations in which two columns add up to what two others do; none that follows from the sums found, or from
    another of these."""
    n = len(matrix.names)
    if not 4 <= n <= _MOST_COLUMNS:
        return
    known = [equation(matrix.names, one) for one in found]
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
