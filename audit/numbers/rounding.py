"""How far a rounded figure may lie from the number that it stands for: half a unit of its last written digit.

Amounts, shares and sizes are rounded as written, counts of whole things exact unless written or measured with 万 or 亿
(design.md, Verdicts); a number with decimals but no unit is taken as rounded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from audit.numbers.units import is_counted

Rounding = Literal["as_written", "exact"]
"""How figures are taken: as rounded in their last written digit, as exact, or (None) as their unit says."""

ROUNDINGS: tuple[Rounding, ...] = ("as_written", "exact")


def half_step(step: Decimal, unit: str | None, rounding: Rounding | None) -> Decimal:
    """Half of `step`, the place value of the last digit in `unit`; 0 where the figure is exact."""
    counted = bool(unit) and is_counted(unit)
    rounded = step > 1 or (not counted and (bool(unit) or step < 1))
    return step / 2 if rounding == "as_written" or (rounded and rounding is None) else Decimal(0)
