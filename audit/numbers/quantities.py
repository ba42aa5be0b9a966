"""Quantities: a number as written with what it is worth, read from the literal of a figure."""

from __future__ import annotations

import re
from decimal import Decimal

from audit.model.frozen import frozen
from audit.model.rows import Bound
from audit.numbers.numerals import ARABIC, CHINESE, FULL_WIDTH, Number, mend_digits, parse_number


@frozen(guarded=False)
class Quantity:
    """A number as written and what it says.

    `value` is in `unit` (`1.5万家` is 15000 家, money keeps 亿元) and `None` for a range; `low` and `high` are the ends
    that the bound allows, `None` when open. `decimals` counts the digits after the point as written, `step` is the
    place value of the last digit in `unit`. `start` and `end` hold the literal in the text, `span_start` and
    `span_end` also its bound words and unit; all are 0 in a quantity read from a literal alone.
    """

    literal: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: Bound
    decimals: int
    step: Decimal
    start: int = 0
    end: int = 0
    span_start: int = 0
    span_end: int = 0


_RANGE = re.compile("(?<=.)(?:-|—+|–|~|～|－|至|到)")
_INNER = re.compile(r"[多余几]")


def read_quantity(literal: str, unit: str | None = None) -> Quantity:
    """Read the literal of a figure; the value is in `unit` as it stands, so `1.5万` is 15000 and `150` is 150.

    Understands Arabic, full-width and Chinese numbers, ranges (`3-5`, `2 至 5`, `10%-15%`), `百分之十`, `三成`,
    `翻一番`, and blanks or line breaks inside. Bound words are not part of a literal, so the bound is `exact` or
    `range`.
    Raises `ValueError` when the literal spells no number.
    """
    plain, number = literal, parse_number(literal)
    if number is None:
        plain = mend_digits("".join(literal.translate(FULL_WIDTH).split()))
        number = _single(plain)
    if number is not None:
        low, high = number.value, number.value
        return Quantity(literal, number.value, low, high, unit, "exact", _decimals(number), number.step)
    pieces = _RANGE.split(plain.replace("%", "").replace("‰", ""), maxsplit=1)
    if len(pieces) == 2:
        ends = _range_ends(pieces[0], pieces[1])
        if ends is not None:
            low_end, high_end = ends
            step = min(low_end.step, high_end.step)
            decimals = max(_decimals(low_end), _decimals(high_end))
            return Quantity(literal, None, low_end.value, high_end.value, unit, "range", decimals, step)
    raise ValueError(f"no number: {literal!r}")


def _single(plain: str) -> Number | None:
    if plain in CLASSES:
        return Number(Decimal(CLASSES[plain]), Decimal(CLASSES[plain]))
    number = parse_number(plain)
    if number is None and _INNER.search(plain):
        number = parse_number(_INNER.sub("", plain))
    return number or _spoken_share(plain)


CLASSES = {"百": 100, "千": 1000, "万": 10000}
"""Number words that alone name a class of size (`百兆瓦级`)."""

SPOKEN = re.compile(
    rf"(?:(?P<parts>百分之|千分之|万分之)(?P<share>{CHINESE}|{ARABIC})|(?P<tenths>[一二三四五六七八九]|\d)成(?P<more>[一二三四五六七八九半]?)(?=[以左多的]|[^一-鿿A-Za-z]|$)"
    rf"|翻(?:了)?(?P<doubled>[一二两三四]|\d)番|(?P<below>[二三四五六七八九十])分之(?P<above>[一二三四五六七八九]))"
)


def _spoken_share(plain: str) -> Number | None:
    """`百分之十` is 10, `三成五` 35 (both of %), `翻两番` 4 (of 倍), `三分之一` 0.3333."""
    match = SPOKEN.fullmatch(plain)
    if match is None:
        return None
    if match["parts"]:
        return parse_number(match["share"])
    if match["tenths"]:
        tenths = parse_number(match["tenths"])
        more = Number(Decimal(5), Decimal(1)) if match["more"] == "半" else parse_number(match["more"] or "0")
        return tenths and more and Number(tenths.value * 10 + more.value, Decimal(1 if match["more"] else 10))
    if match["doubled"]:
        times = parse_number(match["doubled"])
        return times and Number(2**times.value, Decimal(1))
    below, above = parse_number(match["below"]), parse_number(match["above"])
    if not below or not above:
        return None
    return Number((above.value / below.value).quantize(Decimal("0.0001")), Decimal("0.0001"))


def _range_ends(left: str, right: str) -> tuple[Number, Number] | None:
    """Both ends of a range; a number word at the end belongs to both (`3-5万`)."""
    low, high = parse_number(left), parse_number(right)
    if low is None or high is None:
        return None
    words = right[len(right.rstrip("百千万亿")) :]
    if words and left[-1:] not in "百千万亿":
        scaled = parse_number(left + words)
        low = scaled if scaled is not None and scaled.value <= high.value else low
    return (low, high) if low.value <= high.value else None


def _decimals(number: Number) -> int:
    exponent = number.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
