"""A row of a table that counts its columns: 1, 2, 3=2/1 …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.lexicon import entries

_COLUMN = re.compile(r"[（(]?(\d{1,2})(?:\.0+)?[）)]?\s*(?:$|[=＝])")
_UNCOUNTED = frozenset(("", *entries("over the names")))
"""What stands over the names of rows where the columns are counted."""


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether the cells of a row count the columns, perhaps with 甲 or nothing over the names."""
    numbers = [_COLUMN.match(text.strip()) for text in texts if text.strip() not in _UNCOUNTED]
    counted = [int(number[1]) for number in numbers if number]
    return len(numbers) > 1 and all(numbers) and counted == list(range(1, len(counted) + 1))
