"""Numbers that stand in texts: the number of a clause or a document, the years of a period, the month of a date."""

from __future__ import annotations

import re

from audit.language.rule import Reading
from audit.model.period import period_of

_NUMBER = re.compile(r"\d+|[零〇一二两三四五六七八九十百]+")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number_in(text: str, reading: Reading) -> str | None:
    """The number that `reading` takes out of a text, as text; None when there is none.

    `ordinal` is the last number, Arabic or Chinese below a thousand (`(十三)` is 13, `〔2017〕118号` is 118); `years`
    counts the years of a span, both ends included.
    """
    if reading == "ordinal":
        numbers = _NUMBER.findall(text)
        return str(ordinal(numbers[-1])) if numbers else None
    period = period_of(text)
    if period is None:
        return None
    number = {
        "month": period.last_month, "first_year": period.first_year, "last_year": period.last_year,
        "years": period.last_year - period.first_year + 1,
    }[reading]  # fmt: skip
    return None if number is None else str(number)


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
