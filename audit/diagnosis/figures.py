"""The figures of a run: which took part in checks, which were compared with another figure, and in which checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import narwhals as nw
import numpy as np
import polars as pl

from audit.diagnosis.cells import cell_of
from audit.diagnosis.checks import told_operands
from audit.engine.cells_used import rows_used
from audit.engine.confront import Confrontation
from audit.engine.frames import ROW, Table
from audit.engine.identity import Identities
from audit.engine.keys import Integers, ids
from audit.engine.predicate import UNTESTABLE
from audit.language.plan import Operand
from audit.model.report import Check, FigureUse

FIGURES = "targets"
"""The table of figures."""
NO_FIGURE = -1
"""Stands for the row of a figure where there is none."""
_KEYS = ("indicator", "region", "industry", "period", "measure")
_OF_NUMBERS = frozenset(("sum", "min", "max", "mean", "median", "any", "all"))


def figures_covered(confrontations: Iterable[Confrontation], tables: Mapping[str, Table]) -> frozenset[int]:
    """The rows of the figures' table that took part in a check that gave a verdict; not those that only guard it."""
    meant = _figures_meant(tables)
    rows: set[int] = set()
    for confrontation in confrontations:
        tested = np.flatnonzero(confrontation.verdicts != UNTESTABLE)
        for operand in told_operands(confrontation.plan):
            table = confrontation.plan.operands[operand].table
            if table in meant and len(tested):
                rows.update(meant[table][rows_used(confrontation, tested, operand)].tolist())
    return frozenset(rows - {NO_FIGURE})


def figures_compared(confrontations: Iterable[Confrontation], tables: Mapping[str, Table]) -> frozenset[int]:
    """The rows of the figures' table whose number a check with a verdict compares with another figure.

    Counts of rows, numbers taken out of texts and checks without a verdict compare nothing; nor do two rows that hold
    the number of one place in a document.
    """
    meant = _figures_meant(tables)
    concerned = [c for c in confrontations if any(o.table in meant for o in c.plan.operands)]
    places = _places({o.table: tables[o.table] for c in concerned for o in c.plan.operands if is_compared(o)})
    found: set[int] = set()
    for confrontation in concerned:
        found.update(_compared(confrontation, places, meant).tolist())
    return frozenset(found)


def _figures_meant(tables: Mapping[str, Table]) -> dict[str, Integers]:
    """For every row of a table that holds or names figures (in a column `figure`) the row of the figure."""
    if FIGURES not in tables:
        return {}
    meant = {FIGURES: np.arange(tables[FIGURES].length, dtype=np.int64)}
    naming = [table for table in tables.values() if "figure" in table.columns and table.name != FIGURES]
    if naming and "id" in tables[FIGURES].columns:
        rows = {name: row for row, name in enumerate(_column(tables[FIGURES], "id"))}
        for table in naming:
            named = [rows.get(name, NO_FIGURE) for name in _column(table, "figure")]
            meant[table.name] = np.array(named, dtype=np.int64)
    return meant


def _column(table: Table, name: str) -> list[str]:
    """The cells of a column as text, in the order of the rows."""
    frame: pl.DataFrame = table.lazy.select(ROW, nw.col(name).cast(nw.String)).collect("polars").to_native()
    return [str(cell) for cell in frame.sort(ROW)[name].to_list()]


def is_compared(operand: Operand) -> bool:
    """Whether the numbers of an operand are compared or added up, not only counted."""
    numeric = operand.type == "number" and bool(operand.column) and operand.translation is None
    return numeric and (not operand.aggregates or bool(operand.aggregates & _OF_NUMBERS))


def _compared(
    confrontation: Confrontation, places: Mapping[str, Integers], meant: Mapping[str, Integers]
) -> Integers:
    """The figures of a confrontation that stand in a check with a number of another place."""
    nothing = np.zeros(0, dtype=np.int64)
    tested = np.flatnonzero(confrontation.verdicts != UNTESTABLE)
    checks, codes, figures = [nothing], [nothing], [nothing]
    for number, operand in enumerate(confrontation.plan.operands):
        if is_compared(operand):
            group = confrontation.groups[number]
            entries, check = group.entries(confrontation.keys.operands[number][tested])
            rows = group.cells.rows[entries]
            checks.append(check)
            codes.append(places[operand.table][rows])
            nowhere = np.full(len(rows), NO_FIGURE, dtype=np.int64)
            figures.append(meant[operand.table][rows] if operand.table in meant else nowhere)
    check, code, row = map(np.concatenate, (checks, codes, figures))
    first = np.unique(ids((check, code), len(check)), return_index=True)[1]
    several = np.bincount(check[first], minlength=len(tested)) > 1
    return np.unique(row[several[check] & (row >= 0)])


def _places(tables: Mapping[str, Table]) -> dict[str, Integers]:
    """For every row of each table a number for where its number stands: document and offset, else the row itself."""
    texts = {name: _place_texts(table) for name, table in tables.items()}
    codes = pl.concat([pl.Series("place", dtype=pl.String), *texts.values()]).rank("dense").cast(pl.Int64)
    found, start = {}, 0
    for name, column in texts.items():
        found[name] = codes.slice(start, len(column)).to_numpy()
        start += len(column)
    return found


def _place_texts(table: Table) -> pl.Series:
    """Where the number of each row stands, as a text that no other place has."""
    if not {"document", "start"} <= table.columns.keys():
        return pl.Series("place", [f"{table.name}\0{row}" for row in range(table.length)], dtype=pl.String)
    columns = (nw.col(name).cast(nw.String) for name in ("document", "start"))
    frame: pl.DataFrame = table.lazy.select(ROW, *columns).collect("polars").to_native()
    rows = frame.sort(ROW)
    own = pl.concat_str(pl.lit(f"{table.name}\0"), pl.col(ROW).cast(pl.String))
    place = pl.concat_str(pl.col("document").fill_null(""), pl.lit("\0\0"), pl.col("start"))
    found = rows.select(place=pl.when(pl.col("start").fill_null("") == "").then(own).otherwise(place))
    return found.to_series()


def figure_uses(
    checks: Sequence[Check], identities: Identities, tables: Mapping[str, Table], compared: Collection[int]
) -> tuple[FigureUse, ...]:
    """Every figure with the ids of the checks that it took part in, in the order of the table; `compared` are the rows of
    those that are compared with another."""
    if FIGURES not in tables:
        return ()
    used: dict[str, dict[str, None]] = defaultdict(dict)
    for check in checks:
        if check.verdict != "untestable":
            for cell in check.cells:
                used[cell.id][check.id] = None
    table = tables[FIGURES]
    operand = _figure_operand(table)
    uses = []
    for row, values in table.rows(range(table.length)).items():
        cell = cell_of(operand, identities[FIGURES], row, values)
        indicator, region, industry, period, measure = (str(values.get(name) or "") for name in _KEYS)
        uses.append(
            FigureUse(
                cell,
                indicator,
                region,
                industry,
                period,
                measure,
                tuple(used.get(cell.id, ())),
                row in compared,
            )
        )
    return tuple(uses)


def _figure_operand(table: Table) -> Operand:
    return Operand(
        name="", table=table.name, column="value", type="number", filters=(), key_filters=(), matched=(), links=(),
        aggregates=frozenset(), tests=(), members=(), expected={}, policy="report", keyed=True,
    )  # fmt: skip
