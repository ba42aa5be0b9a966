"""Rules as a reader sees them: a list of all, and one rule with what it checks, why, and what it does not check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wcwidth import wcswidth

from audit.language.plan import Filter, Operand, Plan
from audit.language.printing import told
from audit.language.rule import (
    Anything,
    Attributes,
    Between,
    Condition,
    Conditions,
    Example,
    Members,
    Pattern,
    Presence,
    Relative,
    Rule,
    Selection,
    Tolerance,
)  # fmt: skip
from audit.model.phrase import Language
from audit.model.report import Verdict
from audit.numbers.rounding import Rounding
from audit.reporting.aligned import aligned
from audit.reporting.inert import inert
from audit.reporting.labels import severity_label, verdict_label
from audit.reporting.numbers import interval, plain
from audit.wording import Words, words

_MEMBERS_SHOWN = 12
_INDENT = "  "


def listing(rules: Sequence[Rule], language: Language) -> str:
    """One line a rule: id, severity, level, title, and where it stands."""
    _ = words(language)
    heads = [_("rule"), _("severity"), _("validation level"), _("title"), _("from")]
    rows = [
        [
            inert(r.id),
            severity_label(r.severity, _),
            r.level,
            inert(r.title.in_(language)),
            inert(f"{r.at.path}:{r.at.line}"),
        ]
        for r in rules
    ]
    return aligned(rows, heads) + "\n"


def description(rule: Rule, plan: Plan | None, language: Language) -> str:
    """All that a rule says: what it checks, why, what it does not check, the members it resolves to, and its examples.

    `plan` is None for a rule that does not fit the workspace: then its operands are told as it declares them.
    """
    _ = words(language)
    said = [(name, value) for name, value in facts(rule, plan, _) if value]
    width = max(wcswidth(name) for name, _value in said)
    lines = [f"{rule.id}: {rule.title.in_(language)}", ""]
    lines += [name + " " * (width + 2 - wcswidth(name)) + inert(value) for name, value in said]
    lines += ["", _("Operands"), *_operands(rule, plan, _), "", _("Examples"), *_examples(rule, _)]
    return "\n".join(lines) + "\n"


def facts(rule: Rule, plan: Plan | None, _: Words) -> Iterable[tuple[str, str]]:
    """What a rule says of itself, each with its name; blank where it says nothing of that."""
    key = plan.key if plan else tuple(name for name, _at in rule.for_each)
    yield _("What it checks"), rule.check_text
    yield _("Only where"), told(rule.applies) if rule.applies is not None else ""
    yield _("Why"), rule.because.in_(_.language)
    yield _("What it does not check"), rule.limits.in_(_.language) if rule.limits else "–"
    yield _("What it tells"), rule.message.in_(_.language) if rule.message else ""
    yield _("Severity"), f"{severity_label(rule.severity, _)} ({_('validation level')} {rule.level})"
    yield _("Table"), rule.table
    yield _("Rows"), "; ".join(_conditions(rule.where, _))
    yield _("For each"), ", ".join(key) or _("the whole data")
    yield _("Keys from the operands"), ", ".join(name for name, _at in rule.keys)
    yield _("Operands are members of"), rule.along[0] if rule.along else ""
    yield _("Wholes and parts by the code list of"), rule.hierarchy[0] if rule.hierarchy else ""
    columns = ", ".join(name for name, _at in rule.columns)
    yield _("Number column"), rule.column[0] if rule.column else columns
    yield _("Where a figure is missing"), "; ".join(_policies(rule, _))
    yield _("Tolerance"), _tolerance(rule.tolerance, _)
    yield _("Rounding"), _rounding(rule.rounding, _)
    yield _("Where it stands"), f"{rule.at.path}:{rule.at.line}"


def _rounding(rounding: Rounding | None, _: Words) -> str:
    return {
        None: _("as the unit says: amounts, shares and sizes as written, counts of whole things exact"),
        "as_written": _("all numbers rounded in their last written digit"),
        "truncated": _("all numbers cut off behind their last written digit"),
        "exact": _("all numbers exact"),
    }[rounding]


def _policies(rule: Rule, _: Words) -> Iterable[str]:
    told_as = {
        "report": _("reported as untestable"), "skip": _("left out"), "zero": _("a row that is not there is zero"),
        "known": _("the others stand for all"),
    }  # fmt: skip
    for operand, policy in rule.missing.items():
        yield told_as[policy] if operand == "*" else f"{operand}: {told_as[policy]}"


def _tolerance(tolerance: Tolerance, _: Words) -> str:
    parts = [plain(tolerance.absolute)] if tolerance.absolute else []
    if tolerance.relative:
        parts.append(_("{share}% of the larger side", share=plain(tolerance.relative * 100)))
    return " + ".join(parts)


def _operands(rule: Rule, plan: Plan | None, _: Words) -> Iterable[str]:
    if plan is None:
        yield _INDENT + _("The rule names what this workspace does not have, so it binds nothing here.")
        yield from (inert(f"{_INDENT}{name}: {told}") for name, told in declared(rule, _))
        return
    for operand in plan.operands:
        readings = _readings(rule.operands[operand.name], _) if operand.name in rule.operands else ()
        yield inert(f"{_INDENT}{operand.name}: {'; '.join([*_operand(operand, _), *readings])}")


def declared(rule: Rule, _: Words) -> Iterable[tuple[str, str]]:
    """The operands of `let` as the rule declares them: the column that each takes, and of which rows."""
    for name, selection in rule.operands.items():
        column = f"{selection.table or rule.table}.{selection.column or (rule.column or ('*',))[0]}"
        yield name, "; ".join([column, *_conditions(selection.conditions, _), *_readings(selection, _)])


def _operand(operand: Operand, _: Words) -> Iterable[str]:
    yield f"{operand.table}.{operand.column or '*'}"
    yield from (_filter(f, _) for f in (*operand.filters, *operand.key_filters))
    for link in operand.links:
        yield _("{column} related to the key's {dimension} ({count} pairs)", column=link.column, dimension=link.dimension,
                count=len(link.pairs))  # fmt: skip
    if operand.others:
        yield _("all members of {dimension} but the key's own", dimension=operand.others)
    for name, weight in operand.weights.items():
        yield _("weighed by {name} of {column}", name=name, column=weight.column)
    least, most = operand.limits
    if least is not None or most is not None:
        yield _("a blank lies within {limits}", limits=interval(least, most))
    if operand.policy != "report":
        yield _("missing: {policy}", policy=operand.policy)
    if expected := operand.expected.get(None):
        yield _("expects {members}", members=_shown(expected))


def _readings(selection: Selection, _: Words) -> Iterable[str]:
    """How the operand reads its column, and the columns that hold key dimensions under other names."""
    if selection.reading:
        yield _("read as {reading}", reading=selection.reading)
    if selection.split:
        yield _("split at “{mark}”", mark=selection.split)
    for dimension, column, _at in selection.on:
        yield _("{column} is the key's {dimension}", column=column, dimension=dimension)


def _conditions(conditions: Conditions, _: Words) -> Iterable[str]:
    """Conditions as a rule declares them."""
    for column, (condition, _at) in conditions.items():
        yield _condition(column, condition, _)


def _condition(column: str, condition: Condition, _: Words) -> str:
    match condition:
        case Members(members, negated):
            return _filter(Filter(column, tuple(name for name, _at in members), negated), _)
        case Attributes(attributes):
            return "; ".join(f"{column}.{name} = {value}" for name, value, _at in attributes)
        case Presence(stated):
            return _filter(Filter(column, None, negated=not stated), _)
        case Between(first, last):
            return f"{column} = {first[0] if first else ''}–{last[0] if last else ''}"
        case Pattern(pattern, negated):
            return f"{column} {'≠' if negated else '='} {pattern}"
        case Relative(relation, _at):
            return f"{column} = {relation}"
        case Anything():
            return _("any {column}", column=column)


def _filter(condition: Filter, _: Words) -> str:
    if condition.members is None:
        if condition.negated:
            return _("{column} is blank", column=condition.column)
        return _("{column} is stated", column=condition.column)
    sign = "≠" if condition.negated else "="
    return f"{condition.column} {sign} {_shown(condition.members)}"


def _shown(members: Sequence[str]) -> str:
    shown = " | ".join(members[:_MEMBERS_SHOWN])
    return f"{shown} | … ({len(members)})" if len(members) > _MEMBERS_SHOWN else shown or "–"


def _examples(rule: Rule, _: Words) -> Iterable[str]:
    return [inert(f"{_INDENT}{verdict_label(e.verdict, _)}: {cells_told(e.cells)}") for e in rule.examples]


def cells_told(cells: Mapping[str, object]) -> str:
    """The cells of an example in one line: `whole = 1650, parts = 650 + ? + 1000`."""
    return ", ".join(f"{name} = {_cell(cell)}" for name, cell in cells.items())


def _cell(cell: object) -> str:
    if isinstance(cell, tuple):
        return " / ".join(map(_cell, cell))
    return "?" if cell is None else str(cell)


def mismatch(rule: Rule, example: Example, verdict: Verdict, language: Language) -> str:
    """One line for an example that has another verdict than it says."""
    _ = words(language)
    return _(
        "{at}: {rule}: the example {cells} should be {expected}, but the rule finds it {found}.",
        at=example.at, rule=rule.id, cells=cells_told(example.cells), expected=verdict_label(example.verdict, _),
        found=verdict_label(verdict, _),
    )  # fmt: skip
