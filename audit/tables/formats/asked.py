"""How a table is to be read, as far as the settings say: all that is not said is recognised, and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from audit.model.frozen import frozen


@frozen
class Unpivot:
    """Columns that are members of a dimension: the names of `columns` (a span `2015..2024`, names, patterns with `*`)
    become the members of `into`, their cells the column `value`. Of stacked heads, whose names are joined by “/”, each
    part goes into a dimension of its own.
    """

    columns: tuple[str, ...]
    into: tuple[str, ...] = ("period",)
    value: str = "value"


@frozen
class Asked:
    """What `[tables.NAME]` says of one table.

    `file` or `url` is where it is; `sheet` the sheet, or the table of a database; `query` what a database is asked.
    `head` are the 1-based rows that hold the column names, `encoding` and `delimiter` those of a text file. `key` tells
    its rows apart. `numbers` gives the unit of a number column, `missing` the cells that state nothing. `at` is where
    the settings say so.
    """

    name: str = ""
    file: Path | None = None
    url: str = ""
    sheet: str = ""
    query: str = ""
    head: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    key: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unpivot: Unpivot | None = None
    at: str = ""

    def __str__(self) -> str:
        return str(self.file) if self.file else self.url.rpartition("@")[2]


NOTHING = Asked()
"""Nothing is said."""
