"""What the server answers: pages, files that arrive, questions about them, files to take away."""

from __future__ import annotations

import asyncio
import contextlib
import json
import mimetypes
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config

from audit.model.phrase import Language
from audit.reporting.html import chinese, quiet, style
from audit.serving.entrance import HEADERS, Entrance
from audit.serving.limits import Limits
from audit.serving.paper import PAGE, draft_script, labels, start_script, template
from audit.serving.readers import Readers
from audit.serving.told import Refused, refused
from audit.serving.uploads import TABLES, TAKEN, arrive, harmless_name, too_large
from audit.serving.visitors import Draft, Visitor, Visitors
from audit.wording import words

SAMPLE = Path(__file__).parent / "sample" / "sample.docx"
_SMALL = 64 * 1024
"""Bytes of a question at most."""
_LONGEST, _MOST_PARTS = 400, 200
Answer = Callable[[Request, Visitor], Awaitable[Response]]


class Service:
    """The routes of one server, over its visitors and its workers."""

    def __init__(
        self,
        entrance: Entrance,
        folder: Path,
        *,
        limits: Limits,
        workspace: Path | None,
        language: Language | None,
    ) -> None:
        self._entrance = entrance
        self._limits = limits
        self._workspace = workspace
        self._language = language
        self.visitors = Visitors(folder, limits)
        self.readers = Readers(limits, workspace)
        self._work: set[asyncio.Task[None]] = set()

    def app(self) -> ASGIApp:
        """The application, behind its door."""
        routes = [
            Route("/", self._start),
            Route("/assets/{name}", self._known(self._asset)),
            Route("/drafts", self._known(self._list)),
            Route("/drafts", self._known(self._bring), methods=["POST"]),
            Route("/sample", self._known(self._bring_sample), methods=["POST"]),
            Route("/drafts/{id}", self._known(self._page)),
            Route("/drafts/{id}", self._known(self._leave), methods=["DELETE"]),
            Route("/drafts/{id}/try", self._known(self._try), methods=["POST"]),
            Route("/drafts/{id}/decisions", self._known(self._decide), methods=["POST"]),
            Route("/drafts/{id}/compare", self._known(self._compare), methods=["POST"]),
            Route("/drafts/{id}/rule", self._known(self._rule), methods=["POST"]),
            Route("/drafts/{id}/files/{name}", self._known(self._file)),
        ]
        return Door(Starlette(routes=routes, lifespan=self._life), self._entrance)

    @contextlib.asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        self.readers.ready()
        sweeping = asyncio.create_task(self._sweep())
        try:
            yield
        finally:
            for task in (sweeping, *self._work):
                task.cancel()
            await self.readers.end()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(60)
            await self.visitors.sweep()

    def _known(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """An answer for visitors that were let in; what is refused is told as JSON in both languages."""

        async def answered(request: Request) -> Response:
            visitor = self._visitor(request)
            if visitor is None:
                return locked()
            try:
                return await answer(request, visitor)
            except Refused as told:
                return as_json({"zh": told.phrase.zh, "en": told.phrase.en}, told.status)
            except ClientDisconnect:
                return Response(status_code=400)

        return answered

    def _visitor(self, request: Request) -> Visitor | None:
        return self.visitors.known(request.cookies.get(self._entrance.cookie))

    async def _start(self, request: Request) -> Response:
        """The first page; with the key of the server's address a cookie is given and the key leaves the address."""
        visitor = self._visitor(request)
        key = request.query_params.get("key")
        if key is not None:
            if not self._entrance.opens(key):
                return locked()
            visitor = visitor or self.visitors.arrived(self._language or spoken(request))
            response = RedirectResponse("/", 303)
            response.set_cookie(self._entrance.cookie, visitor.id, httponly=True, samesite="strict", path="/")
            return response
        if visitor is None:
            return locked()
        language = asked_language(request, visitor)
        data = {
            "language": language, "words": chinese(start_script()), "taken": TAKEN, "most": self._limits.file,
            "drafts": self._shown(visitor),
        }  # fmt: skip
        _ = words(language)
        told = _("Nothing is kept after the server is closed, and nothing leaves this machine.")
        if self._workspace is not None:
            told = _("Compared with the plans in {folder}; decisions are kept there. Nothing leaves this machine.",
                     folder=self._workspace.as_posix())  # fmt: skip
        page = template("start.html").render(
            language=language, lang="zh-CN" if language == "zh" else "en", other="en" if language == "zh" else "zh",
            labels=labels(_), told=told, data=quiet(json.dumps(data, ensure_ascii=False)),
        )  # fmt: skip
        return Response(page, media_type="text/html")

    async def _asset(self, request: Request, _visitor: Visitor) -> Response:
        content = assets().get(request.path_params["name"])
        if content is None:
            return Response(status_code=404)
        return Response(content[0], media_type=content[1])

    def _shown(self, visitor: Visitor) -> list[dict[str, Any]]:
        return [draft.shown(visitor.language) for draft in reversed(visitor.drafts.values())]

    async def _list(self, _request: Request, visitor: Visitor) -> Response:
        return as_json(self._shown(visitor))

    async def _bring(self, request: Request, visitor: Visitor) -> Response:
        """A file arrives, named by `?name=`; it is read when it is its turn."""
        name = harmless_name(request.query_params.get("name", ""))
        if int(request.headers.get("content-length") or 0) > self._limits.file:
            raise too_large(self._limits.file)
        draft = self._room(visitor, name)
        try:
            draft.size = await arrive(
                request.stream(), draft.folder / name, self._limits.file, self._limits.upload
            )
        except BaseException:
            await self.visitors.left(visitor, draft)
            raise
        return self._to_read(visitor, draft)

    async def _bring_sample(self, _request: Request, visitor: Visitor) -> Response:
        name = ("示例草案" if visitor.language == "zh" else "sample draft") + SAMPLE.suffix
        draft = self._room(visitor, name)
        shutil.copyfile(SAMPLE, draft.folder / name)
        return self._to_read(visitor, draft)

    def _room(self, visitor: Visitor, name: str) -> Draft:
        """A place for another file of a visitor; `Refused` where there are too many."""
        if len(visitor.drafts) >= self._limits.files:
            raise refused("you have {count} files here, which is the most; remove some first.", 429,
                          count=self._limits.files)  # fmt: skip
        if sum(draft.size for draft in self.visitors.drafts()) > self._limits.all_files:
            raise refused("this server has no room for more files now; remove some, or come back later.", 429)
        return self.visitors.brought(visitor, name)

    def _to_read(self, visitor: Visitor, draft: Draft) -> Response:
        task = asyncio.create_task(self.readers.read(visitor.id, draft))
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return as_json(draft.shown(visitor.language), 202)

    async def _leave(self, request: Request, visitor: Visitor) -> Response:
        await self.visitors.left(visitor, own(request, visitor))
        return Response(status_code=204)

    async def _page(self, request: Request, visitor: Visitor) -> Response:
        draft = own(request, visitor)
        language = asked_language(request, visitor)
        if draft.state == "refused":
            return RedirectResponse("/", 303)
        served = {
            "id": draft.id,
            "name": draft.name,
            "marks": draft_suffix(draft),
            "keeps": self._workspace is not None,
            "others": [
                one.shown(language)
                for one in visitor.drafts.values()
                if one is not draft and one.state == "ready"
            ],
        }
        content = await self.readers.ask(visitor.id, draft, "page", language=language, **served)
        return Response(content, media_type="text/html")

    async def _try(self, request: Request, visitor: Visitor) -> Response:
        draft = own(request, visitor)
        edits = await question(request, {"edits": dict})
        tried = {str(name): str(value)[:200] for name, value in edits["edits"].items()}
        if not 0 < len(tried) <= 50:
            raise refused("write a number to try, like 1650.")
        return as_json(await self.readers.ask(visitor.id, draft, "attempt", edits=tried))

    async def _decide(self, request: Request, visitor: Visitor) -> Response:
        draft = own(request, visitor)
        names = ("finding", "category", "reason", "by", "until")
        asked = await question(request, dict.fromkeys(names, str))
        decision = {name: asked[name][:1000] for name in names}
        answer = await self.readers.ask(visitor.id, draft, "decide", decision=decision)
        if self._workspace is None:
            draft.decisions = [one for one in draft.decisions if one["finding"] != decision["finding"]] + [
                decision
            ]
        draft.totals = json.loads(answer)
        return as_json(answer)

    async def _compare(self, request: Request, visitor: Visitor) -> Response:
        draft = own(request, visitor)
        other = visitor.drafts.get((await question(request, {"with": str}))["with"])
        if other is None:
            raise refused("there is no such file here.", 404)
        answer = await self.readers.ask(
            visitor.id, draft, "compare", old=str(other.folder / other.name), language=visitor.language
        )
        return as_json(answer)

    async def _rule(self, request: Request, visitor: Visitor) -> Response:
        """A rule said in words is tried, and kept where that is asked for; then the file is read again with it."""
        draft = own(request, visitor)
        texts = ("title", "because", "dimension", "says", "whole", "severity")
        asked = await question(request, {**dict.fromkeys(texts, str), "parts": list, "keep": bool})
        statement = {name: asked[name][:_LONGEST] for name in texts}
        parts = [str(part)[:_LONGEST] for part in asked["parts"][:_MOST_PARTS]]
        answer = await self.readers.ask(
            visitor.id, draft, "rule", statement={**statement, "parts": parts}, keep=asked["keep"]
        )
        if asked["keep"] and draft.reader is not None:
            await draft.reader.end_when_idle()
        return as_json(answer)

    async def _file(self, request: Request, visitor: Visitor) -> Response:
        draft = own(request, visitor)
        name = request.path_params["name"]
        if name not in offered(draft):
            return Response(status_code=404)
        content = await self.readers.ask(visitor.id, draft, "file", name=name, language=visitor.language)
        saved = quote(f"{Path(draft.name).stem}.{name}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(
            content, media_type=kind, headers={"content-disposition": f"attachment; filename*=UTF-8''{saved}"}
        )


def configured(app: ASGIApp) -> Config:
    """How the server is run: nothing is logged (an address holds the key), no proxy is believed, no web sockets."""
    return Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none", lifespan="on",
        limit_concurrency=200, timeout_keep_alive=20, timeout_graceful_shutdown=2,
    )  # fmt: skip


class Door:
    """Every request passes here first, and every answer gets the headers that keep it safe."""

    def __init__(self, inner: ASGIApp, entrance: Entrance) -> None:
        self._inner = inner
        self._entrance = entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._inner(scope, receive, send)
            return

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        doubled = len({name for name, _ in scope["headers"]} & {b"host", b"origin"}) != sum(
            name in (b"host", b"origin") for name, _ in scope["headers"]
        )
        reason = self._entrance.refuses(scope["method"], scope["path"], headers)
        if doubled or reason:
            await Response(f"refused: {reason or 'Host'}\n", 403, media_type="text/plain")(
                scope, receive, guarded
            )
            return
        await self._inner(scope, receive, guarded)


def own(request: Request, visitor: Visitor) -> Draft:
    """The visitor's file of that id; `Refused` for what is not theirs as for what is not there."""
    draft = visitor.drafts.get(request.path_params["id"])
    if draft is None:
        raise refused("there is no such file here.", 404)
    return draft


def draft_suffix(draft: Draft) -> str:
    """How the marked draft ends, where it can be given back as it came; else blank."""
    suffix = Path(draft.name).suffix
    return suffix if suffix in (".docx", ".pdf") else ""


def offered(draft: Draft) -> tuple[str, ...]:
    """The files that can be taken away."""
    reports = ("report.html", "report.docx", "report.xlsx", "report.json")
    if Path(draft.name).suffix in TABLES:
        return reports
    suffix = draft_suffix(draft)
    return (*reports, "tables.zip", "marked.html", *((f"marked{suffix}",) if suffix else ()))


async def question(request: Request, shape: dict[str, type]) -> dict[str, Any]:
    """The JSON that was asked, with these names and types; `Refused` for anything else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _SMALL:
            raise refused("the question is too long.", 413)
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or any(
        not isinstance(asked.get(name), kind) for name, kind in shape.items()
    ):
        raise refused("the question cannot be understood; load the page again.", 400)
    return asked


def asked_language(request: Request, visitor: Visitor) -> Language:
    """The language of a page, which `?lang=` changes from then on."""
    if (asked := request.query_params.get("lang")) in ("zh", "en"):
        visitor.language = cast(Language, asked)
    return visitor.language


def spoken(request: Request) -> Language:
    """The language of a browser: Chinese where it prefers that to English."""
    preferred = request.headers.get("accept-language", "").lower()
    chinese_at, english_at = preferred.find("zh"), preferred.find("en")
    return "zh" if chinese_at >= 0 and (english_at < 0 or chinese_at < english_at) else "en"


def as_json(content: Any, status: int = 200) -> Response:
    """An answer in JSON; bytes are JSON already."""
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return Response(body, status, media_type="application/json")


def locked() -> Response:
    """What somebody gets who was not let in."""
    return Response(template("locked.html").render(), 403, media_type="text/html")


@cache
def assets() -> dict[str, tuple[str, str]]:
    """Scripts and style sheets with their types, by name."""
    sheet = (PAGE / "serving.css").read_text("utf-8")
    return {
        "draft.js": (draft_script(), "text/javascript"),
        "start.js": (start_script(), "text/javascript"),
        "icon.svg": ((PAGE / "icon.svg").read_text("utf-8"), "image/svg+xml"),
        "page.css": (style() + sheet, "text/css"),
    }
