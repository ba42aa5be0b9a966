"""A row with cells written otherwise, and what else of the row follows: a figure is told in several columns.

The literal, the ends of the interval and the evidence follow the value, the id follows the key. A cell that is given
itself is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from audit.model.rows import figure_id
from audit.numbers.numerals import parse_cell
from audit.numbers.quantities import read_quantity
from audit.numbers.units import MULTIPLIERS

Row = Mapping[str, str | None]
_KEY = ("document", "region", "industry", "indicator", "period", "measure")
_SCALED = re.compile(rf"\d+(?:\.\d+)?(?P<scale>{'|'.join(MULTIPLIERS)})")
_MOST_DECIMALS = 4


def amended(row: Row, cells: Row) -> dict[str, str | None]:
    """The row with these cells and all that follows from them, where it is a row of figures.

    A value that is no number, and a literal that is none, are left to the schemas to refuse.
    """
    after = {**row, **cells}
    if not {"literal", "value"} <= after.keys():
        return after
    if "value" in cells and "literal" not in cells:
        after["literal"] = _literal(row.get("literal") or "", row.get("value"), after["value"])
    elif "literal" in cells and "value" not in cells:
        after["value"] = _value(after["literal"], after.get("unit"), row.get("value"))
    after |= {name: told for name, told in _interval(row, after).items() if name not in cells}
    if after["literal"] != row.get("literal"):
        after |= {name: told for name, told in _words(row, after).items() if name not in cells}
    if "id" in row and "id" not in cells:
        after["id"] = _identity(row, after)
    return after


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros at the end of its decimals."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(text: str | None) -> Decimal | None:
    found = parse_cell(text) if text else None
    return None if found is None else found.value


def _interval(row: Row, after: Row) -> dict[str, str | None]:
    """The ends moved along with the value; a range that becomes one number is that number alone."""
    old, new = _number(row.get("value")), _number(after.get("value"))
    ends = [name for name in ("low", "high") if name in row]
    if new is None:
        return {}
    if old is None:
        told: dict[str, str | None] = {"bound": "exact"} if "bound" in row else {}
        return told | dict.fromkeys(ends, plain(new))
    return {end: plain((_number(row[end]) or old) + new - old) for end in ends if row[end]}


def _literal(stated: str, before: str | None, value: str | None) -> str | None:
    """The value as it would be written, with the number word (万) that the literal had where that stays short."""
    old, new = _number(before), _number(value)
    scaled = _SCALED.fullmatch(stated)
    if scaled and old and new is not None:
        one = old / Decimal(stated.removesuffix(scaled["scale"]))
        written = new / one
        if written == round(written, _MOST_DECIMALS):
            return plain(written) + scaled["scale"]
    return value if new is None else plain(new)


def _value(literal: str | None, unit: str | None, before: str | None) -> str | None:
    try:
        value = read_quantity(literal or "", unit).value
    except ValueError:
        return before
    return None if value is None else plain(value)


def _words(row: Row, after: Row) -> dict[str, str | None]:
    """The evidence with the new literal where the old one stands in it once, and where the literal ends then."""
    old, new = row.get("literal") or "", after.get("literal") or ""
    evidence, start = row.get("evidence"), row.get("start")
    found: dict[str, str | None] = {}
    if evidence and old and evidence.count(old) == 1:
        found["evidence"] = evidence.replace(old, new)
    if start and start.isdigit() and row.get("end"):
        found["end"] = str(int(start) + len(new))
    return found


def _identity(row: Row, after: Row) -> str | None:
    """The id built from the key, if it was before; a mark of a key stated again (~2) stays."""
    stated = row.get("id") or ""
    if not set(_KEY) <= row.keys():
        return stated
    before, now = (figure_id(*(one.get(name) for name in _KEY)) for one in (row, after))
    return now + stated.removeprefix(before) if stated.startswith(before) else stated
