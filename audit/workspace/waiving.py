"""Waivers written for findings: from their ids, or from what an auditor noted in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from audit.diagnosis.waivers import RULE, Entry, entry_for
from audit.model.errors import InputError
from audit.model.report import Finding, Report, Waiver
from audit.workspace.checking import check, today
from audit.workspace.configuration import Configuration
from audit.workspace.waivers import add_waivers, waivers_file

SHORTEST_ID = 4


def waive(configuration: Configuration, ids: Sequence[str], waiver: Waiver) -> tuple[Path, tuple[Entry, ...]]:
    """Waive the findings with these ids (or beginnings of ids) of a check made now.

    The file written and its new entries. Raises `InputError` when an id names no finding or several.
    """
    run = check(replace(configuration, baseline=None))
    entries = tuple(entry_for(finding, waiver) for name in ids for finding in found(run.complete, name))
    path = waivers_file(configuration, run.root)
    add_waivers(path, entries)
    return path, entries


def found(report: Report, name: str) -> tuple[Finding, ...]:
    """The finding of which `name` is the id or its beginning, with or without `#`.

    More than one only where several breakdowns of one whole share an id.
    """
    wanted = name.removeprefix("#")
    met = tuple(f for f in report.findings if f.id.startswith(wanted) and len(wanted) >= SHORTEST_ID)
    if not met:
        if any(check.id == wanted for check in report.untestable):
            raise InputError("#{id} could not be tested; only a finding can be waived.", id=wanted)
        raise InputError("there is no finding #{id}; `audit check` shows the ids.", id=wanted)
    if len({f.id for f in met}) > 1:
        raise InputError(
            "#{id} begins the ids of {count} findings; write more of it.", id=wanted, count=len(met)
        )
    if met[0].check.rule == RULE:
        raise InputError("#{id} is a waiver that no longer holds; it cannot be waived itself.", id=wanted)
    return met


def waiver_from_today(reason: str, category: str, by: str, until: date) -> Waiver:
    """A waiver that begins today; `InputError` when it ends before."""
    day = today()
    if until < day:
        raise InputError("--until {until} has passed; give a later day.", until=until)
    return Waiver(reason, category, by, day.isoformat(), until.isoformat())
