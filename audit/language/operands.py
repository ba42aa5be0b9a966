"""The operands of a rule: which cells each of its names takes, found in the tables and code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import product

from audit.language.expression import Position, Weighted
from audit.language.functions import FUNCTIONS
from audit.language.keys import SELECTION
from audit.language.lookups import UnreadableMember, as_stated, column_named, filters_of, table_named
from audit.language.plan import (
    Catalogue,
    ColumnType,
    Limits,
    Link,
    Operand,
    TableShape,
    Translation,
    Weight,
    tables_with,
)
from audit.language.readings import number_in
from audit.language.relatives import EXHAUSTIVE, MOST, Pairs, pairs_of
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
from audit.language.uses import Uses
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.model.period import WRITTEN, period_of

VALUE = "value"
"""The column that operands take where neither they nor their rule name one."""


@frozen
class Setting:
    """What all operands of a plan share: the rule, its key, what names can refer to, the breakdown of its hierarchy."""

    rule: Rule
    key: tuple[str, ...]
    catalogue: Catalogue
    group: str = ""


def policy_of(rule: Rule, operand: str) -> Policy:
    """What the rule says about cells of an operand that are missing."""
    return rule.missing.get(operand, rule.missing.get("*", "report"))


def limits_of(rule: Rule, operand: str, table: TableShape, column: str) -> Limits:
    """What the blank cells of an operand are known to lie within; nothing, where the known ones stand for all."""
    known = policy_of(rule, operand) == "known"
    return (None, None) if known else table.limits.get(column, (None, None))


def operand_of(setting: Setting, name: str, selection: Selection, uses: Uses) -> Operand:
    """The operand of a selection, used as the rule's expressions use it."""
    rule, key, catalogue = setting.rule, setting.key, setting.catalogue
    table = table_named(selection.table or rule.table, selection.place("table"), catalogue)
    column = _column(setting, selection, table)
    own = {
        column_named(c, at, table, tuple(SELECTION)): cond for c, (cond, at) in selection.conditions.items()
    }
    relatives = {c: condition for c, condition in own.items() if isinstance(condition, Relative)}
    others = _others(setting, relatives, uses)
    same = {_key_dimension(d, at, key): column_named(c, at, table) for d, c, at in selection.on}
    pinned = as_stated(
        {c: pair for c, pair in selection.conditions.items() if c not in relatives}, table, catalogue
    )
    where = as_stated(rule.where, table, catalogue)
    inherited = {c: pair for c, pair in where.items() if c in table.columns and c not in own}
    inherited_at_key = {c: pair for c, pair in where.items() if c in relatives and c != others}
    links = tuple(
        Link(c, c, _pairs(condition, c, setting)) for c, condition in relatives.items() if c != others
    )
    for c, relative in relatives.items():
        if c not in key:
            raise InputError(
                "{at}: “{name}” is related to the key's, but for_each does not name it; add it there.",
                at=relative.at,
                name=c,
            )
    taken = set(same.values()) | {c for c, (condition, _) in pinned.items() if _fixes(condition)}
    matched = tuple((d, same.get(d, d)) for d in key if d in same or (d in table.columns and d not in taken))
    apart = {
        c: condition for c, (condition, _) in pinned.items() if c not in {column for _, column in matched}
    }
    members, expected = _members(apart, links, relatives, uses.aggregates) if uses.aggregates else ((), {})
    if others:
        members, expected = (others, *members), {}
    return Operand(
        name=name, table=table.name, column=column, type=_type(selection, column, table),
        filters=(
            *filters_of(pinned, table, catalogue, uses.absence_told or rule.along is not None or None in expected),
            *filters_of(inherited, table, catalogue, uses.absence_told),
        ),
        key_filters=filters_of(inherited_at_key, table, catalogue, uses.absence_told), matched=matched, links=links,
        aggregates=uses.aggregates, tests=uses.tests, members=members, expected=expected,
        policy=policy_of(rule, name), keyed=True, others=others,
        translation=_translation(selection, table.name, column, catalogue),
        limits=limits_of(rule, name, table, column) if selection.reading is None else (None, None),
    )  # fmt: skip


_TAKEN_OFF = frozenset({"sum", "mean", "count"})
"""The functions that can be told of all members and of one, and so of all others."""


def _others(setting: Setting, relatives: Mapping[str, Relative], uses: Uses) -> str:
    """The dimension whose other members are too many to be paired with the own one, so that these are taken off all."""
    for column, relative in relatives.items():
        if relative.relation != "other":
            continue
        tables = tables_with(column, setting.rule, setting.catalogue)
        size = len({member for table in tables for member in setting.catalogue.observed(table, column)})
        if size * (size - 1) <= MOST:
            continue
        if not uses.aggregates or uses.aggregates - _TAKEN_OFF or uses.weights:
            raise InputError(
                "{at}: of the {count} other members of {column} only sum, mean and count can be told; use one of these.",
                at=relative.at, count=size - 1, column=column,
            )  # fmt: skip
        return column
    return ""


def _column(setting: Setting, selection: Selection, table: TableShape) -> str:
    """The column that an operand takes, blank for one that stands for rows: a table without `value` has only these."""
    if selection.column:
        return column_named(selection.column, selection.place("column"), table)
    if setting.rule.column:
        return column_named(*setting.rule.column, table)
    return VALUE if VALUE in table.columns else ""


def _type(selection: Selection, column: str, table: TableShape) -> ColumnType:
    return "number" if selection.reading else table.columns.get(column, "text")


def _translation(selection: Selection, table: str, column: str, catalogue: Catalogue) -> Translation | None:
    if selection.reading is None and selection.split is None:
        return None
    texts = catalogue.observed(table, column)
    if selection.reading is not None:
        read = [(text, number_in(text, selection.reading)) for text in texts]
        for text, number in read:
            if number is None and selection.reading != "ordinal" and period_of(text) is None:
                raise UnreadableMember(
                    "{at}: “{text}” in {column} is no period, so it has no {reading}; write periods like {ways}.",
                    at=selection.place("as"), text=text[:40], column=column, reading=selection.reading, ways=WRITTEN,
                )  # fmt: skip
        numbers = ((text, number, "0") for text, number in read if number is not None)
        return Translation(tuple(numbers), splits=False)
    pieces = ((text, [piece.strip() for piece in text.split(selection.split)]) for text in texts)
    triples = (
        (text, piece, str(place)) for text, found in pieces for place, piece in enumerate(found) if piece
    )
    return Translation(tuple(triples), splits=True)


def _pairs(relative: Relative, column: str, setting: Setting) -> Pairs:
    tables = tables_with(column, setting.rule, setting.catalogue)
    known = (relative.relation, relative.by, column, tables, setting.group)
    relations = setting.catalogue.relations
    if known not in relations:
        relations[known] = pairs_of(relative, column, tables, setting.catalogue, setting.group)
    return relations[known]


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

    Only children, the quarters of a year and the like, and listed members are a complete set; of earlier years,
    ancestors and so on any number will do. Cells of members that share an attribute are told apart by the member where
    they are added up, not where rows are only counted.
    """
    added_up = any(FUNCTIONS[name].form == "numbers" for name in aggregates)
    several = {c: condition for c, condition in pinned.items() if _tells_apart(condition, added_up)}
    columns = (*(link.column for link in links), *several)
    if not links and several and all(isinstance(c, Members) and not c.negated for c in several.values()):
        listed = [[name for name, _ in c.members] for c in several.values() if isinstance(c, Members)]
        return columns, {None: tuple("/".join(combination) for combination in product(*listed))}
    if len(columns) == len(links) == 1 and relatives[columns[0]].relation in EXHAUSTIVE:
        return columns, _all_parts(links[0])
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


def _all_parts(link: Link) -> dict[str | None, tuple[str, ...]]:
    expected: dict[str | None, list[str]] = {}
    for key, row in link.pairs:
        expected.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in expected.items()}


SIGN = "weight"
"""The attribute of a code list that says what a member counts for in its whole: 1 where it is blank, -1 for "less"."""


def weighed(
    operand: Operand, weights: Iterable[Weighted], operands: Mapping[str, Operand], catalogue: Catalogue
) -> dict[str, Weight]:
    """What the cells of an operand are weighed by: a like operand's column, a column of its table, or an attribute."""
    return {node.weight: _weight(operand, node, operands, catalogue) for node in weights}


def _weight(
    operand: Operand, node: Weighted, operands: Mapping[str, Operand], catalogue: Catalogue
) -> Weight:
    table, name = catalogue.tables[operand.table], node.weight
    if other := operands.get(name):
        if not _alike(operand, other):
            raise InputError(
                "{at}: “{name}” takes other cells than “{operand}”, so they cannot be multiplied; give both the same conditions.",
                at=node.at, name=name, operand=operand.name,
            )  # fmt: skip
        name = other.column
    if name in table.columns:
        if table.columns[name] != "number":
            raise InputError(
                "{at}: “{part}” is a {kind} where a number is needed.",
                at=node.at,
                part=name,
                kind=table.columns[name],
            )
        return Weight(name)
    dimensions = [c for c in (*operand.members, *table.columns) if name in _attributes(c, catalogue)]
    if not dimensions:
        known = {
            *(c for c, kind in table.columns.items() if kind == "number"),
            *(a for c in table.columns for a in _attributes(c, catalogue)),
        }
        raise InputError(
            "{at}: “{name}” is no number column of “{table}” nor an attribute of its code lists; the nearest is {nearest}.",
            at=node.at, name=name, table=table.name, nearest=nearest(name, known),
        )  # fmt: skip
    return Weight(dimensions[0], tuple(_factors(dimensions[0], name, node.at, catalogue)))


def _alike(one: Operand, other: Operand) -> bool:
    """Whether two operands take the same rows."""
    parts = ("table", "filters", "key_filters", "matched", "links")
    return other.type == "number" and all(getattr(one, part) == getattr(other, part) for part in parts)


def _attributes(column: str, catalogue: Catalogue) -> frozenset[str]:
    codes = catalogue.codes.get(column)
    return codes.attributes if codes is not None else frozenset()


def _factors(
    dimension: str, attribute: str, at: Position, catalogue: Catalogue
) -> Iterable[tuple[str, Decimal]]:
    for member in catalogue.codes[dimension].members.values():
        text = member.attributes.get(attribute, "1" if attribute == SIGN else "")
        if not text:
            continue
        try:
            factor = Decimal(text)
        except InvalidOperation:
            factor = Decimal("NaN")
        if not factor.is_finite():
            raise InputError(
                "{at}: in the code list of “{dimension}” the {attribute} of “{code}” is “{text}”, which is no number.",
                at=at, dimension=dimension, attribute=attribute, code=member.code, text=text[:40],
            )  # fmt: skip
        yield member.code, factor
