"""The distinct texts of a column, of a table that is read or scanned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def counted(frame: pl.DataFrame | pl.LazyFrame, name: str) -> Mapping[str, int]:
    """How often each text stands in a column, in the order in which they first do."""
    import polars as pl

    cells = frame.lazy().select(pl.col(name).cast(pl.String)).drop_nulls().with_row_index("first of it")
    counts = cells.group_by(name).agg(pl.col("first of it").min(), pl.len().alias("count of it"))
    found = counts.sort("first of it").collect(engine="streaming")
    return dict(zip(found[name].to_list(), found["count of it"].to_list(), strict=True))
