"""The cells that every operand of a batch of plans takes, in one lazy frame for each engine that holds tables.

One row a cell: `_op` (the operand's number in the batch), `_k0`, `_k1`, … (the key dimensions of the batch; null where
the operand does not match the dimension, "" where the key is blank), `_record` (the row that is the key of a record
rule, else -1), `_member` and `_part` (tell the cells of an aggregate apart), `_row`, the decimals `_from`, `_to`,
`_low`, `_high` of `intake`, `_stated`, and `_text`.

Operands that differ by their filters only are selected together, so that a hundred rules cost few expressions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from audit.engine.frames import ROW, Frame, Table, is_sql, texts_frame
from audit.engine.halves import DECIMAL
from audit.engine.intake import ENDS, Needs, coded, kept, needs_of, number, plain, prepare, text_type
from audit.language.plan import Filter, Link, Operand, Plan, Translation


@dataclass(frozen=True, slots=True)
class Selected:
    """An operand with what it needs of its plan; `reading` is the number of its figure reading, None for a text."""

    number: int
    operand: Operand
    record: bool
    reading: int | None


@dataclass(frozen=True)
class Batch:
    """Plans that run together. `dimensions` are the keys of all of them, `first[i]` the number of plan i's first
    operand; `rows_of[i]` is the operand that stands for the rows of record plan i; `cells` has one frame an engine."""

    plans: tuple[Plan, ...]
    dimensions: tuple[str, ...]
    first: tuple[int, ...]
    rows_of: Mapping[int, int]
    operands: tuple[Selected, ...]
    cells: tuple[Frame, ...]

    @property
    def texts(self) -> bool:
        """Whether any operand is a text."""
        return any(s.operand.type != "number" and s.operand.column for s in self.operands)


@dataclass(frozen=True, slots=True)
class _Route:
    """All that operands selected together have in common."""

    table: str
    reading: int | None
    text: str | None
    links: tuple[Link, ...]
    key_filters: tuple[Filter, ...]
    matched: tuple[tuple[str, str], ...]
    record: bool
    members: tuple[str, ...]
    apart: bool
    translation: Translation | None


def batch_of(plans: Sequence[Plan], tables: Mapping[str, Table]) -> Batch:
    """The plans with their cells selected."""
    dimensions = tuple(dict.fromkeys(dimension for plan in plans for dimension in plan.key))
    needs = needs_of(dict.fromkeys(o.table for plan in plans for o in plan.operands))
    selected: list[Selected] = []
    first, rows_of = [], {}
    for index, plan in enumerate(plans):
        first.append(len(selected))
        for operand in plan.operands:
            selected.append(_selected(len(selected), operand, plan, needs[operand.table]))
        if plan.record:
            rows_of[index] = len(selected)
            selected.append(_selected(len(selected), _rows(plan), plan, needs[plan.rule.table]))
    routes: dict[_Route, list[Selected]] = {}
    for one in selected:
        routes.setdefault(_route(one, needs[one.operand.table]), []).append(one)
    flags = {s.number: [needs[s.operand.table].flag(f) for f in s.operand.filters] for s in selected}
    frames = dict(zip(needs, prepare([tables[name] for name in needs], list(needs.values())), strict=True))
    texts = any(route.text for route in routes)
    engines: dict[bool, list[Frame]] = {}
    for route, operands in routes.items():
        cells = _cells(route, operands, flags, frames[route.table], dimensions, texts)
        engines.setdefault(is_sql(cells), []).append(cells)
    return Batch(
        tuple(plans), dimensions, tuple(first), rows_of, tuple(selected),
        tuple(nw.concat(found) if len(found) > 1 else found[0] for found in engines.values()),
    )  # fmt: skip


def _rows(plan: Plan) -> Operand:
    """The operand that takes every row of a record plan, so that a row is checked even where all its cells are blank."""
    like = plan.operands[0]
    return Operand(
        name="", table=like.table, column="", type="text", filters=like.filters, key_filters=(), matched=like.matched,
        links=(), aggregates=frozenset(), tests=(), members=(), expected={}, policy="report", keyed=True,
    )  # fmt: skip


def _selected(place: int, operand: Operand, plan: Plan, needs: Needs) -> Selected:
    own_number = operand.type == "number" and operand.translation is None
    return Selected(
        place, operand, plan.record, needs.reading(operand, plan.rule.rounding) if own_number else None
    )


def _route(selected: Selected, needs: Needs) -> _Route:
    """The route of an operand; notes the text columns that it needs."""
    operand = selected.operand
    text = None if operand.type == "number" or not operand.column else operand.column
    route = _Route(
        table=operand.table, reading=selected.reading, text=text, links=operand.links, key_filters=operand.key_filters,
        matched=operand.matched, record=selected.record, members=operand.members,
        apart=operand.many and not operand.members, translation=operand.translation,
    )  # fmt: skip
    columns = (
        [c for _, c in operand.matched] + [link.column for link in operand.links] + list(operand.members)
    )
    for column in (*columns, *((operand.column,) if text or operand.translation else ())):
        needs.text(column)
    return route


def _cells(
    route: _Route, operands: Sequence[Selected], flags: Mapping[int, Sequence[str]], prepared: Frame,
    dimensions: Sequence[str], texts: bool,
) -> Frame:  # fmt: skip
    rows, key_of = _linked(route, prepared)
    if route.translation is not None:
        words = texts_frame(rows, ("_word", "_reading", "_place"), route.translation.pairs)
        column = operands[0].operand.column
        rows = rows.with_columns(_original=nw.col(column)).join(
            words, left_on="_original", right_on="_word", how="inner"
        )
    columns = [*_keys(route, rows, key_of, dimensions), *_parts(route, rows), *_numbers(route, rows)]
    if texts:
        columns.append(_text(route).alias("_text"))
    if len(operands) == 1:
        conditions = [nw.col(flag) for flag in flags[operands[0].number]]
        rows = rows.filter(*conditions) if conditions else rows
        return rows.select(nw.lit(operands[0].number).cast(nw.Int64).alias("_op"), *columns)
    told = {f"_o{s.number}": _all(flags[s.number]) for s in operands}
    rows = rows.select(*columns, **told)
    index = [name for name in rows.collect_schema().names() if name not in told]
    rows = rows.unpivot(on=list(told), index=index, variable_name="_op", value_name="_taken").filter(
        nw.col("_taken")
    )
    return rows.select(nw.col("_op").str.slice(2).cast(nw.Int64), *(nw.col(name) for name in index))


def _all(flags: Sequence[str]) -> nw.Expr:
    if not flags:
        return nw.col(ROW) >= 0
    return nw.all_horizontal(*(nw.col(flag) for flag in flags), ignore_nulls=False)


def _linked(route: _Route, rows: Frame) -> tuple[Frame, dict[str, str]]:
    """The rows once for every key that their links lead to, and the column that holds each linked dimension."""
    key_of: dict[str, str] = {}
    for i, link in enumerate(route.links):
        pairs = texts_frame(rows, (f"_key{i}", f"_of{i}"), link.pairs)
        rows = rows.with_columns(nw.col(link.column).alias(f"_linked{i}"))
        rows = rows.join(pairs, left_on=f"_linked{i}", right_on=f"_of{i}", how="inner")
        key_of[link.dimension] = f"_key{i}"
    for condition in route.key_filters:
        rows = rows.filter(kept(condition, key_of[condition.column]))
    return rows, key_of


def _keys(route: _Route, rows: Frame, key_of: Mapping[str, str], dimensions: Sequence[str]) -> list[nw.Expr]:
    matched = dict(route.matched)
    nothing = nw.lit(None, dtype=text_type(rows))
    keys = [
        (nw.col(key_of.get(dimension, matched[dimension])) if dimension in matched else nothing).alias(
            f"_k{i}"
        )
        for i, dimension in enumerate(dimensions)
    ]
    record = nw.col(ROW) if route.record else nw.lit(-1).cast(nw.Int64)
    return [*keys, record.alias("_record"), nw.col(ROW)]


def _parts(route: _Route, rows: Frame) -> list[nw.Expr]:
    """What tells the cells of an aggregate apart: its member columns or its rows, and the pieces of split texts."""
    splits = (
        route.translation is not None and route.translation.splits and (route.apart or bool(route.members))
    )
    part = nw.col(ROW) if route.apart or splits else nw.lit(-1).cast(nw.Int64)
    if splits:
        member = nw.col("_place")
    elif not route.members:
        member = nw.lit(None, dtype=text_type(rows))
    elif len(route.members) == 1:
        member = nw.col(route.members[0])
    else:
        member = coded(nw.concat_str([nw.col(m).cast(nw.String) for m in route.members], separator="/"), rows)
    return [member.alias("_member"), part.alias("_part")]


def _numbers(route: _Route, rows: Frame) -> list[nw.Expr]:
    if route.reading is not None:
        return [nw.col(f"_v{route.reading}_{end}").alias(f"_{end}") for end in (*ENDS, "stated")]
    if route.text is not None:
        stated = plain("_reading" if route.translation is not None else route.text) != ""
        return [*(nw.lit(None, dtype=DECIMAL).alias(f"_{end}") for end in ENDS), stated.alias("_stated")]
    if route.translation is not None:
        value = number("_reading", nw.String())
        return [*(value.alias(f"_{end}") for end in ENDS), (~value.is_null()).alias("_stated")]
    stands = nw.col(ROW) >= 0
    return [*(nw.lit(None, dtype=DECIMAL).alias(f"_{end}") for end in ENDS), stands.alias("_stated")]


def _text(route: _Route) -> nw.Expr:
    if route.text is None:
        return nw.lit(None, dtype=nw.String)
    text = plain("_reading" if route.translation is not None else route.text)
    return nw.when(text != "").then(text)
