"""Causes on a terminal for `audit explain`: all of them, or one told whole with its alternatives."""

from __future__ import annotations

from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.corrections import cells_by_id, corrections_of
from audit.reporting.inert import inert
from audit.reporting.names import names_of
from audit.reporting.outline import Group, groups
from audit.reporting.text import LONG, SHORT, group_block
from audit.wording import Words


def listing(report: Report, language: Language) -> str:
    """Every cause with its findings, in the order of all reports."""
    names, cells = names_of(report, language), cells_by_id(report)
    _ = names.words
    found = [group for group in groups(report) if group.cause is not None]
    if not found:
        return _("Nothing was found that needs a cause.") + "\n"
    blocks = [
        f"{group_block(group, f'{number}.', cells, names, SHORT)}\n    {_by_id(group, _)}"
        for number, group in enumerate(found, start=1)
    ]
    return "\n\n".join(blocks) + "\n"


def whole(report: Report, identity: str, language: Language) -> str:
    """A cause with all its findings and alternatives; a finding is told by its cause.

    Raises `InputError` where no cause or finding goes by that id, or several do.
    """
    names, cells = names_of(report, language), cells_by_id(report)
    _ = names.words
    found = [group for group in groups(report) if _goes_by(group, identity)]
    if len(found) != 1:
        raise InputError(
            "{count} causes or findings go by #{id}; `audit explain` lists all causes with their ids.",
            count=len(found), id=identity,
        )  # fmt: skip
    group = found[0]
    lines = [group_block(group, "", cells, names, LONG), f"    {_by_id(group, _)}"]
    for other in group.cause.alternatives if group.cause else ():
        lines.append(_("instead ({confidence}):", confidence=f"{other.confidence:.0%}"))
        lines += [f"    {change.line(names)}" for change in corrections_of(other.edits, cells, names)]
    return "\n".join(lines) + "\n"


def _by_id(group: Group, _: Words) -> str:
    return _("this cause: #{id}", id=inert(group.cause.id if group.cause else ""))


def _goes_by(group: Group, identity: str) -> bool:
    return group.cause is not None and any(
        one.startswith(identity) for one in (group.cause.id, *group.cause.findings)
    )
