"""What a path on the command line is: a folder of tables, a folder of plans, a plan or a table. Reads no content."""

from __future__ import annotations

from pathlib import Path

PACKAGE = "datapackage.json"
PACKAGES = ("extracted", ".")
"""The folders of a workspace in which its tables may lie."""

SUFFIXES = (".docx", ".docm", ".pdf", ".html", ".htm", ".txt", ".md", ".markdown")
_NOTES = (".md", ".markdown")  # in a folder these are notes on the plans rather than plans


def package_folder(root: Path) -> Path | None:
    """The folder of a workspace that holds its tables; None when `root` is no workspace."""
    return next((root / name for name in PACKAGES if (root / name / PACKAGE).exists()), None)


def is_plan(path: Path) -> bool:
    """Whether a path names a plan to be read (by its suffix), not a table or a folder."""
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def plans_in(folder: Path) -> tuple[Path, ...]:
    """The plans in a folder and the folders below it, sorted; hidden ones and Markdown are left out."""
    found = (path for path in folder.rglob("*") if is_plan(path) and path.suffix.lower() not in _NOTES)
    return tuple(
        sorted(p for p in found if not any(part[:1] in ".~" for part in p.relative_to(folder).parts))
    )
