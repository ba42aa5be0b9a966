"""A stated total after its parts (`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`), and one of so many years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.counted import COUNT, COUNTED, are_counted, counted_as
from audit.extraction.relations.statements import Span, span_of
from audit.extraction.relations.ties import (
    Tied,
    amount,
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
    found = []
    for one, other in pairwise(paragraph):
        if one.sentence != other.sentence or not comparable(one, other):
            continue
        for yearly, whole in ((one, other), (other, one)):
            said, counted = phrase_before(clean, yearly), _OVER_YEARS.search(phrase_before(clean, whole))
            span = (
                span_of(yearly) if _MEAN.search(said) or yearly.quantity.bound != "exact" else _stated(yearly)
            )
            if counted and span and _EVERY_YEAR.search(said):
                years = counted_as(counted["count"])
                given = ((yearly.quantity.start, (span[0] * years, span[1] * years)),)
                found.append(Tied("sum", (("whole", whole), ("part", yearly)), True, "certain", given))
    return found


def _stated(reading: Reading) -> Span | None:
    """A number as it is stated: what is planned for each year was not rounded, as a mean is."""
    stated = amount(reading)
    return None if stated is None else (stated, stated)


def totals(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`: a stated total after its parts in one sentence."""
    found = []
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
