"""Values of typed sources as the text of cells: exact, and with as many decimals as the column shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

_DIGITS = 15
"""How many digits a binary number surely holds (IEEE 754 double: 15.95); more are the noise of its base."""
MOST_PLACES = 6
"""Decimals to which the other numbers of a column are filled up; a column of longer ones was not rounded."""


def text_of_value(value: object) -> str | None:
    """A value as the text of a cell; None for a blank, an infinite number or none (NaN)."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _of_float(value)
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value).strip() or None


def _of_float(value: float) -> str | None:
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return f"{Decimal(f'{value:.{_DIGITS}g}') + 0:f}" if value else "0"


def is_number(value: object) -> bool:
    """Whether a value is a number by its type, and not by what its text looks like."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def places_of(text: str | None) -> int:
    """How many decimals the text of a number has."""
    return len(text.partition(".")[2]) if text else 0


def with_places(
    texts: Sequence[str | None], values: Sequence[object], shown: Sequence[int | None] = ()
) -> list[str | None]:
    """The texts of a column, its binary numbers filled up with zeros to the decimals of the finest among them.

    A number that is stored as 12 beside 12.3 and 45.6 was written 12.0: a type keeps no zeros. `shown` are the decimals
    of each cell's own format, which count where there is one.
    """
    places = [places_of(t) if isinstance(v, float) else 0 for t, v in zip(texts, values, strict=True)]
    finest = max(places, default=0)
    if finest > MOST_PLACES:
        finest = 0
    found = list(texts)
    for at, (text, value) in enumerate(zip(texts, values, strict=True)):
        if text is None or not isinstance(value, float):
            continue
        own = shown[at] if at < len(shown) else None
        wanted = max(own if own is not None else finest, places[at])
        if wanted > places[at]:
            found[at] = text + ("." if not places[at] else "") + "0" * (wanted - places[at])
    return found
