"""What the paragraph styles of a Word file say about their paragraphs: heading depth, list, contents,
hidden."""

from __future__ import annotations

import re
from dataclasses import field

from lxml import etree

from audit.documents.docx.names import attribute, child, is_on, name, value
from audit.lexicon import entries, pattern
from audit.model.frozen import frozen

_TITLES = frozenset(entries("style of a title"))
_HEADING = pattern(r"<style of a heading>\s*([1-9])", re.IGNORECASE)
_CONTENTS = pattern(r"<style of contents>\s*\d*", re.IGNORECASE)
BODY_TEXT = 9


@frozen
class Style:
    """A style with what it inherits. `level` is 1 for the highest heading, 0 for the title, `None` for text.

    `instance` and `depth` are its list and the level there, where it has one.
    """

    level: int | None = None
    instance: str | None = None
    depth: int | None = None
    contents: bool = False
    hidden: bool = False


@frozen
class Styles:
    """The styles by id; `default` is the id of the paragraph style that is used where none is named."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def get(self, style_id: str | None) -> Style:
        """The style of that id, of the default where none is named; a plain one where it is not defined."""
        return self.by_id.get(style_id or self.default or "", Style())


def outline_level(properties: etree._Element | None) -> int | None:
    """The heading depth from 1 that paragraph properties give directly; `None` where they do not say."""
    said = value(properties, "w:outlineLvl")
    return int(said) + 1 if said is not None and said.isdecimal() and len(said) == 1 else None


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a styles part; none for a file without one."""
    if root is None:
        return Styles()
    elements = {attribute(one, "styleId") or "": one for one in root if name(one) == "w:style"}
    default = next(
        (
            style_id
            for style_id, one in elements.items()
            if attribute(one, "type") == "paragraph" and attribute(one, "default") in ("1", "true", "on")
        ),
        None,
    )
    return Styles({style_id: _inherited(style_id, elements) for style_id in elements}, default)


def _inherited(style_id: str, elements: dict[str, etree._Element]) -> Style:
    """The style with every property taken from the nearest style that has it, along the chain it is based
    on."""
    chain: list[etree._Element] = []
    while style_id in elements and elements[style_id] not in chain:
        chain.append(elements[style_id])
        style_id = value(chain[-1], "w:basedOn") or ""
    levels = (_level(one) for one in chain)
    lists = (child(one, "w:pPr", "w:numPr") for one in chain)
    numbered = next((found for found in lists if found is not None), None)
    depth = value(numbered, "w:ilvl")
    return Style(
        level=_heading(next((level for level in levels if level is not None), None)),
        instance=value(numbered, "w:numId"),
        depth=int(depth) if depth and depth.isdecimal() else None,
        contents=any(_CONTENTS.fullmatch(value(one, "w:name") or "") for one in chain),
        hidden=any(is_on(one, "w:rPr", "w:vanish") for one in chain),
    )


def _level(style: etree._Element) -> int | None:
    """What one style says itself: its outline level, or the depth in the name of a built-in heading style."""
    direct = outline_level(child(style, "w:pPr"))
    if direct is not None:
        return direct
    title = value(style, "w:name") or ""
    if title.lower() in _TITLES:
        return 0
    named = _HEADING.fullmatch(title)
    return int(named[1]) if named else None


def _heading(level: int | None) -> int | None:
    """Word's outline level 10 (9 in the file) is body text."""
    return None if level is None or level > BODY_TEXT else level
