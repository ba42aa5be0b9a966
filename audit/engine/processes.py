"""Processes that help with work in pieces: this one takes the pieces from the first on, the others from the last back.

They are started anew (spawn), as every system can, and ahead of the work, while this process still reads what it is about.
One that cannot be started, or does not answer, is done without: whoever gave out the work does what nobody did.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from threading import Thread

UNABLE = (OSError, ImportError)
"""What is raised where there is no room for a process, or the system has no locks that processes share."""


class Pieces:
    """Pieces of work, by their places, of which each is taken once."""

    def __init__(self, count: int = 0) -> None:
        self._left = get_context("spawn").Array("l", [0, count])

    def set_out(self, count: int) -> None:
        """Let there be so many pieces, none of them taken."""
        with self._left.get_lock():
            self._left[:] = [0, count]

    def take(self, place: int) -> bool:
        """Take this piece and count those before it as taken; whether it was free."""
        with self._left.get_lock():
            free: bool = self._left[0] <= place < self._left[1]
            if free:
                self._left[0] = place + 1
            return free

    def first(self) -> int | None:
        """Take the first that nobody has taken."""
        return next((place for place in range(self._left[0], self._left[1]) if self.take(place)), None)

    def last(self) -> int | None:
        """Take the last that nobody has taken."""
        with self._left.get_lock():
            if self._left[0] >= self._left[1]:
                return None
            self._left[1] -= 1
            place: int = self._left[1]
            return place


Help = Callable[[bytes, Pieces], bytes]
"""What a process does with the work that it is sent: it takes pieces until there are none, and tells what they came to."""


class Helpers:
    """Processes that wait for work. `help_out` names what they do with it, a `Help` as `module:function`, so that they alone
    load the module while they wait."""

    def __init__(self, count: int, help_out: str) -> None:
        self._others: list[tuple[BaseProcess, Connection]] = []
        spawn = get_context("spawn")
        with suppress(*UNABLE):
            self.pieces = Pieces()
            for _ in range(count):
                here, there = spawn.Pipe()
                other = spawn.Process(target=_waiting, args=(there, self.pieces, help_out), daemon=True)
                other.start()
                there.close()
                self._others.append((other, here))

    def __len__(self) -> int:
        return len(self._others)

    def give(self, work: bytes, count: int) -> None:
        """Send out work of so many pieces, without waiting until it arrives."""
        self.pieces.set_out(count)
        for _, here in self._others:
            Thread(target=_sent, args=(here, work), daemon=True).start()

    def answers(self) -> Iterator[bytes]:
        """What the others tell, once there are no pieces left."""
        for _, here in self._others:
            with suppress(EOFError, OSError):
                yield here.recv_bytes()

    def end(self) -> None:
        """Let all go."""
        for other, here in self._others:
            here.close()
            other.join(0.1)  # one that has told all ends of itself
            other.terminate()
            other.join()


def cores() -> int:
    """On how many cores this process may run, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sent(here: Connection, work: bytes) -> None:
    with suppress(OSError):
        here.send_bytes(work)


def _waiting(there: Connection, pieces: Pieces, help_out: str) -> None:
    """In another process: wait for work, do it, tell what it came to."""
    work: Help = resolve_name(help_out)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        there.send_bytes(work(there.recv_bytes(), pieces))
