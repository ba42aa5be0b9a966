"""Which passages are in a language that is read: Chinese. English words and letters in it are names."""

from __future__ import annotations

import re

_HAN = re.compile(r"[一-龥]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_FEWEST_WORDS = 3


def is_foreign(text: str) -> bool:
    """Whether a passage is not Chinese: three Latin words or more, and fewer Chinese characters than those."""
    words = len(_WORD.findall(text))
    return words >= _FEWEST_WORDS and len(_HAN.findall(text)) < words
