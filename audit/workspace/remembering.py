"""Reports of earlier runs, found again by the digest of all that they depend on, and never by anything else.

A damaged entry, or one that was made by another version of this program's files, is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audit.language.files import builtin_rules, rule_files
from audit.model.phrase import Phrase
from audit.model.report import Report
from audit.reporting.json import read_report, render
from audit.tables.cache import Cache
from audit.workspace.sources import PACKAGE, package_folder

if TYPE_CHECKING:
    from audit.workspace.configuration import Configuration


def remember(kind: str, key: str, report: Report, known: Cache) -> None:
    """Keep a report under a digest."""
    notes = json.dumps([[note.zh, note.en] for note in report.notes])
    content = f"{notes}\n{render(report, all_checks=True)}".encode()
    known.put(kind, key, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)


def remembered(kind: str, key: str, known: Cache) -> Report | None:
    """The report kept under a digest; None when there is none or it is damaged."""
    seal, _, content = (known.get(kind, key) or b"").partition(b"\n")
    if hashlib.sha256(content).hexdigest().encode() != seal:
        return None
    notes, _, text = content.decode("utf-8").partition("\n")
    return replace(read_report(text), notes=tuple(Phrase(*note) for note in json.loads(notes)))


def workspace_key(root: Path, configuration: Configuration) -> str | None:
    """The digest of all that the report on a workspace folder depends on.

    Every table of the package, every rule file, the code lists and the rules asked for, and this program. None where
    one of them cannot be read: then the run itself has to say what is wrong.
    """
    folder = package_folder(root)
    if folder is None:
        return None
    try:
        package = (folder / PACKAGE).read_bytes()
        listed = [resource["path"] for resource in json.loads(package)["resources"]]
        tables = [folder / name for path in listed for name in ([path] if isinstance(path, str) else path)]
        rules = rule_files(configuration.rules or (builtin_rules(), *_own_rules(root)))
        files = [*tables, *rules, *configuration.codes.values()]
        parts = [f"{path.as_posix()}\0{file_digest(path)}" for path in files]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    told = [
        root.as_posix(),
        *sorted(f"{n}\0{p}" for n, p in configuration.codes.items()),
        *configuration.only,
    ]
    return digest_of((hashlib.sha256(package).hexdigest(), *parts, *told, program()))


def _own_rules(root: Path) -> tuple[Path, ...]:
    own = root / "rules"
    return (own,) if own.is_dir() else ()


def digest_of(parts: Iterable[str]) -> str:
    """One digest of several texts."""
    return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def program() -> str:
    """The digest of this program's own files."""
    package = Path(__file__).parent.parent
    files = sorted(
        p for p in package.rglob("*") if p.suffix in (".py", ".csv", ".json", ".mo") and p.is_file()
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(package).as_posix()}\0".encode() + file.read_bytes())
    return digest.hexdigest()
