"""Files that a user names: refused in a sentence where they are none, written whole, and never one for another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.files import content_of, keep_apart, text_of, write, write_new
from audit.model.errors import InputError

NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(lambda name: name not in (".", "..") and len(name.encode()) < 200)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin", ".", "absent.csv", "a\0b", "x" * 300])
def test_what_is_no_file_is_told_and_never_waited_for(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        content_of(tmp_path / name)
    assert str(told.value).endswith((".", ")."))


def test_a_pipe_that_nobody_writes_to_is_told_at_once(pipe: Path) -> None:
    with pytest.raises(InputError, match="is a folder, a pipe or a device"):
        content_of(pipe)


def test_no_more_is_read_than_the_bound(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 11)
    assert len(content_of(tmp_path / "f", most=11)) == 11
    with pytest.raises(InputError, match="larger than 10 bytes"):
        content_of(tmp_path / "f", most=10)


def test_a_byte_order_mark_is_no_text_and_other_bytes_are_told_by_place(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes("\ufeff值".encode())
    assert text_of(tmp_path / "f") == "值"
    (tmp_path / "f").write_bytes("规则".encode("gbk"))
    with pytest.raises(InputError, match="is not UTF-8 text at byte 0"):
        text_of(tmp_path / "f")


@given(NAMES, st.binary(max_size=50))
def test_what_was_written_is_read_back_whatever_the_name(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    write(folder / name, data)
    assert content_of(folder / name) == data
    assert os.listdir(folder) == [name]


def test_a_link_stays_a_link_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    write(tmp_path / "link.json", "new")
    assert (tmp_path / "link.json").is_symlink() and (tmp_path / "real.json").read_text() == "new"


def test_a_pipe_or_a_folder_is_never_replaced_by_a_file(pipe: Path, tmp_path: Path) -> None:
    for path in (pipe, tmp_path):
        with pytest.raises(InputError, match="cannot be written"):
            write(path, "x")
    assert pipe.is_fifo() and os.listdir(tmp_path) == ["pipe"]


def _hard(path: Path, to: Path) -> None:
    os.link(to, path)


def _soft(path: Path, to: Path) -> None:
    path.symlink_to(to)


@pytest.mark.parametrize("linked", [_hard, _soft])
def test_an_input_is_known_by_any_of_its_names(tmp_path: Path, linked) -> None:
    plan = tmp_path / "plan.html"
    plan.write_text("x")
    linked(tmp_path / "other.html", plan)
    for output in (plan, tmp_path / "." / "plan.html", tmp_path / "other.html"):
        with pytest.raises(InputError, match="is read by this run"):
            keep_apart([output], [plan])
    keep_apart([tmp_path / "report.html"], [plan])


def test_two_outputs_are_two_files_also_before_they_are_there(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(InputError, match="are the same file"):
        keep_apart([tmp_path / "r.json", tmp_path / "sub" / ".." / "r.json"], [])
    keep_apart([tmp_path / "r.json", tmp_path / "sub" / "r.json"], [])


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    files = {Path("a/b.csv"): b"1", Path("c.md"): b"2"}
    assert write_new(tmp_path / "new" / "folder", files) == (Path("a/b.csv"), Path("c.md"))
    assert sorted(p.name for p in (tmp_path / "new").rglob("*")) == ["a", "b.csv", "c.md", "folder"]


def test_in_a_folder_that_is_there_nothing_else_is_touched(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mine.txt").write_text("mine")
    write_new(tmp_path, {Path("a/b.csv"): b"1"})
    assert {p.name for p in tmp_path.rglob("*")} == {"a", "mine.txt", "b.csv"}
    with pytest.raises(InputError, match=r"a/b\.csv is already there"):
        write_new(tmp_path, {Path("a/b.csv"): b"2", Path("z.csv"): b"2"})
    assert not (tmp_path / "z.csv").exists()


def test_what_was_moved_is_taken_back_when_the_rest_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, calls = os.rename, []

    def second_fails(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", second_fails)
    with pytest.raises(InputError, match="No space left"):
        write_new(tmp_path, {Path("a/b.csv"): b"1", Path("c.md"): b"2"})
    assert os.listdir(tmp_path) == []


def test_what_breaks_off_while_it_is_made_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise ZeroDivisionError

    path = tmp_path / "report.json"
    path.write_text("before", "utf-8")
    with pytest.raises(ZeroDivisionError):
        write(path, broken())
    assert path.read_text("utf-8") == "before" and [*tmp_path.iterdir()] == [path]
    write(path, (piece for piece in ("a", "b")))
    assert path.read_text("utf-8") == "ab"
