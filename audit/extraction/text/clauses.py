"""The clause tree, from the numbers that paragraphs begin with.

A clause id is the path of numbers as the document writes them: chapter `三`, part `(一)`, task `1`, item `(1)` make
`三(一)1(1)`; a block of stage goals is `三(一)阶段目标`, a year in it `三(一)阶段目标2018`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from audit.extraction.text.counts import Count, continued
from audit.extraction.text.layout import Layout, LayoutBlock
from audit.lexicon import pattern
from audit.model.frozen import frozen
from audit.model.rows import ClauseKind
from audit.numbers.numerals import parse_number


@frozen
class ClauseSpan:
    """A clause and the stretch of the cleaned text from its number to the next clause of any level.

    The heading is as in the cleaned text. A chapter that an excerpt leaves out has no stretch (`start` equals `end`).
    """

    id: str
    parent: str | None
    number: str | None
    kind: ClauseKind
    heading: str | None
    level: int
    start: int
    end: int
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


BOOK, CHAPTER, SECTION, HEAD, ARTICLE, PART, TASK, ITEM, SIGN = range(9)
"""The levels of an outline: 篇, 第一章, 第一节, 一、, 第一条, （一）, 1., (1), ①."""

_NUMBER = re.compile(
    r"[#*\s]*(?:(?P<book>第[一二三四五六七八九十百]+[篇编部])|(?P<chapter>第[一二三四五六七八九十百]+章)"
    r"|(?P<section>第[一二三四五六七八九十百]+节)|(?P<head>[一二三四五六七八九十]{1,3})[、．.]"
    r"|(?P<article>第[一二三四五六七八九十百]+条)|(?P<part>[(]?[一二三四五六七八九十]{1,3}[)])"
    r"|(?P<task>\d{1,2})(?:[．、]|\.(?!\d)|\.(?=(?:19|20)\d\d年))"
    r"|(?P<item>[(]\d{1,2}[)])|(?P<sign>[①②③④⑤⑥⑦⑧⑨⑩]))\s*"
)
_LOOSE = re.compile(r"[#*\s]*(?P<task>\d{1,2})(?:\.(?=\d)|(?=[“一-龥]))")
"""A number before digits (`27.6个示范群`) or without its point: that of a task only between those before and after it."""
_NEAR = 12
"""How many blocks a task may take where the number after it tells what it is."""
_LEVELS = {
    "book": BOOK, "chapter": CHAPTER, "section": SECTION, "head": HEAD, "article": ARTICLE, "part": PART,
    "task": TASK, "item": ITEM, "sign": SIGN,
}  # fmt: skip
_STAGE = pattern(r"[#*\s]*(<heading of a stage>)\s*+(?::\s*+)?$")
_STAGE_YEAR = re.compile(r"((?:19|20)\d\d)年,")
_LONGEST_HEADING = 42
_SHORTEST_PHRASE = 10
_CHINESE_DIGITS = "一二三四五六七八九十"
_FARTHEST = 300
_MOST_COUNTS = 20
"""How many rows of numbers may be open at one level."""
_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"


@frozen
class _Opening:
    """A block that opens a clause: its level, its number as written and as a number (0 without), and its heading.

    `apart`: a heading without a number stands between it and the opening before.
    """

    block: LayoutBlock
    level: int
    step: str
    number: str | None
    ordinal: int
    kind: ClauseKind
    heading: str | None
    apart: bool = False


def find_clauses(layout: Layout) -> list[ClauseSpan]:
    """Every clause in the order of the text; the text before the first belongs to none.

    A table of contents is left out. Where numbering starts again from one, as in an annex or a box, the new clauses stand
    in a clause of their own without number (`附2`); a number that comes twice in one count gets `~2`.
    """
    found = _with_orphans_held(_with_missing_chapter(_Outline(_openings(layout)).clauses()))
    ends = [*(clause.start for clause in found[1:]), len(layout.plain.clean)]
    return [replace(clause, end=end) for clause, end in zip(found, ends, strict=False)]


class _Outline:
    """The clauses of a text while they are opened one after the other."""

    def __init__(self, openings: Sequence[_Opening]) -> None:
        self._openings = openings
        self._counts: list[Count] = []
        self._path: list[ClauseSpan] = []
        self._known: dict[str, ClauseSpan] = {}
        self._seen: dict[str, int] = {}
        self._found: list[ClauseSpan] = []
        self._counted: dict[str, int] = {}
        """The level that a clause counts in; a count of another level (`（1）……（15）`, then notes from `1.`) is a new one."""

    def clauses(self) -> list[ClauseSpan]:
        for index, opening in enumerate(self._openings):
            if opening.kind == "stage_goal":
                self._open(opening, [clause for clause in self._path if clause.level < opening.level])
            else:
                self._open(opening, self._above(index, opening))
        return self._found

    def _above(self, index: int, opening: _Opening) -> list[ClauseSpan]:
        """The clauses that an opening stands in, by the count that it goes on; a new count gets a container."""
        level = opening.level
        self._counts = [count for count in self._counts if count.level <= level]
        same = [count for count in self._counts if count.level == level]
        ahead = self._ahead(index, level) if opening.ordinal == 1 else ()
        begins = opening.ordinal == 1 and opening.apart
        chosen = None if begins else continued(same, opening.ordinal, ahead)
        if chosen is not None:
            self._counts = self._counts[: self._counts.index(chosen) + 1]
        else:
            above = [clause for clause in self._path if clause.level < level]
            if same:
                above = [self._known[name] for name in same[0].above]
            if same or (above and self._counted.setdefault(above[-1].id, level) != level):
                above.append(self._container(opening, above[-1].id if above else None))
            if len(same) > _MOST_COUNTS:
                self._counts.remove(same[1])
            chosen = Count(level, tuple(clause.id for clause in above))
            self._counts.append(chosen)
        chosen.add(opening.ordinal)
        return [self._known[name] for name in chosen.above]

    def _ahead(self, index: int, level: int) -> list[int]:
        """The numbers of a level up to the next opening of a higher one, as far as anybody looks ahead."""
        found = []
        for opening in self._openings[index + 1 : index + _FARTHEST]:
            if opening.level < level:
                break
            if opening.level == level and opening.kind != "stage_goal":
                found.append(opening.ordinal)
        return found

    def _container(self, opening: _Opening, parent: str | None) -> ClauseSpan:
        """The clause without number that holds a new count."""
        name = f"{parent or ''}附"
        count = self._seen[name] = self._seen.get(name, 1) + 1
        at = opening.block.start
        clause = ClauseSpan(f"{name}{count}", parent, None, "item", None, opening.level - 1, at, at)
        self._keep(clause)
        return clause

    def _open(self, opening: _Opening, above: Sequence[ClauseSpan]) -> None:
        parent = above[-1].id if above else None
        name = (parent or "") + opening.step
        count = self._seen[name] = self._seen.get(name, 0) + 1
        clause = ClauseSpan(
            name if count == 1 else f"{name}~{count}", parent, opening.number, opening.kind, opening.heading,
            opening.level, opening.block.start, opening.block.end,
        )  # fmt: skip
        self._path = [*above, clause]
        self._keep(clause)

    def _keep(self, clause: ClauseSpan) -> None:
        self._known[clause.id] = clause
        self._found.append(clause)


def is_excerpt(clauses: Sequence[ClauseSpan]) -> bool:
    """Whether a text begins inside a document: its first chapter is not the first."""
    return bool(clauses) and clauses[0].level == HEAD and clauses[0].start == clauses[0].end


def _body(layout: Layout) -> list[LayoutBlock]:
    """The blocks that may open a clause, without those of a table of contents.

    Contents are short lines of which the first chapter comes again, word for word, after the last.
    """
    clean = layout.plain.clean
    blocks = [block for block in layout.blocks if block.kind not in ("row", "footnote")]
    first: dict[str, int] = {}
    last_sentence = -1
    for index, block in enumerate(blocks):
        text = _without_page(clean[block.start : block.end])
        match = _NUMBER.match(text)
        if (
            match
            and match.lastgroup in ("book", "chapter", "section", "head")
            and len(text) <= _LONGEST_HEADING
        ):
            begun = first.setdefault(text, index)
            if last_sentence < begun < index - 1:
                return blocks[:begun] + blocks[index:]
        if clean.find("。", block.start, block.end) >= 0:
            last_sentence = index
    return blocks


def _without_page(text: str) -> str:
    """A line of contents without its page number."""
    bare = text.strip("#* \n").removesuffix("-").rstrip("0123456789")
    return bare.removesuffix("-").rstrip(".…· \t\n")


def _with_missing_chapter(clauses: list[ClauseSpan]) -> list[ClauseSpan]:
    """Parts that stand before a chapter `二` or later belong to the chapter before it, which the text leaves out."""
    first = next((clause for clause in clauses if clause.level <= HEAD), None)
    orphans = [clause for clause in clauses if first is not None and clause.start < first.start]
    if first is None or first.number not in tuple(_CHINESE_DIGITS[1:]) or not orphans:
        return clauses
    step = _CHINESE_DIGITS[_CHINESE_DIGITS.index(first.number) - 1]
    at = orphans[0].start
    chapter = ClauseSpan(step, None, step, "chapter", None, HEAD, at, at)
    moved = [replace(c, id=step + c.id, parent=step + (c.parent or "")) for c in orphans]
    return [chapter, *moved, *clauses[len(orphans) :]]


def _openings(layout: Layout) -> list[_Opening]:
    """The blocks that open a clause, in order."""
    clean = layout.plain.clean
    found: list[_Opening] = []
    staged = apart = False
    blocks = _body(layout)
    for index, block in enumerate(blocks):
        text = clean[block.start : block.end]
        stage, year, match = _STAGE.match(text), _STAGE_YEAR.match(text), _NUMBER.match(text)
        match = match or _between_tasks(clean, text, found, blocks[index + 1 : index + 1 + _NEAR])
        if stage:
            found.append(_Opening(block, TASK, stage[1], None, 0, "stage_goal", stage[1]))
        elif year and staged:
            found.append(_Opening(block, ITEM, year[1], year[1], 0, "stage_goal", None))
        elif match is not None and match.lastgroup is not None:
            level, number = _LEVELS[match.lastgroup], match[match.lastgroup]
            heading = _heading(text[match.end() :], level)
            found.append(
                _Opening(block, level, number, number, _ordinal(number), _kind(level), heading, apart)
            )
            apart = False
        elif block.kind == "heading":
            apart = bool(found)
        staged = bool(found) and found[-1].kind == "stage_goal"
    return _nested_heads(found)


def _between_tasks(
    clean: str, text: str, found: Sequence[_Opening], later: Sequence[LayoutBlock]
) -> re.Match[str] | None:
    """The loose number that a block begins with, if the task before has the number before and one soon after the next."""
    match = _LOOSE.match(text)
    last = next((one for one in reversed(found[-_NEAR:]) if one.level == TASK), None)
    if match is None or int(match["task"]) != (last.ordinal + 1 if last is not None else 1):
        return None
    following = re.compile(rf"[#*\s]*{int(match['task']) + 1}[．、.]")
    return match if any(following.match(clean, block.start) for block in later) else None


def _with_orphans_held(clauses: list[ClauseSpan]) -> list[ClauseSpan]:
    """Clauses of a lower level before the first of the outline (a list of annexes, say) get a clause to stand in."""
    top = min((clause.level for clause in clauses if clause.parent is None and clause.number), default=0)
    begins = next((i for i, c in enumerate(clauses) if c.parent is None and c.level == top), 0)
    orphans = clauses[:begins]
    if not any(clause.number for clause in orphans):
        return clauses
    at = orphans[0].start
    held = ClauseSpan("附1", None, None, "item", None, top, at, at)
    moved = [replace(c, id=held.id + c.id, parent=held.id + (c.parent or "")) for c in orphans]
    return [held, *moved, *clauses[begins:]]


def _nested_heads(openings: list[_Opening]) -> list[_Opening]:
    """The openings; where parts come before any head, `一、` stands below `（一）` in this text, not above it; and above
    `第一章` where the first head opens the first chapter and heads are counted through.
    """
    levels = [opening.level for opening in openings]
    if _heads_hold_chapters(openings, levels):
        return [replace(one, level=BOOK) if one.level == HEAD else one for one in openings]
    if PART not in levels or HEAD not in levels or levels.index(PART) > levels.index(HEAD):
        return openings
    first = openings[levels.index(PART)]
    if first.ordinal != 1 or openings[levels.index(HEAD)].ordinal != 1:
        return openings
    swapped = {HEAD: PART, PART: HEAD}
    return [replace(opening, level=swapped.get(opening.level, opening.level)) for opening in openings]


def _heads_hold_chapters(openings: Sequence[_Opening], levels: Sequence[int]) -> bool:
    heads = [opening.ordinal for opening in openings if opening.level == HEAD]
    opens = levels.index(HEAD) + 1 if heads else len(levels)
    first_chapter = CHAPTER not in levels[:opens] and list(levels[opens : opens + 1]) == [CHAPTER]
    return first_chapter and len(heads) > 1 and heads == list(range(1, len(heads) + 1))


def _ordinal(number: str) -> int:
    """The number that a clause's number spells: 十二 → 12, (3) → 3, 第四章 → 4, ⑤ → 5."""
    bare = number.strip("()第章节篇编部条")
    parsed = parse_number(str(_SIGNS.index(bare) + 1) if bare in _SIGNS else bare)
    return int(parsed.value) if parsed is not None else 0


def _kind(level: int) -> ClauseKind:
    """The kind that a level usually has; articles of a regulation are no tasks."""
    if level <= HEAD:
        return "chapter"
    return "part" if level == PART else "task" if level == TASK else "item"


def _heading(rest: str, level: int) -> str | None:
    """The words after the number up to the first full stop, or the first phrase of a long sentence; items have none."""
    sentence = re.split(r"[。\n]", rest.strip(), maxsplit=1)[0].strip("#* :")
    if 0 < len(sentence) <= _LONGEST_HEADING and not re.search(r"\d[家个项件%]", sentence):
        return sentence
    if level not in (ARTICLE, PART, TASK):
        return None
    phrase = re.split(r"[,;:]", sentence, maxsplit=1)[0]
    short = _SHORTEST_PHRASE <= len(phrase) <= _LONGEST_HEADING and not re.search(r"\d[家个项件%]", phrase)
    return phrase if short else None


def clause_at(clauses: Sequence[ClauseSpan], at: int) -> ClauseSpan | None:
    """The innermost clause that an offset of the cleaned text lies in; a task of a table ends with its row."""
    place = bisect_right(clauses, at, key=lambda clause: clause.start)
    while place and clauses[place - 1].end <= at and place > 1:
        place -= 1
    return clauses[place - 1] if place else None
