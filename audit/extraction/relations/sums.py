"""Sums told in other words than `其中`: `合计`, `加上…后`, `收支相抵`, `按…分`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.breakdowns import LIMIT, own_parts
from audit.extraction.relations.ties import GRAND, Tied, between, comparable, is_level, reach, sum_of

_TOTAL = re.compile(
    r"^[,、]?(?:合计|共计|总计)|(?:合计|总计)(?:安排|投入|达到?|为|完成|实现)?[^,。;、]{0,12}$"
)


def totals(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`: a stated total after its parts in one sentence."""
    found = []
    for place, whole in enumerate(paragraph):
        lead = clean[max(0, whole.quantity.span_start - 18) : whole.quantity.span_start]
        segment = re.split(r"[,。;、\n(]", lead)[-1]
        if not is_level(whole) or not re.match(r"(?:三项|两项|以上|各项)?(?:合计|共计)", segment):
            continue
        parts = [r for r in paragraph[:place] if r.sentence == whole.sentence and comparable(whole, r)]
        if len(parts) >= 2 and "其中" not in between(clean, parts[0], whole):
            tied = sum_of(whole, parts, told=True, sure="inferred")
            if tied:
                found.append(tied)
    return found


_ADDED = re.compile(r"加上")


def additions(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`本级收入10亿元,…。加上补助3亿元、调入1亿元后,总收入14亿元`: base and additions make up the total."""
    found = []
    for match in _ADDED.finditer(clean, *reach(paragraph)):
        after = [r for r in paragraph if r.quantity.start > match.start() and is_level(r)]
        total = next((r for r in after if GRAND.search(r.indicator)), None)
        base = next(
            (
                r
                for r in reversed(paragraph)
                if r.quantity.start < match.start() and is_level(r) and not _in_brackets(clean, r)
            ),
            None,
        )
        if total is None or base is None:
            continue
        base = _main_level(paragraph, base, match.start())
        stretch = clean[match.end() : total.quantity.span_start]
        added = [
            r
            for r in after
            if r.quantity.start < total.quantity.start and not _in_brackets(clean, r, match.start())
        ]
        if (
            not added
            or not all(comparable(total, r) for r in [base, *added])
            or _open_list(stretch, len(added))
        ):
            continue
        tied = sum_of(total, [base, *added], told=True)
        if tied:
            found.append(tied)
    return found


def _main_level(paragraph: list[Reading], base: Reading, at: int) -> Reading:
    """The level that a sum starts from: the first of its sentence, or the one after the last total."""
    same = [r for r in paragraph if r.sentence == base.sentence and r.quantity.start < at and is_level(r)]
    totals = [r for r in same if GRAND.search(r.indicator)]
    later = [r for r in same if not totals or r.quantity.start > totals[-1].quantity.start]
    return later[0] if later else base


def _open_list(stretch: str, figures: int) -> bool:
    """Whether a list of additions has items without a figure, or ends in `等`."""
    bare = re.sub(r"\([^()]*\)", "", stretch)
    bare = re.sub(r"后,?.*$", "", bare, flags=re.S) if "后" in bare else bare.rsplit(",", 1)[0]
    items = [item for item in re.split(r"[、,]", bare) if item.strip()]
    etc = any(re.search(r"\d", piece.rpartition("等")[0]) for piece in bare.split())
    return len(items) > figures or etc


def _in_brackets(clean: str, reading: Reading, since: int | None = None) -> bool:
    start = reading.block.start if since is None else since
    before = clean[start : reading.quantity.start]
    return before.count("(") > before.count(")")


_BALANCE = re.compile("收支相抵")


def balances(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`总收入100亿元…总支出90亿元。收支相抵,结转10亿元`."""
    found = []
    for match in _BALANCE.finditer(clean, *reach(paragraph)):
        at = match.start()
        rest = next((r for r in paragraph if r.quantity.start > at and is_level(r)), None)
        if rest is None or not re.search(r"结转|结余|滚存", rest.indicator) or "滚存" in rest.indicator:
            continue
        before = [r for r in paragraph if r.quantity.start < at and GRAND.search(r.indicator)]
        income = next((r for r in reversed(before) if "收" in r.indicator), None)
        outgo = next((r for r in reversed(before) if "支" in r.indicator), None)
        if income and outgo and comparable(income, rest) and comparable(outgo, rest):
            tied = sum_of(income, [outgo, rest], told=True)
            if tied:
                found.append(tied)
    return found


BY = re.compile(r"(?:从|按)[^,。;:]{1,14}(?:看|分|划分)[,:]|分[^,。;:]{1,8}看[,:]|具体情况看:")
NOT_ALL = re.compile(r"主要|重点|部分|其中|具体行业|分行业")


def divided_sums(clean: str, paragraph: Sequence[Reading], clause_levels: Sequence[Reading]) -> list[Tied]:
    """`按地域分,城镇…,乡村…` and `从中直和地方看:…`: parts named by a lead-in; the whole stands before it in the
    clause.
    """
    found = []
    start, end = reach(paragraph)
    for match in BY.finditer(clean, start, end):
        if NOT_ALL.search(match[0]):
            continue
        stop = _by_end(clean, match.end(), end)
        inside = [r for r in paragraph if match.end() <= r.quantity.start < stop]
        levels = [r for r in own_parts(clean, inside) if not GRAND.search(r.indicator)]
        before = clause_levels[: bisect_left(clause_levels, match.start(), key=lambda r: r.quantity.start)]
        found.extend(_divided(levels, before))
    return found


_FIRST, _LAST = 40, 40
"""How many levels from either end of a clause may be the whole of a division."""


def _divided(levels: Sequence[Reading], before: Sequence[Reading]) -> list[Tied]:
    """The sum of the levels after a lead-in with the first level of the clause that can be compared."""
    for first in levels[:1]:
        parts = [r for r in levels if comparable(first, r)]
        limits = any(LIMIT.search(r.indicator) for r in parts)
        near = [*before[:_FIRST], *before[-_LAST:]] if len(before) > _FIRST + _LAST else before
        wholes = [r for r in near if comparable(first, r) and (limits or not LIMIT.search(r.indicator))]
        for whole in [*wholes[:1], *reversed(wholes[-3:])]:
            tied = sum_of(whole, parts, told=False, may_be_all=True) if len(parts) >= 2 else None
            if tied is not None and tied.binding:
                return [tied]
    return []


def _by_end(clean: str, start: int, end: int) -> int:
    """A lead-in rules to the next one, or to the end of its paragraph (with `:`) or sentence."""
    following = BY.search(clean, start, end)
    limit = following.start() if following else end
    if clean[start - 1] == ":":
        return limit
    stop = clean.find("。", start, limit)
    return stop if stop >= 0 else limit
