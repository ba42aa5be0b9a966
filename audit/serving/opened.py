"""What a worker does with one file: check it once, then answer for it as long as the worker lives."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from audit.actions.checking import today
from audit.actions.comparing import compare
from audit.actions.confronting import confronted
from audit.actions.explaining import explained
from audit.actions.extracting import package_of
from audit.actions.plans import draft_report
from audit.actions.progress import Step
from audit.actions.stating import Statement, ensure_known, keep, stated
from audit.actions.trying_numbers import Numbers
from audit.actions.waiving import found, waiver_from_today
from audit.diagnosis.checks import Rows
from audit.diagnosis.trials.attempt import Attempt
from audit.diagnosis.trials.kept_range import KeptRange
from audit.diagnosis.waivers import Entry, entry_for, excuse
from audit.documents.kinds import SUFFIXES, kind_of
from audit.documents.pdf.recognition import telling
from audit.language.plan import Plan
from audit.model.errors import InputError
from audit.model.phrase import LANGUAGES, Language, marked
from audit.model.report import VERDICTS, Check, Finding, Report
from audit.reporting import renderer
from audit.reporting.difference.sections import sections as difference_sections
from audit.reporting.difference.sections import totals
from audit.reporting.labels import counts_line, verdict_sentence
from audit.reporting.marking import mark_draft
from audit.reporting.relations import relation
from audit.reporting.trying import range_told
from audit.serving.paper import draft_page, draft_script
from audit.wording import Words, words
from audit.workspace.configuration import Configuration, configure
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook, library
from audit.workspace.session import Session
from audit.workspace.waivers import add_waivers

REPORTS = {"report.html": "html", "report.docx": "docx", "report.xlsx": "xlsx", "report.json": "json"}
TABLES = "tables.zip"
_SHOWN = 200


class Opened:
    """A file that was read and checked, alone or against the workspace of the plans in force.

    `decisions` are those of this visit on its findings; with a workspace they are kept in its waivers.
    """

    def __init__(
        self, file: Path, workspace: Path | None, decisions: Sequence[Mapping[str, str]], step: Step
    ):
        settings = configure(workspace) if workspace else Configuration()
        plan = kind_of(file) is not None
        self._step = step
        self._keeps = workspace is not None
        self.session = Session(
            replace(settings, sources=(file,), baseline=None), workspace if workspace and plan else None
        )
        self.file = file
        step(marked("reading the file"))
        with telling(lambda page: step(marked("reading scanned page {page}"), page=page)):
            self._workspace = self.session.workspace
        step(marked("checking the figures"))
        self.found = self._checked(self._workspace, self.session.chosen)
        self._entries: list[Entry] = []
        for decision in decisions:
            self._entries.append(self._entry(decision))

    def _checked(
        self,
        workspace: Workspace,
        book: Rulebook,
        about: Rows | None = None,
        bound: Sequence[Plan] | None = None,
    ) -> Report:
        if self.session.draft is not None:
            return draft_report(self.session.draft, workspace, book, about, bound)
        return confronted(workspace, book, everything=True, about=about, bound=bound)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self._workspace, self.session.chosen, self.found, self._checked)

    @cached_property
    def report(self) -> Report:
        """What was found, with what was decided of it and the causes behind the rest."""
        self._step(marked("looking for causes"))
        entries = [*(self.session.waivers if self._keeps else ()), *self._entries]
        report = excuse(self.found, entries, today(), None) if entries else self.found
        if (draft := self.session.draft) is not None:
            report = replace(report, texts={draft.document.id: draft.source.text})
        report = explained(self.session, report)
        self.session.keep()
        return report

    def decide(self, decision: Mapping[str, str]) -> None:
        """Waive a finding for a reason: in the workspace where there is one, else as long as this visit lasts."""
        entry = self._entry(decision)
        if self._keeps:
            add_waivers(self.session.waivers_file, (entry,))
            self.session.__dict__.pop("waivers", None)
        else:
            self._entries = [one for one in self._entries if one.finding != entry.finding] + [entry]
        self.__dict__.pop("report", None)

    def _entry(self, decision: Mapping[str, str]) -> Entry:
        reason, by = decision["reason"].strip(), decision["by"].strip()
        if not reason or not by:
            raise InputError("a decision needs a reason and who takes it; fill both in.")
        try:
            until = date.fromisoformat(decision["until"])
        except ValueError:
            raise InputError(
                "“{found}” is no day; write it as 2026-12-31.", found=decision["until"]
            ) from None
        return entry_for(
            found(self.found, decision["finding"]), waiver_from_today(reason, decision["category"], by, until)
        )

    def attempt(self, edits: Mapping[str, str]) -> Attempt:
        """What other numbers would do; `edits` are values by the id of the figure."""
        return self._numbers.tried(edits)

    def stated(self, statement: Mapping[str, Any], keep_it: bool) -> dict[str, Any]:
        """What a rule said in words binds and finds here; kept in the workspace when it is to be."""
        said = Statement(**{**statement, "parts": tuple(statement["parts"])})
        tried = stated(said, self._workspace, self._checked)
        if keep_it:
            if self.session.against is None:
                raise InputError("there is no workspace to keep the rule in; copy its text instead.")
            beside = self.session.beside
            ensure_known(said, beside.codes.get(said.dimension) if beside else None)
            keep(self.session.against, tried.text)
        summary = tried.report.summary
        return {
            "text": tried.text,
            "examples": [{"says": trial.example.verdict, "passed": trial.passed} for trial in tried.trials],
            "checks": [
                {**_check(check), "missing": check.missing, "figures": [cell.id for cell in check.cells]}
                for check in tried.report.checks[:_SHOWN]
            ],
            "counts": {verdict: getattr(summary, verdict) for verdict in VERDICTS},
            "kept": keep_it,
        }

    def written(self, name: str, language: Language, folder: Path) -> bytes:
        """A file to take away: a report, the tables, or the draft with its marks (`marked.docx`, `marked.html`)."""
        if name in REPORTS:
            content = renderer(REPORTS[name])(self.report, language=language, all_checks=True)
            return content.encode() if isinstance(content, str) else content
        draft = self.session.draft
        if draft is None:
            raise InputError("a table is not given back with marks; take the report.")
        if name == TABLES:
            return _packed(package_of((draft,)))
        out = folder / f"{self.file.stem}.{name}"
        mark_draft(
            draft.source, self.report, draft.document.id, out,
            language=draft.language, places=draft.extracted.places,
        )  # fmt: skip
        try:
            return out.read_bytes()
        finally:
            out.unlink()


def _packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class Desk:
    """Where the requests of one worker arrive; the file lies open on it."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._opened: Opened | None = None

    @property
    def opened(self) -> Opened:
        assert self._opened is not None, "a file is opened before anything is asked of it"
        return self._opened

    def open(self, folder: str, name: str, workspace: str | None, decisions: list[dict[str, str]]) -> bytes:
        """Read and check a file; its totals. What it is called in reports is its bare name."""
        sys.path[:] = [os.path.abspath(path) for path in sys.path]
        os.chdir(folder)
        self._opened = Opened(Path(name), Path(workspace) if workspace else None, decisions, self._step)
        return self.totals()

    def totals(self) -> bytes:
        """What was found, in a sentence and in numbers."""
        report = self.opened.report
        summary = report.summary
        return _json({
            "sentence": {lang: verdict_sentence(report, words(lang)) for lang in LANGUAGES},
            "counts": {lang: counts_line(report, words(lang)) for lang in LANGUAGES},
            "figures": summary.figures,
            "open": sum(finding.waiver is None for finding in report.findings),
        })  # fmt: skip

    def page(self, language: Language, **served: Any) -> bytes:
        """The page of the draft."""
        opened = self.opened
        return draft_page(opened.report, opened.session, language, served).encode()

    def attempt(self, edits: dict[str, str]) -> bytes:
        """What other numbers would do, for the page."""
        return _json(told(self.opened.attempt(edits)))

    def decide(self, decision: dict[str, str]) -> bytes:
        """Keep a decision on a finding."""
        self.opened.decide(decision)
        return self.totals()

    def file(self, name: str, language: Language) -> bytes:
        """A file to take away."""
        return self.opened.written(name, language, Path("."))

    def rule(self, statement: dict[str, Any], keep: bool) -> bytes:
        """What a rule said in words does here, before it is kept and after."""
        return _json(self.opened.stated(statement, keep))

    def compare(self, old: str, language: Language) -> bytes:
        """What differs from another file that was uploaded, and what that broke."""
        _ = words(language)
        difference = compare(old, self.opened.file.as_posix(), self.opened.session.configuration)
        difference = replace(difference, old=Path(old).name)
        return _json({
            "totals": totals(difference, _),
            "sections": [
                {"title": one.title, "heads": one.heads, "rows": one.rows, "kinds": one.kinds}
                for one in difference_sections(difference, _)
            ],
        })  # fmt: skip


def made_ready() -> None:
    """Load what any file needs, so that a worker that stands ready loses no time, and no memory of its file, with it.

    The threads of the engine are started too: where there is no memory for them later, it waits for them for ever.
    """
    import polars as pl

    pl.DataFrame({"row": [0]}).select(pl.col("row").sum())
    for kind in dict.fromkeys(SUFFIXES.values()):
        import_module(kind.reader)
    library()
    draft_script()


REQUESTS: Mapping[str, Callable[..., bytes]] = {
    name: getattr(Desk, name)
    for name in ("open", "totals", "page", "attempt", "decide", "file", "compare", "rule")
}
"""What a worker can be asked."""


def told(tried: Attempt) -> dict[str, Any]:
    """An attempt as the page shows it: relations by what becomes of them, each once, and the ranges."""
    held = {check.id: check for check in tried.holding}
    settled = {finding.id for finding in tried.settled}
    return {
        "broken": [_finding(finding) for finding in tried.broken],
        "settled": [
            {**_finding(finding), **(_check(held[finding.id]) if finding.id in held else {"relation": ""})}
            for finding in tried.settled
        ],
        "staying": [_finding(finding) for finding in tried.staying],
        "holding": [_check(check) for check in tried.holding if check.id not in settled],
        "lost": [_check(check) for check in tried.lost],
        "unreckoned": [_check(check) for check in tried.unreckoned],
        "ranges": [
            {"figure": kept.cell.id, **{lang: _range(kept, words(lang)) for lang in LANGUAGES}}
            for kept in tried.ranges
        ],
    }


def _range(kept: KeptRange, _: Words) -> str:
    return range_told(kept, _, _("this figure"))


def _finding(finding: Finding) -> dict[str, Any]:
    return {**_check(finding.check), "severity": finding.severity}


def _check(check: Check) -> dict[str, Any]:
    return {"id": check.id, "rule": check.rule, "verdict": check.verdict, "relation": relation(check)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
