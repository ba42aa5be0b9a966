"""A stated total after its parts: `A 2.4亿元、B 3.1亿元,合计安排5.5亿元`."""

from __future__ import annotations

import re

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import Tied, between, comparable, is_level, sum_of
from audit.lexicon import only, pattern

_STOPS = re.compile(r"[,。;、\n(]")
_TOTAL = pattern("(?:[两二三四五六]项|<of all>)?<in all>")


def totals(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`: a stated total after its parts in one sentence."""
    found = []
    for place, whole in enumerate(paragraph):
        lead = clean[max(0, whole.quantity.span_start - 18) : whole.quantity.span_start]
        segment = _STOPS.split(lead)[-1]
        if not is_level(whole) or not _TOTAL.match(segment):
            continue
        parts = [r for r in paragraph[:place] if r.sentence == whole.sentence and comparable(whole, r)]
        if len(parts) >= 2 and only("of which") not in between(clean, parts[0], whole):
            tied = sum_of(whole, parts, told=True, sure="inferred")
            found.extend([tied] if tied is not None else [])
    return found
