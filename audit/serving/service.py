"""The server's application: which request is answered by whom, for whom, and for how long."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp
from uvicorn import Config

from audit.model.phrase import Language
from audit.serving.answers import as_json, assets, locked, spoken
from audit.serving.arrivals import Arrivals
from audit.serving.asking import Asking
from audit.serving.door import Door
from audit.serving.entrance import Entrance
from audit.serving.limits import Limits
from audit.serving.readers import Readers
from audit.serving.told import Refused
from audit.serving.visitors import Visitor, Visitors

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
        self._language = language
        self.visitors = Visitors(folder, limits)
        self.readers = Readers(limits, workspace)
        self._arrivals = Arrivals(self.visitors, self.readers, limits, workspace)
        self._asking = Asking(self.readers, workspace)

    def app(self) -> ASGIApp:
        """The application, behind its door."""
        arrivals, asking, known = self._arrivals, self._asking, self._known
        routes = [
            Route("/", self._enter),
            Route("/assets/{name}", known(_asset)),
            Route("/drafts", known(arrivals.listed)),
            Route("/drafts", known(arrivals.bring), methods=["POST"]),
            Route("/sample", known(arrivals.bring_sample), methods=["POST"]),
            Route("/drafts/{id}", known(asking.page)),
            Route("/drafts/{id}", known(arrivals.leave), methods=["DELETE"]),
            Route("/drafts/{id}/try", known(asking.attempt), methods=["POST"]),
            Route("/drafts/{id}/decisions", known(asking.decide), methods=["POST"]),
            Route("/drafts/{id}/compare", known(asking.compare), methods=["POST"]),
            Route("/drafts/{id}/rule", known(asking.rule), methods=["POST"]),
            Route("/drafts/{id}/files/{name}", known(asking.file)),
        ]
        return Door(Starlette(routes=routes, lifespan=self._life), self._entrance)

    @contextlib.asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        self.readers.ready()
        sweeping = asyncio.create_task(self._sweep())
        try:
            yield
        finally:
            sweeping.cancel()
            self._arrivals.cancel()
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

    async def _enter(self, request: Request) -> Response:
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
        return await self._arrivals.page(request, visitor)


async def _asset(request: Request, _visitor: Visitor) -> Response:
    content = assets().get(request.path_params["name"])
    if content is None:
        return Response(status_code=404)
    return Response(content[0], media_type=content[1])


def configured(app: ASGIApp) -> Config:
    """How the server is run: nothing is logged (an address holds the key), no proxy is believed, no web sockets."""
    return Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none", lifespan="on",
        limit_concurrency=200, timeout_keep_alive=20, timeout_graceful_shutdown=2,
    )  # fmt: skip
