"""Processes that help with work in pieces: this one takes the pieces from the first on, the others from the last back.

They are started anew (spawn), as every system can, and ahead of the work, while this process still reads what it is about.
One that cannot be started, or does not answer, is done without: whoever gave out the work does what nobody did.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from pkgutil import resolve_name
from tempfile import mkdtemp
from threading import Thread

from audit.files import folder_aside
from audit.model.frozen import frozen


@frozen
class Pieces:
    """So many pieces of work, by their places, of which each is taken once: who takes one makes the file of its number in the
    folder, which only one can."""

    folder: Path
    count: int

    @classmethod
    def of(cls, count: int) -> Pieces:
        """Pieces of which none is taken."""
        return cls(Path(mkdtemp(dir=folder_aside())), count)

    def take(self, place: int) -> bool:
        """Take this piece; whether it was free."""
        try:
            (self.folder / str(place)).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def first(self) -> int | None:
        """Take the first that nobody has taken."""
        return next(filter(self.take, range(self.count)), None)

    def last(self) -> int | None:
        """Take the last that nobody has taken."""
        return next(filter(self.take, reversed(range(self.count))), None)


Help = Callable[[bytes], bytes]
"""What a process does with the work that it is sent, and what it tells of it."""


class Helpers:
    """Processes that wait for work. `help_out` names what they do with it, a `Help` as `module:function`, so that they alone
    load the module while they wait."""

    def __init__(self, count: int, help_out: str) -> None:
        self._others: list[tuple[BaseProcess, Connection]] = []
        spawn = get_context("spawn")
        with suppress(OSError):  # no room for a process: the run does without
            for _ in range(count):
                here, there = spawn.Pipe()
                other = spawn.Process(target=_waiting, args=(there, help_out), daemon=True)
                other.start()
                there.close()
                self._others.append((other, here))

    def __len__(self) -> int:
        return len(self._others)

    def give(self, work: bytes) -> None:
        """Send out work, without waiting until it arrives."""
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


def _waiting(there: Connection, help_out: str) -> None:
    """In another process: wait for work, do it, tell what it came to. Who breaks off tells the process that gave it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work: Help = resolve_name(help_out)
    with suppress(EOFError, OSError):
        there.send_bytes(work(there.recv_bytes()))
