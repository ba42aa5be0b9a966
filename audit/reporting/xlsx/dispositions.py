"""What an auditor decided about findings, read back from the working paper."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from audit.diagnosis.waivers import CATEGORIES
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import LANGUAGES
from audit.reporting.labels import category_label
from audit.wording import words

DISPOSITIONS = ("correct", *CATEGORIES)
"""What an auditor can decide about a finding; all but the first are reasons for a waiver."""
_HEAD_ROWS = 10


@frozen
class Disposition:
    """One finding as decided: `category` is one of DISPOSITIONS, `until` an ISO date or blank."""

    id: str
    rule: str
    category: str
    note: str
    by: str
    until: str
    row: int


def read_dispositions(path: Path) -> tuple[Disposition, ...]:
    """The findings of a working paper that have a disposition, in the order of the sheet.

    The findings sheet is known by its heads, in either language; sheets and columns may have been moved or renamed
    otherwise. Raises InputError for a file that is no such working paper and for a disposition that is not known.
    """
    sheet, rows = _findings_sheet(path)
    heads, numbered = None, enumerate(rows, start=1)
    for row, values in numbered:
        heads = _columns(values)
        if heads or row >= _HEAD_ROWS:
            break
    assert heads is not None
    found = []
    for row, values in numbered:
        told = {name: _text(values[place]) if place < len(values) else "" for name, place in heads.items()}
        if told["disposition"]:
            category = _category(told.pop("disposition"), path, sheet, row)
            found.append(Disposition(category=category, row=row, **told))
    return tuple(found)


def _findings_sheet(path: Path) -> tuple[str, list[Sequence[Any]]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # data bars and the like, which nothing here looks at
            workbook = load_workbook(path, read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            if any(_columns(values) for values in sheet.iter_rows(max_row=_HEAD_ROWS, values_only=True)):
                return sheet.title, list(sheet.iter_rows(values_only=True))
    except FileNotFoundError:
        raise InputError("there is no file {path}: check the name and the folder", path=str(path)) from None
    except Exception as fault:  # openpyxl lets whatever its parsers raise through
        raise InputError(
            "{path} cannot be read as an Excel workbook ({fault}); save it as .xlsx and try again.",
            path=str(path),
            fault=str(fault) or type(fault).__name__,
        ) from None
    raise InputError(
        "{path} has no sheet with the columns “{id}” and “{disposition}”; use a workbook that audit wrote.",
        path=str(path),
        id=words("en")("finding id"),
        disposition=words("en")("disposition"),
    )


def _columns(values: Sequence[Any]) -> dict[str, int] | None:
    """Where each column is, when `values` are the heads of a findings sheet."""
    for language in LANGUAGES:
        _ = words(language)
        heads = {
            "id": _("finding id"),
            "rule": _("rule id"),
            "disposition": _("disposition"),
            "note": _("note of the auditor"),
            "by": _("decided by"),
            "until": _("valid until"),
        }
        texts = [_text(value) for value in values]
        if heads["id"] in texts and heads["disposition"] in texts:
            return {name: texts.index(head) if head in texts else len(texts) for name, head in heads.items()}
    return None


def _category(text: str, path: Path, sheet: str, row: int) -> str:
    for category in DISPOSITIONS:
        if text.lower() in (
            category,
            *(category_label(category, words(lang)).lower() for lang in LANGUAGES),
        ):
            return category
    raise InputError(
        "{path}, sheet {sheet}, row {row}: the disposition “{text}” is not known; use one of {known}.",
        path=str(path),
        sheet=sheet,
        row=row,
        text=text,
        known=", ".join(f"{category_label(name, words('zh'))} ({name})" for name in DISPOSITIONS),
    )


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    return "" if value is None else str(value).strip()
