"""The settings `[tables.NAME]`: how one table is read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit.model.errors import InputError, Term
from audit.model.nearest import nearest
from audit.tables.formats.asked import Asked, Unpivot

_NAMES = (
    "file", "url", "sheet", "table", "query", "head", "encoding", "delimiter", "key", "numbers", "missing", "unpivot",
)  # fmt: skip
_UNPIVOT = ("columns", "into", "value")


def asked_of(name: str, settings: Mapping[str, Any], folder: Path, at: str) -> Asked:
    """What a table of settings says; its paths are below `folder`. Raises `InputError` for a setting that is none."""
    _require_known(settings, _NAMES, f"{at} [tables.{name}]")
    place = f"{at} [tables.{name}]"

    def text(key: str) -> str:
        return _text(settings[key], key, place) if key in settings else ""

    given = [key for key in ("file", "url") if key in settings]
    if len(given) != 1:
        raise InputError("{at}: a table has either a file or a url; give one of them.", at=place)
    return Asked(
        name=name, file=_below(folder, text("file")) if text("file") else None, url=text("url"),
        sheet=text("sheet") or text("table"), query=text("query"), head=_rows(settings.get("head", []), place),
        encoding=text("encoding"), delimiter=text("delimiter"), key=_texts(settings.get("key", []), "key", place),
        numbers=_numbers(settings.get("numbers", {}), place),
        missing=_texts(settings.get("missing", []), "missing", place),
        unpivot=_unpivot(settings["unpivot"], place) if "unpivot" in settings else None, at=place,
    )  # fmt: skip


def _below(folder: Path, file: str) -> Path:
    """A file of a folder, without the steps back up that its path can do without."""
    path = folder / file
    plain = Path(os.path.normpath(path))
    return plain if plain.resolve() == path.resolve() else path


def _unpivot(value: Any, at: str) -> Unpivot:
    if isinstance(value, str | list):
        value = {"columns": value}
    if not isinstance(value, dict) or "columns" not in value:
        raise _wrong("unpivot", Term('the columns, as in {columns = "2015..2024", into = "period"}'), at)
    _require_known(value, _UNPIVOT, f"{at} unpivot")
    return Unpivot(
        columns=_texts(value["columns"], "unpivot.columns", at),
        into=_texts(value.get("into", "period"), "unpivot.into", at),
        value=_text(value.get("value", "value"), "unpivot.value", at),
    )


def _require_known(settings: Mapping[str, Any], known: tuple[str, ...], at: str) -> None:
    for name in settings:
        if name not in known:
            raise InputError("{at}: there is no setting “{name}”; the nearest is {nearest}.",
                             at=at, name=name, nearest=nearest(name, known))  # fmt: skip


def _text(value: Any, name: str, at: str) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise _wrong(name, Term("a text"), at)
    return value


def _texts(value: Any, name: str, at: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value, name, at),)
    if not isinstance(value, list):
        raise _wrong(name, Term("a text or a list of texts"), at)
    return tuple(_text(one, name, at) for one in value)


def _rows(value: Any, at: str) -> tuple[int, ...]:
    rows = value if isinstance(value, list) else [value]
    if not all(
        isinstance(row, int) and not isinstance(row, bool) and row > 0 for row in rows
    ) or rows != sorted({*rows}):
        raise _wrong("head", Term("the number of a row, or of several in order"), at)
    return tuple(rows)


def _numbers(value: Any, at: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(unit, str) for unit in value.values()):
        raise _wrong("numbers", Term('units by column, as in {share = "%"}'), at)
    return dict(value)


def _wrong(name: str, expected: Term, at: str) -> InputError:
    return InputError("{at}: “{name}” should be {expected}.", at=at, name=name, expected=expected)
