"""Periods: years, halves, quarters, months, days, spans of them and five-year plans, with their order and their lags.

Written as ISO 8601 and SDMX 2.1 (section 4.2.1 of its technical notes) write them: `2019`, `2019H1` (`2019-S1`), `2019Q2`
(`2019-Q2`), `2019-02` (`2019M02`), `2019-02-03`, spans `2017/2020`, `2019-01/2019-06`, and plans as `十四五`. Anything
else is no period; it is never guessed from the digits in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

from audit.model.frozen import frozen

Frequency = Literal["year", "half", "quarter", "month", "date"]
FREQUENCIES: tuple[Frequency, ...] = ("year", "half", "quarter", "month", "date")
IN_A_YEAR: dict[Frequency, int] = {"year": 1, "half": 2, "quarter": 4, "month": 12}

FIVE_YEAR_PLANS = {
    "一五": 1953, "二五": 1958, "三五": 1966, "四五": 1971, "五五": 1976, "六五": 1981, "七五": 1986, "八五": 1991, "九五": 1996,
    "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031,
}  # fmt: skip
"""The first years of the five-year plans by their short names."""

WRITTEN = "2019, 2019H1, 2019Q2, 2019-02, 2019-02-03, 2017/2020"
"""The ways to write a period, for messages."""

_YEAR = r"(?P<year>[1-9]\d{3})"
_SINGLE = re.compile(
    rf"{_YEAR}(?:\.0+|-?A1?|-?[HS](?P<half>[12])|-?Q(?P<quarter>[1-4])|-?M(?P<m>0?[1-9]|1[0-2])|-(?P<month>0[1-9]|1[0-2])"
    r"(?:-(?P<day>\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?)?)?",
    re.ASCII,
)


@frozen(guarded=False)
class Period:
    """The periods of one frequency from `first` to `last`, both included, each counted from the year 0 (days from 1).

    A single period has `first == last`; a span of several is related to spans of the same length only, except where a
    relation says otherwise.
    """

    frequency: Frequency
    first: int
    last: int

    @property
    def is_span(self) -> bool:
        """Whether it is several periods, not one."""
        return self.first < self.last

    @property
    def length(self) -> int:
        """How many periods of its frequency it is made of."""
        return self.last - self.first + 1

    @property
    def first_year(self) -> int:
        """The year that it begins in."""
        return _year_of(self.frequency, self.first)

    @property
    def last_year(self) -> int:
        """The year that it ends in."""
        return _year_of(self.frequency, self.last)

    @property
    def last_month(self) -> int | None:
        """The month that it ends in, 1 to 12; None for years, halves and quarters."""
        if self.frequency == "date":
            return date.fromordinal(self.last).month
        return self.last % 12 + 1 if self.frequency == "month" else None

    @property
    def days(self) -> tuple[int, int]:
        """Its first and its last day, counted from the year 1."""
        return _days(self.frequency, self.first)[0], _days(self.frequency, self.last)[1]

    def moved(self, by: int) -> Period:
        """The period of the same frequency and length that lies so many of its own lengths later."""
        return Period(self.frequency, self.first + by * self.length, self.last + by * self.length)

    def years_before(self, years: int = 1) -> Period | None:
        """The same period of an earlier year; None for a day that the year did not have."""
        if self.frequency != "date":
            by = IN_A_YEAR[self.frequency] * years
            return Period(self.frequency, self.first - by, self.last - by)
        ends = [_day_before(day, years) for day in (self.first, self.last)]
        return None if None in ends else Period("date", *(end for end in ends if end is not None))

    def divided(self, frequency: Frequency) -> tuple[Period, ...]:
        """The periods of a finer frequency that make it up, in order; of a span, those of its own frequency too."""
        if frequency == self.frequency and self.is_span:
            return tuple(Period(frequency, n, n) for n in range(self.first, self.last + 1))
        if FREQUENCIES.index(frequency) <= FREQUENCIES.index(self.frequency):
            return ()
        if frequency == "date":
            start, end = self.days
            return tuple(Period("date", n, n) for n in range(start, end + 1))
        each = IN_A_YEAR[frequency] // IN_A_YEAR[self.frequency]
        return tuple(Period(frequency, n, n) for n in range(self.first * each, (self.last + 1) * each))

    def __str__(self) -> str:
        first = _written(self.frequency, self.first)
        return f"{first}/{_written(self.frequency, self.last)}" if self.is_span else first


@lru_cache(1024)
def period_of(text: str) -> Period | None:
    """The period that a text is, as a whole; None for anything else."""
    text = text.strip()
    if plan := five_year_plan(text):
        return plan
    start, slash, end = text.partition("/")
    first = _single(start)
    if not slash or first is None:
        return first
    last = _single(end)
    if last is None or last.frequency != first.frequency or last.first < first.first:
        return None
    return Period(first.frequency, first.first, last.last)


@lru_cache(1024)
def years(first: int, last: int) -> Period:
    """The span of years from the first to the last, both included; of one year the year."""
    return Period("year", first, last)


def five_year_plan(name: str) -> Period | None:
    """The years of a five-year plan by its short name (`十四五`); None for what is no plan."""
    first = FIVE_YEAR_PLANS.get(name)
    return None if first is None else years(first, first + 4)


def _single(text: str) -> Period | None:
    found = _SINGLE.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    if found["day"]:
        try:
            day = date(year, int(found["month"]), int(found["day"])).toordinal()
        except ValueError:
            return None
        return Period("date", day, day)
    parts: tuple[tuple[Frequency, str | None], ...] = (
        ("half", found["half"]), ("quarter", found["quarter"]), ("month", found["m"] or found["month"]),
    )  # fmt: skip
    for frequency, part in parts:
        if part:
            number = year * IN_A_YEAR[frequency] + int(part) - 1
            return Period(frequency, number, number)
    return Period("year", year, year)


@lru_cache(1024)
def _written(frequency: Frequency, number: int) -> str:
    if frequency == "date":
        return date.fromordinal(number).isoformat()
    year, part = divmod(number, IN_A_YEAR[frequency])
    return {"year": f"{year}", "half": f"{year}H{part + 1}", "quarter": f"{year}Q{part + 1}",
            "month": f"{year}-{part + 1:02}"}[frequency]  # fmt: skip


def _year_of(frequency: Frequency, number: int) -> int:
    return date.fromordinal(number).year if frequency == "date" else number // IN_A_YEAR[frequency]


def _days(frequency: Frequency, number: int) -> tuple[int, int]:
    """The first and the last day of one period of a frequency."""
    if frequency == "date":
        return number, number
    months = 12 // IN_A_YEAR[frequency]
    first = number * months
    return _first_of_month(first), _first_of_month(first + months) - 1


def _first_of_month(month: int) -> int:
    year, part = divmod(month, 12)
    return date(year, part + 1, 1).toordinal() if year <= 9999 else date.max.toordinal() + 1


def _day_before(day: int, years: int) -> int | None:
    found = date.fromordinal(day)
    try:
        return found.replace(year=found.year - years).toordinal()
    except ValueError:
        return None


Related = Callable[[Period], Iterator[Period]]


def _years_before(period: Period, years: int) -> Iterator[Period]:
    found = period.years_before(years)
    return iter(() if found is None else (found,))


def _year_to_date(period: Period) -> Iterator[Period]:
    """The periods from the first of the year to this one; from the first of the year that a span begins in."""
    day = Period("date", *period.days)
    year = years(day.first_year, day.first_year)
    if period.frequency == "year":
        return iter((period,))
    return (one for one in year.divided(period.frequency) if one.last <= period.last)


def _last(period: Period) -> Iterator[Period]:
    return iter((Period(period.frequency, period.last, period.last),) if period.is_span else ())


def _parts(frequency: Frequency) -> Related:
    return lambda period: iter(() if frequency == period.frequency else period.divided(frequency))


LAGS: dict[str, Callable[[Period, int], Iterator[Period]]] = {
    "previous": lambda period, by: iter((period.moved(-by),)),
    "next": lambda period, by: iter((period.moved(by),)),
    "year_before": _years_before,
}
"""Relations that lead so many steps away: the period before, the second quarter before, the same one of last year."""


def _one_step(lag: Callable[[Period, int], Iterator[Period]]) -> Related:
    return lambda period: lag(period, 1)


FOUND: dict[str, Related] = {
    **{name: _one_step(lag) for name, lag in LAGS.items()},
    "year_to_date": _year_to_date,
    "last": _last,
    "within": lambda period: iter(period.divided(period.frequency)),
    "halves": _parts("half"),
    "quarters": _parts("quarter"),
    "months": _parts("month"),
}
"""Relations that lead from a period to certain others: the one before it, the one a year before, its quarters, …"""


@frozen
class Order:
    """A relation of order: it holds only between periods for which `alike` gives the same, and there if `holds` says so.

    Of the periods alike in order of their ends it holds for the `first` ones, for the `last` ones, or for `any`.
    """

    alike: Callable[[Period], object]
    holds: Callable[[Period, Period], bool]
    where: Literal["first", "last", "any"]

    def __call__(self, own: Period, other: Period) -> bool:
        return self.alike(own) == self.alike(other) and self.holds(own, other)


ORDERED: dict[str, Order] = {
    "earlier": Order(lambda p: (p.frequency, p.length), lambda own, other: other.last < own.first, "first"),
    "later": Order(lambda p: (p.frequency, p.length), lambda own, other: other.first > own.last, "last"),
    "same_or_earlier": Order(lambda p: p.frequency, lambda own, other: other.last <= own.last, "first"),
    "same_or_later": Order(lambda p: p.frequency, lambda own, other: other.last >= own.last, "last"),
    "span": Order(
        lambda p: (p.frequency, p.last), lambda own, other: not own.is_span and other.is_span, "any"
    ),
}
"""Relations of order between a period and another of its frequency. Where spans are compared, their ends count."""

RELATIONS = (*FOUND, *ORDERED)
EXHAUSTIVE = ("halves", "quarters", "months", "year_to_date")
"""The relations whose periods make up the whole, so that all of them must be there."""
