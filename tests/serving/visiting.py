"""A server in a thread of the tests, and somebody who visits it, as a browser would or otherwise."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pytest

from audit.serving.entrance import Entrance
from audit.serving.limits import Limits

T = TypeVar("T")
SAMPLE = Path(__file__).parents[1] / "data" / "draft"
QUICK = Limits(upload=20, reading=60, answer=30, at_once=2, kept=3)


def ran(work: Coroutine[Any, Any, T]) -> T:
    """What comes of work, in a loop and thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Guest:
    """Asks a server; `cookie` once let in. Sends Host and Origin as the server's own pages make a browser do."""

    entrance: Entrance
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None) -> Answer:
        own = f"{self.entrance.host}:{self.entrance.port}"
        sent: dict[str, str | None] = {"Host": own, "Cookie": self.cookie}
        if method not in ("GET", "HEAD"):
            sent["Origin"] = f"http://{own}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.entrance.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if body is not None and "Content-Length" not in sent:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, {n.lower(): v for n, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def enter(self) -> Guest:
        """Come in by the server's address."""
        answer = self.ask("GET", f"/?key={self.entrance.key}")
        assert answer.status == 303
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return self

    def bring(self, name: str, content: bytes) -> Answer:
        return self.ask("POST", f"/drafts?name={quote(name)}", content)

    def drafts(self) -> dict[str, dict[str, Any]]:
        return {draft["name"]: draft for draft in self.ask("GET", "/drafts").json}

    def settled(self, name: str) -> dict[str, Any]:
        """The file once it was read or refused."""
        for _ in range(600):
            draft = self.drafts()[name]
            if draft["state"] in ("ready", "refused"):
                return draft
            time.sleep(0.1)
        raise AssertionError(draft)

    def question(self, path: str, **asked: Any) -> Answer:
        return self.ask("POST", path, json.dumps(asked).encode())


@contextmanager
def served(
    folder: Path, *, limits: Limits = QUICK, workspace: Path | None = None, language: Any = "en"
) -> Iterator[Entrance]:
    """A server that keeps its files in `folder`."""
    uvicorn = pytest.importorskip("uvicorn", reason="the extra serve is not installed")
    pytest.importorskip("starlette", reason="the extra serve is not installed")
    from audit.serving.server import listening
    from audit.serving.service import Service, configured

    with listening("127.0.0.1", 0) as listener:
        entrance = Entrance("127.0.0.1", listener.getsockname()[1])
        service = Service(entrance, folder, limits=limits, workspace=workspace, language=language)
        server = uvicorn.Server(configured(service.app()))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield entrance
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()
