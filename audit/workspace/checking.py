"""One run: a source is loaded, confronted with rules, excused by waivers and compared with a baseline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from audit.diagnosis.baseline import as_baseline, compared
from audit.diagnosis.drafts import about, doubted
from audit.diagnosis.findings import build_report
from audit.diagnosis.gate import at_least, stops
from audit.diagnosis.waivers import Entry, excuse
from audit.engine.confront import confront
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.report import Input, Report
from audit.reporting import write
from audit.reporting.dates import stamp
from audit.reporting.json import read_report, render
from audit.workspace.configuration import Configuration
from audit.workspace.loading import Workspace, load, load_folder, with_codes
from audit.workspace.rulebook import Rulebook, resolved, rulebook
from audit.workspace.waivers import read_waivers, waivers_file

if TYPE_CHECKING:
    from audit.workspace.drafts import Draft

PLANS = (".docx", ".docm", ".pdf", ".html", ".htm", ".txt", ".md", ".markdown")
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
    of a workspace that a draft is compared with.
    """
    source = _only(configuration.sources)
    draft = _draft(source, against)
    workspace = with_codes(draft.workspace if draft else load(source), configuration.codes)
    book = rulebook(workspace, configuration.rules)
    run, left_out = _chosen(book.rules, configuration.only)
    report = confronted(workspace, book.chosen(run), everything=everything or draft is not None)
    if draft is not None:
        report = replace(doubted(about(report, draft.document.id), draft.guessed), notes=draft.notes)
    report = _excused(report, configuration, workspace, left_out)
    if configuration.baseline is not None and not (first_baseline and not configuration.baseline.exists()):
        report = _compared(report, configuration.baseline, left_out)
    return Run(configuration, workspace.root, report, draft)


def confronted(workspace: Workspace, book: Rulebook, *, everything: bool) -> Report:
    """What the rules find in a workspace, whatever its severity; `InputError` when none of them fits its tables."""
    plans = resolved(book, workspace)
    if not plans:
        raise InputError(
            "none of the {count} rules fits the tables {tables}; give rules for them with --rules.",
            count=len(book.rules), tables=", ".join(workspace.tables),
        )  # fmt: skip
    return build_report(
        confront(plans, workspace.tables),
        book.rules,
        workspace.tables,
        documents=workspace.documents,
        clauses=workspace.clauses,
        inputs=(*workspace.inputs, *book.inputs),
        least="info",
        everything=everything,
    )


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


def is_plan(sources: Sequence[Path]) -> bool:
    """Whether the source is a plan to be read (by its suffix), not a table or a folder."""
    return all(source.suffix.lower() in PLANS and not source.is_dir() for source in sources)


def _only(sources: Sequence[Path]) -> Path:
    if len(sources) != 1:
        raise InputError("{count} sources were given; check one at a time.", count=len(sources))
    return sources[0]


def _draft(source: Path, against: Path | None) -> Draft | None:
    if is_plan((source,)):
        from audit.workspace.drafts import load_draft

        return load_draft(source, load_folder(against) if against else None)
    if against is not None:
        raise InputError("--against compares a plan with a workspace, and {path} is no plan.", path=source)
    return None


def _chosen(rules: Sequence[Rule], only: Sequence[str]) -> tuple[tuple[Rule, ...], frozenset[str]]:
    """The rules to run, and the ids of those left out."""
    run = tuple(rule for rule in rules if not only or any(fnmatchcase(rule.id, pattern) for pattern in only))
    if not run:
        raise InputError(
            "no rule is called {patterns}; `audit rules list` names them.", patterns=", ".join(only) or "…"
        )
    return run, frozenset(rule.id for rule in rules) - {rule.id for rule in run}


def _excused(
    report: Report, configuration: Configuration, workspace: Workspace, left_out: frozenset[str]
) -> Report:
    path = waivers_file(configuration, workspace.root)
    entries: tuple[Entry, ...] = read_waivers(path) if path.exists() else ()
    if not entries:
        return report
    partial = not configuration.sources[0].is_dir()
    excused = excuse(report, entries, today(), None if partial else left_out)
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
