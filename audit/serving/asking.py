"""What is asked of one file that was brought: its page, other numbers, decisions, a comparison, a rule, what to take away."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from audit.serving.answers import as_json, asked_language, own, question
from audit.serving.readers import Readers
from audit.serving.told import refused
from audit.serving.uploads import TABLES
from audit.serving.visitors import Draft, Visitor

_LONGEST, _MOST_PARTS = 400, 200


class Asking:
    """Answers by what the worker of the file says."""

    def __init__(self, readers: Readers, workspace: Path | None) -> None:
        self._readers = readers
        self._workspace = workspace

    async def page(self, request: Request, visitor: Visitor) -> Response:
        """The file itself with its figures marked, beside what was found."""
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
        content = await self._readers.ask(visitor.id, draft, "page", language=language, **served)
        return Response(content, media_type="text/html")

    async def attempt(self, request: Request, visitor: Visitor) -> Response:
        """What other numbers would do."""
        draft = own(request, visitor)
        edits = await question(request, {"edits": dict})
        tried = {str(name): str(value)[:200] for name, value in edits["edits"].items()}
        if not 0 < len(tried) <= 50:
            raise refused("write a number to try, like 1650.")
        return as_json(await self._readers.ask(visitor.id, draft, "attempt", edits=tried))

    async def decide(self, request: Request, visitor: Visitor) -> Response:
        """A finding is accepted, disputed or marked for checking, with a reason."""
        draft = own(request, visitor)
        names = ("finding", "category", "reason", "by", "until")
        asked = await question(request, dict.fromkeys(names, str))
        decision = {name: asked[name][:1000] for name in names}
        answer = await self._readers.ask(visitor.id, draft, "decide", decision=decision)
        if self._workspace is None:
            draft.decisions = [one for one in draft.decisions if one["finding"] != decision["finding"]] + [
                decision
            ]
        draft.totals = json.loads(answer)
        return as_json(answer)

    async def compare(self, request: Request, visitor: Visitor) -> Response:
        """What differs from another file of the visitor."""
        draft = own(request, visitor)
        other = visitor.drafts.get((await question(request, {"with": str}))["with"])
        if other is None:
            raise refused("there is no such file here.", 404)
        answer = await self._readers.ask(
            visitor.id, draft, "compare", old=str(other.folder / other.name), language=visitor.language
        )
        return as_json(answer)

    async def rule(self, request: Request, visitor: Visitor) -> Response:
        """A rule said in words is tried, and kept where that is asked for; then the file is read again with it."""
        draft = own(request, visitor)
        texts = ("title", "because", "dimension", "says", "whole", "severity")
        asked = await question(request, {**dict.fromkeys(texts, str), "parts": list, "keep": bool})
        statement = {name: asked[name][:_LONGEST] for name in texts}
        parts = [str(part)[:_LONGEST] for part in asked["parts"][:_MOST_PARTS]]
        answer = await self._readers.ask(
            visitor.id, draft, "rule", statement={**statement, "parts": parts}, keep=asked["keep"]
        )
        if asked["keep"] and draft.reader is not None:
            await draft.reader.end_when_idle()
        return as_json(answer)

    async def file(self, request: Request, visitor: Visitor) -> Response:
        """A report, the tables, or the draft with its marks, to take away."""
        draft = own(request, visitor)
        name = request.path_params["name"]
        if name not in offered(draft):
            return Response(status_code=404)
        content = await self._readers.ask(visitor.id, draft, "file", name=name, language=visitor.language)
        saved = quote(f"{Path(draft.name).stem}.{name}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(
            content, media_type=kind, headers={"content-disposition": f"attachment; filename*=UTF-8''{saved}"}
        )


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
