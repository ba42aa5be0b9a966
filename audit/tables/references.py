"""What one table must find in another: codes and clauses that exist, trees without circles, units that agree.

Each is a pandera check of whole rows, made for the tables at hand and added to the schema of the table that refers.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from audit.model.nearest import nearest
from audit.model.phrase import marked
from audit.tables.conditions import condition, holding
from audit.tables.kinds import known
from audit.tables.links import Link, Tree, circular, links, trees


def reference_checks(
    name: str, schema: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]
) -> list[pa.Check]:
    """What the rows of the table `name` must find in the tables of `frames`; `schema` is its Table Schema."""
    columns = {table: tuple(map(str, other.columns)) for table, other in frames.items()}
    checks = [among(keys(frames[link.table], link.theirs), link) for link in links(name, schema, columns)]
    checks += [no_circle(tree) for tree in trees(name, columns[name])]
    if name == "targets" and all(known(n, columns.get(n, ())) for n in ("targets", "indicators")):
        checks.append(unit_of_indicator(frames["indicators"]))
    return checks


def keys(frame: pd.DataFrame, columns: tuple[str, ...]) -> frozenset[Hashable]:
    """The cells that stand in a column or, as tuples, in several; blanks left out. Empty for an unknown column."""
    if not set(columns) <= set(frame.columns):
        return frozenset()
    stated = frame[list(columns)].dropna()
    return frozenset(stated[columns[0]] if len(columns) == 1 else stated.itertuples(index=False, name=None))


def among(known: Collection[Hashable], link: Link) -> pa.Check:
    """Rows whose linked cells are together among the `known` keys of the other table; a row with a blank passes."""

    def test(rows: pd.DataFrame) -> pd.Series:
        if len(link.own) == 1:
            return rows[link.own[0]].isna() | rows[link.own[0]].isin(known)
        return ~holding(rows, lambda *cells: cells not in known, *(rows[c] for c in link.own))

    def tell(row: Mapping[str, str | None]) -> dict[str, str]:
        cells = [row[column] or "" for column in link.own]
        near = [key[-1] for key in known if isinstance(key, tuple) and list(key[:-1]) == cells[:-1]]
        return {"nearest": nearest(cells[-1], map(str, near if len(cells) > 1 else known)) or "–"}

    reason = marked("is not in the column {theirs} of {table}; nearest there: {nearest}")
    return condition(test, reason, link.own[-1], tell, theirs=link.theirs[-1], table=link.table)


def no_circle(tree: Tree) -> pa.Check:
    """Following the tree upwards never comes back to the row."""

    def test(rows: pd.DataFrame) -> pd.Series:
        keys = list(rows[list(tree.key)].itertuples(index=False, name=None))
        above = [None if pd.isna(cell) else cell for cell in rows[tree.above]]
        round_ = circular(
            {key: (*key[:-1], cell) for key, cell in zip(keys, above, strict=True) if cell is not None}
        )
        return pd.Series([key not in round_ for key in keys], index=rows.index, dtype=bool)

    return condition(test, marked("leads back to the row itself; a tree has no circles"), tree.above)


def unit_of_indicator(indicators: pd.DataFrame) -> pa.Check:
    """A figure carries the unit that its indicator's list gives; an indicator without a unit allows any."""
    units = (
        dict(indicators[["code", "unit"]].itertuples(index=False, name=None)) if "unit" in indicators else {}
    )

    def agrees(indicator: str | None, unit: str | None) -> bool:
        expected = units.get(indicator or "")
        return pd.isna(expected) or unit == expected

    def test(rows: pd.DataFrame) -> pd.Series:
        return holding(rows, agrees, rows["indicator"], rows["unit"], blanks=True).astype(bool)

    reason = marked("is not the unit of the indicator ({expected}); correct one of them")
    return condition(test, reason, "unit", lambda row: {"expected": units[row["indicator"] or ""]})
