"""Causes on a terminal: what is wrong, the most likely correction, how sure that is, and what it would settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.model.cause import Cause, Edit
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Finding, Report
from audit.reporting.inert import inert
from audit.reporting.labels import severity_label
from audit.wording import Words, words

_SHOWN = 6


def listing(report: Report, language: Language) -> str:
    """Every cause with its edits, the heaviest first."""
    _ = words(language)
    findings = {finding.id: finding for finding in report.findings}
    if not report.causes:
        return _("Nothing was found that needs a cause.") + "\n"
    return "\n\n".join(_told(cause, findings, _, _SHOWN) for cause in report.causes) + "\n"


def whole(report: Report, identity: str, language: Language) -> str:
    """A cause with all its findings, edits and alternatives; a finding is told by its cause.

    Raises `InputError` where no cause or finding goes by that id, or several do.
    """
    _ = words(language)
    found = [c for c in report.causes if any(one.startswith(identity) for one in (c.id, *c.findings))]
    if len(found) != 1:
        raise InputError(
            "{count} causes or findings go by #{id}; `audit explain` lists all causes with their ids.",
            count=len(found), id=identity,
        )  # fmt: skip
    findings = {finding.id: finding for finding in report.findings}
    lines = [_told(found[0], findings, _, None)]
    for other in found[0].alternatives:
        lines.append(_("instead ({confidence}):", confidence=f"{other.confidence:.0%}"))
        lines += _edits(other.edits, _, None)
    return "\n".join(lines) + "\n"


def _told(cause: Cause, findings: Mapping[str, Finding], _: Words, most: int | None) -> str:
    own = [findings[one] for one in cause.findings if one in findings]
    head = [inert(cause.message.in_(_.language)), f"#{cause.id}"]
    if cause.edits:
        head.insert(1, _("sure to {confidence}", confidence=f"{cause.confidence:.0%}"))
    lines = ["  ".join(head)]
    lines += _edits(cause.edits, _, most)
    if cause.edits:
        effect = cause.effect
        lines.append("    " + _("settles {gone}, brings {new}, and {holds} other checks come to hold",
                                gone=effect.gone, new=effect.new, holds=effect.holds))  # fmt: skip
    lines += [
        f"    {severity_label(f.severity, _)}  {inert(f.message.in_(_.language))}  {inert(f.check.rule)} #{inert(f.id)}"
        for f in own[:most]
    ]
    return "\n".join(lines + _more(len(own), most, _))


def _edits(edits: Sequence[Edit], _: Words, most: int | None) -> list[str]:
    """Rows that change by their cells that do; a new row by all its cells on one line."""
    rows: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        rows.setdefault((edit.table, edit.row), []).append(edit)
    lines = []
    for (table, row), cells in list(rows.items())[:most]:
        changes = ", ".join(
            f"{inert(cell.column)}: {inert(cell.after or '–')}"
            if cell.before is None
            else f"{inert(cell.column)}: {inert(cell.before)} → {inert(cell.after or '–')}"
            for cell in cells
        )
        lines.append(f"    {inert(table)} {inert(row)}  {changes}")
    return lines + _more(len(rows), most, _)


def _more(count: int, most: int | None, _: Words) -> list[str]:
    return [] if most is None or count <= most else ["    " + _("and {n} more", n=count - most)]
