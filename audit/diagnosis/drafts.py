"""The report on a draft: what concerns the draft only, and no more certainty than its reading allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from itertools import combinations

from audit.model.report import Cell, Check, Finding, Report, RuleCard
from audit.model.rows import Scans

_OF_FIGURES = ("targets", "relations")


def about(report: Report, document: str) -> Report:
    """A report with all its checks, narrowed to those in which a figure or clause of `document` takes part.

    Totals, rules and coverage are those of the document; findings among other documents are left out.
    """
    checks = tuple(check for check in report.checks if _concerns(check, document))
    narrowed = _narrowed_to(report, checks)
    figures = tuple(use for use in narrowed.figures if use.cell.document == document)
    return replace(
        narrowed,
        figures=figures,
        summary=replace(
            narrowed.summary,
            figures=len(figures),
            figures_covered=sum(bool(use.checks) for use in figures),
            figures_compared=sum(use.compared for use in figures),
        ),
    )


def between(report: Report, covered: Collection[str], compared: Collection[str]) -> Report:
    """A report on several documents, with all its checks, narrowed to those between two of them or more.

    It comes on top of reports on each document alone: it counts no figures, and as covered and compared only those that
    these did not (`covered` and `compared` are the ids of those that they did).
    """
    checks = tuple(check for check in report.checks if _is_between(check))
    narrowed = _narrowed_to(report, checks)
    figures = tuple(replace(use, compared=True) for use in narrowed.figures if use.checks)
    return replace(
        narrowed,
        figures=figures,
        summary=replace(
            narrowed.summary,
            figures=0,
            figures_covered=sum(use.cell.id not in covered for use in figures),
            figures_compared=sum(use.cell.id not in compared for use in figures),
        ),
    )


def _is_between(check: Check) -> bool:
    """Whether a check compares documents, and what it finds is not found in each of them: documents that share a value
    do not disagree, however many others one of them states.
    """
    stated: dict[str, set[tuple[object, ...]]] = {}
    for cell in check.cells:
        if cell.document:
            stated.setdefault(cell.document, set()).add((cell.value, cell.low, cell.high, cell.unit))
    alike = all(one & other for one, other in combinations(stated.values(), 2))
    return len(stated) > 1 and (check.verdict == "holds" or not alike)


def _narrowed_to(report: Report, checks: tuple[Check, ...]) -> Report:
    """A report with some of its checks: what is told of them, of the rules, and of every figure, follows."""
    kept = {check.id for check in checks}
    rules = tuple(_counted(card, checks) for card in report.rules)
    unbound = tuple(card.id for card in rules if not card.checks)
    verdicts = Counter(check.verdict for check in checks)
    return replace(
        report,
        findings=tuple(finding for finding in report.findings if finding.id in kept),
        untestable=tuple(check for check in report.untestable if check.id in kept),
        checks=checks,
        figures=tuple(
            replace(use, checks=tuple(c for c in use.checks if c in kept)) for use in report.figures
        ),
        rules=rules,
        unbound_rules=unbound,
        summary=replace(
            report.summary,
            rules_unbound=len(unbound),
            checks=len(checks),
            holds=verdicts["holds"],
            reconcilable=verdicts["reconcilable"],
            violated=verdicts["violated"],
            untestable=verdicts["untestable"],
        ),
    )


def doubted(report: Report, guessed: Collection[str]) -> Report:
    """The report with findings that rest on a guess marked as uncertain and never an error.

    `guessed` are ids of figures and of relations that were not surely read.
    """
    return replace(report, findings=tuple(_doubted(finding, guessed) for finding in report.findings))


def _doubted(finding: Finding, guessed: Collection[str]) -> Finding:
    relation = finding.check.key.get("relation")
    rests = relation in guessed if relation else any(c.id in guessed for c in finding.check.cells)
    if not rests:
        return finding
    return _uncertain(finding)


def _uncertain(finding: Finding) -> Finding:
    return replace(
        finding, certain=False, severity="warning" if finding.severity == "error" else finding.severity
    )


def from_scans(report: Report, scans: Scans) -> Report:
    """The report with every figure that was recognised in a picture saying how sure it is, and no finding on a document
    with such pages being an error, unless it rests on figures that the file itself says.

    `scans` are the figures recognised, by id, for each document that has such pages: what is not in a table of figures
    there (a list, a name, or that something is missing) may rest on them too.
    """
    if not scans:
        return report

    def told(check: Check) -> Check:
        return replace(check, cells=tuple(_scanned(cell, scans) for cell in check.cells))

    return replace(
        report,
        findings=tuple(_as_scanned(replace(one, check=told(one.check)), scans) for one in report.findings),
        untestable=tuple(map(told, report.untestable)),
        checks=tuple(map(told, report.checks)),
        figures=tuple(replace(use, cell=_scanned(use.cell, scans)) for use in report.figures),
    )


def _scanned(cell: Cell, scans: Scans) -> Cell:
    sure = scans.get(cell.document, {}).get(cell.id)
    return cell if sure is None else replace(cell, scanned=sure)


def _as_scanned(finding: Finding, scans: Scans) -> Finding:
    cells = [cell for cell in finding.check.cells if cell.document in scans]
    said = bool(cells) and all(cell.table in _OF_FIGURES and cell.scanned is None for cell in cells)
    concerned = bool(cells) or finding.check.key.get("document") in scans
    return _uncertain(finding) if concerned and not said else finding


def _concerns(check: Check, document: str) -> bool:
    return check.key.get("document") == document or any(cell.document == document for cell in check.cells)


def _counted(card: RuleCard, checks: tuple[Check, ...]) -> RuleCard:
    verdicts = Counter(check.verdict for check in checks if check.rule == card.id)
    return replace(
        card,
        checks=verdicts.total(),
        holds=verdicts["holds"],
        reconcilable=verdicts["reconcilable"],
        violated=verdicts["violated"],
        untestable=verdicts["untestable"],
    )
