"""What ties figures together: levels in one unit, their amounts, and a sum of parts with what it binds to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.partitions import is_complete
from audit.lexicon import pattern
from audit.model.frozen import frozen
from audit.model.relation import RelationKind, RelationRole, RelationSureness
from audit.numbers.units import bare_unit, is_counted, scale_of, unit_class

GRAND = pattern("<grand total>|<total>$")
"""Nouns of grand totals (`总收入`, `支出总计`): wholes, never parts."""


Figures = tuple[tuple[RelationRole, Reading], ...]
"""The figures of a relation with their roles."""


@frozen(guarded=False)
class Tied:
    """A relation found in the text: its kind and each figure with its role, in the order of the text.

    `given` replaces the number of a figure by what its words make of it (what a level was before it grew), as the least
    and the most in bare units, by the place of the figure. `years` are those that a yearly rate runs. `made_up`: a
    share that was made to add up to a hundred with others, which may be off by a unit of its last digit.
    """

    kind: RelationKind
    figures: Figures
    binding: bool
    sure: RelationSureness
    given: tuple[tuple[int, tuple[Decimal, Decimal]], ...] = ()
    years: int | None = None
    made_up: bool = False

    @property
    def key(self) -> tuple[str, tuple[tuple[str, int], ...]]:
        return self.kind, tuple((role, reading.quantity.start) for role, reading in self.figures)

    @property
    def whole(self) -> Reading:
        return self.figures[0][1]

    @property
    def parts(self) -> list[Reading]:
        return [reading for role, reading in self.figures if role == "part"]


def comparable(a: Reading, b: Reading) -> bool:
    """Whether two figures are levels in the same bare unit (亿元 and 万元 are; 家 and 亿元 are not)."""
    return is_level(a) and is_level(b) and same_unit(a, b)


def same_unit(a: Reading, b: Reading) -> bool:
    """Whether two figures are in the same unit but for a number word before it."""
    return bool(a.quantity.unit) and bare_unit(a.quantity.unit or "") == bare_unit(b.quantity.unit or "")


def is_level(reading: Reading) -> bool:
    """Whether a figure states how much there is, not a rate, share, change or number of listed things."""
    return (
        reading.role in ("level", "named")
        and unit_class(reading.quantity.unit) != "share"
        and reading.kind != "list_count"
    )


OF_EACH = pattern("<of each>")
"""Nouns of what one of many costs or has (`每吨处理费`, `次均费用`): neither a sum of parts nor a part."""


NOT_ADDED = pattern("<not added up>|<per head>|<of each>|率$")
"""Nouns of means, prices and intensities: what holds for the parts lies about that of the whole, and is no sum."""


def amount(reading: Reading) -> Decimal | None:
    """The value in bare units."""
    value = reading.quantity.value
    return None if value is None else value * scale_of(reading.quantity.unit)


def half_of(reading: Reading) -> Decimal:
    """Half a unit of the last written digit, in bare units; a count of whole things was not rounded."""
    quantity = reading.quantity
    if is_counted(quantity.unit) and quantity.step == 1:
        return Decimal(0)
    return quantity.step / 2 * scale_of(quantity.unit)


def between(clean: str, first: Reading, second: Reading) -> str:
    return clean[first.quantity.span_end : second.quantity.span_start]


def is_enclosed(clean: str, first: Reading, second: Reading) -> bool:
    """Whether the first figure stands in a bracket that closes before the second."""
    gap = between(clean, first, second)
    return gap.count(")") > gap.count("(")


def outer_before(clean: str, paragraph: Sequence[Reading], place: int) -> Reading:
    """The figure before another, leaving out what stands in a bracket between."""
    second = paragraph[place]
    for first in reversed(paragraph[max(0, place - _MOST_ENCLOSED) : place]):
        if not is_enclosed(clean, first, second):
            return first
    return paragraph[place - 1]


_MOST_ENCLOSED = 8


_STOPS = re.compile(r"[,。;\n]")
_FAR = 30


def phrase_before(clean: str, reading: Reading) -> str:
    """The words before a number up to the last stop."""
    start = max(0, reading.quantity.span_start - _FAR)
    return _STOPS.split(clean[start : reading.quantity.span_start])[-1]


_INTENSITY = pattern("/(?!<unit of a duration>)")
"""Units of so much for each (`元/户`, `人/平方公里`); so much a year (`万吨/年`) adds up."""


def sum_of(
    whole: Reading, parts: Sequence[Reading], told: bool, sure: RelationSureness = "certain"
) -> Tied | None:
    """A whole and its parts; binding if the text tells so (`told`) or the division is known."""
    if not parts or any(amount(reading) is None for reading in (whole, *parts)):
        return None
    if (
        NOT_ADDED.search(whole.indicator)
        or whole.measure == "rate"
        or _INTENSITY.search(whole.quantity.unit or "")
    ):
        return None
    known = is_complete(whole.indicator, [part.indicator for part in parts])
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole), *(("part", part) for part in parts)]
    return Tied("sum", tuple(figures), len(parts) >= 2 and (told or known), sure)


def reach(paragraph: Sequence[Reading]) -> tuple[int, int]:
    """The stretch of text to search for words that tie the figures of a paragraph."""
    block = paragraph[0].block
    return max(block.start, paragraph[0].quantity.start - 400), min(
        block.end, paragraph[-1].quantity.end + 200
    )


def same_sentence(*readings: Reading) -> bool:
    return len({reading.sentence for reading in readings}) == 1
