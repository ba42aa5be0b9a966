"""What a line of a saved text is: middle or end of a sentence, heading, table row, footnote, page number."""

from __future__ import annotations

import re
from collections import Counter

from audit.lexicon import pattern
from audit.model.frozen import frozen

NUMBERING = (
    r"第[一二三四五六七八九十百]+[章节篇条部]|[一二三四五六七八九十]{1,3}[、．.]|[(（][一二三四五六七八九十]{1,3}[)）]|"
    r"\d{1,2}\s*(?:、|[．.](?:(?!\d)|(?=(?:19|20)\d\d\s*年)))|[(（]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]"
)
"""What may number a clause at the start of a paragraph."""

_NUMBERED = pattern(rf"[#\s*]*(?:{NUMBERING}|<box or annex>|[图表]\s*\d|注\s*[:：1-9])")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s|\*\*|---+\s*$|>|[-*]\s|\|)")
PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d+\s*页(?:[，,\s]*共\s*\d+\s*页)?)\s*")
_ENDS = "。！？；：!?;:…"
_TITLE_END = pattern(r"(?:<end of a title>|\d{4}年\d+月\d+日)\s*$")
FOOT_MARK = re.compile(r"\s*(\d{1,2})\s*")
_SHORTEST_WRAP = 18


@frozen(guarded=False)
class Line:
    start: int
    end: int
    text: str


def split_lines(text: str) -> list[Line]:
    lines, at = [], 0
    for piece in re.split(r"[\n\f]", text):
        lines.append(Line(at, at + len(piece), piece))
        at += len(piece) + 1
    return lines


def footnote_lines(lines: list[Line]) -> set[int]:
    """Lines between a bare footnote number and the page number that ends the page."""
    found: set[int] = set()
    if not any(PAGE_NUMBER.fullmatch(line.text) for line in lines):
        return found
    opened: int | None = None
    for index, line in enumerate(lines):
        if PAGE_NUMBER.fullmatch(line.text):
            if opened is not None and index - opened <= 25:
                found.update(range(opened, index))
            opened = None
        elif opened is None and FOOT_MARK.fullmatch(line.text):
            opened = index
    return found


_STATED = pattern(r"\d\s?[万亿千百]*[一-龥%％]{1,3}<after a number>?$")
"""A line that ends in a figure says all it has to say, in a text whose lines are not wrapped."""
_SET_APART = re.compile(r"\s[-－]?\d[\d.．,，]*+\s*+$")
"""How a row of a table ends that is written without lines between its cells."""


def goes_on(before: str, after: str, wrap: int, *, broken: bool) -> bool:
    """Whether a line continues the one before: that one is long, or ends in a comma, and stops in mid-sentence.

    `wrap` is the usual length of wrapped lines (0 in a text that is not wrapped): a numbered line that is shorter and
    has no full stop is a heading. `broken`: the line reaches to where a program broke lines, so that it goes on however it
    ends.
    """
    stripped = before.strip()
    if not stripped or _NUMBERED.match(after) or _MARKDOWN.match(after) or _MARKDOWN.match(before):
        return False
    if broken:
        return True
    if stripped[-1] in _ENDS:
        return False
    if stripped[-1] in ",，、":
        return True
    if wrap == 0 and (_STATED.search(stripped) or (_SET_APART.search(before) and _SET_APART.search(after))):
        return False
    width = _width(stripped)
    if width < _SHORTEST_WRAP or (stripped[0] in "(（" and stripped[-1] in ")）"):
        return False
    is_item = bool(re.match(r"[(（]\d", stripped)) and bool(re.search("[,，]", stripped))
    if _NUMBERED.match(before) and "。" not in stripped and width <= 48 and not is_item:
        return 0 < wrap <= width + 2 and not re.match(r"\s{2}", after)
    return not _TITLE_END.search(stripped) or "，" in stripped


def _width(text: str) -> int:
    """How many characters of a text are no blanks."""
    return sum(map(len, text.split()))


def wrap_width(lines: list[Line]) -> int:
    """The usual length of lines that stop in mid-sentence; 0 if they have no usual length."""
    widths = [
        _width(line.text) for line in lines if line.text.strip() and line.text.rstrip()[-1] not in _ENDS
    ]
    long = [width for width in widths if width >= _SHORTEST_WRAP]
    counts = Counter(long)
    width = max(set(long), key=counts.__getitem__, default=0)
    near = sum(1 for other in long if abs(other - width) <= 2)
    filled = sum(1 for line in lines if line.text.strip())
    return width if near >= 12 and near * 3 >= filled else 0


def is_heading(text: str) -> bool:
    """A short numbered line, or a short line without a sentence in it."""
    stripped = text.strip().strip("#* ")
    if len(stripped) > 48:
        return False
    if _NUMBERED.match(stripped):
        return (
            stripped[-1:] not in "，；、"
            and "。" not in stripped[:-1]
            and not re.search(r"\d[家个项%亿万]", stripped)
        )
    return (
        len(stripped) <= 30
        and stripped[-1:] not in _ENDS + "，、"
        and "，" not in stripped
        and not re.search(r"\d\s*(?:[家个项件人户%亿万吨])", stripped)
    )
