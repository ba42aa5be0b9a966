"""Plans worked out ahead by several processes, each of which leaves what it found in the cache.

The run itself then goes from plan to plan as ever and finds them there, so that what it tells, and in which order, does not
depend on who worked first. Processes are started anew (spawn), as every system can.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from audit.model.errors import InputError
from audit.tables.cache import Cache
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session

_session: Session | None = None
"""The session of a process that works ahead."""


def work_ahead(session: Session, plans: Sequence[tuple[Path, str]], everything: bool) -> None:
    """Work out plans, given with the ids of their documents; what fails is left to the run to tell."""
    count = min(session.jobs, len(plans))
    if count < 2 or session.cache.folder is None:
        return
    given = session.configuration, session.against, session.cache
    try:
        with ProcessPoolExecutor(count, get_context("spawn"), _open, given) as pool:
            for _ in pool.map(_work, *zip(*plans, strict=True), [everything] * len(plans)):
                pass
    except (BrokenProcessPool, OSError):  # no room for a process, or one was ended: the run does without them
        return


def _open(configuration: Configuration, against: Path | None, cache: Cache) -> None:
    global _session
    _session = Session(configuration, against, cache)


def _work(plan: Path, name: str, everything: bool) -> None:
    from audit.actions.plans import basis_of, worked_out

    assert _session is not None
    try:
        worked_out(_session, plan, name, basis_of(_session, everything), everything)
    except InputError:
        return
