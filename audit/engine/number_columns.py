"""Columns of numbers read into exact vectors, whatever holds them; each way of writing is read once.

Plain decimals, nearly all there are, are read by Polars; what else may be a number is left to `numbers.parse_cell`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from audit.engine import exact
from audit.engine.exact import Booleans, Exact
from audit.engine.integers import Whole
from audit.numbers.numerals import parse_cell

_PLAIN = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"


@dataclass(frozen=True)
class NumberColumn:
    """A column as read: its `numbers`, missing where it is blank or `unread`.

    `written` are the decimals that each cell writes; numbers of a typed column were not written.
    """

    numbers: Exact
    unread: Booleans
    written: NDArray[np.int64] | None = None

    @cached_property
    def decimals(self) -> NDArray[np.int64]:
        """How many decimals each cell writes, else how many its number needs; less than none for `6e+05`."""
        if self.written is not None:
            return self.written
        return _needed(self.numbers.numerators, len(str(self.numbers.denominators[0])) - 1)


def read_column(cells: pl.Series, as_written: bool = False) -> NumberColumn:
    """Read a column of numbers or texts; infinite numbers and NaN cannot be read.

    With `as_written` a decimal writes as many decimals as its type has.
    """
    kind = cells.dtype
    if kind.is_integer():
        return _decimals(cells.cast(pl.Int128), 0)
    if kind.is_decimal():
        scale: int = kind.scale  # type: ignore[attr-defined]
        read = _decimals(cells.to_physical(), scale)
        return replace(read, written=np.full(len(cells), scale)) if as_written else read
    if kind.is_float():
        return _texts(cells.cast(pl.String).str.replace(r"\.0$", ""), typed=True)
    return _texts(cells.cast(pl.String).str.strip_chars().replace("", None), typed=False)


def _decimals(counts: pl.Series, scale: int) -> NumberColumn:
    """Whole numbers of 10^-scale."""
    missing = counts.is_null().to_numpy()
    return NumberColumn(exact.scaled(_whole(counts.fill_null(0)), scale, missing), np.zeros_like(missing))


def _whole(counts: pl.Series) -> Whole:
    if counts.is_between(-(2**62), 2**62).all():
        return counts.cast(pl.Int64).to_numpy()
    return np.array(counts.to_list(), dtype=object)


def _needed(numerators: Whole, scale: int) -> NDArray[np.int64]:
    """How many of `scale` decimals each number needs."""
    needed = np.full(len(numerators), scale, dtype=np.int64)
    left = np.flatnonzero(numerators % 10 == 0) if scale else np.empty(0, dtype=np.int64)
    rest = numerators[left]
    for step in range(1, scale + 1):
        needed[left], rest = scale - step, rest // 10
        more = rest % 10 == 0
        left, rest = left[more], rest[more]
    return needed


def _texts(texts: pl.Series, typed: bool) -> NumberColumn:
    plain = texts.str.contains(_PLAIN).fill_null(False)
    written = texts.set(~plain, None)
    decimals = (
        written.str.extract(r"\.(.*)$", 1).str.len_bytes().fill_null(0).cast(pl.Int64).to_numpy().copy()
    )
    scale = int(decimals.max() if len(decimals) else 0)
    column = _decimals(written.cast(pl.Decimal(38, scale)).to_physical(), scale)
    unread = np.zeros(len(texts), dtype=bool)
    others = np.flatnonzero((~plain & texts.is_not_null()).to_numpy())
    if not len(others):
        return NumberColumn(column.numbers, unread, decimals)
    read = {text: parse_cell(text) for text in texts[others].unique().to_list()}
    found = [read[text] for text in texts[others].to_list()]
    values = exact.of_decimals([None if number is None else number.value for number in found])
    decimals[others] = [0 if number is None else -number.step.adjusted() for number in found]
    unread[others] = [number is None for number in found]
    chosen = np.full(len(texts), len(others))
    chosen[others] = np.arange(len(others))
    odd = exact.take(exact.extended(values, exact.nothing(1)), chosen)
    numbers = exact.where(chosen < len(others), odd, column.numbers)
    return NumberColumn(numbers, unread, np.maximum(decimals, 0) if typed else decimals)
