"""What every answer is made of: who asked in which language, what was asked, and JSON, pages and assets to answer with."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from audit.model.phrase import Language
from audit.reporting.html import style
from audit.serving.paper import PAGE, draft_script, start_script, template
from audit.serving.told import refused
from audit.serving.visitors import Draft, Visitor

_SMALL = 64 * 1024
"""Bytes of a question at most."""


def own(request: Request, visitor: Visitor) -> Draft:
    """The visitor's file of that id; `Refused` for what is not theirs as for what is not there."""
    draft = visitor.drafts.get(request.path_params["id"])
    if draft is None:
        raise refused("there is no such file here.", 404)
    return draft


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
