"""How numbers stand in reports: plain decimals, intervals, differences. Exact; no exponent, no float."""

from __future__ import annotations

from decimal import Decimal

from audit.model.report import Cell
from audit.numbers.numerals import EXACT

_SIXTH = Decimal("0.000001")


def plain(value: Decimal | None) -> str:
    """A number without exponent or idle zeros (`1650`, `0.3`); empty for none."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def signed(value: Decimal | None) -> str:
    """A difference with its sign (`+10`, `−0.5`, `0`), to six decimals where these say anything; empty for none."""
    if value is None:
        return ""
    short = EXACT.quantize(value, _SIXTH) if value % 1 else value
    value = short or value
    return f"+{plain(value)}" if value > 0 else plain(value).replace("-", "−")


def interval(
    low: Decimal | None, high: Decimal | None, *, low_reached: bool = True, high_reached: bool = True
) -> str:
    """`30` for a point, `[3, 5]`, `[8, 9)` where 9 is not reached, `[130, ∞)`, `(−∞, 5]`; empty when both ends are open."""
    if low is None and high is None:
        return ""
    if low == high:
        return plain(low)
    left = f"{'[' if low_reached else '('}{plain(low)}" if low is not None else "(−∞"
    right = f"{plain(high)}{']' if high_reached else ')'}" if high is not None else "∞)"
    return f"{left}, {right}"


def common_unit(cells: tuple[Cell, ...]) -> str:
    """The unit of a check's numbers: that of its figures where all agree, else empty."""
    units = {
        cell.unit for cell in cells if cell.value is not None or cell.low is not None or cell.high is not None
    }
    return units.pop() if len(units) == 1 else ""
