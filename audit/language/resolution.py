"""Rules resolved into plans: every name found in the tables and code lists, or an error at its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product

from audit.language.expression import Expression, Position, names
from audit.language.lookups import column_named, filters_of, table_named
from audit.language.plan import Catalogue, Filter, Link, Operand, Plan, TableShape, Translation
from audit.language.readings import number_in
from audit.language.relatives import Pairs, pairs_of
from audit.language.rule import (
    Anything,
    Attributes,
    Condition,
    Members,
    Policy,
    Presence,
    Relative,
    Rule,
    Selection,
)  # fmt: skip
from audit.language.typing import Kind, aggregates_of, require_truth, tests_of
from audit.model.errors import InputError, InputErrors
from audit.model.nearest import nearest


def resolve(rules: Iterable[Rule], catalogue: Catalogue) -> tuple[Plan, ...]:
    """The plans of all rules, in order; faults of all rules are reported together (`InputErrors`)."""
    plans: list[Plan] = []
    faults: list[InputError] = []
    for rule in rules:
        try:
            plans.extend(resolve_rule(rule, catalogue))
        except InputError as error:
            faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return tuple(plans)


def resolve_rule(rule: Rule, catalogue: Catalogue) -> tuple[Plan, ...]:
    """The plans of one rule: one, or for a hierarchy one a breakdown.

    A rule over a relation in which no two members stand (no earlier period, no broader indicator) binds nothing and
    has no plan. Raises `InputError` for a name that is not known and for a part of the wrong type.
    """
    return tuple(plan for plan in _plans(rule, catalogue) if not _binds_nothing(plan))


def outline(rule: Rule, catalogue: Catalogue) -> Plan:
    """The first plan of a rule, even if it binds nothing: what its operands are. Raises as `resolve_rule` does."""
    return _plans(rule, catalogue)[0]


def _plans(rule: Rule, catalogue: Catalogue) -> tuple[Plan, ...]:
    table = table_named(rule.table, rule.at, catalogue)
    key = tuple(column_named(name, at, table) for name, at in rule.for_each)
    if rule.along:
        plans = [_along(rule, key, table, catalogue)]
    elif rule.hierarchy:
        plans = _hierarchies(rule, key, table, catalogue)
    elif rule.operands:
        plans = [_plan(rule, key, rule.operands, catalogue)]
    else:
        plans = [_record(rule, key, table, catalogue)]
    for plan in plans:
        _check_names(rule, plan)
        for expression in _expressions(rule):
            require_truth(expression, {o.name: _kind(o) for o in plan.operands}, rule.at)
    return tuple(plans)


def _expressions(rule: Rule) -> tuple[Expression, ...]:
    return (rule.check,) if rule.applies is None else (rule.check, rule.applies)


def _used(rule: Rule) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for expression in _expressions(rule):
        found = names(expression) | found
    return found


def _kind(operand: Operand) -> Kind:
    return operand.type if operand.column else "text"


def _binds_nothing(plan: Plan) -> bool:
    return any(not link.pairs for o in plan.operands for link in o.links if o.policy != "zero")


def _along(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Plan:
    assert rule.along
    dimension, at = rule.along
    column_named(dimension, at, table)
    if dimension in key:
        raise InputError(
            "{at}: “{name}” is in for_each too; along takes one member of it an operand.",
            at=at,
            name=dimension,
        )
    selections = {
        name: Selection(None, None, {dimension: (Members(((name, where),)), where)}, where)
        for name, where in _used(rule).items()
    }
    return _plan(rule, key, selections, catalogue)


def _hierarchies(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> list[Plan]:
    assert rule.hierarchy
    dimension, at = rule.hierarchy
    column_named(dimension, at, table)
    codes = catalogue.codes.get(dimension)
    if codes is None:
        raise InputError(
            "{at}: there is no code list for “{name}”; the nearest is {nearest}.",
            at=at, name=dimension, nearest=nearest(dimension, catalogue.codes) or "(no code lists)",
        )  # fmt: skip
    if circle := next((code for code in codes if code in codes.ancestors(code)), None):
        raise InputError(
            "{at}: in the code list of “{dimension}” the parents of “{name}” go round in a circle; mend the list.",
            at=at, dimension=dimension, name=circle,
        )  # fmt: skip
    key = key if dimension in key else (*key, dimension)
    whole = Selection(None, None, {}, at)
    parts = Selection(None, None, {dimension: (Relative("children", at), at)}, at)
    selections = {"whole": whole, "parts": parts}
    plans = [_plan(rule, key, selections, catalogue, group) for group in codes.groups()]
    return [replace(plan, operands=_of_parents(plan.operands, dimension)) for plan in plans]


def _of_parents(operands: tuple[Operand, ...], dimension: str) -> tuple[Operand, ...]:
    """Both operands make keys, and the whole is that of a member that has parts."""
    whole, parts = operands
    parents = tuple(dict.fromkeys(parent for parent, _ in parts.links[0].pairs))
    whole = replace(whole, filters=(*whole.filters, Filter(dimension, parents)), keyed=True)
    return whole, replace(parts, keyed=True)


def _record(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Plan:
    filters = filters_of(rule.where, table, catalogue)
    key = key or table.key
    operands = tuple(
        Operand(
            name=name, table=table.name, column=column_named(name, at, table), type=table.columns[name], filters=filters,
            key_filters=(), matched=tuple((d, d) for d in key), links=(), aggregates=frozenset(), tests=(), members=(),
            expected={}, policy=_policy(rule, name), keyed=True,
        )
        for name, at in _used(rule).items()
    )  # fmt: skip
    if not operands:
        raise InputError("{at}: the check names no column; name at least one.", at=rule.at)
    return Plan(rule, True, key, operands)


def _plan(
    rule: Rule,
    key: tuple[str, ...],
    selections: Mapping[str, Selection],
    catalogue: Catalogue,
    group: str = "",
) -> Plan:
    """The plan of named selections."""
    expressions = _expressions(rule)
    aggregates, tests = aggregates_of(expressions), tests_of(expressions)
    operands = [
        replace(
            _operand(rule, name, selection, key, aggregates.get(name, frozenset()), catalogue, group),
            aggregates=aggregates.get(name, frozenset()),
            tests=tests.get(name, ()),
        )
        for name, selection in selections.items()
    ]
    if keyed := _keyed(rule, key, operands):
        operands = [replace(o, keyed=o.name in keyed) for o in operands]
    return Plan(rule, False, key, tuple(operands))


def _keyed(rule: Rule, key: tuple[str, ...], operands: Iterable[Operand]) -> set[str]:
    """The operands whose cells make keys: those that `keys` names, else those at the key itself; empty for all."""
    known = {o.name for o in operands}
    for name, at in rule.keys:
        if name not in known:
            raise InputError(
                "{at}: there is no operand “{name}”; the nearest is {nearest}.",
                at=at, name=name, nearest=nearest(name, known),
            )  # fmt: skip
    return {name for name, _ in rule.keys} or {
        o.name for o in operands if not o.links and len(o.matched) == len(key)
    }


def _operand(
    rule: Rule, name: str, selection: Selection, key: tuple[str, ...], aggregates: frozenset[str],
    catalogue: Catalogue, group: str,
) -> Operand:  # fmt: skip
    table = table_named(selection.table or rule.table, selection.at, catalogue)
    column = column_named(selection.column, selection.at, table) if selection.column else "value"
    own = {column_named(c, at, table): condition for c, (condition, at) in selection.conditions.items()}
    relatives = {c: condition for c, condition in own.items() if isinstance(condition, Relative)}
    same = {_key_dimension(d, at, key): column_named(c, at, table) for d, c, at in selection.on}
    pinned = {c: pair for c, pair in selection.conditions.items() if c not in relatives}
    inherited = {c: pair for c, pair in rule.where.items() if c in table.columns and c not in own}
    inherited_at_key = {c: pair for c, pair in rule.where.items() if c in relatives}
    links = tuple(
        Link(c, c, _pairs(condition, c, table, catalogue, group)) for c, condition in relatives.items()
    )
    for link in links:
        if link.dimension not in key:
            raise InputError(
                "{at}: “{name}” is related to the key's, but for_each does not name it; add it there.",
                at=relatives[link.column].at,
                name=link.dimension,
            )
    taken = set(same.values()) | {c for c, (condition, _) in pinned.items() if _fixes(condition)}
    matched = tuple((d, same.get(d, d)) for d in key if d in same or (d in table.columns and d not in taken))
    apart = {
        c: condition for c, (condition, _) in pinned.items() if c not in {column for _, column in matched}
    }
    members, expected = _members(apart, links, relatives, aggregates) if aggregates else ((), {})
    return Operand(
        name=name, table=table.name, column=column if column in table.columns else "",
        type="number" if selection.reading else table.columns.get(column, "text"),
        filters=filters_of(pinned | inherited, table, catalogue),
        key_filters=filters_of(inherited_at_key, table, catalogue), matched=matched, links=links, aggregates=frozenset(),
        tests=(), members=members, expected=expected, policy=_policy(rule, name), keyed=True,
        translation=_translation(selection, table.name, column, catalogue),
    )  # fmt: skip


def _translation(selection: Selection, table: str, column: str, catalogue: Catalogue) -> Translation | None:
    if selection.reading is None and selection.split is None:
        return None
    texts = catalogue.observed(table, column)
    if selection.reading is not None:
        read = ((text, number_in(text, selection.reading)) for text in texts)
        return Translation(
            tuple((text, number, "0") for text, number in read if number is not None), splits=False
        )
    pieces = ((text, [piece.strip() for piece in text.split(selection.split)]) for text in texts)
    triples = (
        (text, piece, str(place)) for text, found in pieces for place, piece in enumerate(found) if piece
    )
    return Translation(tuple(triples), splits=True)


def _pairs(relative: Relative, column: str, table: TableShape, catalogue: Catalogue, group: str) -> Pairs:
    known = (relative.relation, column, table.name, group)
    if known not in catalogue.relations:
        catalogue.relations[known] = pairs_of(
            relative.relation, column, table.name, catalogue, group, relative.at
        )
    return catalogue.relations[known]


def _key_dimension(name: str, at: Position, key: tuple[str, ...]) -> str:
    if name not in key:
        raise InputError("{at}: “{name}” is not in for_each; the nearest is {nearest}.",
                         at=at, name=name, nearest=nearest(name, key) or "(none)")  # fmt: skip
    return name


def _members(
    pinned: Mapping[str, Condition], links: tuple[Link, ...], relatives: Mapping[str, Relative],
    aggregates: frozenset[str],
) -> tuple[tuple[str, ...], dict[str | None, tuple[str, ...]]]:  # fmt: skip
    """The columns that tell the cells of an aggregated operand apart, and the members that must be there.

    Only children and listed members are a complete set; of earlier years, ancestors and the like any number will do.
    Cells of members that share an attribute are told apart by the member where they are added up, not where rows are
    only counted.
    """
    added_up = bool(aggregates & {"sum", "mean", "min", "max"})
    several = {c: condition for c, condition in pinned.items() if _tells_apart(condition, added_up)}
    columns = (*(link.column for link in links), *several)
    if not links and several and all(isinstance(c, Members) and not c.negated for c in several.values()):
        listed = [[name for name, _ in c.members] for c in several.values() if isinstance(c, Members)]
        return columns, {None: tuple("/".join(combination) for combination in product(*listed))}
    if len(columns) == len(links) == 1 and relatives[columns[0]].relation == "children":
        return columns, _all_children(links[0])
    return columns, {}


def _tells_apart(condition: Condition, added_up: bool) -> bool:
    match condition:
        case Members(members, negated):
            return not negated and len(members) > 1
        case Attributes():
            return added_up
        case _:
            return False


def _fixes(condition: Condition) -> bool:
    """Whether a condition fixes the dimension itself, so that the key's member does not matter."""
    match condition:
        case Members(_, negated):
            return not negated
        case Presence(stated):
            return not stated
        case Anything():
            return True
        case _:
            return False


def _all_children(link: Link) -> dict[str | None, tuple[str, ...]]:
    expected: dict[str | None, tuple[str, ...]] = {}
    for key, row in link.pairs:
        expected[key] = (*expected.get(key, ()), row)
    return expected


def _policy(rule: Rule, name: str) -> Policy:
    return rule.missing.get(name, rule.missing.get("*", "report"))


def _check_names(rule: Rule, plan: Plan) -> None:
    known = {operand.name for operand in plan.operands}
    for name, at in _used(rule).items():
        if name not in known:
            raise InputError(
                "{at}: there is no operand “{name}”; the nearest is {nearest}.",
                at=at, name=name, nearest=nearest(name, known),
            )  # fmt: skip
    for name in rule.missing:
        if name != "*" and name not in known:
            raise InputError(
                "{at}: missing: names “{name}”, which is no operand; the nearest is {nearest}.",
                at=rule.at, name=name, nearest=nearest(name, known),
            )  # fmt: skip
    for example in rule.examples:
        for name in example.cells:
            if name not in known:
                raise InputError(
                    "{at}: the example gives “{name}”, which is no operand; the nearest is {nearest}.",
                    at=example.at, name=name, nearest=nearest(name, known),
                )  # fmt: skip
