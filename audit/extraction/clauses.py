"""The clause tree, from the numbers that paragraphs begin with, and the bodies that each clause names as responsible.

A clause id is the path of numbers as the document writes them: chapter `三`, part `(一)`, task `1`, item `(1)` make
`三(一)1(1)`; a block of stage goals is `三(一)阶段目标`, a year in it `三(一)阶段目标2018`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from audit.extraction.bodies import responsible_bodies
from audit.extraction.layout import Layout, LayoutBlock
from audit.model.rows import ClauseKind


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    """A clause and the stretch of the cleaned text from its number to the next clause of any level."""

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
_MEASURES = re.compile(r"保障措施|组织实施|保障|组织领导")
_NO_TASKS = re.compile(r"原则|思路|指导思想|背景|形势|基础|现状|目标$")
_LONGEST_HEADING = 42


def find_clauses(layout: Layout) -> list[ClauseSpan]:
    """Every clause in the order of the text; the text before the first belongs to none."""
    clean = layout.plain.clean
    found: list[ClauseSpan] = []
    path: list[ClauseSpan] = []
    seen: dict[str, int] = {}
    for block in layout.blocks:
        if block.kind in ("row", "footnote"):
            continue
        opened = _opened(clean, block, path)
        if opened is None:
            continue
        count = seen[opened.id] = seen.get(opened.id, 0) + 1
        if count > 1:
            opened = replace(opened, id=f"{opened.id}~{count}")
        path = [clause for clause in path if clause.level < opened.level] + [opened]
        if found:
            found[-1] = replace(found[-1], end=block.start)
        found.append(opened)
    if found:
        found[-1] = replace(found[-1], end=len(clean))
    return [_with_bodies(clause, clean) for clause in found]


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
    return _clause(
        number, number, _kind(level, parent), _heading(text[match.end() :], block), level, block, parent
    )


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


def _kind(level: int, parent: ClauseSpan | None) -> ClauseKind:
    if level <= 1:
        return "chapter"
    if level == 2:
        return "part"
    if level == 3 and parent and parent.heading and _NO_TASKS.search(parent.heading):
        return "item"
    if level == 3:
        return "measure" if parent and parent.heading and _MEASURES.search(parent.heading) else "task"
    return "item"


def _heading(rest: str, block: LayoutBlock) -> str | None:
    """The words after the number up to the first full stop, when they are short enough to be a heading."""
    head = re.split(r"[。\n]", rest.strip(), maxsplit=1)[0].strip("#* :")
    return head if 0 < len(head) <= _LONGEST_HEADING and not re.search(r"\d[家个项件%]", head) else None


def _with_bodies(clause: ClauseSpan, clean: str) -> ClauseSpan:
    lead, support = responsible_bodies(clean[clause.start : clause.end])
    return replace(clause, lead=lead, support=support) if lead or support else clause


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
