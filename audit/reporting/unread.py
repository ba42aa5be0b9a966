"""What of the input was not read or not looked at, as lines that every format tells."""

from __future__ import annotations

from audit.model.report import Report
from audit.reporting.inert import excerpt, inert
from audit.wording import Words

_SHOWN = 12
_LONG = 200


def unread(report: Report, _: Words) -> tuple[str, ...]:
    """How many numerals were read and why others were not, the cells that hold no number, and the notes of the run."""
    reading, lines = report.reading, []
    if reading.numerals:
        lines.append(
            _("{read} of {numerals} numerals were read", read=reading.read, numerals=reading.numerals)
        )
    lines += [
        _("{count} numerals left out: {why}", count=one.count, why=excerpt(inert(_(one.why)), "", _LONG))
        for one in reading.left_out
    ]
    lines += [
        _("unreadable, {place}: “{text}”", place=inert(one.place), text=excerpt(inert(one.text), "", _LONG))
        for one in reading.unreadable[:_SHOWN]
    ]
    if more := len(reading.unreadable) - _SHOWN:
        lines += [_("{count} more cells are unreadable", count=more)] if more > 0 else []
    return (*lines, *(excerpt(inert(note.in_(_.language)), "", _LONG) for note in report.notes))
