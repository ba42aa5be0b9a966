"""What a check of a text says, for tests that look at reading through its findings."""

from __future__ import annotations

from pathlib import Path

from audit.actions.checking import check
from audit.model.report import Finding
from audit.workspace.configuration import Configuration


def reported(text: str, folder: Path, *only: str, name: str = "plan.txt") -> tuple[Finding, ...]:
    """The findings of the rules named, notes too, on a text written to `folder`."""
    plan = folder / name
    plan.write_text(text, encoding="utf-8")
    return check(Configuration(sources=(plan,), only=only, severity="info")).report.findings
