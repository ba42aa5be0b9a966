"""How far a figure may lie from the number that it stands for: half a unit of its last written digit where it was
rounded, a whole one on the far side of zero where the rest was cut off.

Amounts, shares and sizes are rounded as written, counts of whole things exact unless written or measured with 万 or 亿
(design.md, Verdicts); a number with decimals but no unit is taken as rounded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from audit.numbers.units import is_counted

Rounding = Literal["as_written", "truncated", "exact"]
"""How figures are taken: as rounded in their last written digit, as cut off behind it, as exact, or (None) as their
unit says."""

ROUNDINGS: tuple[Rounding, ...] = ("as_written", "truncated", "exact")


def spread(step: Decimal, unit: str | None, rounding: Rounding | None) -> Decimal:
    """How far a figure may lie from its number; `step` is the place value of its last digit in `unit`. 0 for an exact one."""
    counted = bool(unit) and is_counted(unit)
    rounded = step > 1 or (not counted and (bool(unit) or step < 1))
    if rounding == "truncated":
        return step
    return step / 2 if rounding == "as_written" or (rounded and rounding is None) else Decimal(0)
