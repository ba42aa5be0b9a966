"""The page of one draft: the draft itself with its figures marked, and beside it what was found."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from audit.engine.frames import Table
from audit.model.phrase import Language
from audit.model.report import SEVERITIES, Cell, Report
from audit.reporting.html import SCRIPTS, bundle, chinese, quiet
from audit.reporting.html.data import pack
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import category_label, verdict_sentence
from audit.reporting.marking.html import (
    MARKED,
    STATES,
    figure_anchor,
    sections,
    state_label,
    title_of,
    unread_sentence,
)
from audit.reporting.marking.marks import marks_of
from audit.wording import Words, words
from audit.workspace.session import Session

PAGE = Path(__file__).parent / "page"
DRAFT_SCRIPTS = ("paper", "decisions", "trying", "comparing", "stating", "draft")
"""The scripts of a draft's page, in their order; the last puts the page together."""
_ID = 400
_ROWS = 2000
_DECISIONS = ("accepted", "definition", "wording", "false-alarm", "to-verify")
Spot = tuple[str, int, str]
"""A cell of a table: the table, the line of its file, the column."""


def draft_page(report: Report, session: Session, language: Language, served: Mapping[str, Any]) -> str:
    """The page of a file that was checked. `served` is what the server adds: the file's name, address, key of forms."""
    _ = words(language)
    script = draft_script()
    paper = (_of_draft if session.draft is not None else _of_tables)(report, session, _)
    data = {
        "language": language, "words": chinese(script), **pack(report), "anchors": paper.pop("anchors"),
        "told": paper.pop("told"),
        "served": dict(served),
        "decisions": [[name, category_label(name, _)] for name in _DECISIONS],
    }  # fmt: skip
    return template("draft.html").render(
        language=language,
        lang="zh-CN" if language == "zh" else "en",
        other="en" if language == "zh" else "zh",
        data=quiet(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
        sentence=verdict_sentence(report, _),
        labels=labels(_),
        served=served,
        **paper,
    )


def draft_script() -> str:
    """The script of a draft's page: what draws the report, and what is of this page."""
    own = tuple(PAGE / f"{name}.js" for name in DRAFT_SCRIPTS)
    return bundle((*(name for name in SCRIPTS if name != "page"),), own)


def start_script() -> str:
    """The script of the first page."""
    return bundle(("dom",), (PAGE / "start.js",))


@cache
def template(name: str) -> Template:
    """A page of this folder."""
    loader = FileSystemLoader((PAGE, MARKED))
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def labels(_: Words) -> dict[str, str]:
    """The words that stand on the pages themselves."""
    return {
        "product": _("Do the figures hold together?"),
        "files": _("All files"),
        "downloads": _("Take away"),
        "marked": _("the draft with comments"),
        "marked_page": _("the draft as a page with marks"),
        "report_html": _("the report, to read on a screen"),
        "report_docx": _("the report for Word"),
        "report_xlsx": _("the working paper for Excel"),
        "tables": _("the figures as tables (CSV)"),
        "draft": _("The draft"),
        "found": _("What was found"),
        "skip": _("To what was found"),
        "other_language": "English" if _.language == "zh" else "中文",
        "shortcuts": _("Keys: n next finding, p the one before, Esc back to the list."),
    }


def _of_draft(report: Report, session: Session, _: Words) -> dict[str, Any]:
    """The sections of a plan, and the anchor of every figure by its id."""
    draft = session.draft
    assert draft is not None
    marks = marks_of(report, draft.document.id, draft.extracted.places)
    counts = Counter(mark.state for mark in marks)
    spots: dict[tuple[int | None, int | None], str] = {
        (mark.start, mark.end): figure_anchor(mark.start, mark.end) for mark in marks
    }
    anchors = {
        _shown(cell.id): spots[cell.start, cell.end]
        for cell in _cells(report)
        if cell.document == draft.document.id and (cell.start, cell.end) in spots
    }
    return {
        "title": title_of(draft.source),
        "unread": unread_sentence(draft.source, _),
        "states": [(state, state_label(state, _), counts[state]) for state in STATES],
        "sections": sections(draft.source, draft.document.id, marks, _),
        "grids": (),
        "anchors": anchors,
        "told": {
            figure_anchor(mark.start, mark.end): [f.id for f in mark.findings]
            for mark in marks
            if mark.findings
        },
    }


def _of_tables(report: Report, session: Session, _: Words) -> dict[str, Any]:
    """The rows of the tables of a file, with the cells that are figures marked."""
    states = _states(report)
    tables = session.workspace.tables.values()
    counts = Counter(state.partition(" ")[0] for state in states.values())
    return {
        "title": session.source.name,
        "unread": "",
        "states": [(state, state_label(state, _), counts[state]) for state in STATES],
        "sections": (),
        "grids": [_grid(table, states, _) for table in tables],
        "anchors": {_shown(cell.id): _anchor(_spot(cell)) for cell in _cells(report)},
        "told": {},
    }


def _grid(table: Table, states: Mapping[Spot, str], _: Words) -> dict[str, Any]:
    columns = tuple(table.columns)
    shown = table.rows(range(min(table.length, _ROWS)))

    def cell(row: int, column: str, text: object) -> tuple[str, str, str]:
        spot = (table.name, table.place(row)[1], column)
        words_there = excerpt(inert("" if text is None else str(text)), "", 200)
        return (words_there, _anchor(spot), states[spot]) if spot in states else (words_there, "", "")

    left = table.length - len(shown)
    return {
        "name": inert(table.name),
        "heads": [inert(column) for column in columns],
        "rows": [tuple(cell(row, column, values[column]) for column in columns) for row, values in shown.items()],
        "cut": _("{n} more rows are checked and not shown.", n=left) if left else "",
    }  # fmt: skip


def _states(report: Report) -> dict[Spot, str]:
    """What became of the cells of tables: the worst that is said of each."""
    verdicts = {check.id: check.verdict for check in report.checks}
    states: dict[Spot, str] = {}
    for use in report.figures:
        met = {verdicts[check] for check in use.checks if check in verdicts}
        states[_spot(use.cell)] = "agreed" if "holds" in met and "violated" not in met else "untested"
    for check in report.checks:
        for cell in check.cells:
            states.setdefault(_spot(cell), "agreed" if check.verdict == "holds" else "untested")
    for finding in sorted(
        report.findings, key=lambda one: (one.waiver is None, -SEVERITIES.index(one.severity))
    ):
        for cell in finding.check.cells:
            states[_spot(cell)] = "waived" if finding.waiver else f"finding {finding.severity}"
    return states


def _cells(report: Report) -> Sequence[Cell]:
    return [*(use.cell for use in report.figures), *(cell for check in report.checks for cell in check.cells)]


def _shown(identity: str) -> str:
    """The id of a figure as the report's data give it."""
    return excerpt(inert(identity), "", _ID)


def _spot(cell: Cell) -> Spot:
    return cell.table, cell.line, cell.column


def _anchor(spot: Spot) -> str:
    return "cell-" + re.sub(r"\W+", "_", "-".join(map(str, spot)))
