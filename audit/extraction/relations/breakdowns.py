"""Parts after a whole: `A 100亿元,其中B 60亿元、C 40亿元`, `60枚(金牌21枚、银牌19枚、铜牌20枚)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import GRAND, Tied, amount, comparable, is_level, sum_of
from audit.model.period import period_of

_MOST_PARTS, _LONGEST_GROUP = 60, 900
"""How many figures and characters the parts of one whole may take."""

_AMONG = re.compile(r"其中|包括|分别(?:是|为):?")
_ETC = re.compile(r"等(?!级|\d)")


def breakdowns(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 100亿元,其中B 60亿元、C 40亿元` and `60枚(金牌21枚、银牌19枚、铜牌20枚)`."""
    found = []
    for place, whole in enumerate(paragraph[:-1]):
        if not is_level(whole):
            continue
        later = paragraph[place + 1 : place + 1 + _MOST_PARTS]
        opened = _opening(clean, whole, later)
        if opened is None:
            continue
        word, start, end = opened
        inside = [r for r in later if start <= r.quantity.start < end]
        parts = _parts_of(whole, [r for r in own_parts(clean, inside) if comparable(whole, r)])
        if not parts or (amount(parts[0]) == amount(whole) and len(parts) > 1):
            continue
        told = (
            word == "包括"
            and not _ETC.search(clean[start:end])
            and len(parts) == len([r for r in inside if is_level(r)])
        )
        years = {part.period for part in parts}
        told = told or (len(years) == len(parts) >= 2 and _covers(whole.period, parts, clean[start:end]))
        tied = sum_of(whole, parts, told, may_be_all=word == "(")
        if tied is not None:
            found.append(tied)
    return found


LIMIT = re.compile(r"限额|上限|控制")


def _parts_of(whole: Reading, levels: Sequence[Reading]) -> list[Reading]:
    """The levels of a group that can be parts: no totals, no limits, of income and outgo only the whole's own side.

    When the first of them already make up the whole, what follows divides it anew (`88种,其中…3种,已探明27种`).
    """
    parts = [
        r
        for r in levels
        if not GRAND.search(r.indicator)
        and (LIMIT.search(whole.indicator) or not LIMIT.search(r.indicator))
        and r.quantity.bound in ("exact", "about", "range")
    ]
    sides = [side for side in ("收入", "支出") if side in whole.indicator]
    if len(sides) == 1 and any(_other_side(sides[0]) in r.indicator for r in levels):
        parts = [r for r in parts if sides[0] in r.indicator]
    else:
        parts = [
            r
            for r in parts
            if (r.indicator, r.period, r.region) != (whole.indicator, whole.period, whole.region)
        ]
    target, total = amount(whole), Decimal(0)
    for count, part in enumerate(parts, 1):
        total += amount(part) or Decimal(0)
        if count >= 2 and total == target:
            return parts[:count]
    return parts


def _other_side(side: str) -> str:
    return "支出" if side == "收入" else "收入"


def _covers(span: str | None, parts: Sequence[Reading], text: str) -> bool:
    """Whether yearly parts go through every year of the whole's span (`2024—2026年累计90名,其中2024年25名…`)."""
    whole = period_of(span or "")
    stated = sorted(part.period or "" for part in parts)
    return whole is not None and whole.is_span and stated == [str(year) for year in whole.divided("year")]


def _opening(clean: str, whole: Reading, later: Sequence[Reading]) -> tuple[str, int, int] | None:
    """Where the parts of a whole begin and end: after a bracket or `其中` that follows it with no other level
    between.
    """
    at = whole.quantity.span_end
    if clean[at : at + 1] == "(":
        close = closing(clean, at)
        return ("其中" if "其中" in clean[at : at + 5] else "(", at, close) if close > at else None
    following = next((r for r in later if is_level(r)), None)
    if following is None:
        return None
    gap = clean[at : following.quantity.span_start]
    match = _AMONG.search(gap)
    if match is None and re.fullmatch(r"、支出", gap):
        return _opening(clean, following, [r for r in later if r is not following])
    if match is None or gap[: match.start()].count("(") != gap[: match.start()].count(")"):
        return None
    start = at + match.start()
    outer = clean[at:start].count("。") == 0 and clean[start - 1 : start] != "。"
    stop = group_end(clean, start, nested=outer and _is_part_of_list(clean, whole))
    return match[0], start, stop


def _is_part_of_list(clean: str, whole: Reading) -> bool:
    """Whether the whole is itself a part in a list closed by semicolons."""
    sentence = max(
        clean.rfind(sign, max(0, whole.quantity.start - _LONGEST_GROUP), whole.quantity.start)
        for sign in "。\n"
    )
    end = min(
        (at for at in (clean.find(sign, whole.quantity.end) for sign in "。\n") if at >= 0),
        default=len(clean),
    )
    return ";" in clean[sentence + 1 : end]


def group_end(clean: str, start: int, nested: bool) -> int:
    depth = 0
    stop = min(len(clean), start + _LONGEST_GROUP)
    for at in range(start, stop):
        sign = clean[at]
        if sign == "(":
            depth += 1
        elif sign == ")":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and (
            sign in "。\n" or (nested and sign == ";") or (sign in ",;" and _NEW_SUM.match(clean, at + 1))
        ):
            return at
    return stop


_NEW_SUM = re.compile(r"[^,;。\n\d]{0,16}(?:加上|收入加|支出加|[收支][入出]?总计|总收入|总支出|合计|共计)")


def closing(clean: str, at: int) -> int:
    depth = 0
    for index in range(at, min(len(clean), at + 300)):
        depth += {"(": 1, ")": -1}.get(clean[index], 0)
        if depth == 0:
            return index
    return -1


def own_parts(clean: str, inside: Sequence[Reading]) -> list[Reading]:
    """The levels of a group without those that are parts of its parts (in brackets or after a further `其中`)."""
    own: list[Reading] = []
    skip_until = -1
    for reading in inside:
        start = reading.quantity.start
        if start < skip_until:
            continue
        if own and is_level(reading):
            gap = clean[own[-1].quantity.span_end : reading.quantity.span_start]
            if gap.startswith("("):
                skip_until = closing(clean, own[-1].quantity.span_end)
                if start < skip_until:
                    continue
                gap = clean[skip_until:start]
            inner = gap.find("其中")
            if inner >= 0:
                skip_until = group_end(clean, own[-1].quantity.span_end + inner, nested=True)
                continue
        if is_level(reading):
            own.append(reading)
    return own
