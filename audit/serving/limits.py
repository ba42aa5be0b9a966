"""What one server takes on: how much, how long, how many at once."""

from __future__ import annotations

import os

from audit.model.frozen import frozen

MB = 2**20


@frozen
class Limits:
    """`file` and `all_files` are bytes, of one file and of all that are kept; `files` how many a visitor has.

    `upload`, `reading` and `answer` are seconds: for a file to arrive, to be read and checked, and for a question about
    it. A file with scanned pages may take `reading` for each of these, but no more than `longest` in all. `memory` are
    the bytes that a worker may take besides its program. `at_once` files are read at the same time, `kept` workers wait
    for questions. A visitor who was idle for `idle` seconds is forgotten with all files, and so is the longest idle of
    more than `visitors`.
    """

    file: int = 50 * MB
    all_files: int = 1024 * MB
    files: int = 40
    upload: float = 120
    reading: float = 300
    longest: float = 3600
    answer: float = 30
    memory: int = 2048 * MB
    at_once: int = os.cpu_count() or 1
    kept: int = 6
    visitors: int = 100
    idle: float = 4 * 3600
