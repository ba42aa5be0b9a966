"""How far a named thing is to be: planned, being built, or standing, by the words beside its name."""

from __future__ import annotations

import re

from audit.lexicon import meanings, pattern
from audit.model.rows import MentionState

_BEFORE, _AFTER = (meanings(f"state {side} a name") for side in ("before", "after"))
_VERB, _ENDING = pattern("<state before a name>"), pattern("<state after a name>")
_STOP = re.compile(r"[,，。;；:：\n]")
_ENUMERATION = re.compile(r"[、,，。;；:：\n]")
_LONGEST = 60


def state_of(text: str, start: int, end: int) -> MentionState | None:
    """The state of the thing whose name stands from `start` to `end`; None where no word between the commas around
    tells it. A word after the name counts before one ahead of it: what is told to be `建成` was `筹建` before."""
    after = text[end : end + _LONGEST]
    stop = _ENUMERATION.search(after)
    endings = _ENDING.findall(after[: stop.start()] if stop else after)
    if endings:
        return _AFTER[endings[-1]]  # type: ignore[return-value]
    before = text[max(0, start - _LONGEST) : start]
    cut = [match.end() for match in _STOP.finditer(before)]
    verbs = _VERB.findall(before[cut[-1] if cut else 0 :])
    return _BEFORE[verbs[-1]] if verbs else None  # type: ignore[return-value]
