"""Files of typed columns that are not read whole: scanned whenever something is asked of them.

What stands in a cell is the same as when the file is read as text (`TableFile`): texts without blanks around them,
numbers with the decimals of their type, binary numbers filled up to those of the finest of their column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.text_frame import TextFrame
from audit.tables.formats import frames
from audit.tables.formats.aside import filled, kept
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import Source
from audit.tables.formats.values import MOST_PLACES, text_of_value
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl

BLANKS = "".join(
    map(
        chr,
        (*range(9, 14), *range(28, 33), 133, 160, 5760, *range(8192, 8203), 8232, 8233, 8239, 8287, 12288),
    )
)
"""What `str.strip` takes off."""  # fmt: skip
_EXACT = 10**15
"""Numbers of as many digits may have some that are noise (IEEE 754 double: 15.95 digits)."""
_AT_ONCE = 2**16
"""Rows that are looked at together one by one."""
_PLACES = range(MOST_PLACES + 1)
_FEW = 2**16
"""So many different texts of a column are held."""
NUMBER, _FIRST = "number of it", "first of it"
"""Columns beside a column of texts."""


@frozen
class ScannedFile:
    """A table to be scanned: `frame` has texts, truths as texts, whole numbers and decimals. The rest as in `TableFile`.

    `few` are the different texts of columns that have few, as `texts_in` gives them.
    """

    path: str
    frame: pl.LazyFrame
    lines: Sequence[int]
    sha256: str
    name: str
    typed: frozenset[str]
    key: tuple[str, ...] = ()
    sheet: str = ""
    notes: tuple[Phrase, ...] = ()
    letters: dict[str, str] = field(default_factory=dict)
    few: dict[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def native(self) -> pl.LazyFrame:
        """The rows as a Polars frame."""
        return self.frame

    @property
    def columns(self) -> list[str]:
        return self.frame.collect_schema().names()

    @property
    def told(self) -> str:
        """The file and its sheet, for messages."""
        return f"{self.path}!{self.sheet}" if self.sheet else self.path

    @property
    def length(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    def whole(self) -> TableFile:
        """The table read, every column as text."""
        import polars as pl

        frame = TextFrame.of_polars(self.frame.select(pl.all().cast(pl.String)).collect())
        return TableFile(
            self.path, frame, self.lines, self.sha256, self.name, self.sheet, self.letters, self.key, self.typed, self.notes
        )  # fmt: skip


def of_scan(
    frame: pl.LazyFrame,
    source: Source,
    asked: Asked,
    *,
    name: str,
    sheet: str = "",
    key: tuple[str, ...] = (),
) -> ScannedFile | TableFile:
    """A table of a typed file; read row by row where only their values tell how to write cells.

    Raises `InputError` for a column of lists or records.
    """
    import polars as pl

    schema = frame.collect_schema()
    floats = [title for title, kind in schema.items() if kind.is_float()]
    numbers = [title for title, kind in schema.items() if kind.is_numeric()]
    if asked.missing or not all(map(_is_simple, schema.values())):
        return _by_rows(frame, source, asked, name, sheet, key)
    asks: list[pl.Expr] = [pl.len().alias("")]
    asks += [pl.col(title).count().alias(f"n{title}") for title in numbers]
    asks += [_has_places(title, n).alias(f"{n}{title}") for title in floats for n in _PLACES]
    (known,) = frame.select(asks).collect(engine="streaming").to_dicts()
    places = {title: next((n for n in _PLACES if known[f"{n}{title}"]), None) for title in floats}
    long = [title for title, n in places.items() if n is None]
    if long and known[""] <= frames.FEW:
        return _by_rows(frame, source, asked, name, sheet, key)
    if long:
        frame = kept(frame.with_columns(map(_one_by_one, long)), source)
    texts = {title: texts_in(frame, title) for title, kind in schema.items() if _is_text(kind)}
    neat = {title for title, found in texts.items() if _is_neat(found[title])}
    few = {title: texts[title] for title in neat if len(texts[title]) <= _FEW}
    finest = _finest(frame, long)
    cells = [
        filled(pl.col(title), finest[title]) if title in finest
        else pl.col(title).cast(pl.String) if title in neat
        else _cell(title, kind, places.get(title) or 0)
        for title, kind in schema.items()
    ]  # fmt: skip
    typed = frozenset(title for title in numbers if known[f"n{title}"])
    lines = range(1, known[""] + 1)
    return ScannedFile(
        source.shown, frame.select(cells), lines, source.sha256, name, typed, asked.key or key, sheet, few=few
    )  # fmt: skip


def texts_in(frame: pl.LazyFrame, title: str) -> pl.DataFrame:
    """The different texts of a column and the `number` of each, in the order in which they first stand; no blanks."""
    import polars as pl

    cells = frame.select(pl.col(title).cast(pl.String)).drop_nulls().with_row_index(_FIRST)
    found = cells.group_by(title).agg(pl.col(_FIRST).min(), pl.len().alias(NUMBER))
    return found.sort(_FIRST).drop(_FIRST).collect(engine="streaming")


def _by_rows(
    frame: pl.LazyFrame, source: Source, asked: Asked, name: str, sheet: str, key: tuple[str, ...]
) -> TableFile | ScannedFile:
    """A table whose cells only their values tell how to write."""
    schema = frame.collect_schema()
    frames.refuse_nested((title for title, kind in schema.items() if kind.is_nested()), source)
    batches = frame.collect_batches(chunk_size=_AT_ONCE, maintain_order=True)
    rows = (row for batch in batches for row in batch.iter_rows())
    return frames.of_rows(schema.names(), rows, source, asked, name=name, sheet=sheet, key=key)


def whole(file: TableFile | ScannedFile) -> TableFile:
    """A table read as text."""
    return file.whole() if isinstance(file, ScannedFile) else file


def _is_simple(kind: Any) -> bool:
    import polars as pl

    simple = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Time, pl.Datetime, pl.Binary)
    return bool(kind.is_numeric()) or kind in simple


def _is_text(kind: Any) -> bool:
    import polars as pl

    return kind in (pl.String, pl.Categorical, pl.Enum)


def _is_neat(texts: pl.Series) -> bool:
    """Whether every text of a column is as a cell has it, so that it can be taken as it is whenever it is asked for."""
    return bool(((texts.str.strip_chars(BLANKS) == texts) & (texts != "")).all())


def _cell(title: str, kind: Any, places: int) -> pl.Expr:
    """The cells of a column: a number as it is, else its text; None for a blank, an infinite number or none (NaN)."""
    import polars as pl

    column = pl.col(title)
    if kind.is_float():
        return _written(title, places)
    if kind.is_numeric():
        return column
    if kind == pl.Binary:
        return column.bin.encode("hex")
    if kind in (pl.Time, pl.Datetime):
        return _of_time(column, kind)
    text = column.cast(pl.String).str.strip_chars(BLANKS)
    return pl.when(text != "").then(text).alias(title)


def _of_time(column: pl.Expr, kind: Any) -> pl.Expr:
    """Times of a day, or days with one: a fraction of a second only where there is one, no time that is midnight."""
    import polars as pl

    if kind == pl.Time:
        return column.dt.strftime("%H:%M:%S%.6f").str.replace(r"\.000000", "")
    zone = "%::z" if kind.time_zone else ""
    text = column.dt.strftime(f"%Y-%m-%d %H:%M:%S%.6f{zone}").str.replace(r"\.000000", "")
    if zone:
        text = text.str.replace(r"([+-]\d\d:\d\d):00$", "$1")
    return text.str.replace(r" 00:00:00([+-].*)?$", "")


def _written(title: str, places: int) -> pl.Expr:
    """Binary numbers that have no more than so many decimals: whole ones, or texts with just as many."""
    import polars as pl

    steps = pl.when(_told(title)).then(_steps(title, places)).cast(pl.Int64)
    if not places:
        return steps.alias(title)
    size = steps.abs()
    sign = pl.when(steps < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    behind = (size % 10**places).cast(pl.String).str.zfill(places)
    return pl.concat_str(sign, (size // 10**places).cast(pl.String), pl.lit("."), behind).alias(title)


def _one_by_one(title: str) -> pl.Expr:
    """The shortest texts of binary numbers that are longer than what can be worked out of all of them together."""
    import polars as pl

    return pl.col(title).map_batches(
        lambda numbers: pl.Series([text_of_value(number) for number in numbers.to_list()], dtype=pl.String),
        return_dtype=pl.String, is_elementwise=True,
    )  # fmt: skip


def _finest(frame: pl.LazyFrame, titles: Sequence[str]) -> dict[str, int]:
    """The most decimals that the numbers of each column have."""
    import polars as pl

    asks = [pl.col(title).str.extract(r"\.(.*)").str.len_bytes().max() for title in titles]
    (found,) = frame.select(asks).collect(engine="streaming").to_dicts() if asks else ({},)
    return {title: places or 0 for title, places in found.items()}


def _has_places(title: str, places: int) -> pl.Expr:
    """Whether every binary number of a column is one of so many decimals and no more digits than it surely holds: that is
    then how it is written shortest.
    """
    import polars as pl

    steps, number = _steps(title, places), pl.col(title).cast(pl.Float64)
    divisor = number * 0 + 10**places  # by a constant Polars multiplies with its inverse, which rounds twice
    short: pl.Expr = (steps / divisor == number) & (steps.abs() < _EXACT)
    return (short | ~_told(title)).all()


def _steps(title: str, places: int) -> pl.Expr:
    """Binary numbers in whole steps of so many decimals."""
    import polars as pl

    steps: pl.Expr = pl.col(title).cast(pl.Float64) * 10**places
    return steps.round()


def _told(title: str) -> pl.Expr:
    """Where a binary number is one; False for none at all."""
    import polars as pl

    return pl.col(title).is_finite().fill_null(False)
