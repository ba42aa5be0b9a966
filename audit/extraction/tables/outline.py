"""Which rows of a table are parts of which: by codes, numbering, `其中`, indents, and rows of totals.

Words and structure alone decide. A row below `其中` that is neither set in nor numbered may be one more part or a new
row of its own: where that is open, nothing is said of it, nor of a total that it may belong to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.extraction.relations.partitions import are_opposites, is_complete
from audit.extraction.tables.cells import bare_name, is_marked
from audit.extraction.tables.heads import says
from audit.extraction.tables.structure import Panel, Row
from audit.lexicon import meanings, only, pattern
from audit.model.relation import RelationSureness

_TOTALS = tuple((word, int(rank)) for word, rank in meanings("rank of a total").items())
_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、．.]"),
    re.compile(r"[(][一二三四五六七八九十]{1,3}[)]"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))"),
    re.compile(r"[(]\d{1,2}[)]"),
    re.compile(r"[①-⑳]"),
)
_MARK = pattern(r"<mark of a row>\s*[:：]?\s*")
_AGES = pattern(r"(\d{1,2})[-—~至](\d{1,2})(?:周?岁)|(\d{1,2})周?岁(?:及)?<and over>")
_LONGEST_DIVISION = 6
_MOST_STEPS = 5
_LONGEST_GROUP = 60
_STEP = 2


@dataclass(frozen=True, slots=True)
class PartRows:
    """Rows that are parts of a row, as positions in the panel; `complete` if they are all of it.

    `unless` are rows among them that may be parts too: where one has a number, nothing is known.
    """

    whole: int
    parts: tuple[int, ...]
    complete: bool
    sure: RelationSureness = "certain"
    unless: tuple[int, ...] = ()


@dataclass(slots=True)
class _Line:
    """What is known of a row: its total's rank, depth of its number, and the row that it is a part of.

    `parent` is `None` at the top; `open` says that it may be a part or not.
    """

    row: Row
    name: str
    rank: int
    depth: int | None
    marked: bool
    indent: int
    parent: int | None = None
    open: bool = False
    children: list[int] = field(default_factory=list)


def part_rows(panel: Panel) -> list[PartRows]:
    """Every set of rows that are parts of another row."""
    lines = _lines(panel)
    coded = [line for line in lines if line.row.code and not line.rank]
    if len(coded) >= 2 and len(coded) * 5 >= 3 * sum(not line.rank for line in lines):
        _tie_codes(lines)
        found = [PartRows(at, tuple(one.children), True) for at, one in enumerate(lines) if one.children]
    else:
        known = _known_divisions(lines)
        _tie_words(
            lines, {part for one in known for part in one.parts}, {p: o.whole for o in known for p in o.parts}
        )
        found = [*known, *_by_words(lines, {one.whole for one in known})]
    return [*found, *_totals(lines)]


def row_names(panel: Panel) -> list[str | None]:
    """A name for every row that no other row of the panel has: its own, or that of its whole or group before it where
    several rows are called the same; `None` where it is open what such a row is a part of."""
    lines = _lines(panel)
    _tie_words(lines, set(), {})
    counts = Counter((*line.row.names[:-1], line.name) for line in lines)
    names: list[str | None] = []
    for line in lines:
        if counts[(*line.row.names[:-1], line.name)] == 1:
            names.append(line.name)
        elif line.open or (line.parent is None and not line.row.group):
            names.append(None)
        else:
            names.append((line.row.group if line.parent is None else lines[line.parent].name) + line.name)
    again = Counter(zip((line.row.names[:-1] for line in lines), names, strict=True))
    return [
        name if again[line.row.names[:-1], name] == 1 else None
        for line, name in zip(lines, names, strict=True)
    ]


def root_row(panel: Panel) -> int | None:
    """The row that all rows of a panel are shares of: its one grand total, or the first row, if the second is among
    it."""
    lines = _lines(panel)
    totals = [at for at, line in enumerate(lines) if line.rank >= 2]
    if totals:
        return totals[0] if len(totals) == 1 else None
    return 0 if len(lines) > 1 and lines[1].marked and not lines[0].marked else None


def _lines(panel: Panel) -> list[_Line]:
    """The rows with what is known of each alone; indents count only where they are steps, as centred names make none."""
    lines = [_line(row) for row in panel.rows]
    labels = [row.label for row in panel.rows if row.label]
    middles = [label.indent + len(label.text) for label in labels]
    least = min((label.indent for label in labels), default=0)
    longest = {len(label.text) for label in labels if label.indent == least}
    centred = len(longest) == 1 and max(middles) - min(middles) <= _STEP
    if centred or len({line.indent for line in lines}) > _MOST_STEPS:
        for line in lines:
            line.indent = 0
    return lines


def _line(row: Row) -> _Line:
    label = row.label.text if row.label else row.name
    name = bare_name(label)
    stripped = _MARK.sub("", label, count=1) if is_marked(label) else label
    depth = next((at for at, number in enumerate(_NUMBERS) if number.match(stripped)), None)
    rank = next((rank for word, rank in _TOTALS if name.endswith(word)), 0) if depth is None else 0
    indent = row.label.indent if row.label else 0
    return _Line(row, name, 0 if is_marked(label) else rank, depth, is_marked(label), indent)


def _tie_codes(lines: list[_Line]) -> None:
    """A code is a part of the longest code that it begins with."""
    places = {line.row.code: at for at, line in enumerate(lines) if line.row.code}
    for at, line in enumerate(lines):
        code = line.row.code
        longer = (places.get(code[:length]) for length in range(len(code) - 1, 2, -1))
        parent = next((place for place in longer if place is not None), None) if code else None
        line.open = not code and not line.rank
        if parent is not None:
            line.parent = parent
            lines[parent].children.append(at)


def _known_divisions(lines: Sequence[_Line]) -> list[PartRows]:
    """Rows that follow their whole and are known to be all of it (`第一产业` to `第三产业`, `城镇` and `乡村`, ages
    from 0 up); several such divisions of a whole may follow each other."""
    found: list[PartRows] = []
    whole = 0
    at = 1
    while at < len(lines):
        length = 0
        for candidate in dict.fromkeys((whole, at - 1)):
            length = _division_length(lines, candidate, at)
            if length:
                found.append(PartRows(candidate, tuple(range(at, at + length)), True))
                whole = candidate
                break
        if not length:
            whole = at if lines[at].parent is None and not lines[at].marked else whole
        at += length or 1
    return found


def _division_length(lines: Sequence[_Line], whole: int, start: int) -> int:
    """How many rows from `start` on are a known division of a row; 0 where none."""
    for length in range(min(_LONGEST_DIVISION, len(lines) - start), 1, -1):
        group = lines[start : start + length]
        marks = [line.marked for line in group]
        if any(line.rank for line in group) or (any(marks[1:]) and not all(marks)):
            continue
        names = [line.name for line in group]
        if are_opposites(names) and not group[0].marked:
            continue
        if is_complete(lines[whole].name, names) or _all_ages(lines[whole].name, names):
            return length
    return 0


def _all_ages(whole: str, names: Sequence[str]) -> bool:
    """Whether the parts of a population are ages that follow each other from 0 to an open end."""
    spans = [_AGES.match(name) for name in names]
    if only("population") not in whole or not all(spans):
        return False
    starts = [int(match[1] or match[3]) for match in spans if match]
    ends = [int(match[2]) if match[2] else None for match in spans if match]
    follow = all(end is not None and start == end + 1 for end, start in zip(ends, starts[1:], strict=False))
    return starts[0] == 0 and follow and ends[-1] is None


def _tie_words(lines: list[_Line], known: set[int], wholes: dict[int, int]) -> None:
    """Finds for every row the row that it is a part of, and whether that is open."""
    least = min((line.indent for line in lines), default=0)
    numbered: dict[int, int] = {}
    base: int | None = None
    after_mark = below_plain = False
    group = lines[0].row.group if lines else ""
    for at, line in enumerate(lines):
        if line.row.group != group:
            group, numbered, base, after_mark = line.row.group, {}, None, False
        if line.rank:
            numbered, base, after_mark = {}, at, False
            continue
        if at in known:
            line.parent = wholes[at]
            after_mark = after_mark or line.marked
            continue
        if line.marked:
            line.parent, line.open = _marked_parent(lines, at, base, numbered)
            if line.parent is not None:
                lines[line.parent].children.append(at)
            if line.depth is not None:
                numbered[line.depth] = at
            after_mark = True
            continue
        if line.depth is not None:
            below_plain = _is_below_plain(lines, at) if not numbered else below_plain
            beside = numbered.get(line.depth)
            above = [numbered[depth] for depth in sorted(numbered) if depth < line.depth]
            line.parent = (
                lines[beside].parent
                if beside is not None and lines[beside].marked
                else above[-1]
                if above
                else None
            )
            numbered = {depth: place for depth, place in numbered.items() if depth < line.depth} | {
                line.depth: at
            }
            after_mark = False if line.parent is None else after_mark
        elif line.indent >= least + _STEP and (over := _set_in_under(lines, at)) is not None:
            line.parent = over
        elif numbered:
            line.parent = numbered[max(numbered)]
            line.open = after_mark or below_plain
        else:
            line.open = after_mark
        if line.parent is not None and not line.open:
            lines[line.parent].children.append(at)
        if line.parent is None and not line.open:
            base, after_mark = at, False


def _is_below_plain(lines: Sequence[_Line], first: int) -> bool:
    """Whether the row above the first of numbered ones has no number: then one without a number after them may stand
    beside that row as well as under the last number.
    """
    return first > 0 and lines[first - 1].depth is None and not lines[first - 1].rank


def _marked_parent(
    lines: Sequence[_Line], at: int, base: int | None, numbered: dict[int, int]
) -> tuple[int | None, bool]:
    """The row that a row with `其中` is among: the row above it, unless that is itself among another."""
    if at == 0:
        return None, True
    above = lines[at - 1]
    if not above.marked and not above.open and (above.parent is None or above.depth is not None):
        return at - 1, False
    seen = {line.name for line in lines[max(base or 0, at - _LONGEST_GROUP) : at] if line.marked}
    if lines[at].name in seen and not above.marked:
        above.open = False
        return at - 1, False
    if above.open or base is None:
        return None, True
    return base, False


def _set_in_under(lines: Sequence[_Line], at: int) -> int | None:
    """The nearest row above that is less set in; what stands after `其中` counts as set in by it."""
    for place in range(at - 1, -1, -1):
        line = lines[place]
        if line.rank:
            return None
        own = line.indent + (6 if line.marked else 0)
        if own < lines[at].indent:
            return place
        if line.marked and own >= lines[at].indent > line.indent:
            return line.parent
    return None


def _by_words(lines: Sequence[_Line], known: set[int]) -> list[PartRows]:
    """Parts of every row: all of it where they are numbered, or stand under a number; else each at most the whole."""
    found: list[PartRows] = []
    for at, line in enumerate(lines):
        children = [child for child in line.children if not lines[child].open]
        if not children:
            continue
        marked = any(lines[child].marked for child in children)
        counted = all(lines[child].depth is not None for child in children)
        under = line.depth is not None and all(lines[child].indent <= line.indent for child in children)
        vague = tuple(place for place in range(at + 1, max(children) + 1) if lines[place].open)
        if not marked and len(children) > 1 and at not in known and (counted or under):
            found.append(PartRows(at, tuple(children), True, "certain" if counted else "inferred", vague))
        else:
            found.extend(PartRows(at, (child,), False) for child in children)
            found.extend(PartRows(at, group, False, "inferred") for group in _under_marks(lines, children))
    return found


def _under_marks(lines: Sequence[_Line], children: Sequence[int]) -> list[tuple[int, ...]]:
    """The rows under each `其中` with those set in below it: together, most likely, no more than their whole."""
    groups: list[list[int]] = []
    for child in children:
        if lines[child].marked:
            groups.append([child])
        elif groups:
            groups[-1].append(child)
    return [tuple(group) for group in groups if len(group) > 1]


def _totals(lines: Sequence[_Line]) -> list[PartRows]:
    """What every row of a total sums: the rows before it, or after one that stands first; sums of sums included."""
    found: list[PartRows] = []
    pending: list[int] = []
    sums: list[int] = []
    leading: int | None = None
    for at, line in enumerate(lines):
        if not line.rank:
            pending += [at] if line.parent is None else []
            continue
        if leading is not None and lines[leading].rank <= max(line.rank, 1):
            found += _total(lines, leading, pending)
            sums.append(leading)
            pending = []
        leading = None
        lower = [place for place in sums if lines[place].rank < line.rank]
        if not pending and not lower:
            leading = at
        else:
            found += _total(lines, at, lower + pending)
            sums = [*(place for place in sums if lines[place].rank >= line.rank), at]
        pending = []
    return found if leading is None else [*found, *_total(lines, leading, pending)]


def _total(lines: Sequence[_Line], whole: int, rows: Sequence[int]) -> list[PartRows]:
    """A total with its parts, those rows that surely are."""
    parts = tuple(row for row in rows if not lines[row].open)
    if len(parts) < 2 or any(says(lines[part].name, "minus") for part in parts):
        return []
    plain = says(lines[whole].name, "total") or len(lines[whole].name) <= 4
    vague = tuple(row for row in rows if lines[row].open)
    return [PartRows(whole, parts, True, "certain" if plain else "inferred", vague)]
