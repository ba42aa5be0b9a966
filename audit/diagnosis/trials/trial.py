"""A trial: rows of tables that are otherwise than they stand, all at once."""

from __future__ import annotations

from collections.abc import Mapping

from audit.model.frozen import frozen

Row = Mapping[str, str | None]
"""A row of a table as text by column; None where it is blank."""


@frozen
class Change:
    """Row `row` (from 0) of a table is `after`; it is gone where `after` is None, and new where `row` is None."""

    table: str
    row: int | None
    after: Row | None


@frozen
class Trial:
    """Changes that are tried together, under a name that no other trial has."""

    name: str
    changes: tuple[Change, ...]

    @property
    def tables(self) -> frozenset[str]:
        """The tables that it changes."""
        return frozenset(change.table for change in self.changes)
