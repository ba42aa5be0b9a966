"""A difference as one self-contained page that prints well; it needs no script and no network."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit.model.difference import Difference
from audit.model.phrase import Language
from audit.reporting.difference.sections import sections, totals
from audit.wording import words


def render(difference: Difference, *, language: Language) -> str:
    """The whole difference as HTML; every word of a plan is escaped."""
    _ = words(language)
    folder = FileSystemLoader(Path(__file__).parent)
    page = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return page.get_template("page.html").render(
        language="zh-CN" if language == "zh" else "en",
        title=_("{old} and {new} compared", old=difference.old, new=difference.new),
        totals=totals(difference, _),
        sections=sections(difference, _),
    )
