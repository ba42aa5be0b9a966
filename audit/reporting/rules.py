"""Rules as a reader sees them: a list of all, and one rule with what it checks, why, and what it does not check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import tabulate as tables
from wcwidth import wcswidth

from audit.language.plan import Filter, Operand, Plan
from audit.language.rule import Example, Rule
from audit.model.phrase import Language
from audit.model.report import Verdict
from audit.reporting.inert import inert
from audit.reporting.labels import severity_label, verdict_label
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
    return tables.tabulate(rows, headers=heads, tablefmt="plain", disable_numparse=True) + "\n"


def description(rule: Rule, plan: Plan | None, language: Language) -> str:
    """What a rule checks, why, what it does not check, the members it resolves to, and its examples.

    `plan` is None for a rule that does not fit the workspace: then its members cannot be told.
    """
    _ = words(language)
    facts = [
        (_("What it checks"), rule.check_text),
        (_("Why"), rule.because.in_(language)),
        (_("What it does not check"), rule.limits.in_(language) if rule.limits else "–"),
        (_("Severity"), f"{severity_label(rule.severity, _)} ({_('validation level')} {rule.level})"),
        (
            _("For each"),
            ", ".join(plan.key if plan else (name for name, _at in rule.for_each)) or _("the whole data"),
        ),
        (_("Where it stands"), f"{rule.at.path}:{rule.at.line}"),
    ]
    width = max(wcswidth(name) for name, _value in facts)
    lines = [f"{rule.id}: {rule.title.in_(language)}", ""]
    lines += [name + " " * (width + 2 - wcswidth(name)) + inert(value) for name, value in facts]
    lines += ["", _("Operands"), *_operands(plan, _), "", _("Examples"), *_examples(rule, _)]
    return "\n".join(lines) + "\n"


def _operands(plan: Plan | None, _: Words) -> Iterable[str]:
    if plan is None:
        return [_INDENT + _("The rule names what this workspace does not have, so it binds nothing here.")]
    return [f"{_INDENT}{operand.name}: {_operand(operand, plan, _)}" for operand in plan.operands]


def _operand(operand: Operand, plan: Plan, _: Words) -> str:
    parts = [f"{operand.table}.{operand.column or '*'}"]
    parts += [_filter(f, _) for f in operand.filters]
    parts += [_("{column} related to the key's {dimension} ({count} pairs)", column=link.column, dimension=link.dimension,
                count=len(link.pairs)) for link in operand.links]  # fmt: skip
    if operand.policy != "report":
        parts.append(_("missing: {policy}", policy=operand.policy))
    expected = operand.expected.get(None)
    if expected:
        parts.append(_("expects {members}", members=_shown(expected)))
    return inert("; ".join(parts))


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
