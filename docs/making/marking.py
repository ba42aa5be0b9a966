"""Markdown in which nothing of a rule or record acts: tables, code and cells."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from audit.model.phrase import Language

CODE_END = "```"


def cell(text: str) -> str:
    """A text as a cell of a table: on one line, without bars and tags of its own; code in back-quotes stays code."""
    parts = " ".join(text.split()).split("`")
    told = [part if place % 2 else html.escape(part, quote=False) for place, part in enumerate(parts)]
    return "`".join(told).replace("|", "\\|")


def code(text: str) -> str:
    """A text as code on a line."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def block(text: str, language: str = "text") -> str:
    """A text as a block of code."""
    return f"{CODE_END}{language}\n{text.rstrip()}\n{CODE_END}\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown."""
    lines = [heads, ["---"] * len(heads), *([cell(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def sentence(text: str, language: Language) -> str:
    """A text as a sentence: with a capital and a full stop."""
    stop = "。" if language == "zh" else "."
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.。？?！!' else stop}"
