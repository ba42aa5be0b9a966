"""How long a worker may take: as long as it tells that it goes on, within a bound for all of it."""

from __future__ import annotations

import asyncio
import sys

import pytest

from audit.model.phrase import Phrase
from audit.serving.reader import Reader
from audit.serving.told import Refused
from tests.serving.visiting import ran

WORKER = """
import json, sys, time
sys.stdin.readline()
for page in range(4):
    time.sleep(0.2)
    print(json.dumps({"kind": "step", "zh": "", "en": f"page {page}"}), flush=True)
sys.stdout.write(json.dumps({"kind": "answer", "size": 2}) + "\\nok")
"""


async def asked(seconds: float, longest: float | None) -> tuple[bytes, list[str]]:
    pipe, told = asyncio.subprocess.PIPE, list[str]()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, stdin=pipe, stdout=pipe)

    def step(phrase: Phrase) -> None:
        told.append(phrase.en)

    reader = Reader(process)
    try:
        return await reader.ask("open", seconds, step, longest), told
    finally:
        await reader.end()


def test_every_page_that_is_told_gives_more_time() -> None:
    assert ran(asked(0.7, 60)) == (b"ok", ["page 0", "page 1", "page 2", "page 3"])


@pytest.mark.parametrize("longest", [None, 0.3])
def test_but_not_beyond_the_bound_for_all(longest: float | None) -> None:
    with pytest.raises(Refused, match="seconds"):
        ran(asked(0.7 if longest else 0.3, longest))
