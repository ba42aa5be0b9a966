"""The files that a run writes: reports in the format of their suffix, and a draft given back with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audit.actions.checking import Run
from audit.files import write
from audit.model.phrase import Language
from audit.reporting import format_of, renderer
from audit.reporting.marking import MARKED, mark_draft


def show_every_check(paths: Sequence[Path], draft: bool) -> bool:
    """Whether a path is of a format that shows every check and figure; `InputError` for an unknown suffix."""
    formats = [format_of(path) for path in paths if not (draft and path.suffix.lower() in MARKED)]
    return any(name != "json" for name in formats)


def deliver(run: Run, paths: Sequence[Path], *, language: Language, all_checks: bool) -> None:
    """Write each path whole or not at all; what cannot be rendered leaves the others unwritten too.

    Of a draft, `.html`, and `.docx` or `.pdf` like the draft itself, are the draft with comments at its figures; every
    other suffix is a report.
    """
    marked = [path for path in paths if run.draft is not None and path.suffix.lower() in MARKED]
    rendered = [
        (path, renderer(format_of(path))(run.report, language=language, all_checks=all_checks))
        for path in paths
        if path not in marked
    ]
    for path in marked:
        assert run.draft is not None
        mark_draft(run.draft.source, run.report, run.draft.document.id, path, language=language)
    for path, content in rendered:
        write(path, content)
