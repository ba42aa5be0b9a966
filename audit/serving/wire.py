"""How server and worker talk: a line of JSON that says what follows, then so many bytes.

Nothing that a worker sends is ever run: it has read a stranger's file.
"""

from __future__ import annotations

import json
from typing import Any

LONGEST_HEAD = 2**20


def head(**values: Any) -> bytes:
    """The line for these values."""
    return json.dumps(values, ensure_ascii=True).encode() + b"\n"


def values(line: bytes) -> dict[str, Any]:
    """What a line says; `ValueError` where it is none."""
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("a line of the wire holds an object")
    return found
