"""Columns of a table that no rule sets apart: what stands under each other."""

from __future__ import annotations

from collections.abc import Sequence

from audit.documents.pdf.lines import Line

Fields = Sequence[Line]
"""The parts of a line that column gaps set apart, from left to right."""


def are_rows(line: Line, following: Line) -> bool:
    """Whether two lines are rows of one table: several fields each, as many, or each of the fewer under one of the others
    (a blank cell). On the next page a table only goes on under its own columns.
    """
    fields, others = line.fields(), following.fields()
    if min(len(fields), len(others)) < 2 or following.page - line.page not in (0, 1):
        return False
    if len(fields) == len(others) and line.page == following.page:
        return True
    fewer, more = sorted((fields, others), key=len)
    places = [_over(one, more) for one in fewer]
    return all(len(place) == 1 for place in places) and len({place[0] for place in places}) == len(places)


def columns_of(rows: Sequence[Fields]) -> list[list[int]]:
    """For every field of the rows its column, counted as in the rows that have the most fields."""
    most = max(len(fields) for fields in rows)
    full = [fields for fields in rows if len(fields) == most]
    bands = [(min(f[at].x0 for f in full), max(f[at].x1 for f in full)) for at in range(most)]
    return [_placed(fields, bands) for fields in rows]


def _placed(fields: Fields, bands: Sequence[tuple[float, float]]) -> list[int]:
    """A column for each field of a row, one after the other where two of them would share one."""
    nearest = [_nearest(field, bands) for field in fields]
    apart = len(set(nearest)) == len(fields) < len(bands)
    return nearest if apart else list(range(len(fields)))


def _over(field: Line, others: Fields) -> list[int]:
    """The places of the fields that one stands above or below."""
    return [at for at, other in enumerate(others) if field.x0 < other.x1 and other.x0 < field.x1]


def _nearest(field: Line, bands: Sequence[tuple[float, float]]) -> int:
    """The column that a field lies over for the longest stretch, or else the nearest one."""
    reach = [min(field.x1, right) - max(field.x0, left) for left, right in bands]
    return reach.index(max(reach))
