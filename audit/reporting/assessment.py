"""What an auditor says of a group of findings: heading, qualification, recommendation, who has to answer for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit.model.cause import CauseKind, Edit
from audit.model.report import Cell, Finding, Report
from audit.model.rows import Clause
from audit.reporting.corrections import corrections_of
from audit.reporting.inert import excerpt, inert
from audit.reporting.names import Names
from audit.reporting.outline import Gap, Group
from audit.wording import Words

SENTENCE = 400
_PLACES = 4


def heading(group: Group, names: Names) -> str:
    """What is the matter, in a line."""
    _ = names.words
    if group.cause is not None:
        return excerpt(inert(group.cause.message.in_(_.language)), "", SENTENCE)
    if group.waived:
        return _("Waived findings")
    first = group.findings[0]
    if len(group.findings) == 1:
        return finding_heading(first, _)
    return _(
        "“{rule}” does not hold in {count} places",
        rule=names.rule(first.check.rule),
        count=len(group.findings),
    )


def finding_heading(finding: Finding, _: Words) -> str:
    """What is, not what should be: the sentence of the finding."""
    return excerpt(inert(finding.message.in_(_.language)), "", SENTENCE)


def lacking(gap: Gap, names: Names) -> str:
    """What is missing, and what would follow for it from the other figures, where that is known."""
    _ = names.words
    told = [inert(cause.message.in_(_.language)) for cause in gap.causes[:_PLACES]]
    if any(check.lumped for check in gap.checks):
        told.append(_("the rule must say in for_each what tells its cells apart"))
    return excerpt(_("; ").join([names.lacking(gap.missing), *told]), "", SENTENCE)


def qualification(group: Group, _: Words) -> str:
    """What kind of fault it is, as an audit qualifies it (定性)."""
    kinds: dict[CauseKind, str] = {
        "figure": _("Figures contradict each other; one of them is most likely a slip"),
        "measure": _("How the figures are meant (stock, increment, cumulative) is not said, or said wrongly"),
        "name": _("One thing goes by several names"),
        "term": _("A term stands where another one is meant"),
        "place": _("A figure is given for the wrong region or year"),
        "missing_row": _("Something that the plan needs is not stated"),
        "stated_twice": _("One figure is stated with different values"),
        "blank": _("A figure is left blank that others give"),
        "code_list": _("The rule or code list is in doubt, not the plan"),
        "rule": _("The rule or code list is in doubt, not the plan"),
    }
    if group.cause is not None and group.cause.kind in kinds:
        return kinds[group.cause.kind]
    if group.severity == "error":
        return _("The plan contradicts itself, or lacks what it needs")
    if any(finding.check.verdict == "violated" for finding in group.findings):
        return _("A point to verify with those who wrote the plan")
    return _("A difference that rounding or the words of the figures may explain")


def recommendation(group: Group, cells: Mapping[str, Cell], names: Names, places: int = _PLACES) -> str:
    """What to do about it: the most likely correction with its first `places`, or the question to ask."""
    _ = names.words
    cause = group.cause
    if cause is not None and cause.edits:
        alike = [other.edits for other in cause.as_likely]
        ways = [_way(edits, cells, names, places) for edits in (cause.edits, *alike)]
        if len(ways) > 1:
            return _("Correct one of these, after asking: {ways}", ways=_("; or ").join(ways))
        return _("Correct as follows, after asking: {corrections}", corrections=ways[0])
    if group.severity == "error":
        return _("Ask which of the statements is meant, and correct the others.")
    return _("Ask what is meant, and make the wording say it.")


def _way(edits: Sequence[Edit], cells: Mapping[str, Cell], names: Names, places: int) -> str:
    """One correction in words, with its first changes and places."""
    _ = names.words
    found = corrections_of(edits, cells, names)
    more = len(found) - _PLACES
    first = _("; ").join(correction.line(names, places) for correction in found[:_PLACES])
    return first + (_(" and {n} more", n=more) if more > 0 else "")


def confidence(group: Group, _: Words) -> str:
    """How sure the correction is; empty for a question."""
    cause = group.cause
    if cause is None or not cause.edits:
        return ""
    return _("sure to {confidence}", confidence=f"{cause.confidence:.0%}")


def effect(group: Group, _: Words) -> str:
    """What the correction would settle; empty for a question."""
    cause = group.cause
    if cause is None or not cause.edits:
        return ""
    done = cause.effect
    parts = [
        _.plural("it settles {n} finding", "it settles {n} findings", done.gone),
        _.plural("{n} other check comes to hold", "{n} other checks come to hold", done.holds) if done.holds else "",
        _.plural("it brings {n} new finding", "it brings {n} new findings", done.new) if done.new else "",
    ]  # fmt: skip
    return _("; ").join(filter(None, parts))


def where(findings: Iterable[Finding], names: Names) -> str:
    """The clauses that findings are about, document by document; how many more there are is told."""
    _ = names.words
    found: dict[str, dict[str, None]] = {}
    for finding in findings:
        for cell in finding.check.cells:
            if cell.document:
                found.setdefault(cell.document, {})[cell.clause] = None
    parts = []
    for document, clauses in found.items():
        told = [inert(clause) for clause in clauses if clause]
        more = len(told) - _PLACES
        shown = _(", ").join(told[:_PLACES]) + (_(" and {n} more", n=more) if more > 0 else "")
        parts.append(f"{names.document(document)} {shown}".strip())
    return _("; ").join(parts[:_PLACES]) + (
        _(" and {n} more", n=len(parts) - _PLACES) if len(parts) > _PLACES else ""
    )


class Answerable:
    """Who has to answer for a clause: its responsible body, else its chapter's, else who issued the document."""

    def __init__(self, report: Report) -> None:
        self._clauses: dict[tuple[str, str], Clause] = {(c.document, c.clause): c for c in report.clauses}
        self._issuers = {document.id: document.issuer for document in report.documents}

    def bodies(self, findings: Sequence[Finding], _: Words) -> str:
        """The bodies for some findings, each once."""
        found: dict[str, None] = {}
        for finding in findings:
            for cell in finding.check.cells:
                for body in self._of(cell):
                    found[inert(body)] = None
        return excerpt(_(", ").join(found), "", 120) or "—"

    def _of(self, cell: Cell) -> tuple[str, ...]:
        clause, seen = self._clauses.get((cell.document, cell.clause)), set()
        while clause is not None and clause.clause not in seen:
            if clause.lead:
                return tuple(filter(None, map(str.strip, clause.lead.split(";"))))
            seen.add(clause.clause)
            clause = self._clauses.get((cell.document, clause.parent or ""))
        issuer = self._issuers.get(cell.document)
        return (issuer,) if issuer else ()
