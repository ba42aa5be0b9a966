"""Rules resolved into plans: every name found in the tables and code lists, or an error at its place."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import replace

from audit.language.expression import AGGREGATES, Call, Expression, Name, Position, children, names
from audit.model.nearest import nearest
from audit.language.plan import Catalogue, ColumnType, Filter, Link, Operand, Plan, TableShape, Translation
from audit.language.readings import number_in
from audit.language.relatives import pairs_of
from audit.language.rule import Anything, Attributes, Condition, Members, Pattern, Policy, Presence, Relative, Rule, Selection
from audit.model.errors import InputError, InputErrors

Conditions = Mapping[str, tuple[Condition, Position]]


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
    """The plans of one rule: one, or for a hierarchy with several breakdowns one a breakdown."""
    table = _table(rule.table, rule.at, catalogue)
    key = tuple(_column(name, at, table) for name, at in rule.for_each)
    if rule.along:
        plans = [_along(rule, key, table, catalogue)]
    elif rule.hierarchy:
        plans = _hierarchies(rule, key, table, catalogue)
    elif rule.operands:
        plans = [_let(rule, key, catalogue)]
    else:
        plans = [_record(rule, key, table, catalogue)]
    for plan in plans:
        _check_names(rule, plan)
    return tuple(plans)


def _table(name: str, at: Position, catalogue: Catalogue) -> TableShape:
    if name not in catalogue.tables:
        raise InputError(
            "{at}: there is no table “{name}”; the nearest is {nearest}.",
            at=at, name=name, nearest=nearest(name, catalogue.tables) or "(no tables)",
        )  # fmt: skip
    return catalogue.tables[name]


def _column(name: str, at: Position, table: TableShape) -> str:
    if name not in table.columns:
        raise InputError(
            "{at}: the table “{table}” has no column “{name}”; the nearest is {nearest}.",
            at=at, table=table.name, name=name, nearest=nearest(name, table.columns),
        )  # fmt: skip
    return name


def _along(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Plan:
    assert rule.along
    dimension, at = rule.along
    _column(dimension, at, table)
    used = names(rule.check) | (names(rule.applies) if rule.applies else {})
    selections = {
        name: Selection(None, None, {dimension: (Members(((name, where),)), where)}, where) for name, where in used.items()
    }
    return _plan(rule, key, selections, catalogue)


def _hierarchies(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> list[Plan]:
    assert rule.hierarchy
    dimension, at = rule.hierarchy
    _column(dimension, at, table)
    codes = catalogue.codes.get(dimension)
    if codes is None:
        raise InputError(
            "{at}: there is no code list for “{name}”; the nearest is {nearest}.",
            at=at, name=dimension, nearest=nearest(dimension, catalogue.codes),
        )  # fmt: skip
    key = key if dimension in key else (*key, dimension)
    plans = []
    for group in codes.groups():
        whole = Selection(None, None, {}, at)
        parts = Selection(None, None, {dimension: (Relative("children", at), at)}, at)
        plans.append(_plan(rule, key, {"whole": whole, "parts": parts}, catalogue, all_keyed=True, group=group))
    return plans


def _let(rule: Rule, key: tuple[str, ...], catalogue: Catalogue) -> Plan:
    return _plan(rule, key, rule.operands, catalogue)


def _record(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Plan:
    used = names(rule.check) | (names(rule.applies) if rule.applies else {})
    filters = _filters(rule.where, table, catalogue)
    operands = []
    for name, at in used.items():
        column = _column(name, at, table)
        operands.append(
            Operand(
                name, table.name, column, table.columns[column], filters, (), (), (), frozenset(), None, {},
                _policy(rule, name), keyed=True,
            )
        )  # fmt: skip
    return Plan(rule, True, key or table.key, tuple(operands))


def _plan(
    rule: Rule, key: tuple[str, ...], selections: Mapping[str, Selection], catalogue: Catalogue,
    all_keyed: bool = False, group: str = "",
) -> Plan:  # fmt: skip
    aggregates = _aggregates(rule)
    operands = tuple(
        _operand(rule, name, selection, key, aggregates.get(name, frozenset()), catalogue, group)
        for name, selection in selections.items()
    )
    keyed = _keyed(rule, key, operands)
    if keyed and not all_keyed:
        operands = tuple(replace(o, keyed=o.name in keyed) for o in operands)
    return Plan(rule, False, key, operands)


def _keyed(rule: Rule, key: tuple[str, ...], operands: tuple[Operand, ...]) -> set[str]:
    """The operands whose cells make keys: those that `keys` names, else those at the key itself; empty for all."""
    for name, at in rule.keys:
        if name not in {o.name for o in operands}:
            raise InputError(
                "{at}: there is no operand “{name}”; the nearest is {nearest}.",
                at=at, name=name, nearest=nearest(name, (o.name for o in operands)),
            )  # fmt: skip
    return {name for name, _ in rule.keys} or {o.name for o in operands if not o.links and len(o.matched) == len(key)}


def _operand(
    rule: Rule, name: str, selection: Selection, key: tuple[str, ...], aggregates: frozenset[str],
    catalogue: Catalogue, group: str,
) -> Operand:  # fmt: skip
    table = _table(selection.table or rule.table, selection.at, catalogue)
    column = _column(selection.column or "value", selection.at, table) if selection.column or "value" in table.columns else ""
    own = {_column(c, at, table): (condition, at) for c, (condition, at) in selection.conditions.items()}
    relative = {c: condition for c, (condition, _) in own.items() if isinstance(condition, Relative)}
    pinned = {c: pair for c, pair in own.items() if c not in relative}
    inherited = {c: pair for c, pair in rule.where.items() if c in table.columns and c not in pinned}
    links = tuple(
        Link(c, c, pairs_of(condition.relation, c, table.name, catalogue, group, condition.at))
        for c, condition in relative.items()
    )
    linked = {link.column for link in links}
    named = {dimension: _column(c, at, table) for dimension, c, at in selection.on}
    fixed = {column for column, (condition, _) in pinned.items() if _fixes(condition)}
    matched = tuple((d, named.get(d, d)) for d in key if named.get(d, d) in table.columns and d not in fixed)
    relatives = {c: condition.relation for c, condition in relative.items()}
    member, expected = _members(pinned, links, relatives, aggregates)
    return Operand(
        name=name,
        table=table.name,
        column=column,
        type="number" if selection.reading else table.columns[column] if column else "text",
        filters=_filters(pinned | {c: p for c, p in inherited.items() if c not in linked}, table, catalogue),
        key_filters=_filters({c: p for c, p in inherited.items() if c in linked}, table, catalogue),
        matched=matched,
        links=links,
        aggregates=aggregates,
        member=member,
        expected=expected,
        policy=_policy(rule, name),
        keyed=True,
        translation=_translation(selection, table.name, column, catalogue),
    )


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


def _translation(selection: Selection, table: str, column: str, catalogue: Catalogue) -> Translation | None:
    if selection.reading is None and selection.split is None:
        return None
    texts = catalogue.observed(table, column)
    if selection.reading is not None:
        read = ((text, number_in(text, selection.reading)) for text in texts)
        return Translation(tuple((text, number, "0") for text, number in read if number is not None), splits=False)
    pieces = ((text, [piece.strip() for piece in text.split(selection.split)]) for text in texts)
    triples = ((text, piece, str(place)) for text, found in pieces for place, piece in enumerate(found) if piece)
    return Translation(tuple(triples), splits=True)


def _members(
    pinned: Conditions, links: tuple[Link, ...], relatives: Mapping[str, str], aggregates: frozenset[str]
) -> tuple[str | None, dict[str | None, tuple[str, ...]]]:
    """The column that tells the cells of an aggregated operand apart, and the members it must have.

    Only children and listed members are a complete set; of earlier years, ancestors and the like any number will do.
    """
    if not aggregates:
        return None, {}
    for link in links:
        return link.column, _all_children(link) if relatives[link.column] == "children" else {}
    for column, (condition, _) in pinned.items():
        if isinstance(condition, Members) and len(condition.members) > 1 and not condition.negated:
            return column, {None: tuple(member for member, _ in condition.members)}
    return None, {}


def _all_children(link: Link) -> dict[str | None, tuple[str, ...]]:
    expected: dict[str | None, tuple[str, ...]] = {}
    for key, row in link.pairs:
        expected[key] = (*expected.get(key, ()), row)
    return expected


def _policy(rule: Rule, name: str) -> Policy:
    return rule.missing.get(name, rule.missing.get("*", "report"))


def _filters(conditions: Conditions, table: TableShape, catalogue: Catalogue) -> tuple[Filter, ...]:
    return tuple(
        found
        for column, (condition, at) in conditions.items()
        for found in _filter(_column(column, at, table), condition, table, catalogue)
    )


def _filter(column: str, condition: Condition, table: TableShape, catalogue: Catalogue) -> tuple[Filter, ...]:
    codes = catalogue.codes.get(column)
    match condition:
        case Pattern(pattern, negated):
            fitting = [text for text in catalogue.observed(table.name, column) if fnmatch.fnmatchcase(text, pattern)]
            return (Filter(column, tuple(fitting), negated),)
        case Presence(stated):
            return (Filter(column, None, negated=not stated),)
        case Members(members, negated):
            for member, at in members:
                if codes is not None and member not in codes:
                    raise InputError(
                        "{at}: “{name}” is no member of {dimension}; the nearest is {nearest}.",
                        at=at, name=member, dimension=column, nearest=nearest(member, codes),
                    )  # fmt: skip
            return (Filter(column, tuple(member for member, _ in members), negated),)
        case Attributes(attributes):
            return tuple(_attribute(column, name, value, at, catalogue) for name, value, at in attributes)
        case Relative() | Anything():
            return ()


def _attribute(column: str, name: str, value: str, at: Position, catalogue: Catalogue) -> Filter:
    codes = catalogue.codes.get(column)
    if codes is None or name not in codes.attributes:
        known = codes.attributes if codes is not None else catalogue.codes
        raise InputError(
            "{at}: the code list of “{dimension}” has no attribute “{name}”; the nearest is {nearest}.",
            at=at, dimension=column, name=name, nearest=nearest(name, known),
        )  # fmt: skip
    if name == "below" and value not in codes:
        raise InputError(
            "{at}: “{name}” is no member of {dimension}; the nearest is {nearest}.",
            at=at, name=value, dimension=column, nearest=nearest(value, codes),
        )  # fmt: skip
    return Filter(column, codes.matching(name, value))


def _aggregates(rule: Rule) -> dict[str, frozenset[str]]:
    """The aggregate functions that each operand stands in; none for one that also stands alone, as a single cell."""
    found: dict[str, set[str]] = {}
    alone: set[str] = set()

    def visit(node: Expression, function: str | None) -> None:
        if isinstance(node, Name) and function:
            found.setdefault(node.name, set()).add(function)
        elif isinstance(node, Name) and function is None:
            alone.add(node.name)
        inner = node.function if isinstance(node, Call) and node.function in AGGREGATES else function
        for child in children(node):
            visit(child, inner)

    visit(rule.check, None)
    if rule.applies:
        visit(rule.applies, None)
    return {name: frozenset(functions) for name, functions in found.items() if name not in alone}


def _check_names(rule: Rule, plan: Plan) -> None:
    known = {operand.name for operand in plan.operands}
    for expression in (rule.check, *((rule.applies,) if rule.applies else ())):
        for name, at in names(expression).items():
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


def type_of(plan: Plan, name: str) -> ColumnType:
    """The type of the column that an operand reads."""
    return next(operand.type for operand in plan.operands if operand.name == name)
