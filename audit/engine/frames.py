"""Tables as the engine sees them: any frame that Narwhals knows, with its rows numbered.

Polars frames stay lazy, DuckDB relations stay in DuckDB; pandas and Arrow frames are taken over into Polars, which
keeps decimals exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import narwhals as nw

from audit.language.plan import ColumnType
from audit.model.errors import InputError
from audit.model.units import unit_class

ROW = "_row"
HALF = "_half"
UNIT_HALF = "_unit_half"
DECIMAL = nw.Decimal(38, 9)
_MULTIPLIERS = (
    ("千亿", 1e11), ("百亿", 1e10), ("十亿", 1e9), ("千万", 1e7), ("百万", 1e6), ("十万", 1e5),
    ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2), ("十", 1e1),
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A named table to check. `sources` are (file, lines) of its rows in order, for messages; empty when unknown.

    `frame` may be a Polars, pandas or Arrow frame or a DuckDB relation. `types` and `key` describe the columns; what
    is not given is read from the frame: number columns by their type, the key as all text columns.
    """

    name: str
    frame: Any
    types: dict[str, ColumnType] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    sources: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @cached_property
    def lazy(self) -> nw.LazyFrame[Any]:
        """The rows, numbered in `_row`; figures also with half a unit of their last digit."""
        frame = _narwhal(self.frame, self.name)
        columns = frame.collect_schema().names()
        if ROW not in columns:
            frame = frame.with_row_index(ROW, order_by=columns) if _is_sql(frame) else _numbered(frame)
        return _with_halves(frame, columns) if "value" in columns else frame

    @cached_property
    def columns(self) -> dict[str, ColumnType]:
        """Every column with its type: as declared, else by the frame's own type."""
        found: dict[str, ColumnType] = {}
        for name, kind in _narwhal(self.frame, self.name).collect_schema().items():
            number = kind.is_numeric() or kind.is_decimal()
            found[name] = self.types.get(name) or ("number" if number else "boolean" if kind == nw.Boolean else "text")
        return found

    def observed(self, column: str) -> tuple[str, ...]:
        """The distinct values of a column as text, sorted, without blanks."""
        frame = _narwhal(self.frame, self.name).select(nw.col(column).cast(nw.String)).unique().collect("polars")
        return tuple(sorted(value for value in frame[column].to_list() if value))

    def place(self, row: int) -> tuple[str, int]:
        """The file and line of a row; ("", 0) when unknown."""
        for path, lines in self.sources:
            if row < len(lines):
                return path, lines[row]
            row -= len(lines)
        return "", 0


def pairs_frame(like: nw.LazyFrame[Any], pairs: Iterable[tuple[str, str]]) -> nw.LazyFrame[Any]:
    """A frame of the columns `_key` and `_member` on the same engine as `like`."""
    return _texts_frame(like, ("_key", "_member"), list(pairs))


def triples_frame(like: nw.LazyFrame[Any], triples: Iterable[tuple[str, str, str]]) -> nw.LazyFrame[Any]:
    """A frame of the columns `_word`, `_reading` and `_place` on the same engine as `like`."""
    return _texts_frame(like, ("_word", "_reading", "_place"), list(triples))


def _texts_frame(like: nw.LazyFrame[Any], columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> nw.LazyFrame[Any]:
    if _is_sql(like):
        return nw.from_native(_values(like.to_native(), columns, rows))
    import polars as pl

    return nw.from_native(pl.LazyFrame(rows, schema={name: pl.String for name in columns}, orient="row"))


def collect(frames: list[nw.LazyFrame[Any]]) -> list[Any]:
    """The frames as Polars frames; Polars runs them together, so that they share their scans."""
    natives = [frame.to_native() for frame in frames]
    import polars as pl

    lazy = [index for index, native in enumerate(natives) if isinstance(native, pl.LazyFrame)]
    together = dict(zip(lazy, pl.collect_all([natives[index] for index in lazy]), strict=True))
    return [
        together[index] if index in together else frame.collect("polars").to_native() for index, frame in enumerate(frames)
    ]


def _narwhal(frame: Any, name: str) -> nw.LazyFrame[Any]:
    try:
        wrapped = nw.from_native(frame)
    except TypeError:
        raise InputError(
            "the table “{name}” is a {type}; give a Polars, pandas or Arrow frame or a DuckDB relation.",
            name=name, type=type(frame).__name__,
        ) from None  # fmt: skip
    if isinstance(wrapped, nw.DataFrame):
        if wrapped.implementation.is_polars():
            return wrapped.lazy()
        return nw.from_native(wrapped.to_polars().lazy())
    return wrapped


def _is_sql(frame: nw.LazyFrame[Any]) -> bool:
    return not frame.implementation.is_polars()


def _numbered(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return nw.from_native(frame.to_native().with_row_index(ROW))


def _values(relation: Any, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Any:
    if not rows:
        nothing = ", ".join(f"NULL::VARCHAR AS {name}" for name in columns)
        return relation.query("_like", f"SELECT {nothing} WHERE false")
    quoted = ", ".join("(" + ", ".join("'" + text.replace("'", "''") + "'" for text in row) + ")" for row in rows)
    return relation.query("_like", f"SELECT * FROM (VALUES {quoted}) AS texts({', '.join(columns)})")


def _with_halves(frame: nw.LazyFrame[Any], columns: list[str]) -> nw.LazyFrame[Any]:
    """Adds half a unit of the last digit as written: `_unit_half` always, `_half` where rounding is to be expected.

    Amounts, shares and sizes are rounded as written, counts of whole things exact unless written with 万 or 亿
    (design.md, Verdicts); a number with decimals but no unit is taken as rounded.
    """
    written = nw.col("literal").cast(nw.String) if "literal" in columns else nw.lit(None, dtype=nw.String)
    plain = nw.col("value").cast(nw.String).str.replace_all(r"(\.\d*?)0+$", "${1}").str.replace_all(r"\.$", "")
    literal = nw.coalesce(written, plain)
    digits = literal.str.replace_all(r"[^0-9.．点十百千万亿]", "")
    number = digits.str.replace_all(r"[十百千万亿]+$", "")
    decimals = number.str.replace_all(r"^[^.．点]*[.．点]?", "").str.len_chars()
    scale = nw.lit(1.0)
    for word, factor in reversed(_MULTIPLIERS):
        scale = nw.when(digits.str.ends_with(word)).then(nw.lit(factor)).otherwise(scale)
    unit = nw.lit(0.5)
    for places in range(1, 10):
        unit = nw.when(decimals == places).then(nw.lit(0.5 / 10**places)).otherwise(unit)
    half = (unit * scale).cast(DECIMAL)
    rounded = (scale > 1.0) | (decimals > 0)
    if "unit" in columns:
        measured = [u for u in _units(frame) if unit_class(u) != "count"]
        counted = [u for u in _units(frame) if unit_class(u) == "count"]
        rounded = nw.col("unit").is_in(measured) | (rounded & ~nw.col("unit").is_in(counted)) | (scale > 1.0)
    return frame.with_columns(
        half.alias(UNIT_HALF), nw.when(rounded).then(half).otherwise(nw.lit(0.0).cast(DECIMAL)).alias(HALF)
    )


def _units(frame: nw.LazyFrame[Any]) -> list[str]:
    return [u for u in frame.select("unit").unique().collect("polars")["unit"].to_list() if u]
