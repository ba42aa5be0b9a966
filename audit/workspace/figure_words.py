"""What the words of figures tell beside their numbers: the indicator as it is written, and whether less of it is wanted."""

from __future__ import annotations

from dataclasses import replace

from audit.engine.frames import Table
from audit.lexicon.aims import aim_of
from audit.model.codes import CodeList
from audit.model.text_frame import TextFrame

_OF_NOUNS = ("indicator", "evidence", "noun")
_OF_AIMS = ("indicator", "bound", "evidence", "literal", "aim")


def with_words(figures: Table, indicators: CodeList | None) -> Table:
    """Figures whose blank `noun` is the longest name of their indicator, its code or an alias, that stands in their
    evidence, and whose blank `aim` is what their words say; blank where they say nothing. What is there stays."""
    frame = figures.frame
    if not isinstance(frame, TextFrame):
        return figures
    told = {}
    if indicators is not None and set(frame.columns) >= set(_OF_NOUNS):
        told["noun"] = _nouns(frame, indicators)
    if set(frame.columns) >= set(_OF_AIMS):
        told["aim"] = [
            aim or aim_of(indicator or "", bound or "", evidence or "", literal or "")
            for indicator, bound, evidence, literal, aim in frame.rows(_OF_AIMS)
        ]
    return replace(figures, frame=frame.with_columns(told)) if told else figures


def _nouns(frame: TextFrame, indicators: CodeList) -> list[str | None]:
    names = {
        code: sorted((code, *member.aliases), key=len, reverse=True)
        for code, member in indicators.members.items()
    }
    return [
        noun or next((name for name in names.get(indicator or "", ()) if name in (evidence or "")), None)
        for indicator, evidence, noun in frame.rows(_OF_NOUNS)
    ]
