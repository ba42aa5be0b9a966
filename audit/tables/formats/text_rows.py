"""The rows of a text, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from audit.model.errors import InputError
from audit.tables.reading import LONGEST_LINE


def text_rows(
    texts: Iterable[str], delimiter: str, shown: str, before: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """The lines and cells of the rows of a text that comes in pieces of whole lines, `before` other lines of its file.

    Raises `InputError` where a quote is not closed or something stands behind a closed one.
    """
    csv.field_size_limit(LONGEST_LINE * 2)
    lines = (line for text in texts for line in io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = before + 1
    try:
        for cells in reader:
            yield line, cells
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            "{path}:{line}: is not CSV ({problem}); check the quotes.",
            path=shown, line=before + reader.line_num, problem=error,
        ) from None  # fmt: skip
