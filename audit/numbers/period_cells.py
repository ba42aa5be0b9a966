"""Periods in the cells of a column as people write them: `2020年1月`, `2020年一季度`, `2020年1-6月`, `2021/1/4`, `Jan 2020`."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def read_periods(cells: Iterable[str | None]) -> dict[str, str]:
    """The cells of a column that write a period another way than rules name it, with how these do; empty where any cell
    is none, or all are plain."""
    found: dict[str, str] = {}
    for cell in dict.fromkeys(cell for cell in cells if cell is not None):
        period = written_period(cell)
        if period is None:
            return {}
        if period != cell.strip():
            found[cell] = period
    return found
