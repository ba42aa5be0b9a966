"""Levels and how they changed: a level with its change and rate, and two levels with the rate between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import Tied, between, comparable, is_level, same_sentence
from audit.model.period import period_of
from audit.model.relation import RelationKind
from audit.numbers.units import bare_unit, unit_class

_SINCE_YEAR_START = re.compile(r"年初|上年末|去年末|上月")


_REACHES = re.compile(r",?(?:达到?|为|增加到|增长到)")


def changes(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`余额6120.0亿元,比年初增加408.2亿元,增长7.1%`: level, change and rate of one noun; and
    `由15亿元翻一番,达到30亿元`.
    """
    found = []
    for level, change, rate in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        if (
            not is_level(level)
            or change.role != "change"
            or rate.role != "growth"
            or rate.quantity.unit != "%"
        ):
            continue
        if (
            same_sentence(level, change, rate)
            and level.subject == change.subject
            and _follows(clean, change, rate)
        ):
            if change.rising != rate.rising or unit_class(change.quantity.unit) == "share":
                continue
            if bare_unit(change.quantity.unit or "") != bare_unit(level.quantity.unit or ""):
                continue
            kind: RelationKind = "increase" if change.rising else "decrease"
            found.append(Tied(kind, (("level", level), ("change", change), ("rate", rate)), True, "certain"))
    for earlier in range(len(paragraph) - 3):
        found.extend(_late_change(clean, paragraph[earlier : earlier + 4]))
    for base, times, level in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        doubled = times.quantity.unit == "倍" and times.quantity.literal.startswith("翻")
        if doubled and same_sentence(base, times, level) and comparable(base, level):
            tied = Tied("multiple", (("level", level), ("base", base), ("times", times)), True, "certain")
            found.extend([tied] if _REACHES.fullmatch(between(clean, times, level)) else [])
    return found


def _late_change(clean: str, four: Sequence[Reading]) -> list[Tied]:
    """`3.6亿元,较预算数减少0.94亿元,较上年减少0.13亿元、下降3.4%`: the rate goes with the change right before it."""
    level, first, change, rate = four
    if not is_level(level) or first.role != "change" or change.role != "change" or rate.role != "growth":
        return []
    same_unit = bare_unit(change.quantity.unit or "") == bare_unit(level.quantity.unit or "")
    if (
        not same_sentence(*four)
        or not _follows(clean, change, rate)
        or change.rising != rate.rising
        or not same_unit
    ):
        return []
    kind: RelationKind = "increase" if change.rising else "decrease"
    return [Tied(kind, (("level", level), ("change", change), ("rate", rate)), True, "certain")]


def _follows(clean: str, change: Reading, rate: Reading) -> bool:
    """Whether a rate is that of the change right before it: no other comparison between (`比年初增加…,同比增长…`)."""
    gap = between(clean, change, rate)
    if not re.fullmatch(
        r"[,、]?(?:同比|比上年|较上年|同口径)?(?:增长|下降|减少|增加|提高|降低|上升|增幅为?|降幅为?)(?:了|约)?",
        gap,
    ):
        return False
    lead = clean[max(0, change.quantity.span_start - 12) : change.quantity.span_start]
    return not ("同比" in gap and _SINCE_YEAR_START.search(lead))


def growth_between_years(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """A rate over a named base year with both levels stated, and `从A增加到B,增长r`."""
    found = []
    levels: dict[tuple[str, str | None, str | None], list[Reading]] = {}
    for reading in readings:
        if is_level(reading):
            levels.setdefault((reading.indicator, reading.region, reading.period), []).append(reading)
    for place, rate in enumerate(readings):
        if (
            rate.role != "growth"
            or rate.quantity.unit not in ("%", "倍")
            or not rate.subject
            or "年均" in rate.indicator
        ):
            continue
        span = period_of(rate.period or "")
        if span is not None and span.is_span:
            level = _only(levels.get((rate.subject, rate.region, str(span.last_year)), []))
            base = _only(levels.get((rate.subject, rate.region, str(span.first_year)), []))
            if level and base and comparable(level, base):
                found.append(_grown(base, level, rate))
        elif place >= 2:
            base, level = readings[place - 2], readings[place - 1]
            if (
                comparable(base, level)
                and same_sentence(base, level, rate)
                and base.indicator == level.indicator
            ):
                moved = re.fullmatch(
                    r"(?:增加|增长|提高|提升|扩大|上升|减少|下降|降低)(?:到|至)(?:(?:19|20)\d\d年(?:末|底)?)?的?",
                    between(clean, base, level),
                )
                if moved and re.fullmatch(
                    r",(?:增长|下降|提高|减少|增加)(?:了|约)?", between(clean, level, rate)
                ):
                    found.append(_grown(base, level, rate))
    return found


def _grown(base: Reading, level: Reading, rate: Reading) -> Tied:
    kind: RelationKind = "growth" if rate.rising else "fall"
    return Tied(kind, (("level", level), ("base", base), ("rate", rate)), True, "inferred")


def _only(readings: Sequence[Reading]) -> Reading | None:
    """The one level of a key, if all that state it agree."""
    return readings[-1] if readings and len({r.quantity.value for r in readings}) == 1 else None
