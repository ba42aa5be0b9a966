"""The report on a draft: what concerns the draft only, and no more certainty than its reading allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from audit.model.report import Check, Finding, Report, RuleCard


def about(report: Report, document: str) -> Report:
    """A report with all its checks, narrowed to those in which a figure or clause of `document` takes part.

    Totals, rules and coverage are those of the document; findings among other documents are left out.
    """
    checks = tuple(check for check in report.checks if _concerns(check, document))
    kept = {check.id for check in checks}
    figures = tuple(
        replace(use, checks=tuple(c for c in use.checks if c in kept))
        for use in report.figures
        if use.cell.document == document
    )
    rules = tuple(_counted(card, checks) for card in report.rules)
    unbound = tuple(card.id for card in rules if not card.checks)
    verdicts = Counter(check.verdict for check in checks)
    return replace(
        report,
        findings=tuple(finding for finding in report.findings if finding.id in kept),
        untestable=tuple(check for check in report.untestable if check.id in kept),
        checks=checks,
        figures=figures,
        rules=rules,
        unbound_rules=unbound,
        summary=replace(
            report.summary,
            figures=len(figures),
            figures_covered=sum(bool(use.checks) for use in figures),
            figures_compared=sum(use.compared for use in figures),
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
    severity = "warning" if finding.severity == "error" else finding.severity
    return replace(finding, certain=False, severity=severity)


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
