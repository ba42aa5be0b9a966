"""Processes that help with tables of many rows, started before these are read, so that they are ready when there is work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.tables.formats.kinds import format_of
from audit.workspace.session import Session

if TYPE_CHECKING:
    from audit.engine.processes import Helpers

_HELP_OUT = "audit.diagnosis.together:help_out"


@contextmanager
def helped(session: Session) -> Iterator[Helpers | None]:
    """As many helpers as have enough to do with the tables of a session; None where this process alone is sooner done."""
    count = processes(session)
    if count < 2:
        yield None
        return
    from audit.engine.processes import Helpers, cores

    helpers = Helpers(min(count, cores()) - 1, _HELP_OUT)
    try:
        yield helpers
    finally:
        helpers.end()


def processes(session: Session) -> int:
    """How many processes the files of tables are worth; at most `jobs`."""
    worth = 0.0
    for path in session.files:
        found = format_of(path)
        if found is not None and found.worth and path.is_file():
            worth += path.stat().st_size / found.worth
    return min(session.jobs, int(worth))
