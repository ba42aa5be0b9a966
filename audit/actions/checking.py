"""One run: a source is loaded, confronted with rules, excused by waivers and compared with a baseline."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit.diagnosis.baseline import as_baseline, compared
from audit.diagnosis.gate import at_least, stops
from audit.diagnosis.waivers import Entry, excuse
from audit.model.errors import InputError
from audit.model.report import Input, Report
from audit.reporting import write
from audit.reporting.dates import stamp
from audit.reporting.json import read_report, render
from audit.tables.cache import user_cache
from audit.workspace.configuration import Configuration
from audit.workspace.remembering import remember, remembered, workspace_key
from audit.workspace.sources import is_plan, package_folder, plans_in
from audit.workspace.waivers import read_waivers, waivers_file

if TYPE_CHECKING:
    from audit.workspace.drafts import Draft

KIND = "checked-workspaces"
PASSES, STOPS, UNTESTABLE = 0, 1, 3


@dataclass(frozen=True)
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
        """0 passes, 1 stops for a finding, 3 when `strict` and something was untestable."""
        threshold = self.configuration.fail_on
        if threshold != "never" and stops(self.complete, threshold):  # type: ignore[arg-type]
            return STOPS
        return UNTESTABLE if self.configuration.strict and self.complete.untestable else PASSES


def check(
    configuration: Configuration,
    *,
    everything: bool = False,
    first_baseline: bool = False,
    against: Path | None = None,
) -> Run:
    """Check what is configured; with `everything` the report also holds all checks and figures.

    With `first_baseline` the baseline's file need not be there yet; nothing is compared then. `against` is the folder
    of a workspace that drafts are compared with. Several plans are checked each as if alone.
    """
    plans = _plans(configuration.sources)
    if against is not None and not plans:
        path = configuration.sources[0]
        raise InputError("--against compares a plan with a workspace, and {path} is no plan.", path=path)
    draft = None
    if plans:
        report, root, left_out, draft = _on_plans(plans, configuration, against, everything)
    else:
        report, root, left_out = _on_tables(configuration, everything)
    one_table = not plans and not configuration.sources[0].is_dir()
    report = _excused(report, configuration, root, None if one_table else left_out)
    if configuration.baseline is not None and not (first_baseline and not configuration.baseline.exists()):
        report = _compared(report, configuration.baseline, left_out)
    return Run(configuration, root, report, draft)


def _on_tables(configuration: Configuration, everything: bool) -> tuple[Report, Path, frozenset[str]]:
    """The report on a workspace or a table, its folder, and the rules left out.

    A workspace whose tables and rules an earlier run has seen is not checked again; the rooms that check are loaded
    only where they are needed, since that takes longer than the check.
    """
    source, known = configuration.sources[0], user_cache()
    whole = source.is_dir() and not configuration.only and not everything
    key = workspace_key(source, configuration) if whole else None
    if key is not None and (report := remembered(KIND, key, known)) is not None:
        return report, source, frozenset()
    from audit.actions.confronting import chosen, confronted
    from audit.workspace.loading import load, with_codes
    from audit.workspace.rulebook import rulebook

    workspace = with_codes(load(source), configuration.codes)
    book = rulebook(workspace, configuration.rules)
    run, left_out = chosen(book.rules, configuration.only)
    report = confronted(workspace, book.chosen(run), everything=everything)
    if key is not None and key == workspace_key(source, configuration):
        remember(KIND, key, report, known)
    return report, workspace.root, left_out


def _on_plans(
    plans: tuple[Path, ...], configuration: Configuration, against: Path | None, everything: bool
) -> tuple[Report, Path, frozenset[str], Draft | None]:
    """The report on plans, the folder they lie in, the rules left out, and the draft when it is one plan."""
    from audit.actions.confronting import chosen
    from audit.actions.plans import draft_report, plans_report
    from audit.workspace.drafts import load_draft
    from audit.workspace.loading import load_folder, with_codes
    from audit.workspace.rulebook import rulebook

    beside = load_folder(against) if against else None
    if len(plans) > 1:
        report, left_out = plans_report(plans, configuration, beside, everything=everything)
        return report, against or Path(os.path.commonpath([plan.parent for plan in plans])), left_out, None
    draft = load_draft(plans[0], beside)
    workspace = with_codes(draft.workspace, configuration.codes)
    book = rulebook(workspace, configuration.rules)
    run, left_out = chosen(book.rules, configuration.only)
    return draft_report(draft, workspace, book.chosen(run)), workspace.root, left_out, draft


def update_baseline(run: Run) -> Run:
    """Make the run's report the baseline; the run compared with it, which nothing stops."""
    path = run.configuration.baseline
    if path is None:
        raise InputError("--update-baseline needs --baseline FILE; name the file to write.")
    baseline = as_baseline(run.complete)
    write(path, render(baseline))
    return replace(run, complete=compared(run.complete, baseline, path.as_posix()))


def today() -> date:
    """The day on which waivers are judged, in UTC: that of SOURCE_DATE_EPOCH, else of the clock."""
    return (stamp() or datetime.now(UTC)).date()


def are_plans(sources: Sequence[Path]) -> bool:
    """Whether the sources are plans to be read, or a folder of plans without tables."""
    return bool(_plans(sources))


def _plans(sources: Sequence[Path]) -> tuple[Path, ...]:
    """The plans that are checked; none when the source is a workspace or a table."""
    if len(sources) == 1 and sources[0].is_dir():
        return () if package_folder(sources[0]) else plans_in(sources[0])
    if all(map(is_plan, sources)):
        return tuple(sources)
    if len(sources) > 1:
        raise InputError(
            "{count} sources were given; only plans can be checked together.", count=len(sources)
        )
    return ()


def _excused(
    report: Report, configuration: Configuration, root: Path, left_out: frozenset[str] | None
) -> Report:
    path = waivers_file(configuration, root)
    entries: tuple[Entry, ...] = read_waivers(path) if path.exists() else ()
    if not entries:
        return report
    excused = excuse(report, entries, today(), left_out)
    return replace(excused, inputs=(*report.inputs, Input(path.as_posix(), _digest(path))))


def _compared(report: Report, path: Path, left_out: frozenset[str]) -> Report:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise InputError(
            "{path}: there is no such baseline; --update-baseline writes one.", path=path
        ) from None
    except OSError as error:
        raise InputError("{path}: cannot be read ({reason}).", path=path, reason=error.strerror) from None
    except UnicodeDecodeError as error:
        raise InputError(
            "{path}: is not UTF-8 text at byte {byte}; save it as UTF-8.", path=path, byte=error.start
        ) from None
    return compared(report, read_report(text, str(path)), path.as_posix(), left_out)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
