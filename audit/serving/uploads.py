"""A file that arrives: its name made harmless, its kind known, its bytes counted, its time bounded."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

from audit.documents.kinds import SUFFIXES
from audit.serving.limits import MB
from audit.serving.told import refused

TABLES = (".csv", ".xlsx")
"""The suffixes of tables that are checked."""
TAKEN = (*SUFFIXES, *TABLES)
_NO_NAME = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"/\\|?*]+'
)
_LONGEST = 80
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def harmless_name(given: str) -> str:
    """The name that a file gets here: one that every system bears, of a kind that is read.

    `Refused` for other kinds.
    """
    name = given.replace("\\", "/").rpartition("/")[2].strip()
    stem, _dot, ending = name.rpartition(".")
    suffix = f".{ending.lower()}"
    if suffix not in TAKEN:
        raise refused(
            "“{name}” is no kind of file that is read here; bring one that ends in {suffixes} (save a .doc or .wps as "
            ".docx first).", 415, name=name[-_LONGEST:], suffixes=" ".join(TAKEN),
        )  # fmt: skip
    stem = _NO_NAME.sub("-", stem)[:_LONGEST].strip(" .-")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"file-{stem}".rstrip("-")
    return stem + suffix


async def arrive(chunks: AsyncIterator[bytes], target: Path, most: int, seconds: float) -> int:
    """Write what arrives to `target`; its size. `Refused` where it is too much or takes too long."""
    size = 0
    try:
        async with asyncio.timeout(seconds):
            with target.open("xb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        raise too_large(most)
                    file.write(chunk)
    except TimeoutError:
        raise refused("the file did not arrive within {seconds} seconds; bring it again.", 408,
                      seconds=round(seconds)) from None  # fmt: skip
    if not size:
        raise refused("the file is empty (0 bytes): check that it was saved completely.")
    return size


def too_large(most: int) -> Exception:
    """The refusal of a file of more than `most` bytes."""
    return refused("the file is larger than {most} MB, which is the most that is taken: take out pictures or split it.",
                   413, most=most // MB)  # fmt: skip
