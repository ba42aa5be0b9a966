"""The cache keeps entries whole, for several processes, and does without when it must."""

from __future__ import annotations

import os
import re
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit.tables.cache import LIBRARIES, Cache, libraries, user_cache

DIGEST = "ab" * 32


def test_an_entry_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get("kind", DIGEST) is None
    cache.put("kind", DIGEST, b"content")
    assert cache.get("kind", DIGEST) == b"content"
    assert cache.get("other", DIGEST) is None


def test_writers_at_once_leave_one_whole_entry_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    content = os.urandom(200_000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: cache.put("kind", DIGEST, content), range(40)))
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [content]


def test_a_folder_that_cannot_be_used_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    cache.put("kind", DIGEST, b"content")
    assert cache.get("kind", DIGEST) is None


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "linux", "/x/audit"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "linux", "/h/.cache/audit"),
        ({"HOME": "/h"}, "linux", "/h/.cache/audit"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/audit"),
        ({}, "linux", None),
    ],
)
def test_the_folder_is_where_the_platform_keeps_caches(
    environment: dict[str, str], platform: str, expected: str | None
) -> None:
    folder = user_cache(environment, platform).folder
    assert (folder and folder.as_posix()) == expected


def _aged(path: Path, days: float) -> None:
    when = time.time() - days * 86_400
    os.utime(path, (when, when))


def test_what_was_long_not_asked_for_goes_and_the_oldest_while_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number, days in enumerate((100, 3, 2, 1, 0)):
        cache.put("kind", f"{number:x}f" * 32, b"x" * 100)
        _aged(tmp_path / "kind" / f"{number:x}f" / (f"{number:x}f" * 31), days)
    cache.prune(largest=250)
    assert [cache.get("kind", f"{number:x}f" * 32) is not None for number in range(5)] == [False] * 3 + [
        True
    ] * 2


def test_what_is_asked_for_stays_young(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("kind", DIGEST, b"x")
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    _aged(path, 59)
    assert cache.get("kind", DIGEST) == b"x"
    cache.prune(oldest=2 * 86_400)
    assert cache.get("kind", DIGEST) == b"x"


def test_keeping_many_prunes_without_being_asked(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("kind", "ff" * 32, b"x")
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    _aged(path, 61)
    for number in range(256):
        cache.put("other", f"{number:02x}" * 32, b"")
    assert not path.exists()


def test_every_library_that_is_declared_counts_in_the_digest() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[\[>]", name)[0].replace("-", "_") for name in project["dependencies"]}
    assert declared <= set(LIBRARIES)
    assert all(f"{name}-" in libraries().lower() for name in ("polars", "pandera", "pdfplumber", "lxml"))
