"""Numbers side by side: the number columns of a table, or the members of a dimension, as whole numbers of one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from audit.model.frozen import frozen
from audit.numbers.numerals import parse_cell

if TYPE_CHECKING:
    from audit.engine.frames import Table

Floats = NDArray[np.float64]
_MOST_PLACES = 9
_PLAIN = r"^-?[0-9]+(\.[0-9]+)?$"
_EXACT = 13
"""So many characters of a plain decimal a float holds, also where it is told in other steps."""
_MOST_CELLS = 4_000_000
_MOST_TWICE = 0.02
"""The share of rows that may stand twice by mistake."""


@frozen(slots=False)
class Matrix:
    """`values` by row and name, in units of 10^-`places`, NaN where there is none; whole numbers, exact to 2^53."""

    names: tuple[str, ...]
    values: Floats
    places: int

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def halves(self) -> Floats:
        """Half a unit of the last digit that each name writes, in units of 10^-`places`."""
        halves = (half_of_last(column, self.places) for column in self.values.T)
        return np.array([half * 10.0**self.places for half in halves], dtype=np.float64)

    def counted(self, columns: Sequence[int]) -> bool:
        """Whether columns hold whole numbers only."""
        return bool((self.halves[list(columns)] >= 0.5 * 10.0**self.places).all())


def half_of_last(whole: Floats, places: int) -> float:
    """Half a unit of the last digit that any of the numbers, in units of 10^-`places`, needs; of whole ones a half."""
    whole = whole[~np.isnan(whole)]
    while places and not (whole % 10).any():
        whole, places = whole / 10, places - 1
    return 0.5 * 10.0**-places


def columns_of(table: Table, names: Sequence[str]) -> Matrix:
    """The number columns of a table, a row a row."""
    frame = table.frame.select(names)
    return _matrix(names, [frame[name].to_list() for name in names])


def members_of(table: Table, dimension: str, column: str, others: Sequence[str]) -> Matrix | None:
    """The members of a dimension, in the order in which they come, a row for each set of the other dimensions.

    Where a member stands twice in one of these it is not told which of its numbers is meant, and neither is taken; None
    where that is more than a slip here and there.
    """
    frame: pl.DataFrame = table.frame.select(dimension, *others, column).filter(
        pl.col(dimension).is_not_null()
    )
    keys = [dimension, *others]
    twice = frame.select(keys).is_duplicated()
    if twice.sum() > _MOST_TWICE * len(frame):
        return None
    frame = frame.filter(~twice)
    names = frame[dimension].unique(maintain_order=True).to_list()
    if len(names) * len(frame) > _MOST_CELLS:
        return None
    wide = (
        _unlike_members(frame, others).pivot(
            on=dimension, index=[_BESIDE + one for one in others], values=column
        )
        if others
        else pl.DataFrame({row[0]: [row[1]] for row in frame.select(dimension, column).iter_rows()})
    )
    return _matrix(names, [wide[name].to_list() for name in names])


_BESIDE = "beside "


def _unlike_members(frame: pl.DataFrame, others: Sequence[str]) -> pl.DataFrame:
    """The frame with other names for the dimensions beside the members, as a member may be called what one of them is."""
    return frame.rename({name: _BESIDE + name for name in others})


def _matrix(names: Sequence[str], cells: Sequence[Sequence[Any]]) -> Matrix:
    values, places = _read([cell for column in cells for cell in column])
    return Matrix(tuple(names), values.reshape(len(names), -1).T if len(names) else np.empty((0, 0)), places)


def _read(cells: Sequence[Any]) -> tuple[Floats, int]:
    """Numbers in steps of the finest of them, NaN where there is none, and the decimals of that step."""
    texts = pl.Series([None if cell is None else str(cell) for cell in cells], dtype=pl.String)
    plain = (texts.str.contains(_PLAIN) & (texts.str.len_bytes() <= _EXACT)).fill_null(False)
    decimals = texts.str.extract(r"\.([0-9]+)$", 1).str.len_bytes().fill_null(0).set(~plain, 0)
    others = {row: parse_cell(texts[row]) for row in (~plain & texts.is_not_null()).arg_true().to_list()}
    steps = [-number.step.adjusted() for number in others.values() if number is not None]
    places = min(max([0, *steps, *decimals.unique().to_list()]), _MOST_PLACES)
    numbers = texts.set(~plain, None).cast(pl.Float64).fill_null(float("nan")).to_numpy()
    values = np.rint(numbers * 10.0**places)
    for row, number in others.items():
        if number is not None:
            values[row] = float(round(number.value.scaleb(places)))
    return values, places


_ALIKE = 1e-4
_NEARLY_ALL = 0.9


def apart(matrix: Matrix) -> list[int]:
    """The places of the columns that are no fixed multiple of one before them (a tax of ten per cent): what adds up in one
    of these adds up in the other too, and shows nothing anew."""
    found: list[int] = []
    for place in range(len(matrix.names)):
        own = matrix.values[:, place]
        if not any(_is_multiple(matrix.values[:, one], own) for one in found):
            found.append(place)
    return found


def _is_multiple(one: Floats, other: Floats) -> bool:
    """Whether the numbers of two columns stand in one proportion in nearly all rows, as far as rounding lets them."""
    there = np.flatnonzero((one != 0) & (other != 0) & ~np.isnan(one) & ~np.isnan(other))
    if not len(there):
        return False
    times = other[there] / one[there]
    return bool((np.abs(times / np.median(times) - 1) <= _ALIKE).mean() >= _NEARLY_ALL)
