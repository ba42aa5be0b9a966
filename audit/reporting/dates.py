"""The date that stands in a report: what SOURCE_DATE_EPOCH says, never the clock."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from audit.model.errors import InputError

PACKED = datetime(1980, 1, 1)
"""The earliest date a zip archive can hold; packed formats use it where nothing else is known."""


def stamp(environment: Mapping[str, str] = os.environ) -> datetime | None:
    """The date of the report in UTC; none without SOURCE_DATE_EPOCH, InputError when that is no number.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            "SOURCE_DATE_EPOCH should be a number of seconds since 1970, not {value}; unset or correct it.",
            value=seconds,
        ) from None
