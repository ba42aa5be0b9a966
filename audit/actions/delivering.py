"""The files that a run writes: reports in the format of their suffix, and a draft given back with its marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from audit.actions.checking import Run
from audit.actions.progress import Step, silent
from audit.files import Content, laid_aside
from audit.model.phrase import Language, marked
from audit.model.report import Report
from audit.reporting import files_of, format_of
from audit.reporting.given_back import is_marked_draft, is_marked_workbook

_PLAIN = ("ess",)
"""Formats that tell nothing of causes."""


def show_every_check(paths: Sequence[Path], draft: bool) -> bool:
    """Whether a path is of a format that shows every check and figure; `InputError` for an unknown suffix."""
    reports = [
        path
        for path in paths
        if not (draft and is_marked_draft(path)) and (draft or not is_marked_workbook(path))
    ]
    formats = [format_of(path) for path in reports]
    return any(name != "json" for name in formats)


def tells_causes(paths: Sequence[Path], printed: str | None) -> bool:
    """Whether what is written or printed (none: only totals are) tells the causes behind the findings."""
    return bool(paths) or (printed is not None and printed not in _PLAIN)


def deliver(
    run: Run, paths: Sequence[Path], *, language: Language, all_checks: bool, step: Step = silent
) -> tuple[Path, ...]:
    """Write each path whole or not at all; what cannot be rendered leaves the others unwritten too. Given are the files that
    hold what some of them do not bear, which stand beside these.

    Of a draft, `.html`, and `.docx` or `.pdf` like the draft itself, are the draft with comments at its figures; of a
    workbook that was checked, `….marked.xlsx` is the workbook with comments at its cells. All else is a report.
    """
    rests: list[Path] = []
    drafts = [path for path in paths if run.draft is not None and is_marked_draft(path)]
    with ExitStack() as kept:
        aside: list[Callable[[], None]] = []
        for path in paths:
            if path not in drafts:
                step(marked("writing {path}"), path=path.name)
                files: Mapping[Path, Content | None] = (
                    {path: _marked_workbook(run.report, language=language)}
                    if run.draft is None and is_marked_workbook(path)
                    else files_of(path, run.report, language=language, all_checks=all_checks)
                )
                aside += [kept.enter_context(laid_aside(*file)) for file in files.items()]
                rests += [one for one, content in files.items() if one != path and content is not None]
        for path in drafts:
            _mark_draft(run, path)
        for take_place in aside:
            take_place()
    return tuple(rests)


def _marked_workbook(report: Report, *, language: Language) -> bytes:
    from audit.reporting.marking.workbook import mark_workbook

    return mark_workbook(report, language=language)


def _mark_draft(run: Run, path: Path) -> None:
    from audit.reporting.marking import mark_draft

    assert run.draft is not None
    mark_draft(
        run.draft.source, run.report, run.draft.document.id, path,
        language=run.draft.language, places=run.draft.extracted.places,
    )  # fmt: skip
