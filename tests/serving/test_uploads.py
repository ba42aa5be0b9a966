"""Files are bounded in size, kind, time and memory; one that is too much is told in a sentence and harms no other."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.serving.reader import Reader
from audit.serving.told import Refused
from audit.serving.uploads import TAKEN, arrive, harmless_name
from tests.serving.visiting import QUICK, SAMPLE, Guest, ran, served

PLAN = "全市投资10亿元，其中东区6亿元、西区5亿元。".encode()


@given(st.text(min_size=1), st.sampled_from(TAKEN))
def test_a_name_never_leaves_its_folder(stem: str, suffix: str) -> None:
    name = harmless_name(stem + suffix)
    assert Path(name).name == name and not name.startswith((".", "-", " ")) and len(name) < 100
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name) and name.lower().endswith(suffix)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a.exe", "a", "", ".docx/..", "a.docx.lnk", "a.doc", "a.svg", "a.zip"]
)
def test_only_kinds_that_are_read_are_taken(name: str) -> None:
    with pytest.raises(Refused) as told:
        harmless_name(name)
    assert told.value.status == 415 and ".docx" in told.value.phrase.zh


@pytest.mark.parametrize("name", ["CON.txt", "nul.docx", "com1.csv", "....txt", "  .md"])
def test_names_that_a_system_takes_for_something_else_are_changed(name: str) -> None:
    assert harmless_name(name).startswith("file")


def test_too_much_is_refused_whether_it_is_announced_or_not(tmp_path: Path) -> None:
    with served(tmp_path, limits=replace(QUICK, file=1000)) as entrance:
        guest = Guest(entrance).enter()
        assert guest.bring("a.txt", b"x" * 2000).status == 413
        assert guest.ask("POST", "/drafts?name=b.txt", b"", Content_Length="999999999").status == 413
        chunked = b"400\r\n" + b"x" * 1024 + b"\r\n0\r\n\r\n"
        own = f"127.0.0.1:{entrance.port}"
        with socket.create_connection(("127.0.0.1", entrance.port)) as line:
            head = (
                f"POST /drafts?name=c.txt HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\n"
                f"Cookie: {guest.cookie}\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            line.sendall(head.encode() + chunked)
            assert b"413" in line.recv(100)
        assert guest.drafts() == {} and not any(tmp_path.iterdir())


def test_a_file_that_does_not_arrive_in_time_is_given_up(tmp_path: Path) -> None:
    async def slowly():  # type: ignore[no-untyped-def]
        yield b"x"
        await asyncio.sleep(10)
        yield b"y"

    with pytest.raises(Refused) as told:
        ran(arrive(slowly(), tmp_path / "a.txt", 100, 0.1))
    assert told.value.status == 408


def test_only_so_many_files_are_kept(tmp_path: Path) -> None:
    with served(tmp_path, limits=replace(QUICK, files=1)) as entrance:
        guest = Guest(entrance).enter()
        assert guest.bring("a.txt", PLAN).status == 202
        refused = guest.bring("b.txt", PLAN)
        assert refused.status == 429 and "most" in refused.json["en"]


def test_what_is_wrong_with_a_file_is_told_in_a_sentence_without_a_path(tmp_path: Path) -> None:
    with served(tmp_path) as entrance:
        guest = Guest(entrance).enter()
        assert guest.bring("empty.txt", b"").status == 422
        guest.bring("picture.docx", b"\x89PNG....")
        told = guest.settled("picture.docx")
        assert (
            told["state"] == "refused"
            and "picture.docx" in told["told"]
            and str(tmp_path) not in told["told"]
        )
        assert guest.ask("GET", f"/drafts/{told['id']}").status == 303


def test_a_worker_that_takes_too_long_is_killed_and_others_are_not(tmp_path: Path) -> None:
    with served(tmp_path, limits=replace(QUICK, reading=0.01)) as entrance:
        guest = Guest(entrance).enter()
        guest.bring("slow.txt", PLAN)
        told = guest.settled("slow.txt")
        assert told["state"] == "refused" and "seconds" in told["told"]
        assert guest.ask("GET", "/").status == 200


def test_a_worker_that_takes_too_much_memory_ends_in_a_sentence(tmp_path: Path) -> None:
    with served(tmp_path, limits=replace(QUICK, memory=3 * 2**20)) as entrance:
        guest = Guest(entrance).enter()
        guest.bring("large.docx", (SAMPLE / "draft.docx").read_bytes())
        told = guest.settled("large.docx")
        assert told["state"] == "refused" and "memory" in told["told"]
        assert guest.ask("GET", "/").status == 200


def test_a_worker_that_breaks_is_told_and_replaced() -> None:
    async def broken() -> str:
        reader = await Reader.start(2**30)
        asking = asyncio.create_task(
            reader.ask("open", 30, folder=".", name="x.txt", workspace=None, decisions=[])
        )
        reader._process.kill()
        with pytest.raises(Refused) as told:
            await asking
        assert not reader.alive
        return told.value.phrase.en

    assert "stopped" in ran(broken())


def test_workers_end_with_the_server_and_the_oldest_give_way(tmp_path: Path) -> None:
    names = [f"{n}.txt" for n in range(2)]
    with served(tmp_path, limits=replace(QUICK, kept=1)) as entrance:
        guest = Guest(entrance).enter()
        for name in names:
            guest.bring(name, PLAN)
        drafts = [guest.settled(name) for name in names]
        assert {draft["state"] for draft in drafts} == {"ready"}
        for draft in drafts:  # the first is read again
            assert guest.ask("GET", f"/drafts/{draft['id']}").status == 200
        workers = _workers(tmp_path)
        assert 1 <= len(workers) <= 2
    deadline = time.monotonic() + 5
    while _workers(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _workers(tmp_path)


def _workers(folder: Path) -> list[str]:
    """The processes that work in a folder below this one, where the system tells."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str((process / "cwd").readlink()).startswith(str(folder)):
                found.append(process.name)
        except OSError:
            continue
    return found
