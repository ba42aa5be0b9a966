"""Columns of numbers as exact vectors; each way of writing is read once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from audit.engine import exact
from audit.engine.exact import Booleans, Exact
from audit.engine.vocabulary import coded
from audit.model.frozen import frozen
from audit.numbers.numerals import parse_cell

PLAIN = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"
"""A plain decimal, as nearly all numbers are written."""
_PLAIN = re.compile(PLAIN.replace("$", r"\Z"))


@frozen(slots=False)
class NumberColumn:
    """A column as read: its `numbers`, missing where it is blank or `unread`.

    `written` are the decimals that each cell writes; numbers of a typed column were not written.
    """

    numbers: Exact
    unread: Booleans
    written: NDArray[np.int64] | None = None

    @cached_property
    def decimals(self) -> NDArray[np.int64]:
        """How many decimals each cell writes, else how many its number needs; less than none for `6e+05`."""
        if self.written is not None:
            return self.written
        return exact.decimals_of_each(self.numbers)


def read_texts(cells: Sequence[str | None]) -> NumberColumn:
    """Read texts, those that are written alike once."""
    texts = coded([None if cell is None else cell.strip() for cell in cells])
    read, way = [_read(text) for text in texts.texts], texts.codes.astype(np.int64)
    numbers = exact.of_decimals([value for value, _ in read])
    decimals = np.array([places for _, places in read], dtype=np.int64)
    unread = np.array(
        [text != "" and value is None for text, (value, _) in zip(texts.texts, read, strict=True)]
    )
    return NumberColumn(exact.take(numbers, way), unread[way], decimals[way])


def _read(text: str) -> tuple[Decimal | None, int]:
    """The number that a cell writes and how many decimals; none where there is no number."""
    if _PLAIN.match(text):
        return Decimal(text), len(text.partition(".")[2])
    number = parse_cell(text) if text else None
    return (None, 0) if number is None else (number.value, -number.step.adjusted())
