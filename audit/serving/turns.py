"""A fair queue: so many at once, and those who wait take turns, whoever has how much to do."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Lets `at_once` in. Everyone who waits has a line of their own, and the lines are served in turn."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._lines: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, whose: str) -> AsyncIterator[None]:
        """Wait for a turn of `whose`, and hold it."""
        await self._wait(whose)
        try:
            yield
        finally:
            self._next()

    async def _wait(self, whose: str) -> None:
        if self._free:
            self._free -= 1
            return
        called = asyncio.get_running_loop().create_future()
        self._lines.setdefault(whose, deque()).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self._next()
            raise

    def _next(self) -> None:
        while self._lines:
            whose = next(iter(self._lines))
            line = self._lines.pop(whose)
            called = line.popleft()
            if line:
                self._lines[whose] = line  # behind all the others
            if not called.done():
                called.set_result(None)
                return
        self._free += 1
