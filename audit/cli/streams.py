"""Standard output and error as this program uses them: UTF-8 whatever the locale, and patient with their readers."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO

from audit.model.errors import InputError


class _Outlet(io.RawIOBase):
    """The file of a standard stream.

    Where nobody reads any more (`audit … | head -1`), or nobody ever did (`>&-`), bytes are dropped: the answer is the
    exit code, and that stays right. What cannot be written for another reason (a full disk) is an `InputError`, once,
    where the stream is the answer.
    """

    def __init__(self, below: Any, *, answer: bool) -> None:
        super().__init__()
        self._below = below
        self._answer = answer
        self._lost = below is None

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._below is not None and bool(self._below.isatty())

    def fileno(self) -> int:
        if self._below is None:
            raise OSError("closed")
        return int(self._below.fileno())

    def write(self, data: Any) -> int:
        if self._lost:
            return len(data)
        try:
            return int(self._below.write(data) or 0)
        except OSError as error:
            self._lost = True
            if self._answer and not isinstance(error, BrokenPipeError):
                raise InputError(
                    "standard output cannot be written to ({reason}); the answer is not whole.",
                    reason=error.strerror,
                ) from None
            return len(data)


def open_streams() -> None:
    """Let `sys.stdout` and `sys.stderr` be such streams."""
    sys.stdout = _stream(sys.stdout, answer=True)
    sys.stderr = _stream(sys.stderr, answer=False)


def _stream(given: TextIO | None, *, answer: bool) -> TextIO:
    if given is None:  # the number of a closed stream must not become that of the next file opened
        os.open(os.devnull, os.O_WRONLY)
    buffer = getattr(given, "buffer", None)
    outlet = _Outlet(getattr(buffer, "raw", buffer), answer=answer)
    return io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding="utf-8",
        errors="backslashreplace",
        newline="",
        line_buffering=True,
    )


def names_are_utf8() -> bool:
    """Whether names of files and the command line are read as UTF-8."""
    return sys.getfilesystemencoding().lower().replace("-", "") == "utf8"
