"""The tables that a rule itself supposes, where there are none at hand: enough to try it on its own examples."""

from __future__ import annotations

from collections.abc import Iterable

from audit.language.expression import names
from audit.language.plan import Catalogue, ColumnType, TableShape
from audit.language.rule import Attributes, Conditions, Members, Rule
from audit.model.codes import CodeList, Member
from audit.numbers.reading import read_figure

_WHOLE, _PARTS = "whole", ("part", "other part")


def sketched(rule: Rule) -> Catalogue:
    """What the names of a rule can mean: its keys and conditions are texts, what it calculates with are numbers.

    A column that the rule reads row by row is of the type that its examples show. A hierarchy has one whole of two
    parts; the members that the rule names are there.
    """
    tables = dict.fromkeys((rule.table, *(s.table for s in rule.operands.values() if s.table)))
    columns: dict[str, ColumnType] = {}
    members: dict[str, set[str]] = {}
    attributes: dict[str, set[str]] = {}
    for conditions in (rule.where, *(selection.conditions for selection in rule.operands.values())):
        _collect(conditions, columns, members, attributes)
    columns |= dict.fromkeys((name for name, _ in rule.for_each), "text")
    columns |= {column: "text" for selection in rule.operands.values() for _, column, _ in selection.on}
    used = [*names(rule.check), *(names(rule.applies) if rule.applies is not None else ())]
    if rule.along or rule.hierarchy:
        dimension = (rule.along or rule.hierarchy or ("",))[0]
        columns[dimension] = "text"
        members.setdefault(dimension, set()).update(used)
    elif not rule.operands:
        columns |= {name: _type(rule, name) for name in used}
    taken: set[str] = {name for name, _ in rule.columns}
    taken |= {s.column for s in rule.operands.values() if s.column} | {
        rule.column[0] if rule.column else "value"
    }
    columns |= {name: "number" for name in taken if name not in columns}
    codes = {name: _codes(name, set()) for name in ((rule.hierarchy or ("",))[0],) if name}
    codes |= {name: _codes(name, found, members.get(name, ())) for name, found in attributes.items()}
    shapes = {name: TableShape(name, columns, ()) for name in tables if name}
    return Catalogue(shapes, codes, lambda _table, column: tuple(sorted(members.get(column, ()))))


def _collect(
    conditions: Conditions, columns: dict[str, ColumnType], members: dict[str, set[str]],
    attributes: dict[str, set[str]],
) -> None:  # fmt: skip
    """The columns of conditions, the members that they name, and the attributes that they ask of a code list."""
    for name, (condition, _) in conditions.items():
        columns[name] = "text"
        if isinstance(condition, Members):
            members.setdefault(name, set()).update(member for member, _ in condition.members)
        elif isinstance(condition, Attributes):
            attributes.setdefault(name, set()).update(attribute for attribute, *_ in condition.attributes)
            members.setdefault(name, set()).update(v for key, v, _ in condition.attributes if key == "below")


def _codes(dimension: str, attributes: set[str], named: Iterable[str] = ()) -> CodeList:
    own = dict.fromkeys((_WHOLE, *_PARTS)) | dict.fromkeys(sorted(named))
    members = (Member(code, _WHOLE if code in _PARTS else None) for code in own)
    return CodeList.of(dimension, members, ("code", "parent", *sorted(attributes)))


def _type(rule: Rule, name: str) -> ColumnType:
    """The type of a column that a rule reads row by row: a number unless an example shows a text."""
    cells = [cell for example in rule.examples if isinstance(cell := example.cells.get(name), str)]
    return "number" if all(read_figure(cell) is not None for cell in cells) else "text"
