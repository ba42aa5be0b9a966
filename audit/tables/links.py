"""Which columns of a table must lead to a row of another: those fixed for the tables that audit knows, those declared.

`fully_linked` answers for a whole package at once, without pandas; what it finds wanting is told cell by cell by the
checks of `references`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.model.errors import InputError
from audit.tables.kinds import known

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Link:
    """The cells of a row in `own` are together those of a row of `table` in `theirs`, unless one of them is blank."""

    own: tuple[str, ...]
    table: str
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Following `above` from a row to the row that it names leads never back; `key` identifies rows.

    Only the last column of the key is named by `above`, within the others.
    """

    above: str
    key: tuple[str, ...]


def links(name: str, schema: Mapping[str, Any], columns: Mapping[str, Collection[str]]) -> tuple[Link, ...]:
    """The links of the table `name`, each once; `columns` are those of all tables, `schema` its Table Schema.

    Raises `InputError` when the Table Schema refers to a table or column that is not there.
    """
    kind = known(name, columns[name])
    fixed = kind.links if kind else {}
    found = [
        Link(own, table, theirs)
        for own, (table, theirs) in sorted(fixed.items(), key=lambda link: len(link[0]))
        if table in columns and set(own) <= set(columns[name])
    ]
    found += [Link((*tree.key[:-1], tree.above), name, tree.key) for tree in trees(name, columns[name])]
    found += [_declared(name, key, columns) for key in schema.get("foreignKeys") or ()]
    return tuple(dict.fromkeys(found))


def _declared(name: str, key: Mapping[str, Any], columns: Mapping[str, Collection[str]]) -> Link:
    link = Link(names(key["fields"]), key["reference"]["resource"] or name, names(key["reference"]["fields"]))
    if not set(link.theirs) <= set(columns.get(link.table, ())):
        raise InputError("datapackage.json: {table} refers to {columns} of {target}, which is not there.",
                         table=name, columns=", ".join(link.theirs), target=link.table)  # fmt: skip
    return link


def names(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """One name or several, as a Table Schema gives them."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def trees(name: str, columns: Collection[str]) -> tuple[Tree, ...]:
    """The columns of the table `name` that lead upwards in a tree."""
    kind = known(name, columns)
    return tuple(Tree(above, kind.key) for above in kind.trees if above in columns) if kind else ()


def circular(upwards: Mapping[Hashable, Hashable]) -> frozenset[Hashable]:
    """The nodes from which following `upwards` leads back to themselves."""
    settled: set[Hashable] = set()
    found: set[Hashable] = set()
    for start in upwards:
        path: dict[Hashable, None] = {}
        at: Hashable | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = None
            at = upwards.get(at)
        if at is not None and at in path:
            way = list(path)
            found.update(way[way.index(at) :])
        settled.update(path)
    return frozenset(found)


def fully_linked(frames: Mapping[str, pl.DataFrame], schemas: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether every link of every table leads somewhere, no tree is circular, units agree and keys stand once."""
    columns = {name: frame.columns for name, frame in frames.items()}
    for name, frame in frames.items():
        if not all(leads(frame, link, frames[link.table]) for link in links(name, schemas[name], columns)):
            return False
        if any(circular_in(frame, tree) for tree in trees(name, frame.columns)):
            return False
        if any(stands_twice(frame, key) for key in _keys(name, schemas[name], frame.columns)):
            return False
    return not all(
        name in frames and known(name, columns[name]) for name in ("targets", "indicators")
    ) or _units_agree(frames["targets"], frames["indicators"])


def leads(frame: pl.DataFrame, link: Link, target: pl.DataFrame) -> bool:
    """Whether a link of every row leads to a row of the other table."""
    stated = frame.select(list(link.own)).drop_nulls().unique()
    return stated.join(target, left_on=list(link.own), right_on=list(link.theirs), how="anti").is_empty()


def circular_in(frame: pl.DataFrame, tree: Tree) -> frozenset[Hashable]:
    """The rows of a table from which its tree leads back to themselves."""
    return circular(_upwards(frame, tree))


def _upwards(frame: pl.DataFrame, tree: Tree) -> dict[Hashable, Hashable]:
    rows = frame.select(*tree.key, above=tree.above).drop_nulls().iter_rows()
    return {row[:-1]: (*row[:-2], row[-1]) for row in rows}


def _keys(name: str, schema: Mapping[str, Any], columns: Collection[str]) -> list[tuple[str, ...]]:
    """The columns that identify a row of any file: the declared key and the id of the tables that have one."""
    unique = [(f["name"],) for f in schema["fields"] if (f.get("constraints") or {}).get("unique")]
    kind = known(name, columns)
    own = kind.key if kind else ()
    return [
        key for key in (names(schema.get("primaryKey")), own, *unique) if key and set(key) <= set(columns)
    ]


def stands_twice(frame: pl.DataFrame, key: tuple[str, ...]) -> bool:
    """Whether a key without blanks stands in two rows."""
    stated = frame.select(list(key)).drop_nulls()
    return bool(stated.is_duplicated().any())


def _units_agree(figures: pl.DataFrame, indicators: pl.DataFrame) -> bool:
    expected = indicators.select("code", expected="unit").drop_nulls().unique()
    pairs = figures.select("indicator", "unit").unique()
    joined = pairs.join(expected, left_on="indicator", right_on="code", how="inner")
    return bool(joined["unit"].eq_missing(joined["expected"]).all())
