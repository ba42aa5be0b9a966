"""The clause numbers that Chinese plans begin a paragraph with, and what they say about its depth."""

from __future__ import annotations

import re

_CHINESE = "〇零一二三四五六七八九十百"
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第\s?[{_CHINESE}\d]{{1,4}}\s?[编篇章部]分?")),
    (2, re.compile(rf"第\s?[{_CHINESE}\d]{{1,4}}\s?节")),
    (3, re.compile(rf"第\s?[{_CHINESE}\d]{{1,4}}\s?条")),
    (1, re.compile(rf"[{_CHINESE}]{{1,4}}\s?[、．]")),
    (2, re.compile(rf"[（(〔]\s?[{_CHINESE}]{{1,4}}\s?[）)〕]、?")),
    (3, re.compile(r"\d{1,3}(?:[、．]|\.(?!\d))")),
    (3, re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[\s、．　])[、．]?")),
    (4, re.compile(r"[（(]\s?\d{1,3}\s?[）)]|\d{1,3}[）)]")),
    (5, re.compile(r"[①-⑳㈠-㈩]")),
)
_SENTENCE_ENDS = "。；;，,：:！？"
HEADING_LENGTH = 40


def clause_number(line: str) -> tuple[str, int] | None:
    """The number that `line` begins with, as it stands there, and its usual depth from 1; `None` without
    one."""
    for depth, style in _STYLES:
        if match := style.match(line):
            return match.group().rstrip(), depth
    return None


def typed_heading(line: str) -> int | None:
    """The depth of a line that by its number, length and end is a heading; `None` for running text."""
    found = clause_number(line)
    if found is None or len(line) > HEADING_LENGTH or line[-1:] in _SENTENCE_ENDS or "。" in line:
        return None
    return found[1] if len(line) > len(found[0]) + 1 else None
