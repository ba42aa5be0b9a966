"""Which files are tables; nothing here opens one, so that a run that is remembered loads no engine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audit.reporting import REST
from audit.tables.formats.kinds import FORMATS
from audit.workspace.sources import CODES

_NOT_SOUGHT = frozenset(("json",))
"""Formats of which a folder holds many files that are no tables; these are named one by one."""


def tables_in(folder: Path, apart: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The files of tables in a folder and those below it, sorted; hidden ones, those `apart`, the code lists beside
    tables and what stands beside a report are left out."""
    aside = {path.resolve() for path in apart}
    suffixes = {suffix for one in FORMATS if one.name not in _NOT_SOUGHT for suffix in one.suffixes}
    found = [
        path for path in folder.rglob("*")
        if path.suffix.lower() in suffixes and path.is_file() and path.resolve() not in aside
        and not path.name.endswith(REST)
        and not any(part[:1] in ".~" for part in path.relative_to(folder).parts)
    ]  # fmt: skip
    homes = {path.parent for path in found}
    return tuple(sorted(p for p in found if p.parent.name != CODES or p.parent.parent not in homes))
