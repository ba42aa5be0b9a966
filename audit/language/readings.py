"""Numbers that stand in texts: the number of a clause or a document, the years of a period, the month of a date."""

from __future__ import annotations

import re

from audit.language.rule import Reading

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-(\d{2})")
_NUMBER = re.compile(r"\d+|[零〇一二两三四五六七八九十百]+")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number_in(text: str, reading: Reading) -> str | None:
    """The number that `reading` takes out of a text, as text; None when there is none.

    `ordinal` is the last number, Arabic or Chinese below a thousand (`(十三)` is 13, `〔2017〕118号` is 118); `years`
    counts the years of a span, both ends included.
    """
    if reading == "month":
        found = _MONTH.search(text)
        return str(int(found[1])) if found else None
    if reading == "ordinal":
        numbers = _NUMBER.findall(text)
        return str(ordinal(numbers[-1])) if numbers else None
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return None
    return str({"first_year": years[0], "last_year": years[-1], "years": years[-1] - years[0] + 1}[reading])


def ordinal(text: str) -> int:
    """The value of a run of Arabic digits or of Chinese numerals below a thousand: 十三 is 13, 二十 is 20."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
