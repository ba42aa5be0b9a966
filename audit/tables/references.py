"""What one table must find in another: codes and clauses that exist, trees without circles, units that agree.

Each is a pandera check of whole rows, made for the tables at hand and added to the schema of the table that refers.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping

import pandas as pd
import pandera.pandas as pa

from audit.model.nearest import nearest
from audit.model.phrase import marked
from audit.tables.conditions import condition, holding

FIXED_REFERENCES: dict[str, dict[str, tuple[str, str]]] = {
    "documents": {"region": ("regions", "code")},
    "targets": {
        "document": ("documents", "id"),
        "region": ("regions", "code"),
        "industry": ("industries", "code"),
        "indicator": ("indicators", "code"),
        "measure": ("measures", "code"),
    },
    "clauses": {"document": ("documents", "id")},
    "lists": {"document": ("documents", "id")},
    "mentions": {
        "document": ("documents", "id"),
        "canonical": ("bodies", "code"),
        "region": ("regions", "code"),
        "industry": ("industries", "code"),
    },
    "citations": {"document": ("documents", "id"), "corpus": ("documents", "id")},
}
"""Columns of the tables that audit knows, with the table and column that lists what may stand there."""

TREES: dict[str, tuple[str, ...]] = {
    "regions": ("parent",), "industries": ("parent",), "indicators": ("parent", "broader", "rate"),
    "bodies": ("parent", "successor"),
}  # fmt: skip
"""Columns of code lists that lead from a code to another of the same list, never in a circle."""

IN_CLAUSES = ("targets", "lists", "mentions", "citations")
"""Tables whose rows stand in a clause."""


def reference_checks(name: str, frames: Mapping[str, pd.DataFrame]) -> list[pa.Check]:
    """The fixed references of the table `name` to those tables of `frames` that are there."""
    frame = frames[name]
    checks = [
        among(keys(frames[table], (column,)), table, (own,), (column,))
        for own, (table, column) in FIXED_REFERENCES.get(name, {}).items()
        if table in frames and own in frame.columns
    ]
    if name in IN_CLAUSES and "clauses" in frames:
        pair = ("document", "clause")
        checks.append(among(keys(frames["clauses"], pair), "clauses", pair, pair))
    if name == "clauses":
        pair = ("document", "clause")
        checks += [among(keys(frame, pair), name, ("document", "parent"), pair), no_circle("parent", *pair)]
    for column in (c for c in TREES.get(name, ()) if c in frame.columns):
        checks += [among(keys(frame, ("code",)), name, (column,), ("code",)), no_circle(column, "code")]
    if "aliases" in frame and "code" in frame:
        checks.append(own_aliases())
    if name == "targets" and "indicators" in frames:
        checks.append(unit_of_indicator(frames["indicators"]))
    return checks


def keys(frame: pd.DataFrame, columns: tuple[str, ...]) -> frozenset[Hashable]:
    """The cells that stand in a column or, as tuples, in several; blanks left out. Empty for an unknown column."""
    if not set(columns) <= set(frame.columns):
        return frozenset()
    stated = frame[list(columns)].dropna()
    return frozenset(stated[columns[0]] if len(columns) == 1 else stated.itertuples(index=False, name=None))


def among(
    known: Collection[Hashable], table: str, columns: tuple[str, ...], theirs: tuple[str, ...]
) -> pa.Check:
    """Rows whose `columns` are together among the `known` keys of `table`; a row with a blank there passes."""

    def test(rows: pd.DataFrame) -> pd.Series:
        if len(columns) == 1:
            return rows[columns[0]].isna() | rows[columns[0]].isin(known)
        return ~holding(rows, lambda *cells: cells not in known, *(rows[c] for c in columns))

    def tell(row: Mapping[str, str | None]) -> dict[str, str]:
        cells = [row[column] or "" for column in columns]
        near = [key[-1] for key in known if isinstance(key, tuple) and list(key[:-1]) == cells[:-1]]
        return {"nearest": nearest(cells[-1], map(str, near if len(columns) > 1 else known)) or "–"}

    reason = marked("is not in the column {theirs} of {table}; nearest there: {nearest}")
    return condition(test, reason, columns[-1], tell, theirs=theirs[-1], table=table)


def no_circle(above: str, *key: str) -> pa.Check:
    """Following `above` never comes back to the row; `key` names the row, its last column within the others."""

    def test(rows: pd.DataFrame) -> pd.Series:
        within = list(zip(*(rows[c] for c in key[:-1]), strict=True)) if key[:-1] else [()] * len(rows)
        upwards: dict[Hashable, Hashable] = {
            (place, code): (place, parent)
            for place, code, parent in zip(within, rows[key[-1]], rows[above], strict=True)
            if not pd.isna(parent)
        }
        found = [not _comes_back(start, upwards) for start in zip(within, rows[key[-1]], strict=True)]
        return pd.Series(found, index=rows.index, dtype=bool)

    return condition(test, marked("leads back to the row itself; a tree has no circles"), above)


def _comes_back(start: Hashable, upwards: Mapping[Hashable, Hashable]) -> bool:
    seen: set[Hashable] = set()
    at = upwards.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = upwards.get(at)
    return False


def own_aliases() -> pa.Check:
    """No alias of a code is another code or an alias of another code of the list."""

    def test(rows: pd.DataFrame) -> pd.Series:
        owners: dict[str, set[str]] = {}
        for code, aliases in zip(rows["code"], rows["aliases"], strict=True):
            for name in _names(code, aliases):
                owners.setdefault(name, set()).add(code)
        return ~holding(
            rows, lambda code, aliases: any(len(owners[name]) > 1 for name in _names(code, aliases)),
            rows["code"], rows["aliases"],
        )  # fmt: skip

    return condition(test, marked("holds a name that also belongs to another code of the list"), "aliases")


def _names(code: str, aliases: object) -> tuple[str, ...]:
    stated = aliases.split(";") if isinstance(aliases, str) else []
    return (code, *(alias.strip() for alias in stated if alias.strip()))


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
