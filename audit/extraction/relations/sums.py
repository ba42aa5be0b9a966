"""A stated total after its parts (`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`), and one of so many years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.counted import COUNT, COUNTED, are_counted, counted_as
from audit.extraction.relations.statements import span_of
from audit.extraction.relations.ties import (
    Figures,
    Tied,
    between,
    comparable,
    is_level,
    phrase_before,
    sum_of,
)
from audit.lexicon import only, pattern

_STOPS = re.compile(r"[,。;、\n(]")
_TOTAL = pattern("(?:[两二三四五六]项|<of all>)?<in all>")
_COUNTED = pattern(COUNTED + r"[^\d]{0,10}?(?:<in all so far>|<in all>|共)")


_OVER_YEARS = pattern(COUNT + "年(?:间|内)?(?:<in all so far>|<in all>|共)")
_EVERY_YEAR = pattern("<every year>")
_MEAN = pattern("<average a year>")


def over_years(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """`每年30万平方米,五年累计150万平方米`: so much a year, as often as there are years."""
    found: list[Tied] = []
    for one, other in pairwise(paragraph):
        if one.sentence != other.sentence or not comparable(one, other):
            continue
        for yearly, whole in ((one, other), (other, one)):
            said, counted = phrase_before(clean, yearly), _OVER_YEARS.search(phrase_before(clean, whole))
            if counted and _EVERY_YEAR.search(said):
                found.extend(_yearly(whole, yearly, counted_as(counted["count"]), bool(_MEAN.search(said))))
    return found


def _yearly(whole: Reading, yearly: Reading, years: int, mean: bool) -> Iterator[Tied]:
    """A total of so many years; a mean was rounded, what is planned for each year was not."""
    figures: Figures = (("whole", whole), ("part", yearly))
    if not mean:
        yield Tied("yearly", figures, True, "certain", years=years)
    elif (span := span_of(yearly)) is not None:
        given = ((yearly.quantity.start, (span[0] * years, span[1] * years)),)
        yield Tied("sum", figures, True, "certain", given)


def totals(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`: a stated total after its parts in one sentence."""
    found: list[Tied] = []
    for place, whole in enumerate(paragraph):
        lead = clean[max(0, whole.quantity.span_start - 18) : whole.quantity.span_start]
        segment = _STOPS.split(lead)[-1]
        counted = _COUNTED.match(segment)
        if not is_level(whole) or not (counted or _TOTAL.match(segment)):
            continue
        parts = [r for r in paragraph[:place] if r.sentence == whole.sentence and comparable(whole, r)]
        if counted and not are_counted(counted[0], parts):
            continue
        if len(parts) >= 2 and only("of which") not in between(clean, parts[0], whole):
            tied = sum_of(whole, parts, told=True, sure="inferred")
            found.extend([tied] if tied is not None else [])
    return found
