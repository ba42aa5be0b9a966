"""A worker process from the server's side: asked one thing at a time, and ended when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from typing import Any

from audit.model.phrase import Phrase
from audit.serving.told import Refused, refused
from audit.serving.wire import LONGEST_HEAD, values
from audit.serving.worker import command, request

Step = Callable[[Phrase], None]
_QUIET = {"POLARS_MAX_THREADS": "2", "PYTHONNOUSERSITE": "1", "PYTHONUNBUFFERED": "1"}


class Gone(Exception):
    """A worker had ended before it was asked."""


class Reader:
    """One worker. `alive` until it ended by itself or was ended."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._alone = asyncio.Lock()

    @classmethod
    async def start(cls, memory: int) -> Reader:
        """A new worker that may take `memory` bytes."""
        process = await asyncio.create_subprocess_exec(
            *command(memory), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=LONGEST_HEAD, env={**os.environ, **_QUIET},
        )  # fmt: skip
        return cls(process)

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def ask(
        self, do: str, seconds: float, step: Step | None = None, longest: float | None = None, **places: Any
    ) -> bytes:
        """The answer to a request; `Refused` with the worker's sentence, or where it was ended for time or memory.

        With `longest` the `seconds` begin anew whenever the worker tells what it is doing, but it gets no more than that
        in all. `Gone` where it had ended before.
        """
        async with self._alone:
            if not self.alive:
                raise Gone
            now = asyncio.get_running_loop().time
            started = now()
            try:
                async with asyncio.timeout(seconds) as limit:

                    def told(phrase: Phrase) -> None:
                        if longest is not None:
                            limit.reschedule(min(now() + seconds, started + longest))
                        if step is not None:
                            step(phrase)

                    return await self._answer(request(do, **places), told)
            except TimeoutError:
                taken = now() - started
                await self.end()
                raise refused(
                    "this took longer than {seconds} seconds and was stopped: give a part of the file, or check it "
                    "with `audit check`, which waits as long as you do.", seconds=round(taken),
                ) from None  # fmt: skip
            except (EOFError, OSError, ValueError):
                await self.end()
                raise refused(
                    "this took more memory than is allowed, or broke the program that reads files, and was stopped; "
                    "other files are not touched by it: take out pictures, or give a part of the file.",
                ) from None
            except asyncio.CancelledError:
                await self.end()
                raise

    async def _answer(self, asked: bytes, step: Step) -> bytes:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(asked)
        await stdin.drain()
        while line := await stdout.readline():
            told = values(line)
            if told["kind"] == "answer":
                return await stdout.readexactly(told["size"])
            phrase = Phrase(told["zh"], told["en"])
            if told["kind"] == "refused":
                raise Refused(phrase)
            step(phrase)
        raise EOFError

    async def end_when_idle(self) -> None:
        """End the process after what it is doing."""
        async with self._alone:
            await self.end()

    async def end(self) -> None:
        """End the process, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
