"""One file a report format, each a pure function of a `Report`; the table of formats, and writing to disk.

A format is loaded when it is asked for, so that a run that prints text pays for nothing else.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Report


class Render(Protocol):
    """What every format module gives as `render`: the whole report as text, or as bytes when packed."""

    def __call__(self, report: Report, *, language: Language, all_checks: bool = False) -> str | bytes: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A report format: `suffixes` choose it for `-o FILE`; `printed`: `--format` can ask for it."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    printed: bool


FORMATS: tuple[Format, ...] = (
    Format("text", "audit.reporting.text", (".txt",), True),
    Format("json", "audit.reporting.json", (".json",), True),
    Format("html", "audit.reporting.html", (".html", ".htm"), False),
    Format("xlsx", "audit.reporting.xlsx", (".xlsx",), False),
    Format("docx", "audit.reporting.docx", (".docx",), False),
    Format("markdown", "audit.reporting.markdown", (".md",), True),
    Format("github", "audit.reporting.github", (), True),
    Format("sarif", "audit.reporting.sarif", (".sarif",), True),
    Format("junit", "audit.reporting.junit", (".xml",), True),
    Format("ess", "audit.reporting.ess", (), True),
)


def format_names() -> tuple[str, ...]:
    """The formats that can be printed, for `--format`."""
    return tuple(format.name for format in FORMATS if format.printed)


def renderer(name: str) -> Render:
    """The `render` function of the format called `name`; its module is loaded now."""
    module = next(format.module for format in FORMATS if format.name == name)
    return cast(Render, import_module(module).render)


def format_of(path: Path) -> str:
    """The name of the format that the suffix of `path` asks for; InputError when no format has it."""
    return format_for(path, {format.name: format.suffixes for format in FORMATS})


def format_for(path: Path, suffixes: Mapping[str, Sequence[str]]) -> str:
    """The name whose suffixes have that of `path`; InputError when none has."""
    for name, known in suffixes.items():
        if path.suffix.lower() in known:
            return name
    raise InputError(
        "{path}: no report format has the suffix {suffix}; use one of {known}.",
        path=str(path),
        suffix=path.suffix or '""',
        known=", ".join(suffix for known in suffixes.values() for suffix in known),
    )


def write(path: Path, content: str | bytes) -> None:
    """Write a report whole or not at all: to a temporary file beside `path` that then takes its place.

    Raises InputError when the folder is missing or not writable.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as fault:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise InputError(
            "{path} cannot be written: {fault}; choose another place with -o.",
            path=str(path),
            fault=fault.strerror or str(fault),
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
