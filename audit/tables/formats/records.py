"""JSON: a list of records, one of them a line (.jsonl, .ndjson), or an object with such a list in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from audit.files import decoded
from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.tables.formats.frames import of_columns
from audit.tables.formats.kinds import Source
from audit.tables.reading import TableFile


def read(source: Source, asked: Asked) -> Iterator[TableFile]:
    """The tables of a file: the list itself, else every list of records that the object has."""
    text = decoded(source.content, source.shown)
    try:
        content = (
            json.loads(text, parse_float=Decimal) if source.path.suffix.lower() == ".json" else
            [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]
        )  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise InputError(
            "{path}: is no JSON ({problem}).", path=source.shown, problem=str(error)[:120]
        ) from None
    found = {"": content} if _are_records(content) else {
        name: value for name, value in content.items() if _are_records(value)
    } if isinstance(content, dict) else {}  # fmt: skip
    for name, records in found.items():
        if not asked.sheet or name == asked.sheet:
            yield of_columns(
                _columns(records, source), source, asked, name=name or source.path.stem, sheet=name
            )


def _are_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _columns(records: list[dict[str, Any]], source: Source) -> dict[str, Any]:
    names = dict.fromkeys(name for record in records for name in record)
    for number, record in enumerate(records, 1):
        nested = next((name for name, value in record.items() if isinstance(value, dict | list)), None)
        if nested is not None:
            raise InputError("{path}: “{name}” of record {number} is a list or a record, not a cell; write one value a cell.",
                             path=source.shown, name=nested, number=number)  # fmt: skip
    return {name: [record.get(name) for record in records] for name in names}
