"""What is in force for a run: `audit.toml` or `[tool.audit]` in `pyproject.toml`; flags win over them.

The file is looked for in the folder of the source and in the folders above it, as far as the top of a git
clone. Its paths are relative to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from audit.diagnosis.cut import MOST
from audit.files import text_of
from audit.model.errors import InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.model.phrase import LANGUAGES, Language
from audit.model.report import SEVERITIES, Severity
from audit.tables.formats.asked import Asked
from audit.wording import language_of
from audit.workspace.asking import asked_of
from audit.workspace.packs import PACKS

FILE, SHARED_FILE, SECTION = "audit.toml", "pyproject.toml", "tool.audit"
FAIL_ON = (*SEVERITIES, "never")


@frozen(slots=False)
class Configuration:
    """The settings of a run.

    `sources` are what is checked; `rules` rule files or folders (none: those of the workspace, else the library); `only`
    globs of rule ids; `codes` a code list's file by dimension; `tables` how tables of one's own are read, by name;
    `extends` the packs of rules in force (none: those whose tables are there); `waivers` and `baseline` files (no waivers
    named: `waivers.yaml` of the workspace); `severity` the least that is reported; `fail_on` the least that fails, or
    `never`; `strict` whether what cannot be tested fails; `most` how many checks of each verdict of a rule are told (0:
    all). `origins` tells of every setting that is no default where it was given: a flag, or a file with its line; `file`
    is that file. `apart` says that the run is on `tables` only, whatever else there is in the folder.
    """

    sources: tuple[Path, ...] = (Path("."),)
    rules: tuple[Path, ...] = ()
    only: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    codes: Mapping[str, Path] = field(default_factory=dict)
    tables: Mapping[str, Asked] = field(default_factory=dict)
    waivers: Path | None = None
    baseline: Path | None = None
    language: Language = "en"
    severity: Severity = "warning"
    fail_on: str = "error"
    strict: bool = False
    most: int = MOST
    origins: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    apart: bool = False

    def told(self) -> Iterator[tuple[str, Any, str | None]]:
        """Every setting as files name it, its value, and where it was given (`None`: a default)."""
        for name in SETTINGS:
            yield name, getattr(self, _attribute(name)), self.origins.get(name)


@frozen
class _Given:
    """A setting as a file in `folder` gives it; `at` is its file and line."""

    name: str
    value: Any
    folder: Path
    at: str


def _text(given: _Given) -> str:
    if not isinstance(given.value, str) or not given.value or "\0" in given.value:
        raise InputError(
            '{at}: “{name}” should be a text in quotes, as in "rules".', at=given.at, name=given.name
        )
    return given.value


def _path(given: _Given) -> Path:
    return given.folder / _text(given)


def _texts(given: _Given) -> tuple[str, ...]:
    if not isinstance(given.value, list):
        raise InputError(
            '{at}: “{name}” should be a list of texts, as in ["rules"].', at=given.at, name=given.name
        )
    return tuple(_text(replace(given, value=item)) for item in given.value)


def _packs(given: _Given) -> tuple[str, ...]:
    named = (_text(given),) if isinstance(given.value, str) else _texts(given)
    for name in named:
        if name not in PACKS:
            raise InputError("{at}: there is no pack of rules “{name}”; the nearest is {nearest}.",
                             at=given.at, name=name, nearest=nearest(name, PACKS))  # fmt: skip
    return named


def _paths(given: _Given) -> tuple[Path, ...]:
    return tuple(given.folder / item for item in _texts(given))


def _sources(given: _Given) -> tuple[Path, ...]:
    return _paths(given) or (given.folder,)


def _codes(given: _Given) -> dict[str, Path]:
    if not isinstance(given.value, dict):
        raise InputError(
            '{at}: “{name}” should be a table of files by dimension, as in region = "regions.csv".',
            at=given.at,
            name=given.name,
        )
    return {name: _path(replace(given, value=item)) for name, item in given.value.items()}


def _tables(given: _Given) -> dict[str, Asked]:
    if not isinstance(given.value, dict) or not all(isinstance(one, dict) for one in given.value.values()):
        raise InputError(
            '{at}: “{name}” should be a table of settings by table, as in [tables.budget] with file = "budget.xlsx".',
            at=given.at, name=given.name,
        )  # fmt: skip
    return {name: asked_of(name, settings, given.folder, given.at) for name, settings in given.value.items()}


def _truth(given: _Given) -> bool:
    if not isinstance(given.value, bool):
        raise InputError("{at}: “{name}” should be true or false.", at=given.at, name=given.name)
    return given.value


def _count(given: _Given) -> int:
    if isinstance(given.value, bool) or not isinstance(given.value, int) or given.value < 0:
        raise InputError(
            "{at}: “{name}” should be a whole number of at least 0; 0 means all.",
            at=given.at,
            name=given.name,
        )
    return given.value


def _one_of(allowed: tuple[str, ...]) -> Callable[[_Given], str]:
    def read(given: _Given) -> str:
        if given.value not in allowed:
            raise InputError("{at}: “{name}” should be one of {allowed}.",
                             at=given.at, name=given.name, allowed=", ".join(allowed))  # fmt: skip
        return str(given.value)

    return read


SETTINGS: Mapping[str, Callable[[_Given], Any]] = {
    "sources": _sources,
    "rules": _paths,
    "only": _texts,
    "extends": _packs,
    "codes": _codes,
    "tables": _tables,
    "waivers": _path,
    "baseline": _path,
    "language": _one_of(LANGUAGES),
    "severity": _one_of(SEVERITIES),
    "fail-on": _one_of(FAIL_ON),
    "strict": _truth,
    "most": _count,
}


def _is_number(value: object) -> bool:
    """Whether a flag has a number, which may be nought."""
    return isinstance(value, int) and not isinstance(value, bool)


def _attribute(setting: str) -> str:
    return setting.replace("-", "_")


def configure(start: Path, flags: Mapping[str, Any] | None = None) -> Configuration:
    """What is in force for a run on `start` (a file or folder).

    `flags` are what the command line gave, by flag (`--fail-on`); values that are `None`, empty or false
    were not given. The language falls back on the locale. Raises `InputErrors` with all faults of the file.
    """
    found = _found(start if start.is_dir() else start.parent)
    configuration = replace(Configuration(), language=language_of())
    if found is not None:
        configuration = replace(_overlaid(configuration, *_read(*found)), file=found[0])
    given = {name: value for name, value in (flags or {}).items() if value or _is_number(value)}
    values = {_attribute(_FLAGS.get(name, name[2:])): value for name, value in given.items()}
    origins = {_FLAGS.get(name, name[2:]): name for name in given}
    return _overlaid(configuration, values, origins)


_FLAGS = {"SOURCE": "sources", "--lang": "language"}


def _overlaid(below: Configuration, values: Mapping[str, Any], origins: Mapping[str, str]) -> Configuration:
    return replace(below, **values, origins={**below.origins, **origins})


def _found(start: Path) -> tuple[Path, str] | None:
    """The nearest file with settings and its text."""
    for folder in (start, *_above(start)):
        for name in (FILE, SHARED_FILE):
            text = _text_of(folder / name)
            if text is not None and (name == FILE or re.search(rf"^\s*\[{SECTION}[\].]", text, re.MULTILINE)):
                return folder / name, text
        if (folder / ".git").exists():
            break
    return None


def _above(folder: Path) -> list[Path]:
    parents = list(folder.resolve().parents)
    return parents if folder.is_absolute() else [Path(os.path.relpath(parent)) for parent in parents]


def _text_of(path: Path) -> str | None:
    return text_of(path, str(path)) if path.exists() else None


def _read(path: Path, text: str) -> tuple[dict[str, Any], dict[str, str]]:
    import tomllib

    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("{path}: is not TOML ({problem}).", path=path, problem=str(error)[:120]) from None
    section = content if path.name == FILE else _section(content)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    faults: list[InputError] = []
    for name, value in section.items():
        at = f"{path}:{_line(text, name)}"
        if name not in SETTINGS:
            faults.append(InputError("{at}: there is no setting “{name}”; the nearest is {nearest}.",
                                     at=at, name=name, nearest=nearest(name, SETTINGS)))  # fmt: skip
            continue
        try:
            values[_attribute(name)] = SETTINGS[name](_Given(name, value, path.parent, at))
            origins[name] = at
        except InputError as fault:
            faults.append(fault)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return values, origins


def _section(content: Any) -> dict[str, Any]:
    for name in SECTION.split("."):
        content = content.get(name) if isinstance(content, dict) else None
    return content if isinstance(content, dict) else {}


def _line(text: str, name: str) -> int:
    """The first line that gives a setting, as a key or as a table of its own."""
    key = re.escape(name)
    found = re.search(
        rf"^\s*(?:\[(?:{re.escape(SECTION)}\.)?)?[\"']?{key}[\"']?\s*[\].=]", text, re.MULTILINE
    )
    return text.count("\n", 0, found.end()) + 1 if found else 1
