"""What the rules would catch, one line a figure, for a spreadsheet; columns are named in English for programs."""

from __future__ import annotations

import csv
import io
from collections import Counter

from audit.diagnosis.mutation.guards import Guard, Mutation
from audit.model.phrase import Language
from audit.reporting.inert import no_formula

_KEY = ("document", "clause", "region", "industry", "indicator", "period", "measure", "literal", "unit")


def render(mutation: Mutation, *, language: Language) -> str:
    """Columns: what identifies the figure, `related` (its number is compared with another), `slips` tried, `caught`,
    `missed` (the slips not caught, `;`-separated, `×n` when several) and the `rules` that catch the others.

    `language` changes nothing. A cell that a spreadsheet would take for a formula gets a blank before it.
    """
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow((*_KEY, "related", "slips", "caught", "missed", "rules"))
    lines.writerows([no_formula(cell) for cell in _line(guard)] for guard in mutation.guards)
    return out.getvalue()


def _line(guard: Guard) -> list[str]:
    missed = Counter(attempt.slip for attempt in guard.attempts if not attempt.rules)
    return [
        *(guard.figure.get(name) or "" for name in _KEY),
        "true" if guard.related else "false",
        str(len(guard.attempts)),
        str(guard.caught),
        ";".join(slip if count == 1 else f"{slip}×{count}" for slip, count in missed.items()),
        ";".join(guard.rules),
    ]
