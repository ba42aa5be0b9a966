"""Half a unit of the last digit as written: how far a rounded figure may lie from the number it stands for.

Amounts, shares and sizes are rounded as written, counts of whole things exact unless written or measured with 万 or 亿
(design.md, Verdicts); a number with decimals but no unit is taken as rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from audit.engine.frames import Frame
from audit.language.rule import Rounding
from audit.numbers.units import is_counted

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
    unit = nw.col("unit").cast(nw.String).fill_null("") if "unit" in columns else nw.lit("")
    frame = frame.with_columns(_told=_told(columns), _unit=unit)
    ways = frame.select("_told", "_unit").unique().with_columns(_written=_written())
    halves = [
        _half(units, every=rounding == "as_written").alias(f"_half_{rounding}") for rounding in roundings
    ]
    return frame.join(ways.with_columns(halves).drop("_written"), on=["_told", "_unit"], how="left")


def _told(columns: Sequence[str]) -> nw.Expr:
    """The literal; where there is none, the value behind an equals sign."""
    if "literal" not in columns:
        return nw.concat_str(nw.lit("="), nw.col("value").cast(nw.String)).fill_null("")
    literal = nw.col("literal")
    unwritten = nw.when(literal.is_null()).then(nw.col("value")).cast(nw.String)
    return nw.coalesce(literal.cast(nw.String), nw.concat_str(nw.lit("="), unwritten)).fill_null("")


def _written() -> nw.Expr:
    """The literal, else the value without trailing zeros after the point."""
    told = nw.col("_told")
    shortest = told.str.replace_all(r"0+$", "").str.replace_all(r"\.$", "")
    number = told.str.starts_with("=") & told.str.contains(r"\.")
    return nw.when(number).then(shortest).otherwise(told)


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
    measured = [u for u in units if not is_counted(u)]
    counted = [u for u in units if is_counted(u)]
    of_unit = nw.col("_unit")
    rounded = of_unit.is_in(measured) | ((decimals > 0) & ~of_unit.is_in(counted)) | (scale > 1.0)
    return nw.when(rounded).then(half).otherwise(nw.lit(0).cast(DECIMAL))
