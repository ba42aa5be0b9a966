"""The cells that every operand of a batch of plans takes, in one lazy frame for each engine that holds tables.

One row a cell: `_op` (the operand's number in the batch), `_k0`, `_k1`, … (the dimensions of its plan's key, in order;
null where the operand does not match the dimension, "" where the key is blank), `_record` (the row that is the key of a
record rule, else null), `_member` and `_part` (tell the cells of an aggregate apart), `_row`, the decimals `_from`,
`_to`, `_low`, `_high` of `intake`, `_stated`, and `_text`.

Operands that differ by their filters only are selected together, so that a hundred rules cost few expressions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import narwhals as nw

from audit.engine.frames import ROW, Frame, Table, is_sql, texts_frame
from audit.engine.halves import DECIMAL
from audit.engine.intake import ENDS, Needs, coded, kept, needs_of, number, plain, prepare, text_type
from audit.language.plan import Filter, Link, Operand, Plan, Translation

_Columns = dict[str, str | nw.Expr]
"""What the columns of cells are made of: a column of the prepared table that is only renamed, or an expression."""


@dataclass(frozen=True, slots=True)
class Selected:
    """An operand of a plan, numbered; `reading` is the number of its figure reading, None for a text."""

    number: int
    operand: Operand
    plan: Plan
    reading: int | None


@dataclass(frozen=True)
class Batch:
    """Plans that run together. `width` is the number of key columns, `first[i]` the number of plan i's first operand,
    `rows_of[i]` the operand that stands for the rows of record plan i; `cells` has one frame an engine."""

    plans: tuple[Plan, ...]
    width: int
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
    """All that operands selected together have in common. `keys` are (place in the plan's key, column, link)."""

    table: str
    reading: int | None
    text: str | None
    links: tuple[Link, ...]
    key_filters: tuple[Filter, ...]
    keys: tuple[tuple[int, str, int | None], ...]
    record: bool
    members: tuple[str, ...]
    apart: bool
    translation: Translation | None


def batch_of(plans: Sequence[Plan], tables: Mapping[str, Table]) -> Batch:
    """The plans with their cells selected."""
    needs = needs_of(dict.fromkeys(o.table for plan in plans for o in plan.operands))
    selected: list[Selected] = []
    first, rows_of = [], {}
    for index, plan in enumerate(plans):
        first.append(len(selected))
        for operand in plan.operands:
            selected.append(_numbered(len(selected), operand, plan, needs[operand.table]))
        if plan.record:
            rows_of[index] = len(selected)
            selected.append(_numbered(len(selected), _rows(plan), plan, needs[plan.rule.table]))
    routes: dict[_Route, list[Selected]] = {}
    for one in selected:
        routes.setdefault(_route(one, needs[one.operand.table]), []).append(one)
    flags = {s.number: [needs[s.operand.table].flag(f) for f in s.operand.filters] for s in selected}
    frames = dict(zip(needs, prepare([tables[name] for name in needs], list(needs.values())), strict=True))
    width = max((len(plan.key) for plan in plans), default=0)
    engines: dict[bool, list[Frame]] = {}
    for route, operands in routes.items():
        found = _cells(route, operands, flags, frames[route.table])
        engines.setdefault(is_sql(found), []).append(found)
    cells = tuple(_completed(parts, width) for parts in engines.values())
    return Batch(tuple(plans), width, tuple(first), rows_of, tuple(selected), cells)


def stated(batch: Batch) -> list[Frame]:
    """The cells that state something, without what they state: `_op`, the key columns, `_member` as text, `_row`."""
    keys = [f"_k{i}" for i in range(batch.width)]
    member = nw.col("_member").cast(nw.String)
    return [cells.filter(nw.col("_stated")).select("_op", *keys, member, ROW) for cells in batch.cells]


def _rows(plan: Plan) -> Operand:
    """The operand that takes every row of a record plan, so that a row is checked even where all its cells are blank."""
    like = plan.operands[0]
    return Operand(
        name="", table=like.table, column="", type="text", filters=like.filters, key_filters=(), matched=like.matched,
        links=(), aggregates=frozenset(), tests=(), members=(), expected={}, policy="report", keyed=True,
    )  # fmt: skip


def _numbered(place: int, operand: Operand, plan: Plan, needs: Needs) -> Selected:
    own_number = operand.type == "number" and operand.translation is None
    reading = needs.reading(operand, plan.rule.rounding) if own_number else None
    return Selected(place, operand, plan, reading)


def _route(selected: Selected, needs: Needs) -> _Route:
    """The route of an operand; notes the text columns that it needs."""
    operand, key = selected.operand, selected.plan.key
    text = None if operand.type == "number" or not operand.column else operand.column
    links = {link.dimension: number for number, link in enumerate(operand.links)}
    route = _Route(
        table=operand.table, reading=selected.reading, text=text, links=operand.links, key_filters=operand.key_filters,
        keys=tuple((key.index(d), column, links.get(d)) for d, column in operand.matched),
        record=selected.plan.record, members=operand.members, apart=operand.many and not operand.members,
        translation=operand.translation,
    )  # fmt: skip
    columns = (
        [c for _, c in operand.matched] + [link.column for link in operand.links] + list(operand.members)
    )
    for column in (*columns, *((operand.column,) if text or operand.translation else ())):
        needs.text(column)
    return route


def _completed(found: Sequence[Frame], width: int) -> Frame:
    """All cells of one engine in one frame with all columns; null where a route has no such column."""
    cells = nw.concat(found, how="diagonal") if len(found) > 1 else found[0]
    types = {f"_k{i}": text_type(cells) for i in range(width)} | {f"_{end}": DECIMAL for end in ENDS}
    types |= {"_record": nw.Int64(), "_part": nw.Int64(), "_member": text_type(cells), "_text": nw.String()}
    names = cells.collect_schema().names()
    return cells.with_columns(
        nw.lit(None, dtype=kind).alias(name) for name, kind in types.items() if name not in names
    )


def _cells(
    route: _Route, operands: Sequence[Selected], flags: Mapping[int, Sequence[str]], prepared: Frame
) -> Frame:
    """The cells of one route, with those columns of the module's text that it has anything for."""
    rows = _linked(route, prepared)
    if route.translation is not None:
        words = texts_frame(rows, ("_word", "_reading", "_place"), route.translation.pairs)
        rows = rows.join(words, left_on=operands[0].operand.column, right_on="_word", how="inner")
    columns: _Columns = {ROW: ROW, **_keys(route), **_parts(route, rows), **_stated(route)}
    if len(operands) == 1 or is_sql(rows):
        taken = [_picked(_passing(rows, flags[s.number]), columns, s.number) for s in operands]
        return nw.concat(taken) if len(taken) > 1 else taken[0]
    rows = rows.with_columns(**{f"_o{s.number}": _all(flags[s.number]) for s in operands})
    told = [f"_o{s.number}" for s in operands]
    rows = _picked(rows, columns | {name: name for name in told})
    rows = rows.unpivot(on=told, index=list(columns), variable_name="_op", value_name="_taken")
    return (
        rows.filter(nw.col("_taken")).with_columns(nw.col("_op").str.slice(2).cast(nw.Int64)).drop("_taken")
    )


def _picked(rows: Frame, columns: _Columns, operand: int | None = None) -> Frame:
    """The columns under their new names; columns that are only renamed cost next to nothing."""
    named: dict[str, str] = {}
    made: dict[str, nw.Expr] = {} if operand is None else {"_op": nw.lit(operand).cast(nw.Int64)}
    for name, source in columns.items():
        if isinstance(source, str) and source not in named:
            named[source] = name
        else:
            made[name] = nw.col(source) if isinstance(source, str) else source
    rows = rows.with_columns(**made) if made else rows
    return rows.select(*named, *made).rename({old: new for old, new in named.items() if old != new})


def _passing(rows: Frame, flags: Sequence[str]) -> Frame:
    return rows.filter(*(nw.col(flag) for flag in flags)) if flags else rows


def _all(flags: Sequence[str]) -> nw.Expr:
    if not flags:
        return nw.col(ROW) >= 0
    return reduce(and_, (nw.col(flag) for flag in flags))


def _linked(route: _Route, rows: Frame) -> Frame:
    """The rows once for every key that their links lead to; link i puts the key's member into `_key{i}`."""
    for i, link in enumerate(route.links):
        pairs = texts_frame(rows, (f"_key{i}", f"_of{i}"), link.pairs)
        rows = rows.join(pairs, left_on=link.column, right_on=f"_of{i}", how="inner")
    places = {link.column: i for i, link in enumerate(route.links)}
    for condition in route.key_filters:
        rows = rows.filter(kept(condition, f"_key{places[condition.column]}"))
    return rows


def _keys(route: _Route) -> _Columns:
    keys: _Columns = {f"_k{i}": column if link is None else f"_key{link}" for i, column, link in route.keys}
    return keys | ({"_record": ROW} if route.record else {})


def _parts(route: _Route, rows: Frame) -> _Columns:
    """What tells the cells of an aggregate apart: its member columns or its rows, and the pieces of split texts."""
    if route.translation is not None and route.translation.splits and (route.apart or route.members):
        return {"_part": ROW, "_member": "_place"}
    if route.apart:
        return {"_part": ROW}
    if len(route.members) > 1:
        texts = [nw.col(member).cast(nw.String) for member in route.members]
        return {"_member": coded(nw.concat_str(texts, separator="/"), rows)}
    return {"_member": route.members[0]} if route.members else {}


def _stated(route: _Route) -> _Columns:
    """What a row states: its number or text, and whether there is any; a row without a column states itself."""
    if route.reading is not None:
        return {f"_{end}": f"_v{route.reading}_{end}" for end in (*ENDS, "stated")}
    if route.text is not None:
        text = plain("_reading" if route.translation is not None else route.text)
        return {"_text": nw.when(text != "").then(text), "_stated": text != ""}
    if route.translation is not None:
        value = number("_reading", nw.String())
        return {**{f"_{end}": value for end in ENDS}, "_stated": ~value.is_null()}
    return {"_stated": nw.col(ROW) >= 0}
