"""Footnote marks that a text without superscripts glues to its numbers (`2047.861亿元` with mark 1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from audit.numbers.bounds import interval
from audit.numbers.quantities import Quantity, read_quantity

_FEWEST = 5


def without_marks(quantities: Sequence[Quantity], marks: Collection[str]) -> list[Quantity]:
    """The quantities with glued marks taken off. `marks` are the numbers of the footnotes that the text has.

    A number ends in a mark when without it it has as many decimals as nearly all others of its unit have at most.
    """
    if not marks:
        return list(quantities)
    decimals: dict[str | None, list[int]] = {}
    for quantity in quantities:
        decimals.setdefault(quantity.unit, []).append(quantity.decimals)
    most = {unit: _most(counts) for unit, counts in decimals.items()}
    return [_without_mark(quantity, most[quantity.unit], marks) for quantity in quantities]


def _most(decimals: Sequence[int]) -> int:
    """How many decimals nearly all numbers of a unit have at most; no limit where they are too few to tell."""
    return sorted(decimals)[int((len(decimals) - 1) * 0.9)] if len(decimals) >= _FEWEST else 99


def _without_mark(quantity: Quantity, most: int, marks: Collection[str]) -> Quantity:
    surplus = quantity.decimals - most
    if surplus <= 0 or quantity.value is None or quantity.literal[-surplus:] not in marks:
        return quantity
    literal = quantity.literal[:-surplus]
    read = read_quantity(literal, quantity.unit)
    if read.value is None:
        return quantity
    low, high = interval(read.value, quantity.bound)
    end = quantity.end - surplus
    return replace(
        quantity,
        literal=literal,
        value=read.value,
        low=low,
        high=high,
        decimals=read.decimals,
        step=read.step,
        end=end,
    )
