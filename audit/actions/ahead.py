"""Plans worked on by several processes: this one takes them from the first on, the others from the last back.

What the others find they leave in the cache. The run goes from plan to plan as ever and finds it there, so that what it tells,
and in which order, does not depend on who worked when. Processes are started anew (spawn), as every system can. That takes as
long as reading a few plans: one is started only where more work than that is left for each, and this one does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from audit.engine.processes import Pieces, cores
from audit.model.errors import InputError
from audit.tables.cache import Cache
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session

Plans = Sequence[tuple[Path, str]]
"""Plans with the ids of their documents."""

WORTH = 250_000
"""How many bytes of plans are read in the time that a process takes to start, about."""
_EACH = 25_000
"""How many bytes could be read in the time that a plan takes whatever its length."""


def processes(sizes: Sequence[int], jobs: int, cores: int) -> int:
    """How many processes, this one included, read plans of so many bytes sooner than this one alone; at most `jobs`."""
    work = sum(sizes) + _EACH * len(sizes)
    return max(1, min(jobs, cores, len(sizes), work // WORTH))


class Ahead:
    """Plans of which this process takes the first, and others the last that nobody has taken."""

    def __init__(self, plans: Plans) -> None:
        self._places = {plan: place for place, plan in enumerate(plans)}
        self.others: list[BaseProcess] = []

    def start(self, count: int, *given: object) -> None:
        """Let so many others work; fewer, where there is no room for them."""
        with suppress(OSError):
            self.pieces = Pieces.of(len(self._places))
            for _ in range(count):
                other: BaseProcess = get_context("spawn").Process(
                    target=help_out, args=(*given, self.pieces), daemon=True
                )
                other.start()
                self.others.append(other)

    def takes(self, plan: tuple[Path, str]) -> bool:
        """Take a plan for this process, unless another has: then this one waits for the others to end."""
        if not self.others or self.pieces.take(self._places[plan]):
            return True
        for other in self.others:
            other.join()
        return False


@contextmanager
def working_ahead(session: Session, plans: Plans, everything: bool) -> Iterator[Ahead]:
    """Others at work on plans for as long as the run goes through them; what fails there is left to the run to tell."""
    ahead = Ahead(plans)
    count = processes([*_sizes(plans)], session.jobs, cores()) if session.cache.folder is not None else 1
    try:
        if count > 1:
            given = session.configuration, session.against, session.cache, plans, everything
            ahead.start(count - 1, *given)
        yield ahead
    finally:
        for other in ahead.others:
            other.terminate()


def help_out(
    configuration: Configuration, against: Path | None, cache: Cache, plans: Plans, everything: bool,
    pieces: Pieces,
) -> None:  # fmt: skip
    """Work out plans from the last back until all are taken, and leave what was found in the cache."""
    from audit.actions.plans import basis_of, worked_out

    with suppress(Exception, KeyboardInterrupt):
        session = Session(configuration, against, cache)
        basis = basis_of(session, everything)
        while (place := pieces.last()) is not None:
            with suppress(InputError):
                worked_out(session, *plans[place], basis, everything)


def _sizes(plans: Plans) -> Iterator[int]:
    for path, _ in plans:
        with suppress(OSError):  # reading it says what is wrong
            yield path.stat().st_size
