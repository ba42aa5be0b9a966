"""Accounts: income and outgo with what is added to each, their totals, and what is left.

`收入10亿元。加上补助3亿元、调入1亿元,收入总计14亿元。支出9亿元,加上上解2亿元,支出总计11亿元。收支相抵,结转3亿元` states three
sums: each total of what stands before it on its side, and the income of the outgo and the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.groups import own_levels
from audit.extraction.relations.ties import Tied, between, comparable, sum_of
from audit.lexicon import meanings, pattern

Side = Literal["income", "outgo"]

_SIDES = meanings("side in short")
_STOPS = re.compile(r"[,。;、\n(]")
_BASE = pattern("(?:^|<before a side>)(<side>)(?:<budget>)?<expected>?<is done>?<result of a year>?$")
_TOTAL = pattern("(<side in short>)<total of a side>(?:为|达)?$|总(?P<side><side>)$")


_REST = pattern("<rest>")
"""Nouns of what is left of an account (`年终结余`, `结转下年支出`)."""


_CARRIED = pattern("<carried over>")
"""Additions that come from other years, which a balance of the year leaves out."""


_ADDITION = pattern("<addition>")
"""Nouns of what is added to an account beside its own income and outgo (`上级补助`, `调入资金`)."""


_BALANCE = pattern("<balance>")
_LACKING = pattern("<lacking>")
_OF_THE_YEAR = pattern("<of the year>")


@dataclass(slots=True)
class _Half:
    """One side of an account as far as it was read.

    `carried`: something from other years was added; `listed`: its items were listed before (`主要项目:…`); `unclear`:
    what stands between base and additions is neither.
    """

    base: Reading | None = None
    added: list[Reading] = field(default_factory=list)
    total: Reading | None = None
    carried: bool = False
    listed: bool = False
    unclear: bool = False


def accounts(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """The sums of the accounts in a paragraph; it needs a total or words of balance."""
    start, end = paragraph[0].quantity.span_start - _LEAD, paragraph[-1].quantity.start
    told = _TOLD.search(clean, max(0, start), end) or any(_TOTAL.search(r.indicator) for r in paragraph)
    return list(_account_sums(clean, own_levels(clean, paragraph))) if told else []


_TOLD = pattern("<balance>|<side in short><total of a side>|总<side>")
_LEAD = 24
"""How far before a level its words are looked at."""


def _account_sums(clean: str, levels: Sequence[Reading]) -> Iterator[Tied]:
    sides: dict[str, _Half] = {"income": _Half(), "outgo": _Half()}
    now: _Half | None = None
    last: Reading | None = None
    left: list[Reading] = []
    for level in levels:
        lead = clean[max(0, level.quantity.span_start - _LEAD) : level.quantity.span_start]
        phrase = _STOPS.split(lead)[-1]
        gap = between(clean, last, level) if last is not None else lead
        total = _TOTAL.search(level.indicator) or _TOTAL.search(phrase)
        base = _BASE.search(level.indicator)
        if _BALANCE.search(gap) and (_REST.search(level.indicator) or _REST.search(phrase)):
            yield from _balance(sides, level, gap)
            now, left = None, [level]
        elif left and _carried_on(left, phrase):
            left.append(level)
            if len(left) == 3:
                yield from _carried_over(clean, left)
                left = []
        elif total:
            side = _SIDES[total[1] or total["side"]]
            half = sides[side]
            if half is now and half.base is not None and half.total is None:
                half.total = level
                yield from _total(half)
            else:
                sides[side] = _Half(total=level)
            now = None
        elif now is not None and (now.added or _is_added(gap) or _ADDITION.search(phrase)):
            now.added.append(level)
            now.carried = now.carried or bool(_CARRIED.search(phrase))
        elif base:
            side = _SIDES[base[1]]
            if side == "income":
                sides["outgo"] = _Half()
            now = sides[side] = _Half(base=level)
        elif now is not None and _DONE.search(phrase):
            now.base = level
        elif now is not None and not now.listed:
            now.listed = bool(_LISTED.search(gap))
            now.unclear = not now.listed
        last = level


_LISTED = pattern("<announces a list>")
_DONE = pattern("^<how it is done in fact>?<is carried out>(?:数)?为?$")


def _carried_on(left: Sequence[Reading], phrase: str) -> bool:
    """Whether a phrase goes on from what is left of a year to what was left before, and then to both."""
    return bool((_OF_BEFORE, _IN_ALL)[len(left) - 1].search(phrase))


_OF_BEFORE = pattern("<surplus of before>")
_IN_ALL = pattern("<surplus in all>")


def _carried_over(clean: str, left: Sequence[Reading]) -> Iterator[Tied]:
    """`本年结余13亿元,上年结余139亿元,滚存结余152亿元`: both make up the last, or a deficit takes from the first."""
    year, before, after = left
    lead = clean[max(0, year.quantity.span_start - 12) : year.quantity.span_start]
    whole, parts = (before, [after, year]) if _LACKING.search(lead) else (after, [before, year])
    if all(comparable(whole, part) for part in parts):
        tied = sum_of(whole, parts, told=True)
        if tied is not None:
            yield tied


def _is_added(gap: str) -> bool:
    """Whether the words before a level add it to what stands before."""
    return bool(pattern(r"<added>[^。;\d]*$").search(gap))


def _total(half: _Half) -> Iterator[Tied]:
    if half.base is None or half.total is None or not half.added or half.unclear:
        return
    parts = [half.base, *half.added]
    if all(comparable(half.total, part) for part in parts):
        tied = sum_of(half.total, parts, told=True)
        if tied is not None:
            yield tied


def _balance(sides: dict[str, _Half], rest: Reading, gap: str) -> Iterator[Tied]:
    """Income is outgo and rest. The balance of a year leaves out what is carried over from other years."""
    of_the_year = bool(_OF_THE_YEAR.search(gap))
    halves = (sides["income"], sides["outgo"])
    carried = any(half.carried for half in halves)
    if all(half.total is not None for half in halves) and not (of_the_year and carried):
        income, outgo = (half.total for half in halves)
    elif of_the_year or all(half.total is None and not half.added for half in halves):
        income, outgo = (half.base for half in halves)
    else:
        return
    if income is None or outgo is None or not (comparable(income, rest) and comparable(outgo, rest)):
        return
    if _LACKING.search(gap):
        income, outgo = outgo, income
    tied = sum_of(income, [outgo, rest], told=True)
    if tied is not None:
        yield tied
