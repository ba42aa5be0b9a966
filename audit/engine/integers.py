"""Vectors of whole numbers of any length: 64 bits for as long as these hold them, Python's own where they do not."""

from __future__ import annotations

from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[Any]
"""Whole numbers: 64-bit, or Python's in an array of objects."""

MOST = 2**63 - 1
"""The largest number that 64 bits hold."""


def single(value: int) -> Whole:
    """One number."""
    return whole_numbers([value])


def whole_numbers(values: list[int]) -> Whole:
    """Whole numbers as an array, of 64 bits where all fit."""
    fits = all(-MOST <= value <= MOST for value in values)
    return np.array(values, dtype=np.int64 if fits else object)


def largest(numbers: Whole) -> int:
    """How large the largest of the numbers is."""
    return max(int(np.maximum.reduce(numbers)), -int(np.minimum.reduce(numbers))) if len(numbers) else 0


def times(a: Whole, b: Whole) -> Whole:
    """Products, of any length where 64 bits do not hold them."""
    if len(b) == 1 and b[0] == 1:
        return a
    if not _wide(a, b) and largest(a) * largest(b) <= MOST:
        return np.asarray(a * b)
    return narrowed(a.astype(object) * b.astype(object))


def plus(a: Whole, b: Whole) -> Whole:
    """Sums, of any length where 64 bits do not hold them."""
    if not _wide(a, b) and largest(a) + largest(b) <= MOST:
        return np.asarray(a + b)
    return np.asarray(a.astype(object) + b.astype(object))


def joined(a: Whole, b: Whole) -> Whole:
    """The numbers of both, one after the other."""
    return np.append(a.astype(object), b.astype(object)) if _wide(a, b) else np.append(a, b)


def narrowed(numbers: Whole) -> Whole:
    """The numbers in 64 bits, where they fit."""
    return numbers.astype(np.int64) if numbers.dtype == object and largest(numbers) <= MOST else numbers


def multiples(a: Whole, b: Whole) -> Whole:
    """The least common multiple of each pair; one number stands for as many as there are of the other."""
    if len(a) == len(b) == 1:
        return single(lcm(int(a[0]), int(b[0])))
    fits = not _wide(a, b) and largest(a) * largest(b) <= MOST
    return np.asarray(np.lcm(a, b) if fits else np.lcm(a.astype(object), b.astype(object)))


def reduced(numerators: Whole, denominators: Whole) -> tuple[Whole, Whole]:
    """Fractions in lowest terms."""
    if _wide(numerators, denominators):
        numerators, denominators = numerators.astype(object), denominators.astype(object)
    divisor = np.maximum(np.gcd(numerators, denominators), 1)
    return narrowed(numerators // divisor), narrowed(denominators // divisor)


def _wide(a: Whole, b: Whole) -> bool:
    return a.dtype == object or b.dtype == object
