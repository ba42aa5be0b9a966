"""Which rows of a table are parts of which: by codes, numbering, `其中`, indents, and rows of totals.

Words and structure alone decide. A row below `其中` that is neither set in nor numbered may be one more part or a new
row of its own: where that is open, nothing is said of it, nor of a total that it may belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from audit.extraction.figures.budgets import names_whole_account
from audit.extraction.relations.partitions import divisions
from audit.extraction.tables.cells import is_marked
from audit.extraction.tables.divisions import PartRows, known_divisions
from audit.extraction.tables.heads import says
from audit.extraction.tables.lines import STEP, Line, lines_of
from audit.extraction.tables.panels import Panel
from audit.lexicon import pattern

_LONGEST_GROUP = 60


def part_rows(panel: Panel) -> list[PartRows]:
    """Every set of rows that are parts of another row."""
    lines = lines_of(panel)
    coded = [line for line in lines if line.row.code and not line.rank]
    if len(coded) >= 2 and len(coded) * 5 >= 3 * sum(not line.rank for line in lines):
        _tie_codes(lines)
        found = [PartRows(at, tuple(one.children), True) for at, one in enumerate(lines) if one.children]
    else:
        known = known_divisions(lines)
        _tie_words(
            lines, {part for one in known for part in one.parts}, {p: o.whole for o in known for p in o.parts}
        )
        found = [*known, *_by_words(lines, {one.whole for one in known})]
    return [*found, *_totals(lines)]


def row_names(panel: Panel) -> list[str | None]:
    """A name for every row that no other row of the panel has: its own, or that of its whole or group before it where
    several rows are called the same; `None` where it is open what such a row is a part of."""
    lines = lines_of(panel)
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
    lines = lines_of(panel)
    totals = [at for at, line in enumerate(lines) if line.rank >= 2]
    if totals:
        return totals[0] if len(totals) == 1 else None
    return 0 if len(lines) > 1 and lines[1].marked and not lines[0].marked else None


def _tie_codes(lines: list[Line]) -> None:
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


def _tie_words(lines: list[Line], known: set[int], wholes: dict[int, int]) -> None:
    """Finds for every row the row that it is a part of, and whether that is open."""
    least = min((line.indent for line in lines), default=0)
    numbered: dict[int, int] = {}
    base: int | None = None
    after_mark = below_plain = False
    group = lines[0].row.group if lines else ""
    for at, line in enumerate(lines):
        if line.row.group != group:
            group, numbered, base, after_mark = line.row.group, {}, None, is_marked(line.row.group)
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
        elif _STEP_ON.match(line.name):
            numbered, base, after_mark, line.open = {}, at, False, True
        elif line.indent >= least + STEP and (over := _set_in_under(lines, at)) is not None:
            line.parent, line.open = over, bool(_STEP_ON.match(lines[over].name))
        elif numbered and (apart := _stands_apart(lines[numbered[max(numbered)]].name, line.name)):
            numbered, base, after_mark, line.open = {}, at, False, apart == "account"
        elif numbered:
            line.parent = numbered[max(numbered)]
            line.open = after_mark or below_plain
        else:
            line.open = after_mark
        if line.parent is not None and not line.open:
            lines[line.parent].children.append(at)
        if line.parent is None and not line.open:
            base, after_mark = at, False


def _stands_apart(numbered: str, name: str) -> Literal["account", "addition"] | None:
    """Whether a row is under no number because it is the income of the account, which may sum the rows above, or a sum of
    its own (`负债总额`), or is added to that: not where the numbered row is of additions as well.
    """
    if names_whole_account(name) or _TOTAL_OF_ITS_OWN.search(name):
        return "account"
    return "addition" if _ADDED.match(name) and not _ADDED.search(numbered) else None


_ADDED = pattern("<addition>")
_TOTAL_OF_ITS_OWN = pattern("<sum of its own>$")
_STEP_ON = pattern("<step of a reckoning>:")
"""A step of a reckoning (`减:营业外支出`) is a part of no row above it."""


def _is_below_plain(lines: Sequence[Line], first: int) -> bool:
    """Whether the row above the first of numbered ones has no number: then one without a number after them may stand
    beside that row as well as under the last number.
    """
    return first > 0 and lines[first - 1].depth is None and not lines[first - 1].rank


def _marked_parent(
    lines: Sequence[Line], at: int, base: int | None, numbered: dict[int, int]
) -> tuple[int | None, bool]:
    """The row that a row with `其中` is among: the row above it, unless that is itself among another."""
    if at == 0:
        return None, True
    above = lines[at - 1]
    if not above.marked and not above.open and (above.parent is None or above.depth is not None):
        return at - 1, False
    since = range(max(base or 0, at - _LONGEST_GROUP), at)
    seen = {lines[place].name for place in since if lines[place].marked and lines[place].parent == place - 1}
    if lines[at].name and lines[at].name in seen and not above.marked:
        above.open = False
        return at - 1, False
    if above.open or base is None:
        return None, True
    return base, False


def _set_in_under(lines: Sequence[Line], at: int) -> int | None:
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


def _by_words(lines: Sequence[Line], known: set[int]) -> list[PartRows]:
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


def _under_marks(lines: Sequence[Line], children: Sequence[int]) -> list[tuple[int, ...]]:
    """The rows under each `其中` with those set in below it: together, most likely, no more than their whole."""
    groups: list[list[int]] = []
    for child in children:
        if lines[child].marked:
            groups.append([child])
        elif groups:
            groups[-1].append(child)
    return [tuple(group) for group in groups if len(group) > 1]


def _totals(lines: Sequence[Line]) -> list[PartRows]:
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
            found += _divided(lines, leading, pending)
            sums.append(leading)
            pending = []
        leading = None
        lower = [
            place
            for place in sums
            if lines[place].rank < line.rank or _is_total_of(lines[place].name, line.name)
        ]
        if not pending and not lower:
            leading = at
        else:
            found += _total(lines, at, lower + pending)
            sums = [*(place for place in sums if place not in lower), at]
        pending = []
    return found if leading is None else [*found, *_divided(lines, leading, pending)]


def _is_total_of(part: str, whole: str) -> bool:
    """Whether a total is one of a narrower thing than another (`流动负债合计`, `负债合计`)."""
    return len(whole) > _PLAIN_TOTAL and part != whole and part.endswith(whole)


_PLAIN_TOTAL = 2


def _divided(lines: Sequence[Line], whole: int, rows: Sequence[int]) -> Iterator[PartRows]:
    """A total that stands first with the rows after it, which headings may divide several times (`分产品`, `分地区`)."""
    groups: list[list[int]] = [[]]
    over = lines[whole].row.group
    for row in rows:
        heads = _HEADING.fullmatch(lines[row].name) is not None
        if heads or (lines[row].row.group != over and _HEADING.fullmatch(lines[row].row.group)):
            groups.append([])
        groups[-1] += [] if heads else [row]
        over = lines[row].row.group
    for group in groups:
        yield from _total(lines, whole, group)


_HEADING = pattern("<divided by>[一-龥]{2,6}")


def _are_nested(rows: Sequence[Line]) -> bool:
    """Whether rows hold one another: classes (`3年以上`, `3至4年`), or totals (`流动负债合计`, `负债合计`)."""
    classes = [found for row in rows if (found := _class_of(row.name))]
    within = any(
        one != other and one[0] <= other[0] and one[1] >= other[1] for one in classes for other in classes
    )
    totals = [row.name for row in rows if row.rank]
    nested = any(_is_total_of(one, other) and one != _NOT + other for one in totals for other in totals)
    return within or nested


_NOT = "非"


_CLASS = pattern(r"(\d+)[^\d]{0,4}?(?:(?:至|-|—|~|到)(\d+)|(?P<up>及?<and over>)|(?P<down>及?<or less>))")


def _class_of(name: str) -> tuple[int, int] | None:
    """The least and the most of a class that a name tells (`3至4年`, `60岁及以上`)."""
    match = _CLASS.match(name)
    if match is None:
        return None
    first = int(match[1])
    if match["down"]:
        return 0, first
    return first, _NO_END if match["up"] else int(match[2])


_NO_END = 10**9


_NET = pattern("<net of both sides>$")


def _holds_items(names: Sequence[str]) -> bool:
    """Whether other rows stand between rows that are known to be all of something (`税收收入`, `增值税`, `非税收入`): these
    are items of the one before them.
    """
    for division in divisions():
        places = [[at for at, name in enumerate(names) if part.search(name)] for part in division.parts]
        if all(len(found) == 1 for found in places):
            first, last = min(min(places)), max(max(places))
            if last - first >= len(places):
                return True
    return False


def _total(lines: Sequence[Line], whole: int, rows: Sequence[int]) -> list[PartRows]:
    """A total with its parts, those rows that surely are."""
    parts = tuple(row for row in rows if not lines[row].open)
    names = [lines[part].name for part in parts]
    if len(parts) < 2 or any(says(name, "minus") or _NET.search(name) for name in names):
        return []
    if _holds_items(names) or _are_nested([lines[part] for part in parts]):
        return []
    plain = says(lines[whole].name, "total") or len(lines[whole].name) <= 4
    vague = tuple(row for row in rows if lines[row].open)
    return [PartRows(whole, parts, True, "certain" if plain else "inferred", vague)]
