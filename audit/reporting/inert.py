"""Words of a plan made safe to show: nothing in them acts on a terminal, a page or a reader's eye."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


_COMMANDS = ("::", "##[")
"""How a line begins that a runner of CI takes for a command to itself."""


def inert(text: str) -> str:
    """`text` on one line: breaks become a blank; control, direction and invisible characters U+FFFD.

    U+FFFD also stands before a text that would be a command to GitHub's runner at the begin of a line.
    """
    if not text.isprintable():  # most texts of a plan are
        text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", text))
    return f"\N{REPLACEMENT CHARACTER}{text}" if text.lstrip().startswith(_COMMANDS) else text


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula."""


def no_formula(cell: str) -> str:
    """A cell of a table of text, with a blank before it where a spreadsheet would take it for a formula."""
    return f" {cell}" if cell.startswith(_FORMULA) else cell


def excerpt(text: str, around: str, limit: int) -> str:
    """At most `limit` characters of `text` around the first `around`; `…` stands for what was cut."""
    if len(text) <= limit:
        return text
    at = max(text.find(around), 0) if around else 0
    start = min(max(at - (limit - min(len(around), limit)) // 2, 0), len(text) - limit)
    return ("…" if start else "") + text[start : start + limit] + ("…" if start + limit < len(text) else "")
