"""A difference on a terminal: one table a kind of thing, then one line of totals."""

from __future__ import annotations

from audit.model.difference import Difference
from audit.model.phrase import Language
from audit.reporting.aligned import aligned
from audit.reporting.difference.sections import sections, totals
from audit.wording import words


def render(difference: Difference, *, language: Language) -> str:
    """The whole difference as lines of text."""
    _ = words(language)
    blocks = []
    for section in sections(difference, _):
        table = aligned(section.rows, section.heads)
        blocks.append("\n".join([section.title, *(f"    {line}".rstrip() for line in table.split("\n"))]))
    return "\n\n".join([*blocks, totals(difference, _)]) + "\n"
