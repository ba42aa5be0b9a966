"""Columns of numbers read into exact vectors."""

from __future__ import annotations

import numpy as np
import polars as pl

from audit.engine import exact
from audit.engine.exact import Exact

_TYPE = pl.Decimal(38, 9)


def decimals(series: pl.Series) -> Exact:
    """A column of decimals with nine places."""
    return exact.scaled(
        _numerators(series.cast(_TYPE).to_physical().fill_null(0)), 9, series.is_null().to_numpy()
    )


def _numerators(counts: pl.Series) -> exact.Whole:
    if counts.is_between(-(2**62), 2**62).all():
        return counts.cast(pl.Int64).to_numpy()
    return np.array(counts.to_list(), dtype=object)
