"""A unit says how its figures were rounded."""

from __future__ import annotations

import pytest

from audit.numbers.units import bare_unit, scale_of, unit_class


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("家", "count"), ("万头", "count"), ("亿元", "amount"), ("元/人", "amount"), ("%", "share"), ("个百分点", "share"),
     (None, "share"), ("万亩", "size"), ("千瓦", "size"), ("人/万辆", "size"), ("朵", "count")],
)  # fmt: skip
def test_the_class_of_a_unit(unit: str | None, expected: str) -> None:
    assert unit_class(unit) == expected


@pytest.mark.parametrize(
    ("unit", "bare", "scale"),
    [("亿元", "元", 10**8), ("千瓦", "千瓦", 1), ("万千瓦", "千瓦", 10**4), ("万", "万", 1)],
)
def test_a_number_word_scales_a_unit(unit: str, bare: str, scale: int) -> None:
    assert (bare_unit(unit), scale_of(unit)) == (bare, scale)
