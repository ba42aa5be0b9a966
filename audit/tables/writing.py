"""Tables written as CSV, and folders of files that come whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from audit.model.errors import InputError


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 CSV with a header and LF line ends; None is a blank cell, a truth is true or false."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([as_cell(value) or "" for value in row] for row in rows)
    return text.getvalue().encode()


def as_cell(value: object) -> str | None:
    """A value as it stands in a table; None for a blank."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def write_new(folder: Path, files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write files below `folder` and give their paths, relative to it and sorted.

    They are made aside first, so that they come whole or not at all. `InputError` where one is already there (nothing
    is written then) or where the folder cannot be written.
    """
    for name in files:
        if (folder / name).exists():
            raise InputError(
                "{path} is already there and is never overwritten; choose another folder.",
                path=(folder / name).as_posix(),
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".audit-") as aside:
            for name, content in files.items():
                target = Path(aside) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.rename(Path(aside) / name, folder / name)
    except OSError as error:
        raise InputError(
            "{path} cannot be written ({reason}); choose another folder.",
            path=folder.as_posix(), reason=error.strerror,
        ) from None  # fmt: skip
    return tuple(sorted(files))
