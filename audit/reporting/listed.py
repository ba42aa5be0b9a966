"""A cause that is one matter to a reader, though several findings tell of it: its list, a line for each.

So four goals that nothing carries are one line with four goals, and ten names spelt in two ways one table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.model.frozen import frozen
from audit.model.report import Cell, Check, Finding
from audit.reporting.corrections import corrections
from audit.reporting.inert import excerpt, inert
from audit.reporting.names import Names
from audit.reporting.outline import Group
from audit.reporting.relations import counted_only, measures, stated

_SOME = 4
"""So many figures, places and clauses of a line are told."""
_LONG = 160
_CELLS = 20


@frozen
class Line:
    """One thing of a list: what it is, what is stated of it, where, the plan's words; the ids of its findings."""

    about: str
    stated: str
    place: str
    quote: str
    ids: str


def is_listed(group: Group) -> bool:
    """Whether the heading says what each finding says: a question about several things, or names spelt in several ways.

    Findings that reckon, each with its own figures, are told one by one.
    """
    cause = group.cause
    if cause is None or len(group.findings) < 2 or any(measures(one.check) for one in group.findings):
        return False
    notes = all(finding.severity == "info" for finding in group.findings)
    return not cause.edits or (cause.kind == "name" and notes and len(group.findings) > 2)


def lines(group: Group, cells: Mapping[str, Cell], names: Names) -> tuple[Line, ...]:
    """The list of a cause: a line a finding, or where names are to be made one, a line for each change of names."""
    _ = names.words
    if group.cause is not None and group.cause.edits:
        found = corrections(group.cause, cells, names)
        return tuple(Line(one.change, "", _some(one.places, _("; "), names), "", "") for one in found)
    return tuple(_line(finding, group.findings, names) for finding in group.findings)


def _line(finding: Finding, others: Sequence[Finding], names: Names) -> Line:
    _, check = names.words, finding.check
    quotes = [str(names.quote(cell)) for cell in check.cells]
    return Line(
        _about(finding, others, names),
        _some([stated(cell) for cell in check.cells], _(", "), names),
        _some(names.places(check.cells), _(", "), names),
        next((quote for quote in quotes if quote), ""),
        f"#{inert(finding.id)}",
    )


def _about(finding: Finding, others: Sequence[Finding], names: Names) -> str:
    """What tells a finding from the others: the parts of its key that are not the same in all."""
    keys = [other.check.key for other in others]
    told = [
        names.value(name, value)
        for name, value in finding.check.key.items()
        if value
        and name not in ("start", "relation", "document")
        and any(key.get(name) != value for key in keys)
    ]
    return excerpt(" · ".join(told) or names.key(finding.check.key), "", _LONG)


def _some(parts: Sequence[str], joint: str, names: Names) -> str:
    """The first of some texts, each once, and how many more there are."""
    own = list(dict.fromkeys(filter(None, parts)))
    more = len(own) - _SOME
    return joint.join(own[:_SOME]) + (names.words(" and {n} more", n=more) if more > 0 else "")


def figures_and_words(check: Check, names: Names) -> str:
    """Every figure with its place and its words, a line each; how many more there are is told."""
    lines = []
    labelled = zip(names.operands(check.cells), names.places(check.cells), check.cells, strict=True)
    for label, place, cell in list(labelled)[:_CELLS]:
        quote = names.quote(cell)
        lines.append(f"{label} {stated(cell)} · {place}" + (f" “{quote}”" if quote else ""))
    if (more := len(check.cells) - _CELLS) > 0:
        lines.append(names.words.plural("{n} more figure", "{n} more figures", more))
    if told := counted_only(check, names.words):
        lines.append(told)
    return "\n".join(lines)
