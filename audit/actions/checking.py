"""One run: a source is loaded, confronted with rules, excused by waivers and compared with a baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit.actions.helping import helped
from audit.actions.progress import Step, silent
from audit.diagnosis.baseline import as_baseline, compared
from audit.diagnosis.gate import at_least, stops
from audit.diagnosis.waivers import excuse
from audit.files import text_of, write
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import marked
from audit.model.report import Input, Report
from audit.reporting.dates import stamp
from audit.workspace.configuration import Configuration
from audit.workspace.last_run import remember_run, remembered_report, told_before
from audit.workspace.remembering import file_digest
from audit.workspace.session import Session

if TYPE_CHECKING:
    from audit.workspace.drafts import Draft

PASSES, STOPS, NOT_READ, UNTESTABLE = 0, 1, 2, 3


@frozen(slots=False)
class Run:
    """A finished run: what was in force, the workspace's folder, all its findings whatever their severity.

    `draft` is the plan that was read when the source was one.
    """

    configuration: Configuration
    root: Path
    complete: Report
    draft: Draft | None = None

    @property
    def report(self) -> Report:
        """The report as it is shown: with the findings of the severity asked for and above."""
        return at_least(self.complete, self.configuration.severity)

    def exit_code(self) -> int:
        """0 passes, 1 stops for a finding, 2 where a document could not be read, 3 when `strict` and something was
        untestable.
        """
        threshold = self.configuration.fail_on
        if threshold != "never" and stops(self.complete, threshold):  # type: ignore[arg-type]
            return STOPS
        if self.complete.reading.not_read:
            return NOT_READ
        return UNTESTABLE if self.configuration.strict and self.complete.untestable else PASSES


def check(
    configuration: Configuration,
    *,
    everything: bool = False,
    first_baseline: bool = False,
    against: Path | None = None,
    step: Step = silent,
) -> Run:
    """Check what is configured; with `everything` the report also holds all checks and figures.

    With `first_baseline` the baseline's file need not be there yet; nothing is compared then. `against` is the folder
    of a workspace that drafts are compared with. Several plans are checked each alone and then against each other.
    `step` is told what is being done.
    """
    session = Session(configuration, against)
    run = checked(session, everything=everything, first_baseline=first_baseline, step=step)
    session.keep()
    return run


def checked(
    session: Session, *, everything: bool = False, first_baseline: bool = False, step: Step = silent
) -> Run:
    """Check what a session is about, as `check` does, with what the session has loaded already, and has yet to
    keep."""
    configuration, against = session.configuration, session.against
    if against is not None and not session.plans:
        raise InputError(
            "--against compares a plan with a workspace, and {path} is no plan.", path=session.source
        )
    step(marked("checking the figures"))
    if session.plans:
        report, left_out = _on_plans(session, everything, step)
    else:
        report, left_out = _on_tables(session, everything)
    one_table = not session.plans and not session.source.is_dir()
    report = _excused(report, session, None if one_table else left_out)
    if configuration.baseline is not None and not (first_baseline and not configuration.baseline.exists()):
        report = _compared(report, configuration.baseline, left_out)
    return Run(configuration, session.root, report, session.draft)


def _on_tables(session: Session, everything: bool) -> tuple[Report, frozenset[str]]:
    """The report on a workspace or a table, and the rules left out.

    A workspace whose tables and rules an earlier run has seen is not checked again, and of one that has changed only what
    the change touches; the rooms that check are loaded only where they are needed, since that takes longer than the check.
    """
    whole = session.source.is_dir() and not session.configuration.only and not everything
    basis = session.basis if whole else None
    if basis is not None and (report := remembered_report(session)) is not None:
        return report, frozenset()
    with helped(session) as helpers:
        from audit.actions.confronting import confronted

        workspace, memory = session.workspace, None
        if basis is not None:
            from audit.diagnosis.again import Memory

            memory = Memory(session.resolved.origin, told_before(session))
        report = confronted(
            workspace, session.chosen, everything=everything, bound=session.bound,
            most=session.configuration.most or None, memory=memory, helpers=helpers,
        )  # fmt: skip
    if memory is not None:
        session.later(lambda: remember_run(session, report, memory))
    return report, session.left_out


def _on_plans(session: Session, everything: bool, step: Step) -> tuple[Report, frozenset[str]]:
    """The report on plans, and the rules left out."""
    from audit.actions.plans import draft_report, plans_report

    if session.draft is None:
        return plans_report(session, everything=everything, step=step), session.left_out
    draft = session.draft
    report = draft_report(draft, session.workspace, session.chosen)
    return replace(report, texts={draft.document.id: draft.source.text}), session.left_out


def update_baseline(run: Run) -> Run:
    """Make the run's report the baseline; the run compared with it, which nothing stops."""
    path = run.configuration.baseline
    if path is None:
        raise InputError("--update-baseline needs --baseline FILE; name the file to write.")
    from audit.reporting.json import render

    baseline = as_baseline(run.complete)
    complete = compared(run.complete, baseline, path.as_posix())
    write(path, render(baseline))
    return replace(run, complete=complete)


def today() -> date:
    """The day on which waivers are judged, in UTC: that of SOURCE_DATE_EPOCH, else of the clock."""
    return (stamp() or datetime.now(UTC)).date()


def _excused(report: Report, session: Session, left_out: frozenset[str] | None) -> Report:
    if not session.waivers:
        return report
    excused = excuse(report, session.waivers, today(), left_out)
    path = session.waivers_file
    return replace(excused, inputs=(*report.inputs, Input(path.as_posix(), file_digest(path))))


def _compared(report: Report, path: Path, left_out: frozenset[str]) -> Report:
    from audit.reporting.reading import read_report

    if not path.exists():
        raise InputError("{path}: there is no such baseline; --update-baseline writes one.", path=path)
    return compared(report, read_report(text_of(path, str(path)), str(path)), path.as_posix(), left_out)
