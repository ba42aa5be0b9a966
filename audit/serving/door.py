"""The door of the server: every request passes here first, and every answer leaves here."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from audit.serving.entrance import HEADERS, Entrance


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
