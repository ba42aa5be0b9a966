"""Tables in plain text: a row a line, its fields between tabs, or between bars in markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.documents.grid import is_value, with_headers
from audit.documents.model import Block, Format, Table, TableCell

_BAR_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?\s*")
_GROUP_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, without its end, and where it starts in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


def table_height(lines: Sequence[Line], first: int, form: Format) -> int:
    """How many lines from `first` on are one table; 0 where none begins there.

    In markdown a row of bars over a rule of dashes begins a table. Elsewhere it takes two neighbouring
    lines with tabs inside; a short line without a tab between them, over a row of values, is the name of
    a group of rows.
    """
    if (
        form == "markdown"
        and first + 1 < len(lines)
        and _is_rule(lines[first + 1])
        and "|" in lines[first].text
    ):
        last = first + 1
        while _adjoins(lines, last) and "|" in lines[last + 1].text:
            last += 1
        return last - first + 1
    if not _tabbed(lines[first]):
        return 0
    last = first
    while _adjoins(lines, last):
        if _tabbed(lines[last + 1]):
            last += 1
        elif _adjoins(lines, last + 1) and _is_group(lines[last + 1], lines[last + 2]):
            last += 2
        else:
            break
    return last - first + 1 if last > first else 0


def table_block(lines: Sequence[Line]) -> Block:
    """The lines as a table block; the rule of dashes under a markdown header is no row."""
    barred = len(lines) > 1 and _is_rule(lines[1])
    rows = [
        _bar_fields(line) if barred else _tab_fields(line)
        for line in lines
        if not (barred and _is_rule(line))
    ]
    rows = _aligned(rows)
    columns = max(len(row) for row in rows)
    cells = [
        TableCell(
            number, column, 1, columns if len(row) == 1 else 1, barred and number == 0, start, end, text
        )
        for number, row in enumerate(rows)
        for column, (start, end, text) in enumerate(row)
    ]
    return Block("table", lines[0].start, lines[-1].end, table=Table(len(rows), columns, with_headers(cells)))


_Field = tuple[int, int, str]


def _aligned(rows: list[list[_Field]]) -> list[list[_Field]]:
    """Rows without the blank fields that only push columns apart.

    Where all rows of several fields have as many that are not blank, those are the columns.
    """
    filled = [[field for field in row if field[2]] for row in rows]
    counts = {len(row) for row in filled if len(row) > 1}
    if len(counts) == 1:
        return [full or row[:1] for full, row in zip(filled, rows, strict=True)]
    return [full if len(full) == 1 and len(row) == 1 else row for full, row in zip(filled, rows, strict=True)]


def _tab_fields(line: Line) -> list[_Field]:
    return [_field(line, match) for match in re.finditer(r"(?:^|(?<=\t))[^\t]*", line.text)]


def _bar_fields(line: Line) -> list[_Field]:
    fields = [_field(line, match) for match in re.finditer(r"(?:^|(?<=\|))(?:\\.|[^|\\])*", line.text)]
    if not line.text.split("|", 1)[0].strip():
        fields = fields[1:]
    if not line.text.rsplit("|", 1)[-1].strip():
        fields = fields[:-1]
    return fields


def _field(line: Line, match: re.Match[str]) -> _Field:
    """Start, end and text of a field, blanks around it left out."""
    raw = match.group()
    body = raw.strip()
    start = line.start + match.start() + (len(raw) - len(raw.lstrip()) if body else 0)
    return start, start + len(body), body


def _tabbed(line: Line) -> bool:
    return "\t" in line.text.strip()


def _adjoins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line follows `index` directly, with no empty line between."""
    return index + 1 < len(lines) and lines[index + 1].start == lines[index].end + 1


def _is_rule(line: Line) -> bool:
    return "|" in line.text and bool(_BAR_RULE.fullmatch(line.text))


def _is_group(line: Line, following: Line) -> bool:
    """Whether a line without tabs names the group of table rows that begins after it."""
    short = len(line.text.strip()) <= _GROUP_LENGTH and not re.search(r"[。；;，]", line.text)
    return short and _tabbed(following) and any(is_value(text) for _, _, text in _tab_fields(following))
