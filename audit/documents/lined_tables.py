"""Tables in plain text: a row a line, its fields between tabs, bars or wide gaps; or a cell a line, row after row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from audit.documents.grid import blank_width, is_value, with_headers
from audit.documents.model import Table, TableCell
from audit.lexicon import entries
from audit.model.frozen import frozen

_BAR_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?\s*")
_GAP = re.compile(r"[ \u3000\t](?<=\S.)(?:(?<=\t)|[ \u3000]++)(?:[ \u3000]{2,}+|\t)*+(?=\S)")
"""Two blanks or a tab, and more of both, between what is none."""
_PIECE = re.compile(r"\S++(?:[ \u3000]\S++)*+")
_DASHES = frozenset("-—–―－/")
_SENTENCE = re.compile(r"[。；;，]")
_GROUP_LENGTH = 20
_CELL_LENGTH = 40
_MOST_STACKED = 8
_SERIALS = frozenset(entries("serial number"))


@frozen(guarded=False)
class Line:
    """A line that is not empty, without its end, and where it starts in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


def table_at(lines: Sequence[Line], first: int) -> tuple[int, Table] | None:
    """The table that begins with a line, and how many lines it takes; `None` where none begins there.

    Rows of bars with a rule of dashes between, or two and more of them; two and more lines with tabs inside, between
    which a short line without a tab names a group of rows; lines of numbers set apart by gaps, below their heads; or
    the heads a line each, and below them the cells of row after row, each row with its numbers at the same places.
    """
    for height, fields in (
        (_barred(lines, first), _bar_fields),
        (_tabbed(lines, first), _tab_fields),
        (_gapped(lines, first), _gap_fields),
    ):
        rows = [fields(line) for line in lines[first : first + height] if not _is_rule(line)]
        if rows:
            return height, _table(rows, marked=fields is _bar_fields and _is_rule(lines[first + 1]))
    width, height = _stacked(lines, first)
    if not width:
        return None
    cells = [_whole(line) for line in lines[first : first + height]]
    return height, _table([cells[at : at + width] for at in range(0, height, width)], marked=True)


def is_row(line: Line) -> bool:
    """Whether a line by itself looks like a row of a table: it has a tab inside, bars, or numbers between gaps."""
    return _has_tab(line) or _is_bar_row(line) or _is_gap_row(line)


_Field = tuple[int, int, str, int]
_Fields = Callable[[Line], list[_Field]]


def _table(rows: list[list[_Field]], *, marked: bool) -> Table:
    """The rows as a table; `marked`: the first is its header."""
    rows = _aligned(rows)
    columns = max(len(row) for row in rows)
    cells = [
        TableCell(
            number, column, 1, columns if len(row) == 1 else 1, marked and number == 0, start, end, text, indent
        )
        for number, row in enumerate(rows)
        for column, (start, end, text, indent) in enumerate(row)
    ]  # fmt: skip
    return Table(len(rows), columns, with_headers(cells))


def _aligned(rows: list[list[_Field]]) -> list[list[_Field]]:
    """Rows without the blank fields that only push columns apart.

    Where all rows of several fields have as many that are not blank, those are the columns.
    """
    filled = [[field for field in row if field[2]] for row in rows]
    counts = {len(row) for row in filled if len(row) > 1}
    if len(counts) == 1:
        return [full or row[:1] for full, row in zip(filled, rows, strict=True)]
    return [full if len(full) == 1 and len(row) == 1 else row for full, row in zip(filled, rows, strict=True)]


def _barred(lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on are rows between bars."""
    ruled = first + 1 < len(lines) and _is_rule(lines[first + 1]) and "|" in lines[first].text
    if not ruled and not _is_bar_row(lines[first]):
        return 0
    last = first
    while _adjoins(lines, last) and ("|" in lines[last + 1].text if ruled else _is_bar_row(lines[last + 1])):
        last += 1
    return last - first + 1 if last > first else 0


def _is_bar_row(line: Line) -> bool:
    return line.text.lstrip().startswith("|") and line.text.count("|") >= 3


def _tabbed(lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on are rows with tabs, those of a name before blank cells and the names of groups
    included."""
    if "\t" not in lines[first].text or not any(map(_has_tab, lines[first : first + 2])):
        return 0
    last = first
    while last + 1 < len(lines):
        if "\t" in lines[last + 1].text and not _is_title(lines[last], lines[last + 1]):
            last += 1
        elif (
            _adjoins(lines, last)
            and _adjoins(lines, last + 1)
            and _is_group(lines[last + 1], lines[last + 2])
        ):
            last += 2
        else:
            break
    return last - first + 1 if last > first else 0


def _is_title(line: Line, following: Line) -> bool:
    """Whether a line with one text before its tabs has more or fewer of them than the one above: another table's."""
    text = following.text
    return "\t" not in text.strip() and text.count("\t") != line.text.count("\t")


def _gapped(lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on are rows of numbers between wide gaps; the first may be their heads."""
    if len(_GAP.findall(lines[first].text.strip())) < 2:
        return 0
    last = first
    if not _is_gap_row(lines[first]):
        alike = _adjoins(lines, first) and len(_gap_fields(lines[first])) == len(
            _gap_fields(lines[first + 1])
        )
        if not alike or not _is_gap_row(lines[first + 1]):
            return 0
        last += 1
    while last + 1 < len(lines) and _is_gap_row(lines[last + 1]):
        last += 1
    return last - first + 1


def _is_gap_row(line: Line) -> bool:
    if len(_GAP.findall(line.text.strip())) < 2:
        return False
    fields = _gap_fields(line)
    numbers = sum(is_value(text) for _, _, text, _ in fields)
    return numbers >= 2 and numbers * 2 >= len(fields)


def _stacked(lines: Sequence[Line], first: int) -> tuple[int, int]:
    """The columns of a table with a cell a line, and its lines; 0, 0 where none begins at `first`.

    A title above the heads would shift every row by one: then the table that begins a line later has as many rows.
    """
    if not _is_short(lines[first]):
        return 0, 0
    ahead = range(first + 2, min(first + 2 * _MOST_STACKED, len(lines)))
    if not any(_is_number(lines[at].text) for at in ahead):
        return 0, 0
    for width in range(2, _MOST_STACKED + 1):
        rows = _rows_below(lines, first, width)
        if rows >= (2 if lines[first].text.strip() in _SERIALS else 3) and rows > _rows_below(
            lines, first + 1, width
        ):
            return width, width * (1 + rows)
    return 0, 0


def _rows_below(lines: Sequence[Line], first: int, width: int) -> int:
    """How many rows follow so many heads that begin at a line; 0 where those are no heads."""
    heads = lines[first : first + width]
    if any(not _is_short(head) or _is_number(head.text) for head in heads):
        return 0
    serials = [head.text.strip() in _SERIALS for head in heads]
    if any(serials[1:]):
        return 0
    return _rows_alike(lines, first + width, width, counted=serials[0])


def _rows_alike(lines: Sequence[Line], start: int, width: int, *, counted: bool) -> int:
    """How many rows of so many lines from `start` on have texts where the first has, and most of its numbers;
    `counted` ones begin with 1, 2, 3 …"""
    first = lines[start : start + width]
    numbers = [_is_number(line.text) for line in first]
    if len(first) < width or not any(numbers) or numbers[counted]:
        return 0
    rows = 0
    while True:
        row = lines[start + rows * width : start + (rows + 1) * width]
        if len(row) < width or not all(_is_short(line) for line in row):
            return rows
        here = [_is_number(line.text) for line in row]
        if counted and row[0].text.strip() != str(rows + 1):
            return rows
        kept = sum(a and b for a, b in zip(numbers, here, strict=True))
        strange = any(b and not a for a, b in zip(numbers, here, strict=True))
        if kept * 2 < sum(numbers) or here[counted] or (strange and not counted):
            return rows
        rows += 1


def _is_number(text: str) -> bool:
    text = text.strip()
    return is_value(text) or (bool(text) and _DASHES.issuperset(text))


def _is_short(line: Line) -> bool:
    return (
        len(line.text.strip()) <= _CELL_LENGTH and not _SENTENCE.search(line.text) and "\t" not in line.text
    )


def _tab_fields(line: Line) -> list[_Field]:
    return [_field(line, match) for match in re.finditer(r"(?:^|(?<=\t))[^\t]*", line.text)]


def _bar_fields(line: Line) -> list[_Field]:
    fields = [_field(line, match) for match in re.finditer(r"(?:^|(?<=\|))(?:\\.|[^|\\])*", line.text)]
    if not line.text.split("|", 1)[0].strip():
        fields = fields[1:]
    if not line.text.rsplit("|", 1)[-1].strip():
        fields = fields[:-1]
    return fields


def _gap_fields(line: Line) -> list[_Field]:
    return [_field(line, match) for match in _PIECE.finditer(line.text)]


def _whole(line: Line) -> _Field:
    body = line.text.strip()
    start = line.start + line.text.index(body)
    return start, start + len(body), body, blank_width(line.text)


def _field(line: Line, match: re.Match[str]) -> _Field:
    """Start, end, text and indent of a field, blanks and signs for bold letters around it left out."""
    raw = match.group()
    body = raw.strip().removeprefix("**").removesuffix("**").strip()
    start = line.start + match.start() + (raw.index(body) if body else 0)
    return start, start + len(body), body, blank_width(raw) if body else 0


def _has_tab(line: Line) -> bool:
    return "\t" in line.text.strip()


def _adjoins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line follows `index` directly, with no empty line between."""
    return index + 1 < len(lines) and lines[index + 1].start == lines[index].end + 1


def _is_rule(line: Line) -> bool:
    return "|" in line.text and bool(_BAR_RULE.fullmatch(line.text))


def _is_group(line: Line, following: Line) -> bool:
    """Whether a line without tabs names the group of table rows that begins after it."""
    short = len(line.text.strip()) <= _GROUP_LENGTH and not _SENTENCE.search(line.text)
    return short and _has_tab(following) and any(is_value(text) for _, _, text, _ in _tab_fields(following))
