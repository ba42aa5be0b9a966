"""Ends that nobody foresaw, told in one sentence: too little memory, a missing library, a fault of the program itself."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

TRACEBACK = "AUDIT_TRACEBACK"
"""The variable of the environment that shows where an unforeseen error came from."""


def failure(error: BaseException, _: Callable[..., str]) -> str:
    """What ended a run without an answer, and what to do about it."""
    if isinstance(error, MemoryError):
        return _("there is not enough memory for this; give a part of it, or a machine with more.")
    if isinstance(error, RecursionError):
        return _("something in the input is nested deeper than can be followed; make it flatter.")
    if isinstance(error, ModuleNotFoundError):
        return _(
            "the library “{name}” is missing; install audit again with all that it needs.", name=error.name
        )
    if isinstance(error, OSError) and error.strerror:
        about = error.filename if isinstance(error.filename, str) else ""
        return _("the system refused something: {reason} {path}", reason=error.strerror, path=about).rstrip()
    return _(
        "audit failed ({kind} in {place}: {problem}); this is a fault of the program, and nothing was decided. "
        "Report this sentence with the command, please; {variable}=1 before it shows more.",
        kind=type(error).__name__,
        place=_place(error),
        problem=str(error)[:200],
        variable=TRACEBACK,
    )


def _place(error: BaseException) -> str:
    """Module and line of this program where an error was last passed on."""
    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(package)]
    if not own:
        return "?"
    return f"{Path(own[-1].filename).relative_to(package.parent).as_posix()}:{own[-1].lineno}"
