"""audit tells whether the figures in plans hold together.

`audit.check(tables=…, rules=…, codes=…)` checks frames from Python, `audit.errors` has what it raises, `audit.report` what
it returns; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from audit.version import __version__

if TYPE_CHECKING:
    from audit import errors as errors
    from audit import report as report
    from audit.actions.python import check as check

__all__ = ["__version__", "check", "errors", "report"]


def __getattr__(name: str) -> object:
    if name == "check":
        from audit.actions.python import check

        return check
    if name in ("errors", "report"):
        return import_module(f"audit.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
