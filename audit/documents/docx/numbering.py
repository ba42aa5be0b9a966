"""The clause numbers that Word makes: what `numbering.xml` says about a list, counted along the document.

ECMA-376 part 1, 17.9: an abstract definition has up to nine levels; a paragraph names an instance of it and
a level, itself or by its style. Instances of one abstract definition count on together; an instance that
overrides a start begins anew once.
"""

from __future__ import annotations

import re

from lxml import etree

from audit.documents.docx.counting import written
from audit.documents.docx.names import attribute, child, is_on, name, value
from audit.model.frozen import frozen

_PLACE = re.compile(r"%([1-9])")
_CLOSED = "、）)．。：章节条编款 "


@frozen
class Level:
    """A level of a list: its first number, its format, and its text with `%1` … for the numbers of the
    levels.

    `joined`: no tab or blank follows. `decimal`: all numbers in it are decimal. `paragraph_style`: the
    style whose paragraphs have this level. `restarts` is false where the level never begins anew.
    """

    start: int
    format: str
    text: str
    joined: bool
    decimal: bool
    paragraph_style: str | None
    restarts: bool


@frozen
class Instance:
    """A list: the abstract definition that it counts with, its levels, and the starts that it overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def level_of(self, style: str | None) -> int:
        """The level whose paragraphs have that style; the first level where none names it."""
        return next((depth for depth, level in self.levels.items() if level.paragraph_style == style), 0)


class Numbering:
    """Counts along the document: ask `number` once for every paragraph of a list, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._instances = _instances(root) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def number(self, instance_id: str, depth: int | None, style: str | None = None) -> str:
        """The number of the next paragraph of a list, with a blank after it where it would run into the text.

        Empty for a bullet, a list that is not defined, and list "0", which stands for no list. Without a
        depth the paragraph's style decides it.
        """
        instance = self._instances.get(instance_id)
        if instance is None:
            return ""
        depth = instance.level_of(style) if depth is None else depth
        level = instance.levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(instance.abstract, {})
        self._advance(instance_id, instance, depth, counts)
        text = _PLACE.sub(
            lambda match: _written(instance, int(match[1]) - 1, counts, level.decimal), level.text
        )
        if level.format == "bullet" or not text.strip():
            return ""
        runs_on = level.joined and not text[-1].isdigit() and text[-1] != "."
        return text if runs_on or text[-1] in _CLOSED else f"{text} "

    def _advance(self, instance_id: str, instance: Instance, depth: int, counts: dict[int, int]) -> None:
        begins = depth in instance.starts and (instance_id, depth) not in self._begun
        self._begun.add((instance_id, depth))
        if begins:
            counts[depth] = instance.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else instance.levels[depth].start
        for deeper in [other for other in counts if other > depth]:
            if deeper not in instance.levels or instance.levels[deeper].restarts:
                del counts[deeper]


def _written(instance: Instance, depth: int, counts: dict[int, int], decimal: bool) -> str:
    """The number of a level as it stands in another level's text; a level not yet counted shows its start."""
    level = instance.levels.get(depth)
    if level is None:
        return ""
    return written(counts.get(depth, level.start), "decimal" if decimal else level.format)


def _instances(root: etree._Element) -> dict[str, Instance]:
    """The lists of a numbering part by their id. A definition that only links to a list style is followed."""
    abstracts = {attribute(one, "abstractNumId") or "": one for one in root if name(one) == "w:abstractNum"}
    styled = {value(one, "w:styleLink"): one for one in abstracts.values() if value(one, "w:styleLink")}
    instances: dict[str, Instance] = {}
    for one in root:
        if name(one) != "w:num":
            continue
        abstract_id = value(one, "w:abstractNumId") or ""
        abstract = abstracts.get(abstract_id)
        abstract = styled.get(value(abstract, "w:numStyleLink"), abstract)
        levels = _levels(abstract)
        starts: dict[int, int] = {}
        for override in one:
            if name(override) != "w:lvlOverride":
                continue
            depth = _integer(attribute(override, "ilvl"), 0)
            levels |= _levels(override)
            if (start := value(override, "w:startOverride")) is not None:
                starts[depth] = _integer(start, 1)
        instances[attribute(one, "numId") or ""] = Instance(abstract_id, levels, starts)
    return instances


def _levels(element: etree._Element | None) -> dict[int, Level]:
    found = [one for one in element if name(one) == "w:lvl"] if element is not None else []
    return {_integer(attribute(one, "ilvl"), 0): _level(one) for one in found}


def _level(element: etree._Element) -> Level:
    return Level(
        start=_integer(value(element, "w:start"), 0),
        format=value(element, "w:numFmt") or "decimal",
        text=value(element, "w:lvlText") or "",
        joined=value(element, "w:suff") == "nothing",
        decimal=is_on(element, "w:isLgl"),
        paragraph_style=value(element, "w:pStyle"),
        restarts=child(element, "w:lvlRestart") is None or value(element, "w:lvlRestart") != "0",
    )


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise
