"""Rules resolved into plans: every name found in the tables and code lists, or an error at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from audit.language.columns import each_column
from audit.language.expression import (
    Call,
    Expression,
    Name,
    Position,
    Weighted,
    children,
    names,
    rebuilt,
    walk,
)
from audit.language.functions import FUNCTIONS
from audit.language.impossible import require_possible
from audit.language.lookups import as_stated, column_named, filters_of, table_named
from audit.language.moments import moments
from audit.language.operands import SIGN, Setting, limits_of, operand_of, policy_of, weighed
from audit.language.plan import Catalogue, Filter, Operand, Plan, TableShape
from audit.language.rule import Example, Members, Relative, Rule, Selection
from audit.language.typing import Kind, require_truth
from audit.language.uses import Uses, uses_of
from audit.model.codes import CodeList
from audit.model.errors import InputError, InputErrors
from audit.model.nearest import nearest
from audit.model.phrase import places_in

_NUMERAL = re.compile(r"\d|[零〇一二两三四五六七八九十百千万亿半]")
SIDES = ("left", "right", "imbalance")
"""What a message can tell besides operands and the key."""


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
    """The plans of one rule: one, or for a hierarchy one a breakdown, each again for every state of a dated code list.

    A rule over a relation in which no two members stand (no earlier period, no broader indicator) binds nothing and
    has no plan. Raises `InputError` for a name that is not known and for a part of the wrong type.
    """
    return tuple(plan for plan in _plans(rule, catalogue) if not _binds_nothing(plan))


def outline(rule: Rule, catalogue: Catalogue) -> Plan:
    """The first plan of a rule, even if it binds nothing: what its operands are. Raises as `resolve_rule` does."""
    return _plans(rule, catalogue)[0]


def _plans(rule: Rule, catalogue: Catalogue) -> tuple[Plan, ...]:
    table = table_named(rule.table, rule.place("table"), catalogue)
    if rule.columns:
        return tuple(
            replace(plan, breakdown="/".join(filter(None, (column, plan.breakdown))))
            for column, one in each_column(rule, table)
            for plan in _plans(one, catalogue)
        )
    key = tuple(column_named(name, at, table) for name, at in rule.for_each)
    shape = _shape(rule)
    plans = [
        replace(plan, operands=tuple(map(moment.narrowed, plan.operands)))
        for moment in moments(rule, key, catalogue)
        for plan in shape(rule, key, table, moment.catalogue)
    ]
    require_possible(rule.check, rule.place("check"))
    for plan in plans[:1]:
        _check_names(rule, plan)
    for plan in plans:
        for expression, at in _placed(rule):
            require_truth(
                expression, {o.name: _kind(o) for o in plan.operands}, at, _cell_of(plan, catalogue)
            )
    return tuple(plans)


_Shape = Callable[[Rule, tuple[str, ...], TableShape, Catalogue], Iterable[Plan]]


def _shape(rule: Rule) -> _Shape:
    if rule.along:
        return _along
    if rule.hierarchy:
        return _hierarchies
    if rule.operands:
        return _let
    return _columns if _over_rows(rule) else _record


def _placed(rule: Rule) -> tuple[tuple[Expression, Position], ...]:
    """The expressions of a rule with the places where they begin."""
    check = (rule.check, rule.place("check"))
    return (check,) if rule.applies is None else (check, (rule.applies, rule.place("applies")))


def _expressions(rule: Rule) -> tuple[Expression, ...]:
    return tuple(expression for expression, _ in _placed(rule))


def _used(rule: Rule) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for expression in _expressions(rule):
        found = names(expression) | found
    return found


def _kind(operand: Operand) -> Kind:
    return operand.type if operand.column else "text"


def _cell_of(plan: Plan, catalogue: Catalogue) -> Callable[[str], tuple[str, str] | None]:
    """Tells the cell that keeps the column of an operand from being one of numbers."""
    columns = {o.name: (o.table, o.column) for o in plan.operands if o.column and o.translation is None}
    return lambda name: catalogue.no_number(*columns[name]) if name in columns else None


def _binds_nothing(plan: Plan) -> bool:
    return any(not link.pairs for o in plan.operands for link in o.links if o.policy != "zero")


def _let(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Iterator[Plan]:
    yield _plan(Setting(rule, key, catalogue), rule.operands)


def _along(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Iterator[Plan]:
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
    yield _plan(Setting(rule, key, catalogue), selections)


def _hierarchies(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Iterator[Plan]:
    assert rule.hierarchy
    dimension, at = rule.hierarchy
    column_named(dimension, at, table)
    codes = catalogue.codes.get(dimension)
    if codes is None:
        raise InputError(
            "{at}: there is no code list for “{name}”; the nearest is {nearest}.",
            at=at, name=dimension, nearest=nearest(dimension, catalogue.codes) or "(no code lists)",
        )  # fmt: skip
    if codes.circle is not None:
        raise InputError(
            "{at}: in the code list of “{dimension}” the parents of “{name}” go round in a circle; mend the list.",
            at=at, dimension=dimension, name=codes.circle,
        )  # fmt: skip
    key = key if dimension in key else (*key, dimension)
    whole = Selection(None, None, {}, at)
    parts = Selection(None, None, {dimension: (Relative("children", at), at)}, at)
    selections = {"whole": whole, "parts": parts}
    rule = _signed(rule, codes, at)
    for group in codes.groups():
        plan = _plan(Setting(rule, key, catalogue, group), selections)
        yield replace(plan, operands=_of_parents(plan.operands, dimension), breakdown=group)


def _signed(rule: Rule, codes: CodeList, at: Position) -> Rule:
    """The rule with its parts added up by the weights of the code list, where that has any."""
    if not any(SIGN in member.attributes for member in codes.members.values()):
        return rule

    def signed(node: Expression) -> Expression:
        match node:
            case Call("sum", (Name("parts") as parts,), place):
                return Call("sum", (Weighted(parts, SIGN, at),), place)
            case _:
                return node

    applies = None if rule.applies is None else rebuilt(rule.applies, signed)
    return replace(rule, check=rebuilt(rule.check, signed), applies=applies)


def _of_parents(operands: tuple[Operand, ...], dimension: str) -> tuple[Operand, ...]:
    """Both operands make keys, and the whole is that of a member that has parts."""
    whole, parts = operands
    parents = tuple(dict.fromkeys(parent for parent, _ in parts.links[0].pairs))
    whole = replace(whole, filters=(*whole.filters, Filter(dimension, parents)), keyed=True)
    return whole, replace(parts, keyed=True)


def _over_rows(rule: Rule) -> bool:
    """Whether a rule that names columns takes each over the rows of a key (`mean(profit)`) and not row by row.

    Raises `InputError` where it does both, as the two do not share a key.
    """
    alone = [
        call
        for expression in _expressions(rule)
        for call in walk(expression)
        if isinstance(call, Call)
        and FUNCTIONS[call.function].aggregates
        and len(call.arguments) == len(names(call)) == 1
    ]
    if not alone:
        return False
    inside = {name for call in alone for name in names(call)}
    outside = {
        name: at
        for expression in _expressions(rule)
        for name, at in _names_outside(expression, alone).items()
    }
    if outside:
        other, at = next(iter(outside.items()))
        raise InputError(
            "{at}: “{other}” is a cell of one row, but {function}({name}) takes the rows of a key together; give each an "
            "operand of its own in let.",
            at=at, other=other, function=alone[0].function, name=min(inside),
        )  # fmt: skip
    return True


def _names_outside(expression: Expression, calls: Sequence[Call]) -> dict[str, Position]:
    """The names of an expression that stand in none of the calls."""
    if isinstance(expression, Call) and expression in calls:
        return {}
    if isinstance(expression, Name):
        return {expression.name: expression.at}
    return {name: at for child in children(expression) for name, at in _names_outside(child, calls).items()}


def _columns(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Iterator[Plan]:
    _no_column_beside(rule)
    selections = {
        name: Selection(None, column_named(name, at, table), {}, at) for name, at in _used(rule).items()
    }
    yield _plan(Setting(rule, key, catalogue), selections)


def _no_column_beside(rule: Rule) -> None:
    """Raise `InputError` where a rule whose check names columns names another beside it."""
    if rule.column:
        raise InputError(
            "{at}: a rule over rows names its columns in check; leave “column” out.", at=rule.column[1]
        )


def _record(rule: Rule, key: tuple[str, ...], table: TableShape, catalogue: Catalogue) -> Iterator[Plan]:
    _no_column_beside(rule)
    filters = filters_of(as_stated(rule.where, table, catalogue), table, catalogue, absence_told=False)
    key = key or table.key
    operands = tuple(
        Operand(
            name=name, table=table.name, column=column_named(name, at, table), type=table.columns[name], filters=filters,
            key_filters=(), matched=tuple((d, d) for d in key), links=(), aggregates=frozenset(), tests=(), members=(),
            expected={}, policy=policy_of(rule, name), keyed=True, limits=limits_of(rule, name, table, name),
        )
        for name, at in _used(rule).items()
    )  # fmt: skip
    if not operands:
        raise InputError("{at}: the check names no column; name at least one.", at=rule.place("check"))
    yield Plan(rule, True, key, operands)


def _plan(setting: Setting, selections: Mapping[str, Selection]) -> Plan:
    """The plan of named selections."""
    rule = setting.rule
    uses = uses_of(_expressions(rule))
    found = {
        name: operand_of(setting, name, selection, uses.get(name, Uses()))
        for name, selection in selections.items()
    }
    only_weights = {w.weight for use in uses.values() for w in use.weights} - uses.keys()
    operands = [
        replace(operand, weights=weighed(operand, uses[name].weights, found, setting.catalogue))
        if name in uses and uses[name].weights
        else operand
        for name, operand in found.items()
        if name not in only_weights
    ]
    if keyed := _keyed(rule, setting.key, operands):
        operands = [replace(o, keyed=o.name in keyed) for o in operands]
    return Plan(rule, False, setting.key, tuple(operands))


def _keyed(rule: Rule, key: tuple[str, ...], operands: Iterable[Operand]) -> set[str]:
    """The operands whose cells make keys: those that `keys` names, else those at the key itself; empty for all."""
    known = {o.name for o in operands}
    for name, at in rule.keys:
        if name not in known:
            raise _no_operand(name, at, known)
    return {name for name, _ in rule.keys} or {
        o.name for o in operands if not o.links and not o.others and len(o.matched) == len(key)
    }


def _no_operand(name: str, at: Position, known: Iterable[str]) -> InputError:
    return InputError(
        "{at}: there is no operand “{name}”; the nearest is {nearest}.",
        at=at, name=name, nearest=nearest(name, known),
    )  # fmt: skip


def _check_names(rule: Rule, plan: Plan) -> None:
    known = {operand.name for operand in plan.operands}
    for name, at in _used(rule).items():
        if name not in known:
            raise _no_operand(name, at, known)
    for name in rule.missing:
        if name != "*" and name not in known:
            raise InputError(
                "{at}: missing: names “{name}”, which is no operand; the nearest is {nearest}.",
                at=rule.place(f"missing.{name}"), name=name, nearest=nearest(name, known),
            )  # fmt: skip
    kinds = {operand.name: _kind(operand) for operand in plan.operands}
    for example in rule.examples:
        _check_example(example, kinds)
    _check_message(rule, {*known, *plan.key, *(name for name, _ in rule.for_each), *SIDES})


def _check_example(example: Example, kinds: Mapping[str, Kind]) -> None:
    """Raise `InputError` for a cell of no operand, and for one that holds no numeral where a number is meant."""
    for name, given in example.cells.items():
        at = example.places.get(name, example.at)
        if name not in kinds:
            raise InputError(
                "{at}: the example gives “{name}”, which is no operand; the nearest is {nearest}.",
                at=at, name=name, nearest=nearest(name, kinds),
            )  # fmt: skip
        for cell in given if isinstance(given, tuple) else (given,):
            if cell is not None and kinds[name] == "number" and not _NUMERAL.search(cell):
                raise InputError(
                    "{at}: the example gives “{name}” as “{cell}”, which is no number; write it as a plan would (130家以上).",
                    at=at, name=name, cell=cell,
                )  # fmt: skip


def _check_message(rule: Rule, known: set[str]) -> None:
    """Raise `InputError` for a `{place}` of the rule's message that nothing fills."""
    if rule.message is None:
        return
    for language, text in (("zh", rule.message.zh), ("en", rule.message.en)):
        at = rule.places.get(f"message.{language}", rule.place("message"))
        try:
            named = places_in(text)
        except ValueError:
            raise InputError(
                "{at}: a bracket of the message lacks its other half; write {{name}}.", at=at
            ) from None
        for name in named:
            if name not in known:
                raise InputError(
                    "{at}: the message names “{name}”, which is neither an operand nor in for_each; the nearest is {nearest}.",
                    at=replace(at, column=at.column + max(text.find("{" + name), 0) + 1),
                    name=name, nearest=nearest(name, known),
                )  # fmt: skip
