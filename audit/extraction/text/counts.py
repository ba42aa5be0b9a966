"""Counts: which row of numbers a numbered clause goes on.

An outline has several rows of numbers open at once, one a level, and on one level more than one: a list inside a
chapter may be numbered like the chapters (`一、…` to `八、…` below chapter 一, then chapter 二), an annex begins again.
A number goes on the innermost row whose next number it is; `1` begins a row; any other number is a gap or a repetition
in the row that lacks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Count:
    """A row of numbers at one level: what it stands in, the numbers so far, and how many clauses bear them."""

    level: int
    above: tuple[str, ...]
    numbers: set[int] = field(default_factory=set)
    last: int = 0
    length: int = 0

    def goes_on_with(self, number: int) -> bool:
        """Whether a number is the next of the row."""
        return self.length > 0 and number == self.last + 1 and number not in self.numbers

    def add(self, number: int) -> None:
        """Goes on with a number."""
        self.numbers.add(number)
        self.last = number
        self.length += 1


def continued(counts: Sequence[Count], number: int, ahead: Sequence[int]) -> Count | None:
    """The row that a number belongs to, of those open at its level (outermost first); `None` begins a new one.

    `ahead` are the numbers of this level that follow before a higher level opens: a `1` right after a `1` begins a
    new row only if two rows go on from there.
    """
    if not counts:
        return None
    inner = counts[-1]
    for count in reversed(counts):
        if count.goes_on_with(number):
            return count
    if number == 1:
        return inner if (inner.length, inner.last) == (1, 1) and ahead.count(2) < 2 else None
    return next((count for count in reversed(counts) if number not in count.numbers), inner)
