"""Typical slips of the pen: what each makes of one figure. Always the same for the same figure, nothing is random.

A figure is its row of the table as text by column. A slip of the number rewrites the Arabic digits of `literal` and
takes `value`, `low` and `high` along; the figure of a range slips at its first number. A number in Chinese numerals
has no digits to slip, so only its value can change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from audit.diagnosis.trials.trial import Row
from audit.model.frozen import frozen
from audit.numbers.units import bare_unit, scale_of, unit_class

Slip = Literal[
    "digit", "swap", "tenfold", "tenth", "neighbour", "plus_one", "unit", "year", "region", "deleted"
]
SLIPS: tuple[Slip, ...] = (
    "digit", "swap", "tenfold", "tenth", "neighbour", "plus_one", "unit", "year", "region", "deleted",
)  # fmt: skip
_LOOK_ALIKE = str.maketrans("0123456789", "8778965134")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SCALE = re.compile(r"^\s*(万亿|亿|万)")
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_PLACES = Decimal("1e-9")


@frozen
class Surroundings:
    """What stands near a figure and may be taken for it; None where there is nothing.

    `neighbour` is the nearest figure of another value in the same unit, `year` another year of the plan, `region` a
    sister district.
    """

    neighbour: Row | None = None
    year: str | None = None
    region: str | None = None


def slips(row: Row, around: Surroundings) -> Iterator[tuple[Slip, Row | None]]:
    """Every slip of a figure with the row that it makes, None for a deleted row; rows that come twice come once.

    A range that a slip makes run backwards is left out: tables with one are refused before any rule looks at them.
    """
    seen = [dict(row)]
    for slip, changed in _all(row, around):
        if changed is None or (dict(changed) not in seen and not _backwards(changed)):
            yield slip, changed
        if changed is not None:
            seen.append(dict(changed))


def _all(row: Row, around: Surroundings) -> Iterator[tuple[Slip, Row | None]]:
    for digits in _other_digits(row):
        yield "digit", rewritten(row, digits)
    for digits in _swapped(row):
        yield "swap", rewritten(row, digits)
    if number := _number(row):
        yield "tenfold", scaled(row, Decimal(10), _text(number * 10))
        if not _whole(row) or number % 10 == 0:
            yield "tenth", scaled(row, Decimal("0.1"), _text(number / 10))
        if around.neighbour is not None and row["value"]:
            factor = Decimal(around.neighbour["value"] or 0) / Decimal(row["value"])
            yield "neighbour", scaled(row, factor, None) | {"literal": around.neighbour["literal"]}
        yield "plus_one", scaled(row, (number + 1) / number, _text(number + 1))
    yield from (("unit", changed) for changed in _without_scale(row))
    if around.year is not None:
        yield "year", {**row, "period": around.year}
    if around.region is not None:
        yield "region", {**row, "region": around.region}
    yield "deleted", None


def _backwards(row: Row) -> bool:
    low, high = row["low"], row["high"]
    return low is not None and high is not None and Decimal(low) > Decimal(high)


def _other_digits(row: Row) -> Iterator[str]:
    """The number with each digit in turn taken for one that looks like it."""
    digits = _written(row)
    for place, digit in enumerate(digits):
        if digit != ".":
            yield digits[:place] + digit.translate(_LOOK_ALIKE) + digits[place + 1 :]


def _swapped(row: Row) -> Iterator[str]:
    """The number with two neighbouring digits in turn exchanged, as long as it does not start with a zero."""
    digits = _written(row)
    for place in range(len(digits) - 1):
        first, second = digits[place], digits[place + 1]
        swapped = digits[:place] + second + first + digits[place + 2 :]
        if first != second and "." not in (first, second) and not swapped.startswith("0"):
            yield swapped


def _without_scale(row: Row) -> Iterator[Row]:
    """The figure without the 万 or 亿 of its number (1.5万家) or of its unit (650亿元)."""
    literal, unit = row["literal"] or "", row["unit"] or ""
    found = _DIGITS.search(literal)
    if found and (scale := _SCALE.match(literal[found.end() :])):
        bare = literal[: found.end()] + literal[found.end() + scale.end() :]
        yield scaled(row, Decimal(1) / _SCALES[scale[1]], None) | {"literal": bare}
    elif unit != bare_unit(unit):
        yield scaled(row, Decimal(1) / scale_of(unit), None)


def rewritten(row: Row, digits: str) -> Row:
    """The figure with `digits` in the place of its first Arabic number."""
    return scaled(row, Decimal(digits) / Decimal(_written(row)), digits)


def scaled(row: Row, factor: Decimal, digits: str | None) -> dict[str, str | None]:
    """The figure `factor` times as large, of a range only the first number; its first number written as `digits`."""
    ends = ("value", "low", "high") if row["value"] else ("low",)
    moved = {end: _text(Decimal(text) * factor) if (text := row[end]) else text for end in ends}
    literal = row["literal"] or ""
    if digits is not None:
        literal = _DIGITS.sub(digits, literal, count=1) if _written(row) else digits
    return {**row, **moved, "literal": literal}


def _written(row: Row) -> str:
    """The first Arabic number of the literal; blank when there is none."""
    found = _DIGITS.search(row["literal"] or "")
    return found[0] if found else ""


def _number(row: Row) -> Decimal | None:
    """The first number of the figure as written, or its value where it is written in Chinese numerals; never zero."""
    written = _written(row) or row["value"]
    return Decimal(written) or None if written else None


def _whole(row: Row) -> bool:
    """Whether the figure counts whole things, as written."""
    return unit_class(row["unit"]) == "count" and "." not in _written(row)


def _text(number: Decimal) -> str:
    """A number with at most nine decimals, without exponent or idle zeros."""
    text = format(number.quantize(_PLACES), "f").rstrip("0").rstrip(".")
    return text or "0"
