"""A difference as Markdown for a code review; no word of a plan acts as markup."""

from __future__ import annotations

from audit.model.difference import Difference
from audit.model.phrase import Language
from audit.reporting.difference.sections import sections, totals
from audit.reporting.markdown import escape, table
from audit.wording import words


def render(difference: Difference, *, language: Language) -> str:
    """The whole difference as Markdown."""
    _ = words(language)
    blocks = [f"## {escape(totals(difference, _))}"]
    for section in sections(difference, _):
        rows = [[escape(cell) for cell in row] for row in section.rows]
        blocks += [f"### {section.title}", table(list(section.heads), rows)]
    return "\n\n".join(blocks) + "\n"
