"""Waivers written for findings: from their ids, or from what an auditor noted in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from audit.actions.checking import check, today
from audit.diagnosis.identities import ensure_told_apart
from audit.diagnosis.waivers import CATEGORIES, RULE, Entry, entry_for
from audit.model.errors import InputError
from audit.model.report import Finding, Report, Waiver
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session
from audit.workspace.waivers import add_waivers

if TYPE_CHECKING:
    from audit.reporting.xlsx.dispositions import Disposition

SHORTEST_ID = 4


Wish = tuple[str, Waiver]
"""The id of a finding, or its beginning, and the waiver that it is to have."""


def waive(configuration: Configuration, wishes: Sequence[Wish]) -> tuple[Path, tuple[Entry, ...]]:
    """Waive findings of a check made now: all of them, or none when one cannot be.

    The file written and its new entries. Raises `InputError` when an id names no finding or several.
    """
    session = Session(replace(configuration, baseline=None))
    path = session.waivers_file
    session.keep_inputs([], updated=path)
    run = check(session.configuration)
    entries = tuple(entry_for(found(run.complete, name), waiver) for name, waiver in wishes)
    add_waivers(path, entries)
    return path, entries


def found(report: Report, name: str) -> Finding:
    """The finding of which `name` is the id or its beginning, with or without `#`."""
    wanted = name.removeprefix("#")
    met = tuple(f for f in report.findings if f.id.startswith(wanted) and len(wanted) >= SHORTEST_ID)
    if not met:
        if any(check.id == wanted for check in report.untestable):
            raise InputError("#{id} could not be tested; only a finding can be waived.", id=wanted)
        raise InputError("there is no finding #{id}; `audit check` shows the ids.", id=wanted)
    if len({f.id.partition("-")[0] for f in met}) > 1:
        raise InputError(
            "#{id} begins the ids of {count} findings; write more of it.", id=wanted, count=len(met)
        )
    if met[0].check.rule == RULE:
        raise InputError("#{id} is a waiver that no longer holds; it cannot be waived itself.", id=wanted)
    ensure_told_apart(met, f"#{name.removeprefix('#')}")
    return met[0]


def wishes_of(path: Path, by: str | None, until: date | None) -> list[Wish]:
    """The waivers that an auditor noted in a working paper (.xlsx); `by` and `until` stand in for blank cells.

    Findings to be corrected are left out. Raises `InputError` for a row without a note, a person or a day.
    """
    from audit.reporting.xlsx.dispositions import read_dispositions

    return [
        (row.id, _noted(row, path, by, until))
        for row in read_dispositions(path)
        if row.category in CATEGORIES
    ]


def _noted(row: Disposition, path: Path, by: str | None, until: date | None) -> Waiver:
    person = row.by or by
    if not row.note or not person:
        raise InputError(
            "{path}, row {row}: a waiver needs a note and who decided; fill them in.", path=path, row=row.row
        )
    try:
        day = date.fromisoformat(row.until) if row.until else until
    except ValueError:
        raise InputError("{path}, row {row}: “{found}” is no day; write it as 2026-12-31.",
                         path=path, row=row.row, found=row.until) from None  # fmt: skip
    if day is None:
        raise InputError(
            "{path}, row {row}: a waiver needs its last day; fill it in, or add --until.",
            path=path,
            row=row.row,
        )
    return waiver_from_today(row.note, row.category, person, day)


def waiver_from_today(reason: str, category: str, by: str, until: date) -> Waiver:
    """A waiver that begins today; `InputError` when it ends before."""
    day = today()
    if until < day:
        raise InputError("--until {until} has passed; give a later day.", until=until)
    return Waiver(reason, category, by, day.isoformat(), until.isoformat())
