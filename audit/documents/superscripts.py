"""Raised digits: an exponent or the mark of a note, never part of the number that they follow."""

from __future__ import annotations

import re

_RAISED = re.compile(r"\s*(?:[\[［〔(（]?\d{1,3}[\]］〕)）]?|[+\-−]\d{1,3})\s*")


def sign_before(raised: str, before: str) -> str:
    """`^` where the raised text is a number that would run into what stands before it; empty otherwise.

    `before` is the last character so far. After a Latin letter no sign is needed (m2).
    """
    runs_on = bool(before) and not before.isspace() and not (before.isascii() and before.isalpha())
    return "^" if runs_on and _RAISED.fullmatch(raised) else ""
