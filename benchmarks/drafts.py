"""How far the findings on plans can be trusted: `python benchmarks/drafts.py`.

Checks every plan at hand against itself, as `audit check PLAN` does. For the sample draft and the plans with a reviewed
report it counts the errors that nobody planted or confirmed; for documents with annotated relations
(`*.relations.csv`) it prints how many violated relations are reported as violated, how many nominal mismatches as more
than reconcilable, and how many relations that hold or bind nothing are reported at all. Exit code 1 when a violated
relation is missed or anything false is reported.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from audit.actions.checking import Run, check  # noqa: E402
from audit.model.report import Finding  # noqa: E402
from audit.workspace.configuration import Configuration  # noqa: E402

SHARED = Path(os.environ.get("AUDIT_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class Row:
    """Of one document: findings by severity, and how they stand to what is known about it."""

    document: str
    errors: int
    warnings: int
    missed: int
    false: int

    def __str__(self) -> str:
        return f"{self.document:44} {self.errors:6} {self.warnings:8} {self.missed:6} {self.false:6}"


def run(path: Path) -> Run:
    return check(Configuration(sources=(path,)))


def known(path: Path) -> Row:
    """A plan whose reviewed findings lie in tests/data/dalian: errors that the review does not have are false."""
    findings = run(path).report.findings
    with (ROOT / "tests" / "data" / "dalian" / "findings.csv").open(encoding="utf-8", newline="") as lines:
        reviewed = {row["rule"] for row in csv.DictReader(lines) if f"={path.stem}" in row["key"]}
    false = [f for f in findings if f.severity == "error" and f.check.rule not in reviewed]
    return _row(path.stem, findings, 0, len(false))


def annotated(path: Path) -> Row:
    """A document with annotated relations."""
    done = run(path)
    assert done.draft is not None
    text, findings = done.draft.source.text, done.report.findings
    missed = false = 0
    for relation in _relations(path.with_suffix(".relations.csv")):
        spans = [_span(text, part) for part in relation["evidence"].split(" || ")]
        about = [finding for finding in findings if _concerns(finding, spans)]
        violated = [finding for finding in about if finding.check.verdict == "violated"]
        if relation["verdict"] == "violated":
            missed += not violated
        elif relation["verdict"] == "nominal_mismatch":
            false += bool(violated)
        else:
            false += bool(about)
    return _row(path.stem, findings, missed, false)


def sample(path: Path) -> Row:
    """The sample draft: each of its planted mistakes is found, and nothing else."""
    findings = run(path).report.findings
    with (path.parent / "mistakes.csv").open(encoding="utf-8", newline="") as lines:
        planted = len(list(csv.DictReader(lines)))
    return _row(path.stem, findings, max(0, planted - len(findings)), max(0, len(findings) - planted))


def _row(name: str, findings: tuple[Finding, ...], missed: int, false: int) -> Row:
    severities = [finding.severity for finding in findings]
    return Row(name, severities.count("error"), severities.count("warning"), missed, false)


def _relations(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _span(text: str, evidence: str) -> tuple[int, int]:
    start = text.find(evidence.replace("\r\n", "\n"))
    return (start, start + len(evidence)) if start >= 0 else (0, 0)


def _concerns(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    """Whether all figures of a finding stand in the stretches of a relation."""
    places = [cell.start for cell in finding.check.cells if cell.start is not None]
    return len(set(places)) >= 2 and all(any(a <= place < b for a, b in spans) for place in places)


def rows() -> Iterator[Row]:
    yield sample(ROOT / "tests" / "data" / "draft" / "draft.txt")
    for path in sorted((SHARED / "sources").glob("*.txt")):
        yield known(path)
    for path in sorted((SHARED / "devset").glob("*.txt")):
        yield annotated(path)


def main() -> int:
    print(f"{'document':44} errors warnings missed  false")
    wrong = False
    for row in rows():
        print(row)
        wrong = wrong or bool(row.missed or row.false)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
