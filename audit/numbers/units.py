"""What a unit counts or measures; the list is `lexicon/units.csv`, one unit a line, and users may add to it.

`class` says how a figure in that unit was rounded: a `count` is exact (unless written with 万 or 亿), an `amount` of
money, a `share` and a `size` were rounded as written. `not_before` holds characters that, coming next, make another
word of it (`部` in `部队`, `点` in `点多`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal, cast

from audit.lexicon import rows

UnitClass = Literal["count", "amount", "share", "size"]

MULTIPLIERS: tuple[str, ...] = ("万亿", "千亿", "百亿", "千万", "百万", "十万", "亿", "万", "千", "百")
"""Number words that may stand between a number and its unit, longest first."""


@cache
def units() -> dict[str, tuple[UnitClass, str]]:
    """Every unit of the list with its class and the characters that may not follow it."""
    return {row["unit"]: (cast(UnitClass, row["class"]), row["not_before"]) for row in rows("units")}


@cache
def unit_class(unit: str | None) -> UnitClass:
    """The class of a unit as written: `亿元` is an amount, `万亩` a size, `元/人` an amount, `万头` a count.

    A number word before the unit is ignored; of a quotient (`微克/立方米`) the numerator decides, but a quotient of a
    count is no whole number and so a size. A blank unit (an index, a ratio) is a share; an unknown one is a count,
    since whatever is counted may serve as a unit in Chinese.
    """
    if not unit:
        return "share"
    numerator, _, denominator = unit.replace("／", "/").partition("/")
    listed = units()
    if numerator not in listed:
        numerator = bare_unit(numerator)
    found: UnitClass = listed[numerator][0] if numerator in listed else "count"
    return "size" if denominator and found == "count" else found


@cache
def is_counted(unit: str | None) -> bool:
    """Whether numbers in a unit are whole things counted one by one, and so exact: 家, but not 亿元 or 万人."""
    return unit_class(unit) == "count" and scale_of(unit) == 1


@cache
def bare_unit(unit: str) -> str:
    """The unit without a leading number word: `亿元` → `元`; `万` alone stays."""
    if unit in units():
        return unit
    for multiplier in MULTIPLIERS:
        if unit.startswith(multiplier) and len(unit) > len(multiplier):
            return unit[len(multiplier) :]
    return unit


def parted(words: str, unit: str | None) -> tuple[str, str | None]:
    """Of the number words between a number and its unit those that the number keeps, and the unit with the others.

    What can be counted is counted in ones (`1.5万家` is 15000 家), all else stays in its large unit (`150亿元`); of
    `万亿元` the number keeps the 万.
    """
    if unit is None or unit_class(unit) == "count":
        return words, unit
    if words == "万亿":
        return "万", "亿" + unit
    return "", words + unit


@cache
def measured_in(unit: str) -> tuple[str, Decimal]:
    """What a unit measures in, and how many of that it is: `亿元` is 10⁸ 元, `公顷` 10⁴ 平方米."""
    bare, scale = bare_unit(unit), Decimal(scale_of(unit))
    row = _measures().get(bare)
    return (row[0], scale * row[1]) if row else (bare, scale)


@cache
def _measures() -> dict[str, tuple[str, Decimal]]:
    return {row["unit"]: (row["of"], Decimal(row["times"])) for row in rows("measures")}


@cache
def scale_of(unit: str | None) -> int:
    """How many bare units one of this unit is: `亿元` → 10⁸, `元` and a blank → 1."""
    word = unit or ""
    if word in units():
        return 1
    for multiplier in MULTIPLIERS:
        if word.startswith(multiplier) and len(word) > len(multiplier):
            return _FACTORS[multiplier]
    return 1


_FACTORS = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip
