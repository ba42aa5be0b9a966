"""Figures with the indicator as it is written: what the evidence calls it, of the names that the code list knows."""

from __future__ import annotations

from dataclasses import replace

from audit.engine.frames import Table
from audit.model.codes import CodeList
from audit.model.text_frame import TextFrame

_NEEDED = {"indicator", "evidence", "noun"}


def with_nouns(figures: Table, indicators: CodeList | None) -> Table:
    """Figures whose blank `noun` is the longest name of their indicator, its code or an alias, that stands in their
    evidence; blank where none does. A noun that is there stays."""
    frame = figures.frame
    if indicators is None or not isinstance(frame, TextFrame) or not set(frame.columns) >= _NEEDED:
        return figures
    names = {
        code: sorted((code, *member.aliases), key=len, reverse=True)
        for code, member in indicators.members.items()
    }
    told = [
        noun or next((name for name in names.get(indicator or "", ()) if name in (evidence or "")), None)
        for indicator, evidence, noun in frame.rows(("indicator", "evidence", "noun"))
    ]
    return replace(figures, frame=frame.with_columns({"noun": told}))
