"""One file a report format, each a pure function of a `Report`, and the table of formats.

A format is loaded when it is asked for, so that a run that prints text pays for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from audit.files import Content
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import Language
from audit.model.report import Report


class Render(Protocol):
    """What every format module gives as `render`: the whole report as text, or as bytes when packed.

    `own` are options of one format (`template` of Word documents, `rest` of those that have `BOUNDS`).
    """

    def __call__(
        self, report: Report, *, language: Language, all_checks: bool = False, **own: Path | str
    ) -> str | bytes: ...


@frozen
class Format:
    """A report format: `suffixes` choose it for `-o FILE`; `printed`: `--format` can ask for it.

    A suffix of two parts is that of a report also where a draft is checked, whose own suffix gives the draft back.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    printed: bool


FORMATS: tuple[Format, ...] = (
    Format("text", "audit.reporting.text", (".txt",), True),
    Format("json", "audit.reporting.json", (".json",), True),
    Format("html", "audit.reporting.html", (".html", ".htm", ".report.html"), False),
    Format("xlsx", "audit.reporting.xlsx", (".xlsx",), False),
    Format("docx", "audit.reporting.docx", (".docx", ".report.docx"), False),
    Format("annex", "audit.reporting.docx.annex", (".annex.docx",), False),
    Format("markdown", "audit.reporting.markdown", (".md",), True),
    Format("github", "audit.reporting.github", (), True),
    Format("sarif", "audit.reporting.sarif", (".sarif",), True),
    Format("junit", "audit.reporting.junit", (".xml",), True),
    Format("ess", "audit.reporting.ess", (), True),
)


REST = ".rest.csv"
"""What the name of a report is followed by in that of the file beside it, which holds what the report does not bear."""


def place_of_rest(path: Path) -> Path:
    """Where that stands which a report does not bear."""
    return path.with_name(path.name + REST)


def format_names() -> tuple[str, ...]:
    """The formats that can be printed, for `--format`."""
    return tuple(format.name for format in FORMATS if format.printed)


def printed_format(name: str) -> str:
    """The name of a format as `--format` gives it; InputError when no format that can be printed has it."""
    if name not in format_names():
        raise InputError(
            "--format {name} is not known; use one of {known}.", name=name, known=", ".join(format_names())
        )
    return name


def renderer(name: str) -> Render:
    """The `render` function of the format called `name`; its module is loaded now."""
    module = next(format.module for format in FORMATS if format.name == name)
    return cast(Render, import_module(module).render)


def written(name: str, report: Report, *, language: Language, all_checks: bool, **own: Path | str) -> Content:
    """A report in the format called `name`: piece by piece where it is one that can be long, else as a whole."""
    module = import_module(next(format.module for format in FORMATS if format.name == name))
    pieces = getattr(module, "pieces", None)
    if pieces is not None:
        return cast(Iterator[str], pieces(report, language=language, all_checks=all_checks))
    return cast(Render, module.render)(report, language=language, all_checks=all_checks, **own)


def files_of(
    path: Path, report: Report, *, language: Language, all_checks: bool, **own: Path | str
) -> dict[Path, Content | None]:
    """The files of a report in the format that the suffix of `path` asks for: itself, and what it does not bear of the
    report beside it (see `rest`); without content the rest of an earlier report, where there is none now.

    Raises `InputError` where something else has the name of the rest.
    """
    name = format_of(path)
    bounds = getattr(import_module(next(one.module for one in FORMATS if one.name == name)), "BOUNDS", None)
    beside: dict[Path, Content | None] = {}
    if bounds is not None:
        from audit.reporting import rest

        place, left = place_of_rest(path), rest.rest_of(report, bounds)
        if left:
            rest.ensure_ours(place)
            beside[place], own = rest.table(left, report, language), {**own, "rest": place.name}
        elif rest.is_ours(place):
            beside[place] = None
    return {path: written(name, report, language=language, all_checks=all_checks, **own), **beside}


def format_of(path: Path) -> str:
    """The name of the format that the suffix of `path` asks for; InputError when no format has it."""
    return format_for(path, {format.name: format.suffixes for format in FORMATS})


def format_for(path: Path, suffixes: Mapping[str, Sequence[str]]) -> str:
    """The name that has a suffix of `path`, the longest where several do; InputError when none has."""
    file = path.name.lower()
    found = [(len(one), name) for name, known in suffixes.items() for one in known if file.endswith(one)]
    if found:
        return max(found)[1]
    raise InputError(
        "{path}: no report format has the suffix {suffix}; use one of {known}.",
        path=str(path),
        suffix=path.suffix or '""',
        known=", ".join(suffix for known in suffixes.values() for suffix in known),
    )
