"""What the rules would catch, as a Markdown page that says how it was made; no word of a plan acts as markup."""

from __future__ import annotations

import re

from audit.diagnosis.mutation.guards import Mutation
from audit.model.phrase import Language
from audit.reporting.markdown import escape, table
from audit.reporting.mutation.sections import sections, summary
from audit.wording import words

_NUMBER = re.compile(r"[\d.]+%?")


def render(mutation: Mutation, *, language: Language) -> str:
    """The whole page."""
    _ = words(language)
    title = _("What the rules catch")
    made = _("Made by {command}: every figure in turn is given typical slips, and the rules are run on each.")
    blocks = [
        f"# {title}",
        made.format(command=f"`audit coverage --mutate --lang {language} -o mutation.md -o mutation.csv`"),
        "\n".join(f"- {escape(line)}" for line in summary(mutation, _)),
    ]
    for section in sections(mutation, _):
        rows = [[cell if _NUMBER.fullmatch(cell) else escape(cell) for cell in row] for row in section.rows]
        blocks += [f"## {section.title}", table(list(section.heads), rows)]
    return "\n\n".join(blocks) + "\n"
