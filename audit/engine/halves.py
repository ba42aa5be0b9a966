"""Half a unit of the last digit as written: how far a rounded figure may lie from the number it stands for.

Amounts, shares and sizes are rounded as written, counts of whole things exact unless written with 万 or 亿 (design.md,
Verdicts); a number with decimals but no unit is taken as rounded.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from audit.model.units import unit_class

DECIMAL = nw.Decimal(38, 9)
_WORDS = {
    "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "十万": 1e5, "百万": 1e6, "千万": 1e7, "十亿": 1e9, "百亿": 1e10,
    "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_HALVES = {places: 0.5 / 10**places for places in range(9)}


def half_unit(columns: Sequence[str], units: Sequence[str], every: bool) -> nw.Expr:
    """Half a unit of the last digit of `value`, a decimal; 0 where the number is exact.

    `columns` are those of the table, `units` all that stand in its `unit` column. The digits are read from `literal`
    where there is one, else from the value without trailing zeros. With `every` each number counts as rounded.
    """
    value = nw.col("value").cast(nw.String)
    shortest = value.str.replace_all(r"0+$", "").str.replace_all(r"\.$", "")
    plain = nw.when(value.str.contains(r"\.")).then(shortest).otherwise(value)
    literal = nw.coalesce(nw.col("literal").cast(nw.String), plain) if "literal" in columns else plain
    number = literal.str.replace_all(r"[^0-9.．点十百千万亿]", "")
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
    rounded = (scale > 1.0) | (decimals > 0)
    if "unit" in columns:
        measured = [u for u in units if unit_class(u) != "count"]
        counted = [u for u in units if unit_class(u) == "count"]
        rounded = nw.col("unit").is_in(measured) | (rounded & ~nw.col("unit").is_in(counted)) | (scale > 1.0)
    return nw.when(rounded).then(half).otherwise(nw.lit(0).cast(DECIMAL))
