"""Period words: how texts, titles and heads of tables write years, spans of years and parts of a year, read as periods.

This is the only reader of them: `2025年`, `二〇二五`, `2021—2025年`, `2024、2025年`, `一季度`, `上半年`, `1-10月`, `12月份`.
What governs a figure is found elsewhere (`periods`, `figure_periods`, `tables/figures`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from audit.lexicon import initials, pattern
from audit.model.frozen import frozen
from audit.model.period import IN_A_YEAR, Frequency, Period, years

YEAR = r"(?:19\d{2}|20\d{2}|一[〇零九][〇零一二三四五六七八九]{2}|二[〇零九][〇零一二三四五六七八九]{2})"
"""A year of four digits, Arabic or Chinese, as part of a pattern: by its first sign, to which a search leaps."""
TO = "(?:-|—+|–|~|至|到)"
"""What stands between the first and the last year of a span."""

_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_NAMED = re.compile(rf"(?P<first>{YEAR})(?:年?{TO}(?P<last>{YEAR}))?")
_LIST = re.compile(rf"{YEAR}年?(?:[、和及]{YEAR}年?)+")
_YEAR = re.compile(YEAR)


def year_of(text: str, first: int | None = None) -> int:
    """The year that its digits spell; the last two of them mean one of the century of `first` (`2021-25年`)."""
    year = int("".join(_DIGITS.get(sign, sign) for sign in text))
    return year if year >= 1000 or first is None else first // 100 * 100 + year


@lru_cache(1024)
def named_years(text: str) -> Period | None:
    """The first year or span of years that a text names; `None` where it names none."""
    found = _NAMED.search(text)
    if found is None:
        return None
    first = year_of(found["first"])
    last = year_of(found["last"]) if found["last"] else first
    return years(first, max(first, last))


def listed_years(text: str) -> list[Period]:
    """The years of the last list of years in a text (`2024、2025年`), in their order; empty where there is none."""
    lists = _LIST.findall(text)
    return [years(year_of(one), year_of(one)) for one in _YEAR.findall(lists[-1])] if lists else []


_PART = pattern(
    rf"(?=[比较与同前一二三四上下\d]|[{initials('all of the year')}])(?P<against>(?:比|较|与|同)(?:<year before now>|{YEAR}年)?)?"
    r"(?:(?P<first>前)?(?P<quarter>[一二三四1-4])(?:个)?<quarter>|(?P<half>上|下)<half year>"
    r"|(?<![\d.-])(?P<from>1[0-2]|[1-9])<month>?[-—–~至到](?P<to>1[0-2]|[1-9])月(?:份|末|底)?(?!\d)"
    r"|(?P<month>(?<!\d)(?:1[0-2]|[1-9]))<month>(?![\d末底初]|<since>)|(?P<year><all of the year>))"
)
_QUARTERS = "一二三四"


@frozen
class PartOfYear:
    """A part of a year: its first and last half, quarter or month, counted from 0 within the year."""

    frequency: Frequency
    first: int
    last: int

    def of(self, year: int) -> Period:
        """The part of that year."""
        start = year * IN_A_YEAR[self.frequency]
        return Period(self.frequency, start + self.first, start + self.last)


@frozen
class PartsNamed:
    """Where a text names parts of a year, in order; `None` where it names the whole year (`全年`, `年末`).

    Parts that are compared with (`比一季度`) are left out.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    parts: tuple[PartOfYear | None, ...]

    def named(self, start: int, end: int) -> bool:
        """Whether a stretch names a part of the year or the whole of it."""
        at = bisect_right(self.ends, end) - 1
        return at >= 0 and self.starts[at] >= start

    def last(self, start: int, end: int) -> PartOfYear | None:
        """The last part named in a stretch; `None` where the whole year is named after it, or none is."""
        at = bisect_right(self.ends, end) - 1
        return self.parts[at] if at >= 0 and self.starts[at] >= start else None


def find_parts(text: str) -> PartsNamed:
    """Every part of a year that a text names."""
    named = [match for match in _PART.finditer(text) if not match["against"]]
    return PartsNamed(
        tuple(match.start() for match in named),
        tuple(match.end() for match in named),
        tuple(map(_part, named)),
    )


def _part(match: re.Match[str]) -> PartOfYear | None:
    if match["year"]:
        return None
    if match["half"]:
        half = 0 if match["half"] == "上" else 1
        return PartOfYear("half", half, half)
    if match["quarter"]:
        sign = match["quarter"]
        quarter = _QUARTERS.index(sign) if sign in _QUARTERS else int(sign) - 1
        return (
            PartOfYear("month", 0, quarter * 3 + 2)
            if match["first"]
            else PartOfYear("quarter", quarter, quarter)
        )
    first, last = (int(match[name] or match["month"]) - 1 for name in ("from", "to"))
    return PartOfYear("month", first, last) if first <= last else None


@lru_cache(1024)
def last_part(text: str) -> PartOfYear | None:
    """The part of a year that a text comes to in the end."""
    parts = find_parts(text).parts
    return parts[-1] if parts else None


def spans(periods: Sequence[Period]) -> Period | None:
    """The years from the first to the last of several periods, `None` of fewer than two years."""
    found = sorted({period.first_year for period in periods})
    return years(found[0], found[-1]) if len(found) > 1 else None
