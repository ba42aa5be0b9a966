"""What a path on the command line is: a folder of tables, a folder of plans, a plan or a table. Reads no content."""

from __future__ import annotations

import os
import re
from pathlib import Path

from audit.documents.kinds import kind_of
from audit.tables.description import FILE
from audit.tables.kinds import CODE_LISTS

CODES = "codes"
"""The folder in which code lists lie."""
PACKAGES = ("extracted", ".")
"""The folders of a workspace in which its tables may lie."""

_NO_ID = re.compile(r"[\s/\\;\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def package_folder(root: Path) -> Path | None:
    """The folder of a workspace that holds its tables; None when `root` is no workspace."""
    return next((root / name for name in PACKAGES if (root / name / FILE).exists()), None)


def is_plan(path: Path) -> bool:
    """Whether a path names a plan to be read (by its suffix), not a table or a folder."""
    return kind_of(path) is not None and not path.is_dir()


def document_id(plan: Path) -> str:
    """The id of the document that a plan's file holds: its name without the suffix and without what no id may hold."""
    return _NO_ID.sub("-", plan.stem).strip("-") or "plan"


def plans_in(folder: Path) -> tuple[Path, ...]:
    """The plans in a folder and the folders below it, sorted; hidden ones and notes on plans are left out."""
    found = (p for p in folder.rglob("*") if (kind := kind_of(p)) and kind.plans and not p.is_dir())
    return tuple(
        sorted(p for p in found if not any(part[:1] in ".~" for part in p.relative_to(folder).parts))
    )


def home_of(table: Path) -> Path | None:
    """The folder of the package that a table's file lies in, if any."""
    return next((folder for folder in table.resolve().parents[:3] if (folder / FILE).exists()), None)


def codes_beside(table: Path) -> dict[str, Path]:
    """The code lists in the folder `codes` beside a table outside of a package, by dimension: `regions.csv` lists the
    codes of `region`, any other file those of the column of its name."""
    if home_of(table) is not None:
        return {}
    dimensions = {name: dimension for dimension, name in CODE_LISTS.items()}
    return {
        dimensions.get(path.stem, path.stem): path
        for path in sorted((table.parent / CODES).glob("*"))
        if path.suffix in (".csv", ".xml", ".json") and path.is_file()
    }


def root_of(table: Path) -> Path:
    """The folder of the workspace that a table's file belongs to; outside of a package, the file's own folder."""
    home = home_of(table)
    if home is None:
        return table.parent
    root = home.parent if home.name == PACKAGES[0] else home
    return root if table.is_absolute() else Path(os.path.relpath(root))
