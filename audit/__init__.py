"""audit tells whether the figures in plans hold together.

`audit.check(tables=…, rules=…, codes=…)` checks frames from Python; it is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.version import __version__

if TYPE_CHECKING:
    from audit.actions.python import check as check

__all__ = ["__version__", "check"]


def __getattr__(name: str) -> object:
    if name == "check":
        from audit.actions.python import check

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
