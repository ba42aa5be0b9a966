"""The clause tree, from the numbers that paragraphs begin with.

A clause id is the path of numbers as the document writes them: chapter `三`, part `(一)`, task `1`, item `(1)` make
`三(一)1(1)`; a block of stage goals is `三(一)阶段目标`, a year in it `三(一)阶段目标2018`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.extraction.text.layout import Layout, LayoutBlock
from audit.model.rows import ClauseKind


@dataclass(frozen=True, slots=True)
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


_NUMBER = re.compile(
    r"[#*\s]*(?:(?P<book>第[一二三四五六七八九十百]+[章篇部])|(?P<chapter>[一二三四五六七八九十]{1,3})[、．.]"
    r"|(?P<section>第[一二三四五六七八九十百]+节)|(?P<part>[(][一二三四五六七八九十]{1,3}[)])"
    r"|(?P<task>\d{1,2})(?:[．、]|\.(?!\d)|\.(?=(?:19|20)\d\d年))|(?P<article>第[一二三四五六七八九十百]+条)"
    r"|(?P<item>[(]\d{1,2}[)])|(?P<sign>[①②③④⑤⑥⑦⑧⑨⑩]))\s*"
)
_LEVELS = {"book": 0, "chapter": 1, "section": 1, "part": 2, "task": 3, "article": 3, "item": 4, "sign": 5}
_STAGE = re.compile(r"[#*\s]*(阶段目标|年度目标|分年度目标)\s*:?\s*$")
_STAGE_YEAR = re.compile(r"((?:19|20)\d\d)年,")
_LONGEST_HEADING = 42
_SHORTEST_PHRASE = 10
_CHINESE_DIGITS = "一二三四五六七八九十"


def find_clauses(layout: Layout) -> list[ClauseSpan]:
    """Every clause in the order of the text; the text before the first belongs to none.

    A table of contents is left out. Where numbering starts again from one, as in an annex or a box, the new clauses stand
    in a clause of their own without number (`附2`); a number that comes twice in one count gets `~2`.
    """
    clean = layout.plain.clean
    found: list[ClauseSpan] = []
    path: list[ClauseSpan] = []
    seen: dict[str, int] = {}
    for block in _body(layout):
        opened = _opened(clean, block, path)
        if opened is None:
            continue
        above = [clause for clause in path if clause.level < opened.level]
        begun = [opened]
        if _starts_again(opened, path):
            above = [clause for clause in above if not _counts_anew(clause)]
            again = _container(opened, above[-1].id if above else None, seen)
            begun = [again, replace(opened, id=again.id + (opened.number or ""), parent=again.id)]
        count = seen[begun[-1].id] = seen.get(begun[-1].id, 0) + 1
        if count > 1:
            begun[-1] = replace(begun[-1], id=f"{begun[-1].id}~{count}")
        path = above + begun
        if found:
            found[-1] = replace(found[-1], end=block.start)
        found.extend(begun)
    if found:
        found[-1] = replace(found[-1], end=len(clean))
    return _with_missing_chapter(found)


def _starts_again(opened: ClauseSpan, path: Sequence[ClauseSpan]) -> bool:
    """Whether a clause begins a new count beside the one that has gone past one."""
    last = next((clause for clause in reversed(path) if clause.level == opened.level), None)
    return (
        last is not None
        and opened.kind != "stage_goal"
        and _is_first(opened.number)
        and last.number is not None
        and not _is_first(last.number)
        and (last.level <= 1 or last.parent == opened.parent)
    )


def _is_first(number: str | None) -> bool:
    return number is not None and number.strip("()第章节篇部条") in ("一", "1", "①")


def _container(opened: ClauseSpan, parent: str | None, seen: dict[str, int]) -> ClauseSpan:
    """The clause without number that holds a new count."""
    name = f"{parent or ''}附"
    count = seen[name] = seen.get(name, 1) + 1
    at = opened.start
    return ClauseSpan(f"{name}{count}", parent, None, "item", None, opened.level - 1, at, at)


def _counts_anew(clause: ClauseSpan) -> bool:
    return clause.number is None and clause.start == clause.end


def is_excerpt(clauses: Sequence[ClauseSpan]) -> bool:
    """Whether a text begins inside a document: its first chapter is not the first."""
    return bool(clauses) and clauses[0].level == 1 and clauses[0].start == clauses[0].end


def _body(layout: Layout) -> list[LayoutBlock]:
    """The blocks that may open a clause, without those of a table of contents.

    Contents are short lines of which the first chapter comes again, word for word, after the last.
    """
    clean = layout.plain.clean
    blocks = [block for block in layout.blocks if block.kind not in ("row", "footnote")]
    first: dict[str, int] = {}
    for index, block in enumerate(blocks):
        text = _without_page(clean[block.start : block.end])
        match = _NUMBER.match(text)
        if match is None or match.lastgroup not in ("book", "chapter") or len(text) > _LONGEST_HEADING:
            continue
        begun = first.setdefault(text, index)
        if begun < index - 1 and not any("。" in clean[b.start : b.end] for b in blocks[begun:index]):
            return blocks[:begun] + blocks[index:]
    return blocks


def _without_page(text: str) -> str:
    """A line of contents without its page number."""
    return re.sub(r"[.…·\s]*-?\d*-?$", "", text.strip("#* \n"))


def _with_missing_chapter(clauses: list[ClauseSpan]) -> list[ClauseSpan]:
    """Parts that stand before a chapter `二` or later belong to the chapter before it, which the text leaves out."""
    first = next((clause for clause in clauses if clause.level <= 1), None)
    orphans = [clause for clause in clauses if first is not None and clause.start < first.start]
    if first is None or first.number not in tuple(_CHINESE_DIGITS[1:]) or not orphans:
        return clauses
    step = _CHINESE_DIGITS[_CHINESE_DIGITS.index(first.number) - 1]
    at = orphans[0].start
    chapter = ClauseSpan(step, None, step, "chapter", None, 1, at, at)
    moved = [replace(c, id=step + c.id, parent=step + (c.parent or "")) for c in orphans]
    return [chapter, *moved, *clauses[len(orphans) :]]


def _opened(clean: str, block: LayoutBlock, path: list[ClauseSpan]) -> ClauseSpan | None:
    """The clause that a block begins, if it begins one."""
    text = clean[block.start : block.end]
    stage = _STAGE.match(text)
    if stage:
        parent = next((clause for clause in reversed(path) if clause.level <= 2), None)
        return _clause(stage[1], None, "stage_goal", stage[1], 3, block, parent)
    year = _STAGE_YEAR.match(text)
    if year and path and path[-1].kind == "stage_goal":
        parent = next(clause for clause in reversed(path) if clause.level == 3)
        return _clause(year[1], year[1], "stage_goal", None, 4, block, parent)
    match = _NUMBER.match(text)
    if match is None or match.lastgroup is None:
        return None
    level = _LEVELS[match.lastgroup]
    number = match[match.lastgroup]
    parent = next((clause for clause in reversed(path) if clause.level < level), None)
    return _clause(number, number, _kind(level), _heading(text[match.end() :], level), level, block, parent)


def _clause(
    step: str,
    number: str | None,
    kind: ClauseKind,
    heading: str | None,
    level: int,
    block: LayoutBlock,
    parent: ClauseSpan | None,
) -> ClauseSpan:
    name = (parent.id if parent else "") + step
    return ClauseSpan(
        name, parent.id if parent else None, number, kind, heading, level, block.start, block.end
    )


def _kind(level: int) -> ClauseKind:
    """The kind that a level usually has."""
    if level <= 1:
        return "chapter"
    return "part" if level == 2 else "task" if level == 3 else "item"


def _heading(rest: str, level: int) -> str | None:
    """The words after the number up to the first full stop, or the first phrase of a long sentence; items have none."""
    sentence = re.split(r"[。\n]", rest.strip(), maxsplit=1)[0].strip("#* :")
    if 0 < len(sentence) <= _LONGEST_HEADING and not re.search(r"\d[家个项件%]", sentence):
        return sentence
    if level not in (2, 3):
        return None
    phrase = re.split(r"[,;:]", sentence, maxsplit=1)[0]
    short = _SHORTEST_PHRASE <= len(phrase) <= _LONGEST_HEADING and not re.search(r"\d[家个项件%]", phrase)
    return phrase if short else None


def clause_at(clauses: list[ClauseSpan], at: int) -> ClauseSpan | None:
    """The innermost clause that an offset of the cleaned text lies in."""
    low, high = 0, len(clauses)
    while low < high:
        middle = (low + high) // 2
        if clauses[middle].start <= at:
            low = middle + 1
        else:
            high = middle
    return clauses[low - 1] if low else None
