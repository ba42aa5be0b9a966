"""What a report says about the figures of one document, as marks on its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from audit.model.frozen import frozen
from audit.model.phrase import LANGUAGES, Phrase
from audit.model.report import SEVERITIES, VERDICTS, Cell, Check, Finding, Report, Severity, Verdict
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import doubt_label, severity_label, waiver_label
from audit.reporting.names import Names, names_of
from audit.reporting.relations import balance, stated

State = Literal["finding", "waived", "agreed", "untested"]
_SENTENCE = 600
_CELLS_TOLD = 12


@frozen
class Mark:
    """A figure of the document, by offsets in its text (`end` exclusive), and what became of it.

    `state`: in an open finding; in findings that are all waived; agreed, where a check it took part in
    holds; or untested, where no rule looked at it or none could. `verdict` and `severity` are the worst
    of its findings and `None` without one. `comment` has a paragraph a line, an empty line between
    findings; empty without one. `findings` are their ids. `scanned` says of a figure that was recognised in a scan how
    sure that is.
    """

    start: int
    end: int
    state: State
    verdict: Verdict | None
    severity: Severity | None
    comment: Phrase
    findings: tuple[Finding, ...]
    scanned: Decimal | None = None


def marks_of(
    report: Report, document_id: str, places: Mapping[str, tuple[int, int]] | None = None
) -> tuple[Mark, ...]:
    """The marks on a document, in the order of the text: one for every stretch that a figure stands on.

    Figures without offsets have no place and get no mark. A finding without any such figure in the document is told at
    the clause that it speaks of, by `places` (the stretch of a clause, and at "" that of the title).
    """
    found: dict[tuple[int, int], list[tuple[Finding, Cell]]] = defaultdict(list)
    for finding in report.findings:
        for cell in finding.check.cells:
            if cell.document == document_id and cell.start is not None and cell.end is not None:
                found[cell.start, cell.end].append((finding, cell))
    placed = {finding.id for members in found.values() for finding, _ in members}
    taken = sorted(found.keys() | _stretches(report, document_id))
    for finding in report.findings:
        spoken = _spoken_of(finding, document_id) if places and finding.id not in placed else None
        if places and spoken is not None:
            found[_clear(places.get(spoken.clause, places[""]), taken)].append((finding, spoken))
    names = tuple(names_of(report, language) for language in LANGUAGES)
    marks = {span: _of_findings(span, members, names) for span, members in found.items()}
    met = _verdicts_met(report, document_id)
    for use in report.figures:
        start, end = use.cell.start, use.cell.end
        if use.cell.document == document_id and start is not None and end is not None:
            own = met[start, end]
            state: State = "agreed" if "holds" in own and "violated" not in own else "untested"
            marks.setdefault((start, end), Mark(start, end, state, None, None, Phrase("", ""), ()))
    sure = _scanned(report, document_id)
    return tuple(replace(marks[span], scanned=sure.get(span)) for span in sorted(marks))


def _scanned(report: Report, document: str) -> dict[tuple[int | None, int | None], Decimal]:
    """How sure the figures of a document are that were recognised in a scan, by where they stand."""
    cells = (use.cell for use in report.figures if use.cell.document == document)
    return {(cell.start, cell.end): cell.scanned for cell in cells if cell.scanned is not None}


def _stretches(report: Report, document: str) -> set[tuple[int, int]]:
    """Where the figures of a document stand."""
    cells = (use.cell for use in report.figures if use.cell.document == document)
    return {(cell.start, cell.end) for cell in cells if cell.start is not None and cell.end is not None}


def _clear(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A stretch up to the first of others in it; that other one where it begins inside it."""
    start, end = span
    inside = next((other for other in taken if other[0] <= start < other[1]), None)
    return inside or (start, min((other[0] for other in taken if start < other[0] < end), default=end))


def _spoken_of(finding: Finding, document: str) -> Cell | None:
    """The row of a document that a finding speaks of, with its clause; `None` where it does not concern the document."""
    key = finding.check.key
    own = [cell for cell in finding.check.cells if cell.document == document]
    if not own and key.get("document") != document:
        return None
    blank = Cell("", "", document, key.get("clause", ""), "", None, None, None, "", "", None, None)
    clauses = (replace(cell, clause=cell.clause or cell.dimensions.get("clause", "")) for cell in own)
    return next((cell for cell in clauses if cell.clause), own[0] if own and not blank.clause else blank)


def _verdicts_met(report: Report, document_id: str) -> dict[tuple[int, int], set[Verdict]]:
    """The verdicts of the checks that each stretch takes part in, whatever table tells of the figure there."""
    verdicts = {check.id: check.verdict for check in report.checks}
    met: dict[tuple[int, int], set[Verdict]] = defaultdict(set)
    for use in report.figures:
        if use.cell.document == document_id and use.cell.start is not None and use.cell.end is not None:
            met[use.cell.start, use.cell.end] |= {
                verdicts[check] for check in use.checks if check in verdicts
            }
    for check in report.checks:
        for cell in check.cells:
            if cell.document == document_id and cell.start is not None and cell.end is not None:
                met[cell.start, cell.end].add(check.verdict)
    return met


def _of_findings(
    span: tuple[int, int], members: list[tuple[Finding, Cell]], names: tuple[Names, ...]
) -> Mark:
    """The mark of a stretch in findings; open ones are told before waived ones, each once."""
    cells = {finding.id: cell for finding, cell in reversed(members)}
    findings = {finding.id: finding for finding, _ in members}
    ordered = sorted(findings.values(), key=lambda finding: finding.waiver is not None)
    relevant = [finding for finding in ordered if finding.waiver is None] or ordered
    return Mark(
        *span,
        state="waived" if ordered[0].waiver else "finding",
        verdict=max((finding.check.verdict for finding in relevant), key=_WEIGHT.index),
        severity=min((finding.severity for finding in relevant), key=SEVERITIES.index),
        comment=Phrase(*(_comment(ordered, cells, own) for own in names)),
        findings=tuple(ordered),
    )


_WEIGHT: tuple[Verdict, ...] = ("holds", "untestable", "reconcilable", "violated")
assert set(_WEIGHT) == set(VERDICTS)


def _comment(findings: list[Finding], cells: dict[str, Cell], names: Names) -> str:
    return "\n\n".join("\n".join(_told(finding, cells[finding.id], names)) for finding in findings)


def _told(finding: Finding, here: Cell, names: Names) -> list[str]:
    """A finding as it is told at one of its figures: what is the matter, the relation, the other figures."""
    _, check = names.words, finding.check
    message = excerpt(inert(finding.message.in_(_.language)), "", _SENTENCE)
    lines = [_("{severity}: {message}", severity=severity_label(finding.severity, _), message=message)]
    if relation := balance(check, _):
        lines.append(relation)
    lines += _others(check, here, names)
    if doubt := doubt_label(finding, _):
        lines.append(doubt)
    if finding.waiver:
        lines.append(waiver_label(finding.waiver, _))
    return lines


def _others(check: Check, here: Cell, names: Names) -> list[str]:
    """A line for every figure that stands elsewhere: its name in the relation, itself, its place and words."""
    _, spot = names.words, (here.document, here.start, here.end)
    told = zip(check.cells, told_figures(check.cells, here.document, names), strict=True)
    others = [line for cell, line in told if (cell.document, cell.start, cell.end) != spot]
    lines = others[:_CELLS_TOLD]
    left = len(others) - _CELLS_TOLD
    return [*lines, _.plural("{n} more figure", "{n} more figures", left)] if left > 0 else lines


def told_figures(cells: Sequence[Cell], document: str, names: Names) -> tuple[str, ...]:
    """The figures of a check, a line each: its name in the relation, itself, its place and its words.

    The place is the clause alone where the figure stands in `document`.
    """

    def line(label: str, cell: Cell) -> str:
        quote = names.quote(cell)
        parts = (
            f"{label} {stated(cell)}".strip(),
            names.place(cell, document),
            f"“{quote}”" if quote else "",
        )
        return " · ".join(filter(None, parts))

    return tuple(line(label, cell) for label, cell in zip(names.operands(cells), cells, strict=True))
