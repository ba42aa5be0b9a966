"""Whether it is plain rounding that explains why a relation does not hold as stated.

A number with decimals was measured and cut where it was written (`3.8亿元`); a whole number may just as well be meant as it
stands (`由20亿元增加到26亿元，增长25%`). So it is the coarsest figure of a relation that decides: what its decimals explain
is rounding, what could only be explained by its being less exact than it looks is left to the reader. In a sum a whole
number beside numbers with decimals decides nothing where these explain the difference by themselves (`98亿元` among
`206.34亿元`), and a total without decimals of parts that have some was cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from audit.model.report import Cell, Check

_NUMBER = re.compile(r"\d+(?:[.．·](?P<decimals>\d+))?")


def is_rounded(check: Check) -> bool:
    """Whether every figure of a check is one exact number, the coarsest of them is written with decimals, and the
    difference is one that rounding makes.

    Where levels stand beside rates in per cent, the levels count: a rate is reckoned from them. Errors of rounding are
    even between half a unit down and up and independent, so those of n figures add up to about the root of n/12 units,
    and hardly ever to more than three times that; a sum of twenty that is off by eight units is no rounding.
    """
    figures = [cell for cell in check.cells if cell.column in ("", "value") and cell.value is not None]
    if not figures or any(not cell.low == cell.value == cell.high for cell in figures):
        return False
    levels = [cell for cell in figures if cell.unit != "%"] or figures
    step, decimal = max(_steps(levels), default=(Decimal(0), False))
    summed = len(figures) == len(check.cells) and len({cell.unit for cell in figures}) == 1
    if summed and check.imbalance is not None:
        if abs(check.imbalance) > step * Decimal(check.cells_in_all).sqrt():
            return False
        return decimal or abs(check.imbalance) <= _told_by_decimals(figures)
    return decimal


def is_left_open(check: Check) -> bool:
    """Whether a result told as more or less than a number (`突破5000亿元`, `占比超过60%`) is what the others give; two
    goals, one of them open, are still two goals.
    """
    figures = [cell for cell in check.cells if cell.column in ("", "value") and cell.value is not None]
    return check.key.get("kind") != "target" and any(
        cell.low is None or cell.high is None for cell in figures
    )


def _told_by_decimals(figures: list[Cell]) -> Decimal:
    """How far the figures of a sum may be off by the decimals of those that have some, and of a total that has none."""
    steps = [next(_steps([cell]), (Decimal(0), False)) for cell in figures]
    if not any(decimal for _, decimal in steps):
        return Decimal(0)
    of_operand = Counter(cell.operand for cell in figures)
    return sum(
        (step for cell, (step, decimal) in zip(figures, steps, strict=True) if decimal or of_operand[cell.operand] == 1),
        Decimal(0),
    ) / 2  # fmt: skip


def _steps(figures: list[Cell]) -> Iterator[tuple[Decimal, bool]]:
    """Of every figure what a unit of its last written digit comes to in the unit of the check, and whether that is a
    decimal, or as good as one: a long number of 亿元 or 万吨 that does not end round was cut there as well.
    """
    for cell in figures:
        found = _NUMBER.search(cell.literal.replace(",", "").replace("，", "").replace(" ", ""))
        if found is None or cell.value is None:
            continue
        places = len(found["decimals"] or "")
        number = Decimal(re.sub("[．·]", ".", found[0]))
        step = Decimal(1).scaleb(-places)
        long = (
            len(found[0]) >= _LONG
            and found[0][-1] != "0"
            and bool(_CUT.search(cell.literal + (cell.unit or "")))
        )
        yield abs(step * cell.value / number) if number else step, places > 0 or long


_LONG = 4
_CUT = re.compile("亿|万(?!元)")
"""Large units in which amounts are hardly ever whole; accounts do add up to the 万元."""
