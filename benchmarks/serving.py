"""How `audit serve` bears a crowd: `python benchmarks/serving.py [UPLOADS] [PAGES]` (20 uploads of 50 pages).

One visitor brings all uploads but one at once, another one plan right after. Printed: how long until the first, the
median and the last plan was read, how long the second visitor waited and behind how many plans of the first; how fast
the first page answered meanwhile; and how fast a number tried in a plan of that size is answered (300 ms is too slow: exit
code 1, as when the second visitor waited for more than half of the first one's plans).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import json  # noqa: E402
import re  # noqa: E402

import uvicorn  # noqa: E402

from audit.serving.entrance import Entrance  # noqa: E402
from audit.serving.limits import Limits  # noqa: E402
from audit.serving.server import listening  # noqa: E402
from audit.serving.service import Service, configured  # noqa: E402

PAGE = 700
"""Characters of a page of a Chinese plan."""
TOO_SLOW = 0.3


def plan(pages: int, seed: int) -> bytes:
    """A plan of so many pages: sections with figures, parts and totals, shares and growth."""
    sections = [f"行动计划{seed}\n"]
    number = 0
    while sum(map(len, sections)) < pages * PAGE:
        number += 1
        a, b, c = 100 + number * seed % 90, 40 + number % 30, 20 + number % 17
        sections.append(
            f"（{number}）项目{number}\n到2026年，工程{number}投资{a + b + c}亿元，其中东区{a}亿元、西区{b}亿元、北区{c}亿元。"
            f"园区{number}企业达到{a * 10}家，2025年达到{a * 9}家。"
            "坚持创新驱动、企业主体、开放协同，推动科技创新和产业创新深度融合，健全工作机制，压实工作责任，"
            * 2
            + "确保各项任务落到实处。\n"
        )
    return "".join(sections).encode()


class Visitor:
    """A browser that was let in."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._cookie = ""
        self._cookie = (
            self.ask("GET", f"/?key={entrance.key}", whole=True).getheader("set-cookie", "").partition(";")[0]
        )

    def ask(self, method: str, path: str, body: bytes | None = None, whole: bool = False) -> Any:
        own = f"{self._entrance.host}:{self._entrance.port}"
        connection = HTTPConnection(self._entrance.host, self._entrance.port, timeout=600)
        headers = {"Host": own, "Cookie": self._cookie, "Origin": f"http://{own}"}
        connection.request(
            method, path, body, headers if method != "GET" else {**headers, "Origin": headers["Origin"]}
        )
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response if whole else content

    def drafts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.ask("GET", "/drafts"))
        return found


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(uploads: int, pages: int) -> int:
    with tempfile.TemporaryDirectory() as folder, listening("127.0.0.1", 0) as listener:
        entrance = Entrance("127.0.0.1", listener.getsockname()[1])
        service = Service(entrance, Path(folder), limits=Limits(), workspace=None, language="en")
        server = uvicorn.Server(configured(service.app()))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        much, little = Visitor(entrance), Visitor(entrance)
        begun = time.perf_counter()
        for number in range(uploads - 1):
            much.ask("POST", f"/drafts?name=plan{number}.txt", plan(pages, number + 1))
        little.ask("POST", "/drafts?name=mine.txt", plan(pages, uploads))
        done: list[float] = []
        waited, behind, page = 0.0, 0, [0.0]
        while True:
            page.append(timed(lambda: much.ask("GET", "/")))
            states = [draft["state"] for draft in much.drafts()]
            now = time.perf_counter() - begun
            done += [now] * (sum(state in ("ready", "refused") for state in states) - len(done))
            if not waited and little.drafts()[0]["state"] in ("ready", "refused"):
                waited, behind = now, len(done)
            if len(done) == uploads - 1 and waited:
                break
            time.sleep(0.25)
        refused = sum(draft["state"] == "refused" for draft in (*much.drafts(), *little.drafts()))
        draft = little.drafts()[0]
        shown = little.ask("GET", f"/drafts/{draft['id']}").decode()
        found = re.search(r'id="data">(.*?)</script>', shown, re.S)
        figures = list(json.loads(found[1])["anchors"]) if found else []
        tried = [
            timed(lambda name=name: little.ask("POST", f"/drafts/{draft['id']}/try", json.dumps({"edits": {name: "7"}}).encode()))  # type: ignore[misc]
            for name in figures[:: max(1, len(figures) // 15)]
        ]  # fmt: skip
        server.should_exit = True
        thread.join(20)
    attempt = statistics.median(tried)
    print(f"{uploads} uploads of {pages} pages, {refused} refused")
    print(f"read after: first {done[0]:.1f} s, median {statistics.median(done):.1f} s, last {done[-1]:.1f} s")
    print(f"the second visitor waited {waited:.1f} s, behind {behind} of {uploads - 1} plans of the first")
    print(
        f"the first page meanwhile: median {statistics.median(page) * 1000:.0f} ms, slowest {max(page) * 1000:.0f} ms"
    )
    print(
        f"a number tried among {len(figures)} figures: median {attempt * 1000:.0f} ms, slowest {max(tried) * 1000:.0f} ms"
    )
    return int(attempt > TOO_SLOW or behind > uploads // 2 or refused > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in [*sys.argv[1:3], *("20", "50")[len(sys.argv) - 1 :]])))
