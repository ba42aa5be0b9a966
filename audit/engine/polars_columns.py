"""Columns that Polars holds, as codes of texts and as exact numbers.

Plain decimals, nearly all there are, are read by Polars; what else may be a number is left to `number_columns`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from audit.engine import exact
from audit.engine.integers import Whole
from audit.engine.number_columns import PLAIN, NumberColumn, read_texts
from audit.engine.vocabulary import BLANK, Coded


def coded_column(column: pl.Series) -> Coded:
    """A column of texts by the different ones among them; null is blank."""
    physical = (column.cast(pl.Categorical).to_physical() + 1).fill_null(0).to_numpy()
    first = np.full(int(physical.max(initial=0)) + 1, -1, dtype=np.int32)
    first[physical] = np.arange(len(physical), dtype=np.int32)
    used = np.flatnonzero(first[1:] >= 0) + 1
    number_of = np.full(len(first), BLANK, dtype=np.int32)
    number_of[used] = np.arange(1, len(used) + 1, dtype=np.int32)
    return Coded(("", *column[first[used]].to_list()), np.take(number_of, physical))


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
        read = _texts(cells.cast(pl.String).str.replace(r"\.0$", ""))
        return replace(read, written=np.maximum(read.decimals, 0))
    return _texts(cells.cast(pl.String).str.strip_chars().replace("", None))


def _decimals(counts: pl.Series, scale: int) -> NumberColumn:
    """Whole numbers of 10^-scale."""
    missing = counts.is_null().to_numpy()
    return NumberColumn(exact.scaled(_whole(counts.fill_null(0)), scale, missing), np.zeros_like(missing))


def _whole(counts: pl.Series) -> Whole:
    if counts.is_between(-(2**62), 2**62).all():
        return counts.cast(pl.Int64).to_numpy()
    return np.array(counts.to_list(), dtype=object)


def _texts(texts: pl.Series) -> NumberColumn:
    plain = texts.str.contains(PLAIN).fill_null(False)
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
    odd = read_texts(texts[others].to_list())
    decimals[others], unread[others] = odd.decimals, odd.unread
    place = np.full(len(texts), len(others))
    place[others] = np.arange(len(others))
    numbers = exact.take(exact.extended(odd.numbers, exact.nothing(1)), place)
    return NumberColumn(exact.where(place < len(others), numbers, column.numbers), unread, decimals)
