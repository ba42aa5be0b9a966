"""What one table must find in another: codes and clauses that exist, trees without circles, units that agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from audit.model.nearest import nearest
from audit.model.phrase import marked
from audit.model.text_frame import TextFrame
from audit.tables.conditions import Condition, of_row
from audit.tables.links import Link, Tree, circular, has_units, links, trees

Key = tuple[str | None, ...]


def reference_conditions(
    name: str, schema: Mapping[str, Any], frames: Mapping[str, TextFrame]
) -> Iterator[Condition]:
    """What the rows of the table `name` must find in the tables of `frames`; `schema` is its Table Schema."""
    columns = {table: tuple(other.columns) for table, other in frames.items()}
    for link in links(name, schema, columns):
        yield among(keys(frames[link.table], link.theirs), link)
    for tree in trees(name, columns[name]):
        yield no_circle(tree)
    if has_units(name, columns):
        yield unit_of_indicator(frames["indicators"])


def keys(frame: TextFrame, columns: tuple[str, ...]) -> frozenset[Key]:
    """The cells that stand together in columns; those with a blank left out. Empty for an unknown column."""
    if not set(columns) <= set(frame.columns):
        return frozenset()
    return frozenset(key for key in set(frame.rows(columns)) if None not in key)


def among(known: Collection[Key], link: Link) -> Condition:
    """Rows whose linked cells are together among the `known` keys of the other table; a row with a blank passes."""

    def tell(row: Mapping[str, str | None]) -> dict[str, str]:
        *before, last = (row[column] or "" for column in link.own)
        near = (key[-1] or "" for key in known if list(key[:-1]) == before)
        return {"nearest": nearest(last, near) or "–"}

    reason = marked("is not in the column {theirs} of {table}; nearest there: {nearest}")
    return of_row(link.own[-1], link.own, lambda *cells: cells in known, reason, tell,
                  theirs=link.theirs[-1], table=link.table)  # fmt: skip


def no_circle(tree: Tree) -> Condition:
    """Following the tree upwards never comes back to the row."""

    def failing(rows: TextFrame) -> list[int]:
        entries = rows.rows((*tree.key, tree.above))
        round_ = circular({row[:-1]: (*row[:-2], row[-1]) for row in entries if row[-1] is not None})
        return [number for number, row in enumerate(entries) if row[:-1] in round_]

    return Condition(tree.above, failing, marked("leads back to the row itself; a tree has no circles"))


def unit_of_indicator(indicators: TextFrame) -> Condition:
    """A figure carries the unit that its indicator's list gives; an indicator without a unit allows any."""
    listed = indicators.rows(("code", "unit")) if "unit" in indicators.columns else []
    units = {code: unit for code, unit in listed if unit is not None}
    return of_row(
        "unit", ("indicator", "unit"), lambda indicator, unit: unit == units.get(indicator, unit),
        marked("is not the unit of the indicator ({expected}); correct one of them"),
        lambda row: {"expected": units[row["indicator"]]}, blanks=True,
    )  # fmt: skip
