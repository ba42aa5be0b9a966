"""The rows of a text, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from audit.model.errors import InputError
from audit.tables.reading import LONGEST_LINE


class TextRows:
    """The rows of a text that comes in pieces of whole lines, up to where a row ends with a piece: lines and cells.

    `before` is how many lines of the file stand before the next row. What iterates raises `InputError` where a quote is
    not closed or something stands behind a closed one.
    """

    def __init__(self, texts: Iterable[str], delimiter: str, shown: str, before: int = 0) -> None:
        self.before = before
        self._texts, self._delimiter, self._shown = texts, delimiter, shown
        self._within = False

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(LONGEST_LINE * 2)
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        start = self.before
        try:
            for cells in reader:
                line, self.before, self._within = self.before + 1, start + reader.line_num, False
                yield line, cells
        except csv.Error as error:
            raise InputError(
                "{path}:{line}: is not CSV ({problem}); check the quotes.",
                path=self._shown, line=start + reader.line_num, problem=error,
            ) from None  # fmt: skip

    def _lines(self) -> Iterator[str]:
        for text in self._texts:
            for line in io.StringIO(text, newline=""):
                self._within = True
                yield line
            if not self._within:
                return
