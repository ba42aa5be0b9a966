"""The workers of a server: few read at once, in turns by visitor; some stay to answer, one stands ready."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from pathlib import Path
from typing import Any

from audit.model.phrase import Phrase
from audit.serving.limits import Limits
from audit.serving.reader import Gone, Reader
from audit.serving.told import Refused
from audit.serving.turns import Turns
from audit.serving.visitors import Draft


class Readers:
    """Reads files, and asks the workers that read them; a worker that has gone is replaced by one that reads again."""

    def __init__(self, limits: Limits, workspace: Path | None) -> None:
        self._limits = limits
        self._workspace = workspace
        self._turns = Turns(limits.at_once)
        self._open: list[Draft] = []
        self._spare: asyncio.Task[Reader] | None = None

    def ready(self) -> None:
        """Start a worker for the next file, so that nobody waits for that."""
        if self._spare is None:
            self._spare = asyncio.create_task(Reader.start(self._limits.memory))

    async def read(self, whose: str, draft: Draft) -> None:
        """Read a file that was brought, when it is its turn; the draft tells how far it is and what came of it."""
        try:
            await self._reader_of(whose, draft)
        except Refused as told:
            draft.state, draft.told = "refused", told.phrase
        except asyncio.CancelledError:
            raise
        except Exception:
            draft.state = "refused"
            draft.told = Phrase(
                "服务出错，没有检查这个文件；请重新启动 audit serve",
                "the server failed and did not check this file; start audit serve again",
            )
            raise

    async def ask(self, whose: str, draft: Draft, do: str, **places: Any) -> bytes:
        """What the worker of a file answers; `Refused` with the reason where it does not."""
        while True:
            reader = await self._reader_of(whose, draft)
            try:
                return await reader.ask(do, self._limits.answer, **places)
            except Gone:  # it gave way to another in the meantime
                continue

    async def _reader_of(self, whose: str, draft: Draft) -> Reader:
        draft.asked = time.monotonic()
        if draft.reader is not None and draft.reader.alive:
            return draft.reader
        async with self._turns.turn(whose):
            if (
                draft.reader is not None and draft.reader.alive
            ):  # somebody else's question had it read meanwhile
                return draft.reader
            draft.state = "reading"
            reader = await self._started()
            draft.reader = reader
            self._open.append(draft)

            def step(phrase: Phrase) -> None:
                draft.told = phrase

            try:
                answer = await reader.ask(
                    "open", self._limits.reading, step, self._limits.longest, folder=str(draft.folder), name=draft.name,
                    workspace=str(self._workspace) if self._workspace else None, decisions=draft.decisions,
                )  # fmt: skip
            except BaseException:
                draft.reader = None
                self._open.remove(draft)
                await reader.end()
                raise
            draft.totals, draft.state, draft.told = json.loads(answer), "ready", Phrase("", "")
        await self._keep_few()
        return reader

    async def _started(self) -> Reader:
        spare, self._spare = self._spare, None
        reader = await spare if spare is not None else await Reader.start(self._limits.memory)
        if not reader.alive:
            reader = await Reader.start(self._limits.memory)
        self.ready()
        return reader

    async def _keep_few(self) -> None:
        """End the workers that were not asked for longest; their files are read again when they are asked for."""
        self._open = [draft for draft in self._open if draft.reader is not None and draft.reader.alive]
        while len(self._open) > self._limits.kept:
            oldest = min(self._open, key=lambda draft: draft.asked)
            self._open.remove(oldest)
            if oldest.reader is not None:
                await oldest.reader.end_when_idle()
                oldest.reader = None

    async def end(self) -> None:
        """End all workers."""
        for draft in self._open:
            if draft.reader is not None:
                await draft.reader.end()
        if self._spare is not None:
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await (await self._spare).end()
