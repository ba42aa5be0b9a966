"""Reports and rules of earlier runs, found again by the digest of all that they depend on, and never by anything else.

A damaged entry, or one that was made by another version of this program or of its libraries, is none.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.files import content_of
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.report import Input, Report
from audit.reporting.json import render
from audit.reporting.reading import read_report
from audit.tables.cache import Cache, libraries
from audit.workspace.sources import package_folder

if TYPE_CHECKING:
    from audit.workspace.session import Session

RULES = "read-rules"


def remember(kind: str, key: str, report: Report, known: Cache) -> None:
    """Keep a report under a digest."""
    remember_text(kind, key, render(report, all_checks=True), known)


def remembered(kind: str, key: str, known: Cache) -> Report | None:
    """The report kept under a digest; None when there is none or it is damaged."""
    content = remembered_text(kind, key, known)
    return None if content is None else read_report(content)


def remember_text(kind: str, key: str, text: str, known: Cache) -> None:
    """Keep a text under a digest."""
    content = text.encode()
    known.put(kind, key, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)


def remembered_text(kind: str, key: str, known: Cache) -> str | None:
    """The text kept under a digest; None when there is none or it is damaged."""
    seal, _, content = (known.get(kind, key) or b"").partition(b"\n")
    return content.decode("utf-8") if hashlib.sha256(content).hexdigest().encode() == seal else None


class _Records(pickle.Unpickler):
    """Reads back the records that rules are made of, and nothing that could be called for its effects."""

    _modules = frozenset(("audit.language.rule", "audit.language.expression", "audit.model.phrase"))

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module in (*self._modules, "decimal") else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a rule")


def remember_rules(files: Iterable[Input], rules: tuple[Rule, ...], known: Cache) -> None:
    """Keep the rules read from files that had no fault."""
    known.put(RULES, _rules_key(files), pickle.dumps(rules, protocol=5))


def remembered_rules(files: Iterable[Input], known: Cache) -> tuple[Rule, ...] | None:
    """The rules of the same files, told by the same paths; None when they were not read before."""
    content = known.get(RULES, _rules_key(files))
    if content is None:
        return None
    try:
        rules = _Records(io.BytesIO(content)).load()
    except Exception:  # whatever a damaged entry makes of itself
        return None
    return rules if isinstance(rules, tuple) and all(isinstance(rule, Rule) for rule in rules) else None


def _rules_key(files: Iterable[Input]) -> str:
    return digest_of((program(), *(f"{file.path}\0{file.sha256}" for file in files)))


def workspace_key(session: Session) -> str | None:
    """The digest of all that the report on a workspace folder depends on.

    Every table of the package, every rule file, the code lists and the rules asked for, and this program. None where
    one of them cannot be read: then the run itself has to say what is wrong.
    """
    if package_folder(session.source) is None or session.configuration.tables:
        return None
    configuration = session.configuration
    try:
        files = [*session.tables(), *session.rule_files(), *configuration.codes.values()]
        parts = [f"{path.as_posix()}\0{file_digest(path)}" for path in files]
    except InputError:
        return None
    told = [
        session.source.as_posix(),
        *sorted(f"{n}\0{p}" for n, p in configuration.codes.items()),
        *configuration.only,
        str(configuration.most),
    ]
    return digest_of((*parts, *told, program()))


def digest_of(parts: Iterable[str]) -> str:
    """One digest of several texts."""
    return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's bytes; `InputError` where it cannot be read."""
    return hashlib.sha256(content_of(path)).hexdigest()


@cache
def program() -> str:
    """The digest of this program's own files and of the versions of what they use.

    A file is known by its size and the time of its change, as Python knows whether its byte code is out of date.
    """
    package = Path(__file__).parent.parent
    told = [libraries()]
    for folder, within, files in os.walk(package):
        within[:] = sorted(name for name in within if name != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(folder, name))
            told.append(f"{folder}\0{name}\0{status.st_size}\0{status.st_mtime_ns}")
    return digest_of(told)
