"""Half a unit of the last digit as written: how far a rounded figure may lie from the number it stands for.

Amounts, shares and sizes are rounded as written, counts of whole things exact unless written with 万 or 亿 (design.md,
Verdicts); a number with decimals but no unit is taken as rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from audit.engine.frames import Frame
from audit.language.rule import Rounding
from audit.model.units import unit_class

DECIMAL = nw.Decimal(38, 9)
_WORDS = {
    "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "十万": 1e5, "百万": 1e6, "千万": 1e7, "十亿": 1e9, "百亿": 1e10,
    "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_HALVES = {places: 0.5 / 10**places for places in range(9)}


def with_halves(
    frame: Frame, columns: Sequence[str], units: Sequence[str], roundings: Iterable[Rounding | None]
) -> Frame:
    """The frame with half a unit of the last digit of `value` for each rounding, as `_half_None`, `_half_as_written`.

    `columns` are those of the table, `units` all that stand in its `unit` column. The digits are read from `literal`
    where there is one, else from the value without trailing zeros; each way of writing is read once.
    """
    value = nw.col("value")
    unwritten = nw.when(nw.col("literal").is_null()).then(value) if "literal" in columns else value
    way = {
        "_unit": nw.col("unit") if "unit" in columns else nw.lit(""),
        "_literal": nw.col("literal") if "literal" in columns else nw.lit(""),
        "_number": unwritten,
    }
    frame = frame.with_columns(cell.cast(nw.String).fill_null("").alias(name) for name, cell in way.items())
    ways = frame.select(*way).unique().with_columns(_written=_written())
    halves = [
        _half(units, every=rounding == "as_written").alias(f"_half_{rounding}") for rounding in roundings
    ]
    return frame.join(ways.with_columns(halves).drop("_written"), on=list(way), how="left")


def _written() -> nw.Expr:
    """The literal, else the number without trailing zeros after the point."""
    number = nw.col("_number")
    shortest = number.str.replace_all(r"0+$", "").str.replace_all(r"\.$", "")
    plain = nw.when(number.str.contains(r"\.")).then(shortest).otherwise(number)
    return nw.when(nw.col("_number") == "").then(nw.col("_literal")).otherwise(plain)


def _half(units: Sequence[str], every: bool) -> nw.Expr:
    """Half a unit of the last digit, 0 where the number is exact; with `every` no number is."""
    number = nw.col("_written").str.replace_all(r"[^0-9.．点十百千万亿]", "")
    word = number.str.replace_all(r"^.*[^十百千万亿]", "")
    decimals = (
        number.str.replace_all(r"[十百千万亿]+$", "")
        .str.replace_all(r"^[^.．点]*[.．点]?", "")
        .str.len_chars()
    )
    scale = word.replace_strict(list(_WORDS), list(_WORDS.values()), default=1.0, return_dtype=nw.Float64())
    unit = decimals.replace_strict(
        list(_HALVES), list(_HALVES.values()), default=0.5e-9, return_dtype=nw.Float64()
    )
    half = (unit * scale).cast(DECIMAL)
    if every:
        return half
    measured = [u for u in units if unit_class(u) != "count"]
    counted = [u for u in units if unit_class(u) == "count"]
    of_unit = nw.col("_unit")
    rounded = of_unit.is_in(measured) | ((decimals > 0) & ~of_unit.is_in(counted)) | (scale > 1.0)
    return nw.when(rounded).then(half).otherwise(nw.lit(0).cast(DECIMAL))
