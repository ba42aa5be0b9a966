"""Which files hold rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audit.model.errors import InputError

SUFFIXES = (".yaml", ".yml")


def rule_files(paths: Iterable[Path]) -> list[Path]:
    """The files given and the `*.yaml` and `*.yml` files of the folders given, in order of path."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES))
        elif path.exists():
            files.append(path)
        else:
            raise InputError("{path}: there is no such rule file or folder.", path=path)
    return files


def builtin_rules() -> Path:
    """The rule library: `rules/` inside the installed package, or beside it in a clone."""
    package = Path(__file__).parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"
