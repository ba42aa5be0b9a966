"""Periods in the cells of a column as people write them: `2020年1月`, `2020年一季度`, `2020年1-6月`, `2021/1/4`, `Jan 2020`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from audit.model.period import period_of

_YEAR = r"(?P<year>[1-9]\d{3})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = r"(?P<named>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_WRITTEN = tuple(
    re.compile(one, re.ASCII | re.IGNORECASE)
    for one in (
        rf"{_YEAR}\s*年度?(?:(?P<month>0?[1-9]|1[0-2])月份?(?:(?P<day>[0-2]?\d|3[01])[日号])?)?",
        rf"{_YEAR}\s*年(?P<month>0?[1-9]|1[0-2])月?\s*[-—–~～至到]\s*(?P<last>0?[1-9]|1[0-2])月份?",
        rf"{_YEAR}\s*年?第?(?P<quarter>[1-4一二三四])季度?",
        rf"{_YEAR}\s*年?(?P<half>[上下])半年",
        rf"{_YEAR}(?P<mark>[/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>[0-2]?\d|3[01])(?:\s+0?0:00(?::00)?)?",
        rf"{_YEAR}-(?P<month>[1-9]|1[0-2])(?:-(?P<day>[0-2]?\d|3[01]))?",
        rf"{_YEAR}[\s-]*{_NAMED}|{_NAMED.replace('named', 'before')}[\s,-]*{_YEAR.replace('year', 'after')}",
        rf"{_YEAR}\s+(?P<quarter>Q[1-4])|(?P<before>Q[1-4])[\s/-]*{_YEAR.replace('year', 'after')}",
    )
)
_QUARTERS = "一二三四"


def written_period(cell: str) -> str | None:
    """The period that a cell writes, as rules name it; None for what is none, or leaves a doubt."""
    text = cell.strip()
    if period_of(text) is not None:
        return text
    found = next((match for one in _WRITTEN if (match := one.fullmatch(text))), None)
    period = found and period_of(_plain(found))
    return str(period) if period else None


def _plain(found: re.Match[str]) -> str:
    parts = {name: part for name, part in found.groupdict().items() if part}
    year = parts.get("year") or parts["after"]
    named = parts.get("named") or parts.get("before") or ""
    quarter = parts.get("quarter") or (named if named[:1] in "qQ" else "")
    if quarter:
        number = quarter[-1]
        return f"{year}Q{_QUARTERS.index(number) + 1 if number in _QUARTERS else number}"
    if "half" in parts:
        return f"{year}H{1 if parts['half'] == '上' else 2}"
    month = int(parts["month"]) if "month" in parts else _MONTHS.index(named[:3].lower()) + 1 if named else 0
    if not month:
        return year
    first = f"{year}-{month:02}"
    if "day" in parts:
        return f"{first}-{int(parts['day']):02}"
    return f"{first}/{year}-{int(parts['last']):02}" if "last" in parts else first


def may_be_period(cell: str) -> bool:
    """Whether a cell writes a period, or a day in a way that only the other cells of its column make plain."""
    return written_period(cell) is not None or any(one.fullmatch(cell.strip()) for one in _DAYS)


def read_periods(cells: Iterable[str | None]) -> dict[str, str]:
    """The cells of a column that write a period another way than rules name it, with how these do; empty where any cell
    is none, or all are plain.

    Whether `03-05-2020` is in March or in May the whole column tells, and only where it leaves one answer; a time of day
    that is the same in all cells tells nothing; `20200305` is a day where all cells of several are.
    """
    different = [*dict.fromkeys(cell for cell in cells if cell is not None)]
    found = _read(different, written_period)
    if not found and different and not all(map(written_period, different)):
        ways = [read for one in _DAYS if (read := _read_days(different, one))]
        found = ways[0] if len(ways) == 1 else {}
    return {cell: period for cell, period in found.items() if period != cell.strip()}


def _read(cells: Sequence[str], read: Callable[[str], str | None]) -> dict[str, str]:
    """What each of the cells is read as; empty where one is not."""
    found: dict[str, str] = {}
    for cell in cells:
        period = read(cell)
        if period is None:
            return {}
        found[cell] = period
    return found


def _read_days(cells: Sequence[str], way: re.Pattern[str]) -> dict[str, str]:
    """The cells as days (or months) of one way of writing them; empty where one is none, or as many might be by chance."""
    matches = {cell: way.fullmatch(cell.strip()) for cell in cells}
    if len({match["time"] for match in matches.values() if match and "time" in match.groupdict()}) > 1:
        return {}
    if way in _IN_DIGITS and len(cells) < _LEAST_CELLS:
        return {}

    def read(cell: str) -> str | None:
        match = matches[cell]
        text = match and "-".join(f"{int(match[part]):02}" for part in _ORDER if match.groupdict().get(part))
        return text if text and period_of(text) is not None else None

    return _read(cells, read)


_ORDER = ("year", "month", "day")
_LEAST_CELLS = 8
_MONTH, _DAY, _TIME = (
    r"(?P<month>0?[1-9]|1[0-2])",
    r"(?P<day>0?[1-9]|[12]\d|3[01])",
    r"(?P<time>[T ]\d?\d:\d\d(?::\d\d(?:\.0+)?)?Z?)?",
)
_IN_DIGITS = tuple(
    re.compile(one, re.ASCII)
    for one in (
        r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])",
    )
)
_DAYS = (
    *(
        re.compile(one, re.ASCII)
        for one in (
            rf"{_DAY}(?P<mark>[-/.]){_MONTH}(?P=mark){_YEAR}{_TIME}",
            rf"{_MONTH}(?P<mark>[-/.]){_DAY}(?P=mark){_YEAR}{_TIME}",
            rf"{_YEAR}-{_MONTH}-{_DAY}{_TIME}",
        )
    ),
    *_IN_DIGITS,
)
"""Ways of writing a day that a cell alone leaves in doubt, each tried on a whole column."""
