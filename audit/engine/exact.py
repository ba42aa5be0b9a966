"""Vectors of numbers exact to 32 digits, as pairs of doubles.

Double-double arithmetic: T. J. Dekker, "A floating-point technique for extending the available precision", Numerische
Mathematik 18 (1971); Y. Hida, X. S. Li, D. H. Bailey, "Algorithms for quad-double precision floating point
arithmetic", ARITH-15 (2001). NaN stands for a missing number and spreads; infinities are open ends of intervals.

Two numbers are equal when they differ by at most 1e-12 plus 1e-25 of the larger: far below any figure with nine
decimals and far above what the arithmetic loses, so 0.1 + 0.2 equals 0.3 and 10^15 + 0.0001 differs from 10^15.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

_ABSOLUTE = 1e-12
_RELATIVE = 1e-25
_SPLITTER = 134217729.0  # 2^27 + 1
_PLACES = Decimal("1e-12")
_WIDE = Context(prec=400)  # every double has its digits


@dataclass(frozen=True, slots=True)
class Exact:
    """A vector of numbers `high + low`, `low` at most half a unit in the last place of `high`."""

    high: Floats
    low: Floats

    def __len__(self) -> int:
        return len(self.high)

    @property
    def missing(self) -> Booleans:
        return np.isnan(self.high)


def constant(value: Decimal, length: int) -> Exact:
    """The same number `length` times."""
    high = float(value)
    low = float(value - Decimal(high)) if np.isfinite(high) else 0.0
    return Exact(np.full(length, high), np.full(length, low))


def whole(numbers: Floats) -> Exact:
    """Whole numbers below 2^53."""
    return Exact(numbers, np.zeros_like(numbers))


def filled(value: float, length: int) -> Exact:
    """The same double `length` times; NaN and infinities are meant."""
    return Exact(np.full(length, value), np.full(length, value if np.isnan(value) else 0.0))


def with_billionths(number: Exact, billionths: NDArray[np.int64]) -> Exact:
    """Numbers with a whole count of billionths added to each."""
    if not billionths.any():
        return number
    parts = billionths.astype(np.float64)
    high = parts / 1e9
    error = _product_error(high, np.full_like(high, 1e9), high * 1e9)
    return add(number, Exact(high, (parts - high * 1e9 - error) / 1e9))


def take(a: Exact, places: NDArray[np.int64]) -> Exact:
    """The numbers at the given places."""
    return Exact(a.high[places], a.low[places])


def blanked(a: Exact, hidden: Booleans) -> Exact:
    """The numbers, missing where hidden."""
    if not hidden.any():
        return a
    return Exact(np.where(hidden, np.nan, a.high), np.where(hidden, np.nan, a.low))


def extended(a: Exact, value: float) -> Exact:
    """The numbers with one more at the end."""
    return Exact(np.append(a.high, value), np.append(a.low, value))


def extremes(a: Exact, starts: NDArray[np.int64], *, greatest: bool) -> Exact:
    """The least or greatest number of each run that begins at `starts`; missing only where all are."""
    numbers = negate(a) if greatest else a
    high = np.where(numbers.missing, np.inf, numbers.high)
    least = np.minimum.reduceat(high, starts)
    lengths = np.diff(starts, append=len(high))
    low = np.minimum.reduceat(np.where(high == np.repeat(least, lengths), numbers.low, np.inf), starts)
    found = Exact(np.where(least == np.inf, np.nan, least), np.where(least == np.inf, np.nan, low))
    return negate(found) if greatest else found


def decimal_at(numbers: Exact, index: int) -> Decimal | None:
    """One number to twelve decimals, without trailing zeros; None for missing and infinite ones."""
    high, low = float(numbers.high[index]), float(numbers.low[index])
    if not np.isfinite(high):
        return None
    value = _WIDE.add(Decimal(high), Decimal(low)).quantize(_PLACES, context=_WIDE).normalize(_WIDE)
    return value.quantize(Decimal(1), context=_WIDE) if value == value.to_integral_value() else value


def negate(a: Exact) -> Exact:
    return Exact(-a.high, -a.low)


def add(a: Exact, b: Exact) -> Exact:
    with np.errstate(invalid="ignore"):
        high, error = _two_sum(a.high, b.high)
        low, tail = _two_sum(a.low, b.low)
        high, error = _quick_two_sum(high, error + low)
        return _settled(*_quick_two_sum(high, error + tail))


def subtract(a: Exact, b: Exact) -> Exact:
    return add(a, negate(b))


def multiply(a: Exact, b: Exact) -> Exact:
    """The product; zero times infinity is zero, as interval arithmetic wants it."""
    with np.errstate(invalid="ignore", over="ignore"):
        product = a.high * b.high
        error = _product_error(a.high, b.high, product) + (a.high * b.low + a.low * b.high)
        result = _settled(*_quick_two_sum(product, error))
    zero = ((a.high == 0) & np.isinf(b.high)) | ((b.high == 0) & np.isinf(a.high))
    return where(zero, constant(Decimal(0), len(a)), result)


def divide(a: Exact, b: Exact) -> Exact:
    """The quotient; NaN where the divisor is zero."""
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        first = np.where(b.high == 0, np.nan, a.high / b.high)
        rest = subtract(a, multiply(b, _plain(first)))
        second = rest.high / b.high
        rest = subtract(rest, multiply(b, _plain(second)))
        third = rest.high / b.high
        high, low = _quick_two_sum(first, np.where(np.isfinite(second), second, 0.0))
        result = add(Exact(high, low), _plain(np.where(np.isfinite(third), third, 0.0)))
    return where(np.isinf(b.high) & ~np.isinf(a.high), constant(Decimal(0), len(a)), result)


def absolute(a: Exact) -> Exact:
    return where(a.high < 0, negate(a), a)


def round_half_away(a: Exact, digits: int) -> Exact:
    """Rounded to `digits` decimals, halves away from zero, as commercial rounding in statistics does."""
    factor = constant(Decimal(10) ** digits, len(a))
    size = add(multiply(absolute(a), factor), constant(Decimal("0.5") + Decimal("1e-12"), len(a)))
    whole = np.floor(size.high)
    floored = Exact(whole, np.where(whole == size.high, np.floor(size.low), 0.0))
    rounded = divide(_settled(*_quick_two_sum(floored.high, floored.low)), factor)
    return where(a.high < 0, negate(rounded), rounded)


def where(condition: Booleans, yes: Exact, no: Exact) -> Exact:
    return Exact(np.where(condition, yes.high, no.high), np.where(condition, yes.low, no.low))


def minimum(a: Exact, b: Exact) -> Exact:
    """The smaller of each pair; missing if either is."""
    return _spread(where(less(b, a), b, a), a, b)


def maximum(a: Exact, b: Exact) -> Exact:
    """The larger of each pair; missing if either is."""
    return _spread(where(less(a, b), b, a), a, b)


def order(a: Exact, b: Exact) -> Floats:
    """-1, 0 or 1 where the first is smaller, equal in effect (see the module's text) or larger; NaN if either misses."""
    with np.errstate(invalid="ignore"):
        gap = subtract(a, b).high
        allowed = _ABSOLUTE + _RELATIVE * np.maximum(np.abs(a.high), np.abs(b.high))
        sign = np.where(np.abs(gap) <= allowed, 0.0, np.sign(gap))
        infinite = np.isinf(a.high) | np.isinf(b.high)
        if infinite.any():
            missing = np.isnan(a.high) | np.isnan(b.high)
            apart = np.where(missing, np.nan, np.where(a.high > b.high, 1.0, -1.0))
            sign = np.where(infinite, np.where(a.high == b.high, 0.0, apart), sign)
    return np.asarray(sign)


def equal(a: Exact, b: Exact) -> Booleans:
    """Equal in effect (see the module's text); never for missing numbers."""
    return np.asarray(order(a, b) == 0)


def less(a: Exact, b: Exact) -> Booleans:
    """Smaller by more than nothing in effect; never for missing numbers."""
    return np.asarray(order(a, b) < 0)


def less_or_equal(a: Exact, b: Exact) -> Booleans:
    """Smaller or equal in effect; never for missing numbers."""
    return np.asarray(order(a, b) <= 0)


def _two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    total = a + b
    other = total - a
    return total, (a - (total - other)) + (b - other)


def _quick_two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    total = a + b
    return total, b - (total - a)


def _product_error(a: Floats, b: Floats, product: Floats) -> Floats:
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    return np.asarray(((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low)


def _halves(a: Floats) -> tuple[Floats, Floats]:
    scaled = _SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high


def _settled(high: Floats, low: Floats) -> Exact:
    """Infinities carry no low part."""
    return Exact(high, np.where(np.isfinite(high), low, 0.0))


def _plain(a: Floats) -> Exact:
    return Exact(a, np.zeros_like(a))


def _spread(result: Exact, a: Exact, b: Exact) -> Exact:
    missing = a.missing | b.missing
    return Exact(np.where(missing, np.nan, result.high), np.where(missing, np.nan, result.low))
