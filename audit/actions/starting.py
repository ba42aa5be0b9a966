"""A new workspace: empty tables with their headers and description, a sample rule, and what to do next."""

from __future__ import annotations

import json
from pathlib import Path

from audit.files import write_new
from audit.tables.description import FILE
from audit.tables.kinds import KINDS
from audit.tables.writing import as_csv

TEMPLATE = Path(__file__).parent / "template"
TABLES = "extracted"


def start(folder: Path) -> tuple[Path, ...]:
    """Make a workspace in `folder` and give its files, relative to it and sorted.

    Nothing is overwritten: a file of the workspace that is already there is an `InputError`, and then nothing is
    written.
    """
    return write_new(folder, _files())


def _files() -> dict[Path, bytes]:
    """The content of every file of a new workspace."""
    from audit.tables.descriptor import descriptor

    kinds = [kind for kind in KINDS if kind.starts]
    paths = {kind.name: f"{kind.name}.csv" if kind.split else kind.path() for kind in kinds}
    described = json.dumps(descriptor("plans", paths), ensure_ascii=False, indent=2) + "\n"
    files = {Path(TABLES) / FILE: described.encode()}
    for kind in kinds:
        files[Path(TABLES) / paths[kind.name]] = as_csv(tuple(kind.columns), kind.initial)
    for template in sorted(TEMPLATE.rglob("*")):
        if template.is_file():
            files[template.relative_to(TEMPLATE)] = template.read_bytes()
    return files
