"""Intervals are tight as well as inclusive: what numbers inside the operands give lies inside, and the ends are reached,
or come near to as one likes where they are open. Seen through `audit.check`, computed by Python's own fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model.report import Check
from tests.engine.small import report

NEAR = Fraction(1, 10**6)
"""How near to an open end a sample lies."""
TOLD = Fraction(1, 10**12)
"""How exactly a report tells a quotient; all else it tells as it is."""
FAR = Fraction(10**9)
"""How far out a sample of an open side lies."""


@dataclass(frozen=True)
class Figure:
    """A figure of a table: its ends (None: endless), of which `bound` may leave one out."""

    low: int | None
    high: int | None
    bound: str = "range"

    @property
    def row(self) -> dict[str, Any]:
        value = {"above": self.low, "below": self.high}.get(self.bound)
        numbers = {"value": value, "low": self.low, "high": self.high}
        return {"bound": self.bound} | {n: None if v is None else Decimal(v) for n, v in numbers.items()}

    def samples(self) -> Iterator[Fraction]:
        """Its ends, or numbers near to those that are left out, far ones on an endless side, and what lies between."""
        low, high = (None if end is None else Fraction(end) for end in (self.low, self.high))
        first = -FAR if low is None else low + NEAR if self.bound == "above" else low
        last = FAR if high is None else high - NEAR if self.bound == "below" else high
        yield from {first, last, (first + last) / 2}
        yield from (n for n in (Fraction(0), Fraction(1, 2), -NEAR, NEAR) if first <= n <= last)


ends = st.integers(-6, 6)


@st.composite
def figures(draw: Any, *, endless: bool = True) -> Figure:
    low, high = sorted((draw(ends), draw(ends)))
    if low == high:
        return Figure(low, high)
    forms = [Figure(low, high), Figure(low, high, "above"), Figure(low, high, "below")]
    if endless:
        forms += [
            Figure(low, None, "above"),
            Figure(low, None, "at_least"),
            Figure(None, high, "below"),
            Figure(None, high, "at_most"),
        ]
    return draw(st.sampled_from(forms))


def told(check: str, cases: Sequence[Sequence[Figure]], **rule: Any) -> list[Check]:
    """The checks of a rule over figures a, b, … of each case."""
    rows = [
        {"case": f"{number:03}", "item": name, **figure.row}
        for number, cells in enumerate(cases)
        for name, figure in zip("abc", cells, strict=False)
    ]
    rows.append({"case": "", "item": "of the type of numbers", **Figure(1, 1).row, "value": Decimal(1)})
    return [c for c in report(check, rows, rounding="exact", for_each=["case"], **rule).checks if c.key]


def ensure_tight(
    found: Check, given: Sequence[Figure], of_numbers: Callable[..., Fraction | None], *, near: Fraction
) -> None:
    """The left side of a check holds what numbers give, and no less than they come near to."""
    values = [
        v for numbers in product(*(f.samples() for f in given)) if (v := of_numbers(*numbers)) is not None
    ]
    for end, reached, most, side in (
        (found.left_low, "left_low" not in found.unreached, min(values), 1),
        (found.left_high, "left_high" not in found.unreached, max(values), -1),
    ):
        if end is None:
            assert -side * most > FAR / 10**4, "endless without need"
            continue
        apart = side * (most - Fraction(end))
        assert apart >= -TOLD, "a number lies outside"
        assert apart <= TOLD if reached else 0 < apart <= near, "no number comes near to the end"


OPERATIONS: dict[str, tuple[int, Callable[..., Fraction | None]]] = {
    "a + b": (2, lambda a, b: a + b),
    "a - b": (2, lambda a, b: a - b),
    "a * b": (2, lambda a, b: a * b),
    "min(a, b)": (2, min),
    "max(a, b)": (2, max),
    "abs(a)": (1, abs),
    "-a": (1, lambda a: -a),
    "a ^ 2": (1, lambda a: a**2),
    "a ^ 3": (1, lambda a: a**3),
    "2 * a - 3 * b": (2, lambda a, b: 2 * a - 3 * b),
    "sum(a, b, c)": (3, lambda a, b, c: a + b + c),
    "mean(a, b)": (2, lambda a, b: (a + b) / 2),
    "median(a, b, c)": (3, lambda a, b, c: median([a, b, c])),
}


SEVERAL = settings(max_examples=5)
"""One check of a rule is over many cases, so a few runs look at hundreds of them."""


@pytest.mark.parametrize("expression", OPERATIONS)
@SEVERAL
@given(data=st.data())
def test_what_is_calculated_of_figures_is_tight(expression, data):
    count, of_numbers = OPERATIONS[expression]
    bounded = (
        "a * b" in expression
    )  # near to zero by far is anything: no samples come near to the ends of that
    cases = data.draw(st.lists(st.tuples(*[figures(endless=not bounded)] * count), min_size=1, max_size=12))
    for found, cells in zip(told(f"{expression} == 12345", cases, along="item"), cases, strict=True):
        ensure_tight(found, cells, of_numbers, near=10**3 * NEAR)


@SEVERAL
@given(st.lists(st.tuples(figures(), figures(endless=False)), min_size=1, max_size=12))
def test_a_quotient_is_tight_and_a_divisor_that_ends_at_zero_gives_a_half_line(cases):
    cases = [(a, b) for a, b in cases if (b.low, b.high) != (0, 0)]
    for found, (a, b) in zip(told("a / b == 12345", cases, along="item"), cases, strict=True):
        assert b.low is not None and b.high is not None
        if b.low * b.high > 0:
            ensure_tight(found, [a, b], lambda x, y: x / y, near=10**3 * NEAR)
            continue
        # near to zero a quotient grows without end, to each side from which both can come
        signs = {(x > 0) - (x < 0) for x in a.samples()}
        sides = {sign * side for sign in signs for side, end in ((-1, b.low), (1, b.high)) if end * side > 0}
        assert (found.left_low is None) == (-1 in sides) and (found.left_high is None) == (1 in sides)
        quotients = [x / y for x, y in product(a.samples(), b.samples()) if y]
        if found.left_low is not None:
            assert -TOLD <= min(quotients) - Fraction(found.left_low) <= 10**3 * NEAR
        if found.left_high is not None:
            assert -TOLD <= Fraction(found.left_high) - max(quotients) <= 10**3 * NEAR


@SEVERAL
@given(st.lists(st.tuples(figures(endless=False)), min_size=1, max_size=12), st.integers(-1, 1))
def test_a_rounded_number_is_tight_and_reaches_its_ends(cases, digits):
    def rounded_half(value: Fraction) -> Fraction:
        scaled = abs(value / 2) * Fraction(10) ** digits
        return Fraction(int(scaled + Fraction(1, 2))) / Fraction(10) ** digits * (1 if value >= 0 else -1)

    checks = told(f"round(a / 2, {digits}) == 12345", cases, along="item")
    for found, cells in zip(checks, cases, strict=True):
        ensure_tight(found, cells, rounded_half, near=Fraction(0))
        assert found.unreached == ()


AGGREGATES: dict[str, Callable[..., Fraction]] = {
    "sum": lambda *n: sum(n, Fraction(0)), "min": lambda *n: min(n), "max": lambda *n: max(n),
    "mean": lambda *n: sum(n, Fraction(0)) / len(n), "median": lambda *n: median(n),
}  # fmt: skip


@pytest.mark.parametrize("function", AGGREGATES)
@SEVERAL
@given(st.lists(st.lists(figures(), min_size=1, max_size=3), min_size=1, max_size=12))
def test_aggregates_of_cells_are_tight(function, cases):
    let = {"x": {"item": ["a", "b", "c"]}}
    checks = told(f"{function}(x) == 12345", cases, let=let, missing="known")
    for found, cells in zip(checks, cases, strict=True):
        ensure_tight(found, cells, AGGREGATES[function], near=10**3 * NEAR)


@SEVERAL
@given(st.lists(st.lists(figures(), min_size=2, max_size=3), min_size=1, max_size=12))
def test_cells_that_several_rows_state_lie_exactly_where_all_allow_it(cases):
    rows = [
        {"case": f"{number:03}", "item": "a", **figure.row}
        for number, cells in enumerate(cases)
        for figure in cells
    ]
    rows.append({"case": "", "item": "of the type of numbers", **Figure(1, 1).row, "value": Decimal(1)})
    checks = report("a == 12345", rows, rounding="exact", along="item", for_each=["case"]).checks
    for found, cells in zip([c for c in checks if c.key], cases, strict=True):
        common = [n for one in cells for n in one.samples() if all(_holds(figure, n) for figure in cells)]
        if len({_stated(figure) for figure in cells}) == 1:
            continue
        assert (found.verdict == "untestable") == (not common)
        for n in common:
            assert found.left_low is None or Fraction(found.left_low) <= n
            assert found.left_high is None or n <= Fraction(found.left_high)
        if common and found.left_low is not None:
            assert min(common) - Fraction(found.left_low) <= NEAR
        if common and found.left_high is not None:
            assert Fraction(found.left_high) - max(common) <= NEAR


def _stated(figure: Figure) -> tuple[object, ...]:
    """What a figure states: its value, or the range that it gives instead."""
    row = figure.row
    alone = (
        [row["value"]]
        if row["value"] is not None
        else [n for n in (row["low"], row["high"]) if n is not None]
    )
    return min(alone), max(alone)


def _holds(figure: Figure, number: Fraction) -> bool:
    above = figure.low is None or (number > figure.low if figure.bound == "above" else number >= figure.low)
    below = figure.high is None or (
        number < figure.high if figure.bound == "below" else number <= figure.high
    )
    return above and below
