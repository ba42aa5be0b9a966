"""Cells as a Table Schema says that they are written: missing values, separators of thousands, numbers with signs.

Frictionless Table Schema version 1, sections “Missing Values” and “number”; CSV Dialect version 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.model.text_frame import Cell
from audit.tables.formats.asked import Asked
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from pathlib import Path

_NOT_BARE = re.compile(r"^[^\d.+-]*(.*?)[^\d]*$", re.DOTALL)
"""What stands around a number that is not bare: a currency, a unit, a per cent sign."""

_PLAIN: Mapping[str, Any] = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
"""What a CSV dialect has where it says nothing; how its lines end is seen in any case."""


def is_plain(dialect: Mapping[str, Any], encoding: str) -> bool:
    """Whether a file is CSV in UTF-8 as the specification has it where nothing is said, or says what it has there."""
    said = {name: value for name, value in dialect.items() if name != "lineTerminator"}
    return said.items() <= _PLAIN.items() and encoding.lower().replace("_", "-") in (
        "",
        "utf-8",
        "utf8",
        "ascii",
        "us-ascii",
    )


def read_dialect(path: Path, shown: str, dialect: Mapping[str, Any], encoding: str) -> TableFile:
    """A table of a package that is not plain CSV: by its dialect and encoding, or in a format of its own."""
    from audit.tables.formats.kinds import tables_of
    from audit.tables.formats.scanned import whole

    csv = dialect.get("csv") if isinstance(dialect.get("csv"), dict) else dialect
    delimiter = csv.get("delimiter") if isinstance(csv, dict) else ""
    asked = Asked(delimiter=delimiter if isinstance(delimiter, str) else "", encoding=encoding, at=shown)
    return whole(tables_of(path, shown, asked)[0])


def inferred_schema(file: TableFile) -> tuple[TableFile, dict[str, Any]]:
    """The Table Schema of a table that has none: columns of numbers are such, and told where they were not plain."""
    from audit.tables.formats.scanned import whole
    from audit.tables.number_cells import numbers_in

    numbers = numbers_in(file, Asked())
    number = {"type": "number", "groupChar": ","}
    fields = [
        {"name": name, **(number if name in numbers.columns else {"type": "string"})}
        for name in file.frame.columns
    ]
    return whole(numbers.file), {"fields": fields}


def as_declared(file: TableFile, schema: Mapping[str, Any]) -> TableFile:
    """The table with blanks and numbers as the schema declares them to be written; other cells stay as they are."""
    missing = [str(value) for value in schema.get("missingValues", ()) if value != ""]
    fields = [field for field in schema["fields"] if field["name"] in file.frame.columns]
    changed: dict[str, list[Cell]] = {}
    for field in fields:
        otherwise = field.get("type") in ("number", "integer") and _is_written_otherwise(field)
        if missing or otherwise:
            cells = [None if cell in missing else cell for cell in file.frame[field["name"]]]
            changed[field["name"]] = [_number(cell, field) for cell in cells] if otherwise else cells
    return replace(file, frame=file.frame.with_columns(changed)) if changed else file


def _is_written_otherwise(field: Mapping[str, Any]) -> bool:
    return bool(
        field.get("groupChar") or field.get("decimalChar", ".") != "." or field.get("bareNumber") is False
    )


def _number(cell: str | None, field: Mapping[str, Any]) -> str | None:
    if cell is None:
        return None
    text = cell
    if field.get("bareNumber") is False:
        found = _NOT_BARE.match(text)
        text = found[1] if found and found[1] else text
    if group := field.get("groupChar"):
        text = text.replace(str(group), "")
    return text.replace(str(field.get("decimalChar") or "."), ".")
