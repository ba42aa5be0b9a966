"""Numbers in the cells of a column as people write them: `1,234`, `(56)`, `¥78`, `9.1%`, `1.2万`, `3.4亿元`.

Every cell is read by the one reader of numbers; what is added here is the sign, the currency and the column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from audit.model.frozen import frozen
from audit.numbers.numerals import EXACT, FULL_WIDTH, NO_NUMBER, Number, parse_cell
from audit.numbers.reading import read_figure
from audit.numbers.units import bare_unit, scale_of

_CURRENCY = re.compile(
    r"^([-+−–]?)\s*(¥|￥|\$|€|£|RMB|CNY|USD|EUR|US\$)\s*(?=[-+−–\d.(])|(?<=[\d)])\s*(€|£|\$)$"
)
_BRACKETS = re.compile(r"^\(([^()-]+)\)$")
_SPACED = re.compile(r"(?<=\d)[   '’](?=\d{3}(?!\d))")
_HALF_GROUP = re.compile(r",(?!\d{3}(?!\d))")
"""A comma that groups no thousands: `1,50` may be 1.50 or a slip, and nobody can tell."""
_CONTINENTAL = re.compile(r"^[-+]?(?:\d{1,3}(?:\.\d{3})*|\d+),\d+$|^[-+]?\d{1,3}(?:\.\d{3}){2,}$")
_COMMA_AS_POINT = re.compile(r"\.\d{3},\d|\d{4},\d")
"""A comma that can't group thousands: a grouping point stands before it, or four digits do."""


@frozen
class Written:
    """A number and the unit that its cell writes beside it (blank: none)."""

    number: Number
    unit: str


@lru_cache(maxsize=65536)
def written(cell: str) -> Written | None:
    """The number that a cell writes; `None` for anything else, also for a range or a number with a bound word."""
    number = parse_cell(cell)
    if number is not None:
        return Written(number, "")
    text = _SPACED.sub("", cell.translate(FULL_WIDTH).strip())
    negative = _BRACKETS.match(text)
    text = negative[1].strip() if negative else text
    currency = _CURRENCY.search(text)
    if currency:
        text = f"{currency[1] or ''}{text[: currency.start()]}{text[currency.end() :]}".strip()
        negative = negative or _BRACKETS.match(text)
        text = text.strip("()")
    found = (
        _unsigned(text[1:].strip(), currency)
        if text[:1] in "-+−–" and len(text) > 1
        else _unsigned(text, currency)
    )
    if found is None:
        return None
    down = bool(negative) != (text[:1] in "-−–" and len(text) > 1)
    return Written(Number(-found.number.value, found.number.step), found.unit) if down else found


def _unsigned(text: str, currency: re.Match[str] | None) -> Written | None:
    if not text or (not text[0].isdigit() and text[0] != ".") or _HALF_GROUP.search(text):
        return None
    read = read_figure(text)
    if read is None or read.value is None or read.bound != "exact":
        return None
    if read.unit in _OF_TIME and (read.unit != "年" or read.value >= 1000):
        return None
    sign = (currency[2] or currency[3]) if currency else ""
    return Written(Number(read.value, read.step), (read.unit or "") + sign)


def is_written(cell: str) -> bool:
    """Whether a cell is a number, however it is written."""
    return cell[:1] in _BEGINNINGS and written(cell) is not None


_BEGINNINGS = frozenset("0123456789０１２３４５６７８９.-+−–－＋(（¥￥$€£RCUE ")


@frozen
class NumberTexts:
    """The texts of a column of numbers. `cells` gives for each a plain decimal (`1.2e4` for 1.2万, so that the last written
    digit stays known), itself where it could not be read (`bad` are those), None where it says that there is no number
    (`absent`, with how often it stands there). `unit` is what most cells write beside the number; `rewritten` is one of
    the texts that were written another way.
    """

    cells: Mapping[str, str | None]
    unit: str
    bad: frozenset[str]
    absent: tuple[tuple[str, int], ...]
    rewritten: str


def read_texts(
    counts: Mapping[str, int],
    missing: Collection[str] = NO_NUMBER,
    declared: str | None = None,
    comma: bool = False,
) -> NumberTexts | None:
    """The numbers of a column, or None where it is none: fewer than half of what it states are numbers.

    `counts` are its texts in the order in which they first stand there, and how often each does. `declared` says that
    it is one, and the unit of its bare numbers; else texts of digits of which some begin with a nought and all are as
    long (01, 02 … 34) are codes. A cell in another unit is converted (3500万元 in a column of 亿元) or, where it cannot
    be, bad. `comma` says that the table writes a comma for the point elsewhere, so that it does here too if nothing
    denies it.
    """
    absent = {text for text in counts if text.strip() in missing}
    if declared is None and _are_codes(text.strip() for text in counts if text not in absent):
        return None
    continental = comma_is_point(counts, missing) or (comma and _may_be_point(_stated(counts, missing)))
    found = {text: _written(text, continental) for text in counts if text not in absent}
    read = sum(counts[text] for text, number in found.items() if number is not None)
    if declared is None and (not read or 2 * read <= sum(counts[text] for text in found)):
        return None
    units = Counter({"": 0})
    for text, number in found.items():
        if number is not None and number.number.value:
            units[number.unit] += counts[text]
    unit = declared or units.most_common(1)[0][0]
    plain = {text: _plain(text, number, unit, declared is not None) for text, number in found.items()}
    return NumberTexts(
        cells={text: None if text in absent else plain[text] or text for text in counts},
        unit=unit,
        bad=frozenset(text for text, number in plain.items() if number is None),
        absent=tuple((text, count) for text, count in counts.items() if text in absent),
        rewritten=next((t for t, n in plain.items() if n is not None and n != t), ""),
    )


def _are_codes(texts: Iterable[str]) -> bool:
    """Whether texts of digits are names and no numbers: all as long as each other, some with a nought before them."""
    found = [*texts]
    return (
        any(len(text) > 1 and text[0] == "0" for text in found)
        and len({*map(len, found)}) == 1
        and all(text.isascii() and text.isdecimal() for text in found)
    )


def _written(text: str, continental: bool) -> Written | None:
    return written(text.replace(".", "").replace(",", ".") if continental else text)


def comma_is_point(cells: Iterable[str | None], missing: Collection[str] = NO_NUMBER) -> bool:
    """Whether a comma is the point and a point groups thousands in every cell, and one cell leaves no doubt."""
    stated = _stated(cells, missing)
    sure = any(text.count(".") > 1 or _COMMA_AS_POINT.search(text) for text in stated)
    return sure and _may_be_point(stated)


def _stated(cells: Iterable[str | None], missing: Collection[str]) -> list[str]:
    """What the cells write of numbers, without brackets and per cent."""
    texts = {cell.strip() for cell in cells if cell is not None} - {*missing}
    return [text.rstrip("% ").strip("()") for text in texts]


def _may_be_point(stated: Iterable[str]) -> bool:
    return all(_CONTINENTAL.match(text) or re.fullmatch(r"[-+]?\d+", text) for text in stated)


def _plain(text: str, found: Written | None, unit: str, declared: bool) -> str | None:
    """The number as a plain decimal in `unit`; None where there is none, or where its unit is another kind of unit."""
    factor = None if found is None else _factor(found.unit, unit, declared or not found.number.value)
    if found is None or factor is None:
        return None
    if factor == 1 and parse_cell(text) is not None:
        return text
    value, step = (EXACT.multiply(part, factor) for part in (found.number.value, found.number.step))
    exponent = step.adjusted()
    if exponent <= 0:
        return f"{value:f}"
    return f"{int(value) // 10**exponent}e{exponent}"


def _factor(written: str, unit: str, bare_may_be: bool) -> Decimal | None:
    """How many of `unit` one of the unit as written is; a bare number may stand for ones, not for per cent or 万元."""
    if written == unit or (not written and bare_may_be):
        return Decimal(1)
    if not written or not unit:
        return Decimal(1) if scale_of(written or unit) == 1 and (written or unit) not in _PARTS else None
    if bare_unit(written) != bare_unit(unit):
        return None
    return EXACT.divide(Decimal(scale_of(written)), Decimal(scale_of(unit)))


_OF_TIME = frozenset(("年", "月", "日", "号", "季度", "季", "年度", "月份"))
"""What follows a number in a period (`2019年`, `3月`); `5年` is a number of years."""
_PARTS = ("%", "‰", "个百分点", "百分点")
