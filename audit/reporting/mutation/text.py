"""What the rules would catch, on a terminal: one table a kind of share, then the summary."""

from __future__ import annotations

from audit.diagnosis.mutation.guards import Mutation
from audit.model.phrase import Language
from audit.reporting.aligned import aligned
from audit.reporting.mutation.sections import sections, summary
from audit.wording import words


def render(mutation: Mutation, *, language: Language) -> str:
    """All tables as lines of text."""
    _ = words(language)
    blocks = []
    for section in sections(mutation, _):
        table = aligned(section.rows, section.heads)
        blocks.append("\n".join([section.title, *(f"    {line}".rstrip() for line in table.split("\n"))]))
    return "\n\n".join([*blocks, "\n".join(summary(mutation, _))]) + "\n"
