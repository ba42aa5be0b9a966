"""The cache keeps entries whole, for several processes, and does without when it must."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit.tables.cache import Cache, user_cache

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
