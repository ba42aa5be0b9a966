"""What of a text's numbers was read as figures, what was passed over and why, and what could not be read.

Every numeral of the text is counted once: every run of Arabic digits, and every number in Chinese words that is a
figure. The numerals that are read and those that are left out, by reason, make up all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from audit.extraction.tables.cells import UnreadCell
from audit.extraction.tables.panels import Grid
from audit.extraction.text.clauses import ClauseSpan
from audit.extraction.text.language import is_foreign
from audit.extraction.text.layout import Layout
from audit.lexicon import pattern
from audit.model.phrase import marked
from audit.model.report import LeftOut, Reading, Unreadable
from audit.numbers.quantities import Quantity

REPEATED = marked("in a stretch that only repeats what stands before")
FOREIGN = marked("in a passage in a language that is not read")
UNREAD = marked("in a cell of a table that holds no single number")
IN_TABLE = marked("in a head or name of a table, or its serial number or code")
CLAUSE = marked("the number of a clause or item")
DATE = marked("a year, date or time")
DOCUMENT = marked("the number or title of a document")
ORDINAL = marked("an ordinal")
NAMED = marked("part of a name")
CONTACT = marked("a telephone number or an address")
SPAN = marked("a length of time or an age that states no figure")
BARE = marked("a number without a unit")
OTHER = marked("a number with a unit that states no figure")

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*+")
_CONTACT = pattern(r"<web address>|<contact>\D{0,8}$")
_PHONE = re.compile(r"1\d{10}|0\d{9,11}|[48]00\d{7}")
_DATE = pattern(r"<sign of a date>|\d{1,2}:\d\d|(?:19|20)\d\d\s*[-./]")
_AFTER = pattern(r"\s*<after a moment>")
_NUMBERED = pattern(r"<numbered thing>\s*$")
_OUTLINE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}(?=[一-龥])")
"""A number of a decimal outline at the start of a line (`2.1.3应急队伍`)."""
_LATIN = re.compile(r"[A-Za-z]")
_AROUND = 14


def account(
    layout: Layout,
    quantities: Sequence[Quantity],
    clauses: Sequence[ClauseSpan],
    grids: Sequence[Grid],
    unread: Sequence[UnreadCell],
    names: Sequence[tuple[int, int]],
) -> Reading:
    """What was read of a text; `quantities` are those of its figures, `unread` the cells that hold no number, `names` the
    stretches with digits that the scanner passed over."""
    clean = layout.plain.clean
    figures = sorted((quantity.start, quantity.end) for quantity in quantities)
    spelt = sum(_NUMERAL.search(clean, start, end) is None for start, end in figures)
    why = Counter({REPEATED: sum(_repeated(layout))})
    read = spelt
    places = _Places(layout, clauses, grids, unread, names)
    starts = [start for start, _ in figures]
    for numeral in _NUMERAL.finditer(clean):
        at = bisect_right(starts, numeral.start()) - 1
        if at >= 0 and numeral.start() < figures[at][1]:
            read += 1
        else:
            why[places.reason(numeral.start(), numeral.end())] += 1
    left_out = tuple(LeftOut(reason, count) for reason, count in sorted(why.items()) if count)
    numbers = {grid.number: at for at, grid in enumerate(grids, 1)}
    return Reading(
        numerals=read + sum(why.values()),
        read=read,
        left_out=left_out,
        unreadable=tuple(
            Unreadable(_place(cell, numbers[cell.grid.number]), cell.cell.text) for cell in unread
        ),
    )


def _repeated(layout: Layout) -> Iterator[int]:
    """The numerals of the stretches that the text gives a second time."""
    for start, end in layout.repeated:
        yield sum(1 for _ in _NUMERAL.finditer(layout.plain.text, start, end))


def _place(unread: UnreadCell, number: int) -> str:
    """Where a cell stands, in the document's own words: caption, row and column."""
    caption = unread.grid.caption or f"表{number}"
    return f"{caption}：{'／'.join(name for name in (*unread.row.names, unread.column.head) if name)}"


class _Places:
    """What stands where in a text: names, rows, passages in another language, numbers of clauses, unread cells."""

    def __init__(
        self,
        layout: Layout,
        clauses: Sequence[ClauseSpan],
        grids: Sequence[Grid],
        unread: Sequence[UnreadCell],
        names: Sequence[tuple[int, int]],
    ) -> None:
        clean = layout.plain.clean
        self._clean = clean
        self._names = _Stretches(names)
        self._rows = _Stretches((b.start, b.end) for b in layout.blocks if b.kind == "row")
        self._begun = frozenset(block.start for block in layout.blocks)
        self._cells = _Stretches(sorted((one.cell.start, one.cell.end) for one in unread))
        self._foreign = _Stretches(
            (b.start, b.end) for b in layout.blocks if is_foreign(clean[b.start : b.end])
        )
        self._clauses = _Stretches(
            (c.start, c.start + 2 + len(c.number or "")) for c in clauses if c.end > c.start
        )

    def reason(self, start: int, end: int) -> str:
        """Why a numeral is no figure."""
        if self._cells.at(start):
            return UNREAD
        if self._foreign.at(start):
            return FOREIGN
        clean = self._clean
        before, after = clean[max(0, start - _AROUND) : start], clean[end : end + _AROUND]
        if _PHONE.fullmatch(clean, start, end) or _CONTACT.search(before):
            return CONTACT
        name = self._names.at(start)
        if name:
            return _reason_of_name(clean[slice(*name)])
        if self._rows.at(start):
            return IN_TABLE
        if self._clauses.at(start) or (start in self._begun and _OUTLINE.match(clean, start)):
            return CLAUSE
        if _NUMBERED.search(before):
            return ORDINAL
        if _LATIN.match(after) or _LATIN.search(before[-1:]):
            return NAMED
        if _AFTER.match(after):
            return SPAN
        return BARE if not after or not re.match(r"\s*[%‰一-龥A-Za-z]", after) else OTHER


def _reason_of_name(text: str) -> str:
    """What kind of name a stretch is that holds digits and is no number."""
    if re.match(r"[《〔\[]|[(（〔]\d{4}|\d+\s*号", text):
        return DOCUMENT
    if re.match(r"https?:", text) or "@" in text or re.fullmatch(r"\d{3,4}-\d{7,8}", text):
        return CONTACT
    if text.startswith("第"):
        return ORDINAL
    return DATE if _DATE.search(text) and not _LATIN.search(text) else NAMED


class _Stretches:
    """Stretches of a text in order, to be asked which of them holds a place."""

    def __init__(self, stretches: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> None:
        self._stretches = list(stretches)
        self._starts = [start for start, _ in self._stretches]

    def at(self, place: int) -> tuple[int, int] | None:
        """The last stretch that begins at or before a place, if it reaches over it."""
        index = bisect_right(self._starts, place) - 1
        return self._stretches[index] if index >= 0 and place < self._stretches[index][1] else None
