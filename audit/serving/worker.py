"""The process that reads one file: started as a program of its own, with as much memory as it is given.

It hears requests on standard input and answers on standard output, and ends when the server does.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.reporting.failures import failure
from audit.serving.told import both
from audit.serving.wire import head, values
from audit.wording import words


class Line:
    """The way back to the server: progress, a refusal, or an answer."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def step(self, message: str, /, **places: object) -> None:
        """Tell what is being done, by a message of the catalogue."""
        told = both(InputError(message, **places))
        self._send(head(kind="step", zh=told.zh, en=told.en))

    def refuse(self, told: Phrase) -> None:
        """Tell why a request is not done."""
        self._send(head(kind="refused", zh=told.zh, en=told.en))

    def answer(self, content: bytes) -> None:
        """Give the answer."""
        self._send(head(kind="answer", size=len(content)) + content)

    def _send(self, content: bytes) -> None:
        self._out.write(content)
        self._out.flush()


def command(memory: int) -> list[str]:
    """The command that starts a worker which may take so many bytes: this program's own where it is packed into a folder
    without a Python to be asked."""
    if getattr(sys, "frozen", False):
        return [sys.executable, AS_WORKER, str(memory)]
    return [sys.executable, "-P", "-m", "audit.serving.worker", str(memory)]


AS_WORKER = "--as-worker"
"""What the packed program is told first where it is to be a worker."""


def main(memory: int) -> None:
    """Answer requests until there are no more."""
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nothing:  # what a library prints is no answer
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    line = Line(out)
    from audit.serving.opened import REQUESTS, Desk, made_ready

    made_ready()
    bound_memory(memory)
    desk = Desk(line.step)
    for request in sys.stdin.buffer:
        asked = values(request)
        _answer(line, lambda own=asked: REQUESTS[own.pop("do")](desk, **own))  # type: ignore[misc]


def _answer(line: Line, work: Callable[[], bytes]) -> None:
    try:
        content = work()
    except InputError as error:
        line.refuse(both(error))
    except Exception as error:
        line.refuse(Phrase(failure(error, words("zh")), failure(error, words("en"))))
    else:
        line.answer(content)


def bound_memory(more: int) -> None:
    """Let this process take so many bytes more than it has now; where the system knows no such bound, nothing is done.

    What counts is memory that can be written (RLIMIT_DATA, Linux 4.7), not address space: libraries reserve much of that.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as numbers:
            pages = int(numbers.read().split()[5])
        most = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def request(do: str, **places: Any) -> bytes:
    """A request as the worker hears it."""
    return head(do=do, **places)


if __name__ == "__main__":
    main(int(sys.argv[1]))
