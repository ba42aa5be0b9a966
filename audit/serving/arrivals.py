"""The first page, and the files that arrive there."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from audit.reporting.html import chinese, quiet
from audit.serving.answers import as_json, asked_language, own
from audit.serving.limits import Limits
from audit.serving.paper import labels, start_script, template
from audit.serving.readers import Readers
from audit.serving.told import refused
from audit.serving.uploads import TAKEN, arrive, harmless_name, too_large
from audit.serving.visitors import Draft, Visitor, Visitors
from audit.wording import words

SAMPLE = Path(__file__).parent / "sample" / "sample.docx"


class Arrivals:
    """Shows the first page and takes files in; each is read when it is its turn."""

    def __init__(self, visitors: Visitors, readers: Readers, limits: Limits, workspace: Path | None) -> None:
        self._visitors = visitors
        self._readers = readers
        self._limits = limits
        self._workspace = workspace
        self._work: set[asyncio.Task[None]] = set()

    def cancel(self) -> None:
        """Read no further."""
        for task in self._work:
            task.cancel()

    async def page(self, request: Request, visitor: Visitor) -> Response:
        """The first page."""
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

    def _shown(self, visitor: Visitor) -> list[dict[str, Any]]:
        return [draft.shown(visitor.language) for draft in reversed(visitor.drafts.values())]

    async def listed(self, _request: Request, visitor: Visitor) -> Response:
        """The files of a visitor and how far each is."""
        return as_json(self._shown(visitor))

    async def bring(self, request: Request, visitor: Visitor) -> Response:
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
            await self._visitors.left(visitor, draft)
            raise
        return self._to_read(visitor, draft)

    async def bring_sample(self, _request: Request, visitor: Visitor) -> Response:
        """The sample arrives as a file of the visitor's own."""
        name = ("示例草案" if visitor.language == "zh" else "sample draft") + SAMPLE.suffix
        draft = self._room(visitor, name)
        shutil.copyfile(SAMPLE, draft.folder / name)
        return self._to_read(visitor, draft)

    def _room(self, visitor: Visitor, name: str) -> Draft:
        """A place for another file of a visitor; `Refused` where there are too many."""
        if len(visitor.drafts) >= self._limits.files:
            raise refused("you have {count} files here, which is the most; remove some first.", 429,
                          count=self._limits.files)  # fmt: skip
        if sum(draft.size for draft in self._visitors.drafts()) > self._limits.all_files:
            raise refused("this server has no room for more files now; remove some, or come back later.", 429)
        return self._visitors.brought(visitor, name)

    def _to_read(self, visitor: Visitor, draft: Draft) -> Response:
        task = asyncio.create_task(self._readers.read(visitor.id, draft))
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return as_json(draft.shown(visitor.language), 202)

    async def leave(self, request: Request, visitor: Visitor) -> Response:
        """A file is taken away."""
        await self._visitors.left(visitor, own(request, visitor))
        return Response(status_code=204)
