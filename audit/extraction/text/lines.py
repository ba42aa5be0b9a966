"""What a line of a saved text is: middle or end of a sentence, heading, table row, footnote, page number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

NUMBERING = (
    r"第[一二三四五六七八九十百]+[章节篇条部]|[一二三四五六七八九十]{1,3}[、．.]|[(（][一二三四五六七八九十]{1,3}[)）]|"
    r"\d{1,2}\s*[．、]|\d{1,2}\.(?!\d)|\d{1,2}\.(?=(?:19|20)\d\d\s*年)|[(（]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]"
)
"""What may number a clause at the start of a paragraph."""

_NUMBERED = re.compile(rf"[#\s*]*(?:{NUMBERING}|——|专栏|附件|附表|[图表]\s*\d|注\s*[:：1-9])")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s|\*\*|---+\s*$|>|[-*]\s|\|)")
PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d+\s*页(?:[，,\s]*共\s*\d+\s*页)?)\s*")
_ENDS = "。！？；：!?;:…"
_TITLE_END = re.compile(
    r"(?:》|通知|意见|方案|计划|规划|报告|公报|办法|细则|纲要|指南|[)）]|公告|\d{4}年\d+月\d+日)\s*$"
)
FOOT_MARK = re.compile(r"\s*(\d{1,2})\s*")
_GAPS = re.compile(r"(?<=\S)(?:[ \u3000]{2,}|\t)+(?=\S)")
_CELL_NUMBER = re.compile(r"[<>≤≥+\-−]?\d[\d,.]*\s*[%‰]?")
_SHORTEST_WRAP = 18


@dataclass(frozen=True, slots=True)
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


_SERIAL_HEAD = frozenset({"序号", "编号"})


def stacked_tables(lines: list[Line]) -> dict[int, tuple[int, int]]:
    """Tables with one cell a line: start line → (number of columns, line after the last).

    Such a table opens with the head `序号`; the heads run up to the serial number 1, and every further row starts with
    the next number.
    """
    found: dict[int, tuple[int, int]] = {}
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    for place, index in enumerate(filled):
        if lines[index].text.strip() not in _SERIAL_HEAD:
            continue
        width = next(
            (
                n
                for n in range(2, 9)
                if place + n < len(filled) and lines[filled[place + n]].text.strip() == "1"
            ),
            0,
        )
        rows = 0
        while width and place + (rows + 1) * width < len(filled):
            if lines[filled[place + (rows + 1) * width]].text.strip() != str(rows + 1):
                break
            rows += 1
        if rows >= 2:
            last = min(place + (rows + 1) * width, len(filled)) - 1
            found[index] = (width, filled[last] + 1)
    return found


def row_cells(line: Line) -> list[tuple[int, int]] | None:
    """The stretches of the cells of a table row; `None` for a line that is no row."""
    text = line.text
    if "\t" in text.strip():
        return _split(line, "\t")
    if text.lstrip().startswith("|") and text.count("|") >= 3:
        return _split(line, "|") if not re.fullmatch(r"[\s|:-]+", text) else []
    if len(_GAPS.findall(text.strip())) >= 2:
        pieces = [(m.start(), m.end()) for m in re.finditer(r"\S(?:.*?\S)??(?=[ \u3000]{2}|\t|\s*$)", text)]
        numbers = sum(bool(_CELL_NUMBER.fullmatch(text[a:b])) for a, b in pieces)
        if numbers >= 2 and numbers * 2 >= len(pieces):
            return [(line.start + a, line.start + b) for a, b in pieces]
    return None


def _split(line: Line, sign: str) -> list[tuple[int, int]]:
    cells, at = [], line.start
    for piece in line.text.split(sign):
        cells.append((at, at + len(piece)))
        at += len(piece) + 1
    return cells


def goes_on(before: str, after: str, wrap: int) -> bool:
    """Whether a line continues the one before: that one is long, or ends in a comma, and stops in mid-sentence.

    `wrap` is the usual length of wrapped lines (0 in a text that is not wrapped): a numbered line that is shorter and
    has no full stop is a heading.
    """
    stripped = before.strip()
    if (
        not stripped
        or stripped[-1] in _ENDS
        or _NUMBERED.match(after)
        or _MARKDOWN.match(after)
        or _MARKDOWN.match(before)
    ):
        return False
    if stripped[-1] in ",，、":
        return True
    width = sum(1 for sign in stripped if not sign.isspace())
    if width < _SHORTEST_WRAP or (stripped[0] in "(（" and stripped[-1] in ")）"):
        return False
    is_item = bool(re.match(r"[(（]\d", stripped)) and bool(re.search("[,，]", stripped))
    if _NUMBERED.match(before) and "。" not in stripped and width <= 48 and not is_item:
        return 0 < wrap <= width + 2 and not re.match(r"\s{2}", after)
    return not _TITLE_END.search(stripped) or "，" in stripped


def wrap_width(lines: list[Line]) -> int:
    """The usual length of lines that stop in mid-sentence; 0 if they have no usual length."""
    widths = [
        sum(1 for sign in line.text if not sign.isspace())
        for line in lines
        if line.text.strip() and line.text.rstrip()[-1] not in _ENDS
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
