"""Proof of the extracted tables against the source: every row stands where it says, and says what stands there.

Each check gives its faults as `InputError` values, one sentence each, with the file and line of the row; an empty list
is a proof. The text is the one that the offsets were counted in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from audit.extraction.bounds import interval
from audit.extraction.plaintext import plain_text
from audit.extraction.quantities import Quantity, read_quantity, scan
from audit.model.errors import InputError
from audit.model.rows import Citation, Figure, Mention, StatedList

Row = TypeVar("Row", Figure, StatedList, Mention, Citation)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Row]):
    """A row with the file that it stands in and its 1-based line there."""

    row: Row
    file: str
    line: int

    def fault(self, message: str, **values: object) -> InputError:
        return InputError(f"{{file}}, line {{line}}: {message}", file=self.file, line=self.line, **values)


def verify_figures(rows: Iterable[Sourced[Figure]], text: str) -> list[InputError]:
    """Literal, evidence, value, interval, unit and bound of every figure, against the text and against each other."""
    faults: list[InputError] = []
    for sourced in rows:
        figure = sourced.row
        placed = _stands(sourced, figure.start, figure.end, text)
        if placed:
            faults.append(placed)
            continue
        if text[figure.start : figure.end] != figure.literal:
            faults.append(
                sourced.fault(
                    "the literal {literal!r} does not stand at {start}–{end}, where the text has {found!r}; correct the offsets",
                    literal=figure.literal,
                    start=figure.start,
                    end=figure.end,
                    found=text[figure.start : figure.end],
                )  # fmt: skip
            )
            continue
        faults.extend(_evidence(sourced, figure.evidence, figure.start, figure.end, text))
        faults.extend(_value(sourced))
        faults.extend(_words(sourced, text))
    return faults


def _stands(sourced: Sourced[Row], start: int, end: int, text: str) -> InputError | None:
    if 0 <= start < end <= len(text):
        return None
    return sourced.fault(
        "the offsets {start}–{end} are not inside the text of {length} characters",
        start=start,
        end=end,
        length=len(text),
    )


def _evidence(sourced: Sourced[Row], evidence: str, start: int, end: int, text: str) -> list[InputError]:
    at = text.find(evidence, max(0, end - len(evidence)))
    if evidence and 0 <= at <= start and end <= at + len(evidence):
        return []
    return [
        sourced.fault(
            "the evidence {evidence!r} is not the text around {start}–{end}; copy it as it stands there",
            evidence=evidence,
            start=start,
            end=end,
        )  # fmt: skip
    ]


def _value(sourced: Sourced[Figure]) -> list[InputError]:
    """The literal read again must give the value, and value and bound the interval."""
    figure = sourced.row
    try:
        read = read_quantity(figure.literal, figure.unit)
    except ValueError:
        return [sourced.fault("the literal {literal!r} spells no number", literal=figure.literal)]
    low, high = (read.low, read.high) if read.value is None else interval(read.value, figure.bound)
    if read.value is None and figure.bound != "range":
        return [
            sourced.fault(
                "{literal!r} is a range, but its bound is {bound}", literal=figure.literal, bound=figure.bound
            )
        ]
    stated = (figure.value, figure.low, figure.high)
    if stated == (read.value, low, high):
        return []
    return [
        sourced.fault(
            "{literal!r} with bound {bound} gives value {value}, low {low}, high {high}, but the row has {stated}",
            literal=figure.literal,
            bound=figure.bound,
            value=_shown(read.value),
            low=_shown(low),
            high=_shown(high),
            stated=" / ".join(_shown(part) for part in stated),
        )  # fmt: skip
    ]


def _shown(value: object) -> str:
    return "blank" if value is None else str(value)


_WINDOW = 24


def _words(sourced: Sourced[Figure], text: str) -> list[InputError]:
    """The unit and the bound words around the literal must be those of the row.

    A number in a table takes its unit from elsewhere: then the unit has only to stand somewhere in the text.
    """
    figure = sourced.row
    found = _quantity_at(text, figure.start, figure.end)
    if found is None or found.unit is None:
        unit = "".join((figure.unit or "").split())
        if unit in "".join(text.split()) or found is None:
            return []
        return [sourced.fault("the unit {unit} stands nowhere in the text", unit=figure.unit)]
    faults = []
    if not _same_unit(found.unit, figure.unit):
        faults.append(
            sourced.fault(
                "the unit is {unit}, but the text says {found} after {literal!r}",
                unit=_shown(figure.unit),
                found=found.unit,
                literal=figure.literal,
            )  # fmt: skip
        )
    if found.bound != figure.bound:
        faults.append(
            sourced.fault(
                "the bound is {bound}, but the words around {literal!r} say {found}",
                bound=figure.bound,
                literal=figure.literal,
                found=found.bound,
            )  # fmt: skip
        )
    return faults


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


def verify_lists(rows: Iterable[Sourced[StatedList]], text: str) -> list[InputError]:
    """Place and evidence of every list, the stated number against the words, the items against their count."""
    faults: list[InputError] = []
    squeezed = _squeeze(text)
    for sourced in rows:
        stated = sourced.row
        placed = _stands(sourced, stated.start, stated.end, text)
        if placed:
            faults.append(placed)
            continue
        faults.extend(_evidence(sourced, stated.evidence, stated.start, stated.end, text))
        slice_ = text[stated.start : stated.end]
        if stated.stated_count is not None and _number(slice_) != stated.stated_count:
            faults.append(
                sourced.fault(
                    "the text has {found!r} where the row states {count}",
                    found=slice_,
                    count=stated.stated_count,
                )
            )
        items = [item for item in (stated.items or "").split(";") if item]
        if len(items) != (stated.listed_count or 0):
            faults.append(
                sourced.fault(
                    "{listed} items are counted, but {count} are listed",
                    listed=stated.listed_count or 0,
                    count=len(items),
                )
            )
        for item in items:
            if _squeeze(item) not in squeezed:
                faults.append(sourced.fault("the item {item!r} stands nowhere in the text", item=item))
    return faults


def _number(literal: str) -> int | None:
    try:
        value = read_quantity(literal).value
    except ValueError:
        return None
    return None if value is None else int(value)


def verify_mentions(rows: Iterable[Sourced[Mention]], text: str) -> list[InputError]:
    """Place, name and evidence of every mention."""
    faults: list[InputError] = []
    for sourced in rows:
        mention = sourced.row
        placed = _stands(sourced, mention.start, mention.end, text)
        if placed:
            faults.append(placed)
            continue
        found = text[mention.start : mention.end]
        if _squeeze(found) != _squeeze(mention.name):
            faults.append(
                sourced.fault(
                    "the name is {name!r}, but the text has {found!r} there", name=mention.name, found=found
                )
            )
        faults.extend(_evidence(sourced, mention.evidence, mention.start, mention.end, text))
    return faults


def verify_citations(rows: Iterable[Sourced[Citation]], text: str) -> list[InputError]:
    """Place of every citation, and that its title and number stand there."""
    faults: list[InputError] = []
    for sourced in rows:
        citation = sourced.row
        placed = _stands(sourced, citation.start, citation.end, text)
        if placed:
            faults.append(placed)
            continue
        found = text[citation.start : citation.end]
        near = _squeeze(text[max(0, citation.start - 80) : citation.end + 80])
        if citation.cited_title and _squeeze(citation.cited_title) not in _squeeze(found):
            faults.append(
                sourced.fault(
                    "the title is {title!r}, but the text has {found!r} there",
                    title=citation.cited_title,
                    found=found,
                )
            )
        if citation.cited_number and _squeeze(citation.cited_number) not in near:
            faults.append(
                sourced.fault(
                    "the number {number!r} does not stand near {found!r}",
                    number=citation.cited_number,
                    found=found,
                )
            )
    return faults


def _squeeze(text: str) -> str:
    """Without blanks and quotes, brackets of one kind: how names are compared."""
    return "".join(text.split()).translate(_ALIKE)


_ALIKE = str.maketrans({"（": "(", "）": ")", "〈": "《", "〉": "》", "“": None, "”": None, '"': None})
