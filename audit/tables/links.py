"""Which columns of a table must lead to a row of another: those fixed for the tables that audit knows, those declared."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.tables.kinds import known


@frozen
class Link:
    """The cells of a row in `own` are together those of a row of `table` in `theirs`, unless one of them is blank."""

    own: tuple[str, ...]
    table: str
    theirs: tuple[str, ...]


@frozen
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


def looked_into(
    name: str, schema: Mapping[str, Any], columns: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """The tables in which the rows of the table `name` must find something; `columns` are those of all tables.

    Raises `InputError` when its Table Schema refers to a table or column that is not there.
    """
    found = {link.table for link in links(name, schema, columns)}
    return frozenset(found | {"indicators"} if has_units(name, columns) else found)


def has_units(name: str, columns: Mapping[str, Collection[str]]) -> bool:
    """Whether the table holds figures whose units are listed with the indicators."""
    return name == "targets" and all(known(n, columns.get(n, ())) for n in ("targets", "indicators"))


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
