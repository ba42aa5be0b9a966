"""Which numbers joined by colons are a ratio of shares: what the words before them call it."""

from __future__ import annotations

import re

from audit.lexicon import pattern


def is_structure(clean: str, at: int) -> bool:
    """Whether the words before a ratio make it the parts of a hundred (`三次产业结构为`, `比重由…调整为`).

    The words speak of the first ratio after them, and of another only where the first turns into it.
    """
    named = _STRUCTURE.search(clean, max(0, at - 40), at)
    if named is None:
        return False
    *_, between = _RATIO.split(named[1])
    return between == named[1] or bool(_TURNED.search(between))


CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
"""What is a time of day (`9:41:50`) unless the words before it call it a ratio."""
_CALLED_RATIO = pattern(r"(?:<word of a structure>|<word of a ratio>)([^。;\n]*)$")


def is_told_ratio(clean: str, at: int) -> bool:
    """Whether the words of the same phrase call what looks like a time of day a ratio, or a ratio turns into it."""
    named = _CALLED_RATIO.search(clean, max(0, at - 40), at)
    if named is None:
        return False
    *_, between = _RATIO.split(named[1])
    return "," not in between if between == named[1] else bool(_TURNED.search(between))


_STRUCTURE = pattern(r"<word of a structure>([^。;\n]*)$")
_RATIO = re.compile(r"\d[:∶]\d[\d.:∶]*")
_TURNED = pattern("<turned>")
