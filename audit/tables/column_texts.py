"""The texts in the columns of a table: which there are, whether they are plain numbers, and others put in their place.

What is asked of a table in memory and of one that is scanned is the same; small ones need no library for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.model.text_frame import TextFrame
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl

    from audit.tables.formats.scanned import ScannedFile

_SAMPLE = 100
PLAIN = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"
_PLAIN = re.compile(PLAIN.replace("$", r"\Z"))
CODE = r"^0[0-9]+$"
_CODE = re.compile(CODE.replace("$", r"\Z"))


def first_texts(file: TableFile | ScannedFile) -> Mapping[str, list[str]]:
    """The texts in the first rows, by column."""
    if (frame := _in_lists(file)) is not None:
        return {name: [cell for cell in frame[name][:_SAMPLE] if cell is not None] for name in frame.columns}
    import polars as pl

    first = file.native.lazy().select(pl.all().cast(pl.String)).head(_SAMPLE).collect()
    return {name: first[name].drop_nulls().to_list() for name in first.columns}


def counted(file: TableFile | ScannedFile, name: str) -> Mapping[str, int]:
    """How often each text stands in a column, in the order in which they first do."""
    if (frame := _in_lists(file)) is not None:
        return Counter(cell for cell in frame[name] if cell is not None)
    from audit.tables.formats.scanned import NUMBER, texts_in

    known = None if isinstance(file, TableFile) else file.few.get(name)
    found = texts_in(file.native.lazy(), name) if known is None else known
    return dict(zip(found[name].to_list(), found[NUMBER].to_list(), strict=True))


def plain_columns(file: TableFile | ScannedFile, missing: Collection[str]) -> frozenset[str]:
    """The columns of which every cell is blank or a plain decimal, not all of them blank: these are as they should be."""
    frame = _in_lists(file)
    if frame is None:
        return _plain_of(file.native.lazy(), file.typed, missing)
    found = set()
    for name in frame.columns:
        cells = set(frame[name]) - {None}
        if cells and all(_PLAIN.match(cell or "") and cell not in missing for cell in cells):
            found.add(name)
    return frozenset(found)


def _plain_of(frame: pl.LazyFrame, typed: Collection[str], missing: Collection[str]) -> frozenset[str]:
    import polars as pl

    texts = [name for name, kind in frame.collect_schema().items() if kind == pl.String]
    first = frame.select(texts).head(_SAMPLE).select(pl.all().str.contains(PLAIN).all()).collect()
    asks = []
    for name in texts:
        if not first[name].item():  # most columns of texts are known by their first cells
            continue
        plain = pl.col(name).str.contains(PLAIN) & ~pl.col(name).is_in(list(missing))
        asks += [plain.all().alias(f"p{name}"), pl.col(name).count().alias(f"n{name}")]
    (known,) = frame.select(asks).collect(engine="streaming").to_dicts() if asks else ({},)
    plain_texts = (name for name in texts if known.get(f"p{name}") and known[f"n{name}"])
    return frozenset((*(name for name in typed if name not in texts), *plain_texts))


def coded_columns(file: TableFile | ScannedFile, plain: Collection[str]) -> frozenset[str]:
    """Those of the `plain` columns of texts that hold codes: a number is not written with a nought before it, `01001`."""
    if (frame := _in_lists(file)) is not None:
        return frozenset(name for name in plain if any(_CODE.match(cell or "") for cell in frame[name]))
    import polars as pl

    texts = [name for name in plain if name not in file.typed]
    asks = (pl.col(name).cast(pl.String).str.contains(CODE).any().alias(name) for name in texts)
    (known,) = file.native.lazy().select(asks).collect(engine="streaming").to_dicts() if texts else ({},)
    return frozenset(name for name in texts if known[name])


def rewritten(
    file: TableFile | ScannedFile, changes: Mapping[str, Mapping[str, str | None]]
) -> TableFile | ScannedFile:
    """The file with texts of some columns in the place of others; what `changes` does not name stays."""
    if not changes:
        return file
    if (frame := _in_lists(file)) is not None and isinstance(file, TableFile):
        cells = {name: [of.get(cell, cell) for cell in frame[name]] for name, of in changes.items()}  # type: ignore[arg-type]
        return replace(file, frame=frame.with_columns(cells))
    import polars as pl

    columns = (
        pl.col(name).cast(pl.String).replace(list(of), list(of.values())) for name, of in changes.items()
    )
    if isinstance(file, TableFile):
        return replace(file, frame=TextFrame.of_polars(file.native.with_columns(columns)))
    few = {name: texts for name, texts in file.few.items() if name not in changes}
    return replace(file, frame=file.frame.with_columns(columns), few=few)


def _in_lists(file: TableFile | ScannedFile) -> TextFrame | None:
    """The frame of a file whose cells are held in lists."""
    return file.frame if isinstance(file, TableFile) and file.frame.small else None
