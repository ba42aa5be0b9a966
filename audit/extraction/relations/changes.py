"""Levels and how they changed: a level with its change and rate, and two levels with what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from audit.extraction.figures.figures import Reading
from audit.extraction.figures.nouns import BRACKETS
from audit.extraction.figures.period_words import YEAR, named_years
from audit.extraction.figures.wordings import YEARLY
from audit.extraction.relations.groups import is_reference, sentence_start
from audit.extraction.relations.statements import ADJUSTED, REAL, Statement, span_of
from audit.extraction.relations.ties import (
    Figures,
    Tied,
    amount,
    between,
    comparable,
    is_enclosed,
    is_level,
    outer_before,
    same_sentence,
    same_unit,
)
from audit.lexicon import only, pattern
from audit.model.period import period_of
from audit.model.relation import RelationKind


def changes(clean: str, told: Mapping[int, Statement]) -> list[Tied]:
    """`余额6120.0亿元,比年初增加408.2亿元,增长7.1%`: level, change and rate of one noun against one base."""
    found = []
    for statement in told.values():
        change, rate = statement.change, statement.rate
        if change is None or rate is None or change.rising != rate.rising or statement.adjusted:
            continue
        if change.quantity.start < rate.quantity.start and _same_base(clean, change, rate):
            kind: RelationKind = "increase" if change.rising else "decrease"
            figures: Figures = (("level", statement.level), ("change", change), ("rate", rate))
            found.append(Tied(kind, figures, True, "certain"))
    return found


def changes_since(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """`单位24万个,比2013年末增加12万个,增长100%`: change and rate of one noun against one named year."""
    found = []
    for place in range(1, len(paragraph) - 1):
        before, change, rate = paragraph[place - 1 : place + 2]
        alike = change.role == "change" and rate.role == "growth" and change.rising == rate.rising
        if not alike or not _SINCE.fullmatch(BRACKETS.sub("", between(clean, before, change))):
            continue
        levels = (r for r in reversed(paragraph[:place]) if is_level(r))
        level = next((r for r in levels if not is_reference(clean, r)), None)
        told = level is not None and level.subject == change.subject and same_sentence(level, rate)
        if level is None or not told or not same_unit(level, change) or not _same_base(clean, change, rate):
            continue
        if not ADJUSTED.search(clean, level.quantity.span_end, rate.quantity.span_start):
            kind: RelationKind = "increase" if change.rising else "decrease"
            figures: Figures = (("level", level), ("change", change), ("rate", rate))
            found.append(Tied(kind, figures, True, "certain"))
    return found


_SINCE = pattern(rf",?(?:比|较|与){YEAR}年(?:末|底)?(?:<compared with>,)?(?:<up>|<down>)了?")


_COMPARED = pattern("<compared>")


def _same_base(clean: str, change: Reading, rate: Reading) -> bool:
    """Whether a rate is that of the change right before it: not against something else (`比年初增加…,同比增长…`)."""
    gap = between(clean, change, rate)
    if not pattern("[,、]?<compared>?(?:<up>|<down>|<extent of a change>为?)(?:了|约)?").fullmatch(gap):
        return False
    own = _COMPARED.search(gap)
    lead = clean[max(0, change.quantity.span_start - 12) : change.quantity.span_start]
    return own is None or not _SINCE_YEAR_START.search(lead)


_SINCE_YEAR_START = pattern("<since the start of the year>")

_YEAR = f"{YEAR}年(?:末|底)?"
_FROM = re.compile(rf"(?:由|从)(?P<year>{_YEAR})?(?:的)?$")
_THAN = pattern(
    rf"(?:比|较|与)(?P<year>{_YEAR}|<year of before>)?[^,;。\d]{{0,10}}的$"
    rf"|[比较](?P<told>{_YEAR}|<year of before>)<end of it>?<result of a year>?$"
)


_MOVED = pattern(rf",?(?:<up>|<down>|<moved>)(?:到|至|为)(?P<year>{_YEAR})?的?|,?达(?:到)?|,?为")


def two_levels(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """Two levels that the words compare, with the change, rate, yearly rate or multiple said of them:
    `从A增加到B,增长r`, `B,比2020年的A增加c,增长r`, `由A翻一番,达到B`.
    """
    found: list[Tied] = []
    for place in range(1, len(paragraph)):
        first, second = outer_before(clean, paragraph, place), paragraph[place]
        if not same_sentence(first, second):
            continue
        than = _THAN.search(BRACKETS.sub("", between(clean, first, second))) if is_level(second) else None
        if than:
            level = _compared(clean, paragraph[:place], second)
            if level is not None:
                years = _years(than["year"] or than["told"], level.period)
                found.extend(_told_of(clean, second, level, paragraph[place + 1 :], years))
        elif comparable(first, second) or (_is_share(first) and _is_share(second)):
            lead = clean[max(0, first.quantity.span_start - 10) : first.quantity.span_start]
            start, moved = _FROM.search(lead), _MOVED.fullmatch(between(clean, first, second))
            if start and moved:
                years = _years(start["year"], moved["year"] or second.period)
                found.extend(_told_of(clean, first, second, paragraph[place + 1 :], years))
        elif second.role == "change" and place + 1 < len(paragraph):
            found.extend(_moved_by(clean, first, second, paragraph[place + 1]))
        elif second.quantity.unit == "倍" and second.quantity.literal.startswith("翻"):
            found.extend(_multiplied(clean, first, second, paragraph[place + 1 : place + 2]))
    return found


def _compared(clean: str, before: Sequence[Reading], base: Reading) -> Reading | None:
    """The level that is compared with another: the last before it, past its share of a plan
    (`收入310亿元,为预算300亿元的103.3%,比上年290亿元增加20亿元`).
    """
    for level in reversed(before):
        if not is_level(level) or is_enclosed(clean, level, base) or is_reference(clean, level):
            continue
        near = len(BRACKETS.sub("", between(clean, level, base))) <= _NEAR and level is before[-1]
        alike = near or level.subject == base.subject
        return level if alike and comparable(level, base) and same_sentence(level, base) else None
    return None


_BY = pattern("(?:<up>|<down>)了?")


def _moved_by(clean: str, base: Reading, change: Reading, level: Reading) -> Iterator[Tied]:
    """`由78岁提高2岁,达到80岁`: the level reached is the one left and the change."""
    lead = clean[max(0, base.quantity.span_start - 10) : base.quantity.span_start]
    told = _FROM.search(lead) and _BY.fullmatch(between(clean, base, change))
    reached = pattern(",?<reached by>").fullmatch(between(clean, change, level))
    alike = comparable(base, level) and same_unit(level, change) and same_sentence(base, level)
    if told and reached and alike and None not in (amount(base), amount(level)):
        yield from _differ(base, level, change, 1)


def _is_share(reading: Reading) -> bool:
    """Whether a figure states a share or a rate as it stands, not how it grew."""
    return reading.quantity.unit == "%" and reading.role in ("level", "named", "share")


def _in_unit_of(level: Reading, change: Reading) -> bool:
    """Whether a change is in the unit of a level; a share changes by points."""
    points = _is_share(level) and only("part of a point") in (change.quantity.unit or "")
    return same_unit(level, change) or points


_NEAR = 24
_COMPARED_TO = only("compared to what stands before")


def _years(first: str | None, last: str | None) -> int | None:
    """How many years lie between two (`2015年`, `2025年`)."""
    start, end = (named_years(text or "") for text in (first, last))
    return end.first_year - start.first_year if start and end else None


def _told_of(
    clean: str, base: Reading, level: Reading, later: Sequence[Reading], years: int | None
) -> Iterator[Tied]:
    """What is said of two levels right after the later of them in the text, each kind once."""
    last = max(base, level, key=lambda r: r.quantity.start)
    if amount(base) is None or amount(level) is None or base.quantity.bound != "exact":
        return
    for reading in later:
        gap = between(clean, last, reading).removeprefix(_COMPARED_TO)
        shifted = _SHIFTED.fullmatch(gap)
        if shifted and comparable(level, reading) and same_sentence(last, reading):
            yield from _differ(base, level, replace(reading, rising=shifted["down"] is None), 1)
            last = reading
            continue
        if not same_sentence(last, reading) or is_level(reading) or len(gap) > _NEAR or _AGAIN.search(gap):
            return
        rate = reading.quantity.unit in ("%", "倍")
        if rate and (reading.subject not in ("", level.subject) or _is_share(level)):
            return
        if reading.role == "change" and _in_unit_of(level, reading):
            yield from _differ(base, level, reading, years if _EVERY_YEAR.search(gap) else 1)
        elif rate and reading.role in ("growth", "level") and not REAL.search(level.indicator):
            if _EVERY_YEAR.search(gap + reading.indicator):
                if years is not None and years > 1 and reading.rising and not _names_period(clean, base):
                    figures: Figures = (("level", level), ("base", base), ("rate", reading))
                    yield Tied("average", figures, True, "certain", years=years)
            elif reading.role == "growth":
                kind: RelationKind = "growth" if reading.rising else "fall"
                yield Tied(kind, (("level", level), ("base", base), ("rate", reading)), True, "certain")
        last = reading


_PERIOD = pattern("<period of a plan>")


def _names_period(clean: str, base: Reading) -> bool:
    """Whether the sentence speaks of a period as a whole: a yearly rate may be that of the period, which starts from the
    year before (`“十四五”时期,收入从2021年的…增长到2025年的…,年均增速3.8%`).
    """
    start = sentence_start(clean, base.quantity.start)
    return bool(_PERIOD.search(clean, start, base.quantity.start))


_SHIFTED = pattern("[,、]?(?:净|共)?(?:<raised>|(?P<down><lowered>))(?:了)?")
_EVERY_YEAR = pattern("<every year>")


def _differ(base: Reading, level: Reading, change: Reading, years: int | None) -> Iterator[Tied]:
    """The later level is the earlier one and the change, or that of a year as often as there were years."""
    span = span_of(change)
    if years is None or span is None:
        return
    whole, part = (level, base) if change.rising else (base, level)
    figures: Figures = (("whole", whole), ("part", part), ("part", change))
    given = () if years == 1 else ((change.quantity.start, (span[0] * years, span[1] * years)),)
    yield Tied("sum", figures, True, "certain", given)


_AGAIN = pattern("<of which>|<as compared>|[比较占]|<adjusted>")
"""Words after which something else is compared."""


def _multiplied(clean: str, base: Reading, times: Reading, after: Sequence[Reading]) -> Iterator[Tied]:
    for level in after:
        reached = pattern(",?<reached by>").fullmatch(between(clean, times, level))
        if reached and same_sentence(times, level) and comparable(base, level):
            yield Tied("multiple", (("level", level), ("base", base), ("times", times)), True, "certain")


def growth_between_years(readings: Sequence[Reading]) -> list[Tied]:
    """A rate over a named base year with both levels stated elsewhere in the document."""
    found = []
    levels: dict[tuple[str, str | None, str | None], list[Reading]] = {}
    for reading in readings:
        if is_level(reading):
            levels.setdefault((reading.indicator, reading.region, reading.period), []).append(reading)
    for rate in readings:
        if rate.role != "growth" or rate.quantity.unit not in ("%", "倍") or not rate.subject:
            continue
        span = period_of(rate.period or "")
        if YEARLY in rate.indicator or span is None or span.first_year == span.last_year:
            continue
        level = _only(levels.get((rate.subject, rate.region, str(span.last_year)), []))
        base = _only(levels.get((rate.subject, rate.region, str(span.first_year)), []))
        if level and base and comparable(level, base):
            kind: RelationKind = "growth" if rate.rising else "fall"
            found.append(Tied(kind, (("level", level), ("base", base), ("rate", rate)), True, "inferred"))
    return found


_OVER = pattern(
    r"[,、]?[比较](?:<year of before>|(?P<year>20\d\d)年)<result of a year>(?:\([^()]*\))?(?:<up>|<down>)"
)


def growth_over_year_before(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """A rate over what was carried out the year before (`收入12亿元,比上年执行数增长2%`), which the document states elsewhere
    by a key that was earned.
    """
    found = []
    levels: dict[tuple[str | None, ...], list[Reading]] = {}
    for reading in readings:
        if is_level(reading) and reading.sure == "certain":
            levels.setdefault(_key(reading, reading.period), []).append(reading)
    for level, rate in pairwise(readings):
        over = _OVER.fullmatch(between(clean, level, rate)) if rate.role == "growth" else None
        if over is None:
            continue
        year = period_of(level.period or "")
        if year is None or str(year) != str(year.first_year) or rate.quantity.bound != "exact":
            continue
        before = year.first_year - 1
        base = _only(levels.get(_key(level, str(before)), []))
        if base is None or level.sure != "certain" or over["year"] not in (None, str(before)):
            continue
        if comparable(level, base) and amount(level) is not None:
            kind: RelationKind = "growth" if rate.rising else "fall"
            found.append(Tied(kind, (("level", level), ("base", base), ("rate", rate)), True, "certain"))
    return found


def _key(reading: Reading, period: str | None) -> tuple[str | None, ...]:
    return reading.indicator, reading.region, reading.account, reading.tier, period


def _only(readings: Sequence[Reading]) -> Reading | None:
    """The one level of a key, if all that state it agree."""
    return readings[-1] if readings and len({amount(r) for r in readings}) == 1 else None
