"""Proof of the extracted tables against the source: every row stands where it says, and says what stands there.

Each check gives its faults as `CellError` values, one sentence each, with the file, line and column of the cell that is
not proved; an empty list is a proof. The text is the one that the offsets were counted in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from audit.extraction.numbers.scanner import scan
from audit.extraction.text.plaintext import plain_text
from audit.extraction.things.states import state_of
from audit.model.errors import CellError
from audit.model.frozen import frozen
from audit.model.phrase import marked
from audit.model.rows import Citation, Figure, Mention, StatedList
from audit.numbers.bounds import interval
from audit.numbers.quantities import Quantity, read_quantity

Row = TypeVar("Row", Figure, StatedList, Mention, Citation)
EvidentRow = TypeVar("EvidentRow", Figure, StatedList, Mention)


@frozen
class Sourced(Generic[Row]):
    """A row with the file that it stands in and its 1-based line there."""

    row: Row
    file: str
    line: int

    def fault(self, column: str, reason: str, **values: object) -> CellError:
        """That the row's cell in `column` is not proved, and why; `reason` is a message with places for `values`."""
        cell = getattr(self.row, column)
        return CellError(self.file, self.line, column, None if cell is None else str(cell), reason, **values)


def verify_figures(rows: Iterable[Sourced[Figure]], text: str) -> list[CellError]:
    """Literal, evidence, value, interval, unit and bound of every figure, against the text and against each other."""
    return [fault for sourced in rows for fault in _figure(sourced, text)]


def _figure(sourced: Sourced[Figure], text: str) -> Iterator[CellError]:
    figure = sourced.row
    if not _inside(figure, text):
        yield _outside(sourced, text)
        return
    found = text[figure.start : figure.end]
    if found != figure.literal:
        reason = marked("does not stand at {start}–{end}, where the text has “{found}”")
        yield sourced.fault("literal", reason, start=figure.start, end=figure.end, found=found)
        return
    yield from _evidence(sourced, text)
    yield from _value(sourced)
    yield from _words(sourced, text)


def _inside(row: Figure | StatedList | Mention | Citation, text: str) -> bool:
    return 0 <= row.start < row.end <= len(text)


def _outside(sourced: Sourced[Row], text: str) -> CellError:
    reason = marked("and end {end} are not inside the text, which has {length} characters")
    return sourced.fault("start", reason, end=sourced.row.end, length=len(text))


def _evidence(sourced: Sourced[EvidentRow], text: str) -> Iterator[CellError]:
    """The evidence is the text around the row's place, letter for letter."""
    row = sourced.row
    at = text.find(row.evidence, max(0, row.end - len(row.evidence)))
    if not row.evidence or not 0 <= at <= row.start or at + len(row.evidence) < row.end:
        reason = marked("is not the text around {start}–{end}; copy it as it stands there")
        yield sourced.fault("evidence", reason, start=row.start, end=row.end)


def _value(sourced: Sourced[Figure]) -> Iterator[CellError]:
    """The literal read again must give the value, and value and bound the interval."""
    figure = sourced.row
    try:
        read = read_quantity(figure.literal, figure.unit)
    except ValueError:
        yield sourced.fault("literal", marked("spells no number"))
        return
    if read.value is None and figure.bound != "range":
        yield sourced.fault(
            "bound", marked("belongs to one number, but “{literal}” is a range"), literal=figure.literal
        )
        return
    low, high = (read.low, read.high) if read.value is None else interval(read.value, figure.bound)
    for column, expected in (("value", read.value), ("low", low), ("high", high)):
        if getattr(figure, column) != expected:
            reason = marked("should be {expected}, as “{literal}” with the bound {bound} says")
            shown = "–" if expected is None else f"{expected:f}"
            yield sourced.fault(column, reason, expected=shown, literal=figure.literal, bound=figure.bound)


_WINDOW = 24


def _words(sourced: Sourced[Figure], text: str) -> Iterator[CellError]:
    """The unit and the bound words around the literal must be those of the row.

    A number in a table takes its unit from elsewhere: then the unit has only to stand somewhere in the text. What the
    scanner does not read as a quantity (a slogan, a name) must at least be followed by its unit.
    """
    figure = sourced.row
    found = _quantity_at(text, figure.start, figure.end)
    unit = "".join((figure.unit or "").split())
    if found is None:
        if not "".join(text[figure.end : figure.end + _WINDOW].split()).startswith(unit):
            reason = marked("does not follow “{literal}”, nor is a quantity read there")
            yield sourced.fault("unit", reason, literal=figure.literal)
        return
    if found.unit is None and unit not in "".join(text.split()):
        yield sourced.fault("unit", marked("stands nowhere in the text"))
    if found.unit is not None and not _same_unit(found.unit, figure.unit):
        reason = marked("differs from the text, which has {found} after “{literal}”")
        yield sourced.fault("unit", reason, found=found.unit, literal=figure.literal)
    if found.bound != figure.bound:
        reason = marked("differs from the words around “{literal}”, which say {found}")
        yield sourced.fault("bound", reason, found=found.bound, literal=figure.literal)


def _quantity_at(text: str, start: int, end: int) -> Quantity | None:
    """The quantity that the text states right there, read from a small window of it (in a table, from its cell)."""
    first, last = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if "\t" in text[line_start : line_end if line_end >= 0 else None]:
        first = max(first, line_start, text.rfind("\t", 0, start) + 1)
        stops = [at for at in (text.find("\t", end), line_end) if at >= 0]
        last = min([last, *stops])
    plain = plain_text(text[first:last])
    for quantity in scan(plain.clean):
        at, stop = plain.slice_of(quantity.start, quantity.end)
        if at + first == start and stop + first == end:
            return quantity
    return None


def _same_unit(found: str, stated: str | None) -> bool:
    """`大` counts 个; otherwise the unit is the one written, blanks aside."""
    return stated is not None and found.replace(" ", "") in (stated, "大" if stated == "个" else stated)


def verify_lists(rows: Iterable[Sourced[StatedList]], text: str) -> list[CellError]:
    """Place and evidence of every list, the stated number against the words, the items against text and count."""
    squeezed = _squeeze(text)
    return [fault for sourced in rows for fault in _list(sourced, text, squeezed)]


def _list(sourced: Sourced[StatedList], text: str, squeezed: str) -> Iterator[CellError]:
    stated = sourced.row
    if not _inside(stated, text):
        yield _outside(sourced, text)
        return
    yield from _evidence(sourced, text)
    found = text[stated.start : stated.end]
    if stated.stated_count is not None and _number(found) != stated.stated_count:
        yield sourced.fault("stated_count", marked("differs from the text, which has “{found}”"), found=found)
    items = [item for item in (stated.items or "").split(";") if item]
    if len(items) != (stated.listed_count or 0):
        yield sourced.fault(
            "listed_count", marked("should be {count}, the number of items"), count=len(items)
        )
    for item in items:
        if _squeeze(item) not in squeezed:
            yield sourced.fault(
                "items", marked("names “{item}”, which stands nowhere in the text"), item=item
            )


def _number(literal: str) -> int | None:
    try:
        value = read_quantity(literal).value
    except ValueError:
        return None
    return None if value is None else int(value)


def verify_mentions(rows: Iterable[Sourced[Mention]], text: str) -> list[CellError]:
    """Place, name and evidence of every mention."""
    return [fault for sourced in rows for fault in _mention(sourced, text)]


def _mention(sourced: Sourced[Mention], text: str) -> Iterator[CellError]:
    mention = sourced.row
    if not _inside(mention, text):
        yield _outside(sourced, text)
        return
    found = text[mention.start : mention.end]
    if _squeeze(found) != _squeeze(mention.name):
        yield sourced.fault("name", marked("differs from the text, which has “{found}”"), found=found)
    yield from _evidence(sourced, text)
    if mention.state is not None and (told := state_of(text, mention.start, mention.end)) != mention.state:
        reason = marked("differs from the words around “{name}”, which say {found}")
        yield sourced.fault("state", reason, name=mention.name, found=told or "–")
    if mention.year is not None and str(mention.year) not in text:
        yield sourced.fault("year", marked("stands nowhere in the text"))


def verify_citations(rows: Iterable[Sourced[Citation]], text: str) -> list[CellError]:
    """Place of every citation, and that its title and number stand there."""
    return [fault for sourced in rows for fault in _citation(sourced, text)]


def _citation(sourced: Sourced[Citation], text: str) -> Iterator[CellError]:
    citation = sourced.row
    if not _inside(citation, text):
        yield _outside(sourced, text)
        return
    found = text[citation.start : citation.end]
    near = _squeeze(text[max(0, citation.start - 80) : citation.end + 80])
    if citation.cited_title and _squeeze(citation.cited_title) not in _squeeze(found):
        yield sourced.fault("cited_title", marked("differs from the text, which has “{found}”"), found=found)
    if citation.cited_number and _squeeze(citation.cited_number) not in near:
        yield sourced.fault("cited_number", marked("does not stand near “{found}”"), found=found)


def _squeeze(text: str) -> str:
    """Without blanks and quotes, brackets of one kind: how names are compared."""
    return "".join(text.split()).translate(_ALIKE)


_ALIKE = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "〈": "《",
        "〉": "》",
        "[": "〔",
        "]": "〕",
        "［": "〔",
        "］": "〕",
        "“": None,
        "”": None,
        '"': None,
    }
)
