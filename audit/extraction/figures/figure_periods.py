"""The period of a figure: the nearest time before it in its paragraph, else of the headings, else the document's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from audit.extraction.figures.naming import Naming, Sureness
from audit.extraction.figures.period_words import PartsNamed, listed_years
from audit.extraction.figures.periods import DocumentTime, Time
from audit.extraction.figures.wordings import RESPECTIVELY
from audit.lexicon import pattern
from audit.model.frozen import frozen
from audit.model.period import Period, years
from audit.model.rows import FigureKind
from audit.numbers.quantities import Quantity


@frozen(guarded=False)
class FigurePeriod:
    """A period with how sure it is; `until` says that it is an end to be reached (`到2019年`), not a year of its
    own; `named` that it stands in the words around the figure: its paragraph or a heading above.
    """

    period: Period | None
    sure: Sureness
    until: bool
    named: bool = False

    @property
    def written(self) -> str | None:
        """The period as rows write it."""
        return None if self.period is None else str(self.period)


_LAST_YEAR = pattern("(?<![比较与同])<year before>(?:<whole year>)?(?:为|是)?<change of the year before>?$")
_DEPARTS = pattern("(?:由|从)(?:<at present>的?)?$")
"""Before the level that a goal departs from (`由78岁提高到80岁`): it is of before the plan."""
_AVERAGE = pattern("<average of years>")


def figure_period(
    clean: str,
    times: Sequence[Time],
    own: DocumentTime,
    heading: Time | None,
    quantity: Quantity,
    naming: Naming,
    kind: FigureKind,
    block_start: int,
    sentence_start: int,
) -> FigurePeriod:
    """The period of one figure of running text.

    A rate compared with a named year (`比2015年`) spans from that year; `年均` spans the plan; a goal set for a
    five-year plan is for its last year; `去年` is the year before.
    """
    governing, base = _times_before(times, quantity.start, block_start, sentence_start)
    beside_level = naming.role in ("level", "named")
    if beside_level and base is not None and quantity.start - base.end <= _RIGHT_AFTER:
        return FigurePeriod(base.period, "certain", False)
    departs = _DEPARTS.search(clean, max(sentence_start, quantity.span_start - 8), quantity.span_start)
    if departs and beside_level and own.span is not None and not own.reports:
        return FigurePeriod(_one(own.span.first_year - 1), "guess", False)
    sure: Sureness = "certain" if governing is not None and governing.start >= sentence_start else "inferred"
    governing = governing or heading
    averaged = bool(_AVERAGE.search(naming.lead)) and (naming.role == "growth" or quantity.unit == "%")
    if governing is None and kind == "baseline" and own.span is not None and not own.reports:
        return FigurePeriod(_one(own.span.first_year - 1), "inferred", False)
    if governing is None:
        return FigurePeriod(_own_period(own, naming, kind, averaged), "inferred", own.first != own.last)
    until = governing.kind == "span" or clean[governing.start] in "到至"
    compared = base is not None and naming.role in ("growth", "change") and governing.kind == "point"
    if compared and base is not None and base.last < governing.last:
        return FigurePeriod(years(base.last, governing.last), sure, until)
    if _LAST_YEAR.search(clean[max(sentence_start, quantity.span_start - 12) : quantity.span_start]):
        return FigurePeriod(_one(governing.last - 1), "inferred", until)
    departed = _departed(times, quantity.start, sentence_start)
    moved = averaged or (
        naming.role in ("growth", "change") and not own.reports and governing.kind == "point"
    )
    if moved and departed is not None and departed < governing.last:
        return FigurePeriod(years(departed, governing.last), sure, until)
    if averaged and own.span and governing.last == own.last:
        return FigurePeriod(own.span, sure, until)
    if governing.planned and governing.last == own.goal and not own.reports and not averaged:
        return FigurePeriod(_one(governing.last), sure, until)
    return FigurePeriod(governing.period, sure, until, named=True)


def _one(year: int) -> Period:
    return years(year, year)


def in_part(
    found: FigurePeriod,
    parts: PartsNamed,
    quantity: Quantity,
    block_start: int,
    sentence_start: int,
    own: DocumentTime,
) -> FigurePeriod:
    """The period narrowed to the part of the year that the sentence names, else to that of the document's title.

    A part, or the whole year, that an earlier sentence of the paragraph names may still be meant, so that the period is
    not sure then.
    """
    if found.period is None or found.period.is_span:
        return found
    year = found.period.first_year
    part = parts.last(sentence_start, quantity.span_start)
    if part is not None:
        return replace(found, period=part.of(year))
    elsewhere = (
        parts.named(block_start, sentence_start) and parts.last(block_start, sentence_start) != own.part
    )
    if own.part is not None and found.sure == "inferred":
        return replace(found, period=own.part.of(year), sure="guess" if elsewhere else "inferred")
    if found.sure == "inferred" and parts.last(block_start, sentence_start) is not None:
        return replace(found, sure="guess")
    return found


_RIGHT_AFTER = 4
"""How far from its number a year of departure may stand (`由2023年的15亿元`)."""


def _times_before(
    times: Sequence[Time], at: int, block_start: int, sentence_start: int
) -> tuple[Time | None, Time | None]:
    """The last time of the paragraph before an offset, and the year compared with in the same sentence."""
    base: Time | None = None
    index = bisect_right(times, at, key=lambda time: time.start)
    while index > 0 and times[index - 1].start >= block_start:
        index -= 1
        if times[index].kind == "from" and at - times[index].end > _RIGHT_AFTER:
            continue
        if times[index].kind != "base":
            return times[index], base
        if base is None and times[index].start >= sentence_start:
            base = times[index]
    return None, base


def _departed(times: Sequence[Time], at: int, sentence_start: int) -> int | None:
    """The year that a sentence departs from (`从2015年的2.4万亿元增长到…,年均增速达14.3%`)."""
    index = bisect_right(times, at, key=lambda time: time.start)
    while index > 0 and times[index - 1].start >= sentence_start:
        index -= 1
        if times[index].kind in ("from", "base"):
            return times[index].last
    return None


def _own_period(own: DocumentTime, naming: Naming, kind: FigureKind, averaged: bool) -> Period | None:
    """The document's own time: the year reported, or the year of the goals for a goal."""
    if own.goal is None or (not own.reports and kind in ("technical", "list_count", "threshold")):
        return None
    if averaged and own.span:
        return own.span
    return _one(own.goal - 1 if own.reports and _LAST_YEAR.search(naming.lead) else own.goal)


def years_of_lists(clean: str, inside: Sequence[Quantity], start: int) -> dict[int, Period]:
    """`2024、2025年分别达到300家、420家`: each number of the list has its own year; by offset of the number."""
    found: dict[int, Period] = {}
    index = 0
    while index < len(inside):
        run = [inside[index]]
        while index + len(run) < len(inside) and re.fullmatch(
            "[、和,及]", clean[run[-1].span_end : inside[index + len(run)].span_start]
        ):
            run.append(inside[index + len(run)])
        if len(run) > 1:
            start = max(start, run[0].start - 200)
            opened = max(start, *(clean.rfind(sign, start, run[0].start) + 1 for sign in "。;\n"))
            lead = clean[opened : run[0].start]
            listed = listed_years(lead) if RESPECTIVELY in lead else []
            if len(listed) == len(run):
                found.update({quantity.start: year for quantity, year in zip(run, listed, strict=True)})
        index += len(run)
    return found
