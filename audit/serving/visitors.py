"""Who visits the server, and the files that each of them brought; nobody sees another's."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from audit.model.phrase import Language, Phrase
from audit.serving.limits import Limits
from audit.serving.reader import Reader

State = Literal["waiting", "reading", "ready", "refused"]
WAITING = Phrase("排队等候", "waiting for its turn")


@dataclass(eq=False)
class Draft:
    """A file that a visitor brought: where it lies, how far it is read, and the worker that has it open, if any.

    `told` is the step being done, or why nothing came of it; `totals` what was found.
    """

    id: str
    name: str
    folder: Path
    size: int
    state: State = "waiting"
    told: Phrase = WAITING
    totals: dict[str, Any] = field(default_factory=dict)
    decisions: list[dict[str, str]] = field(default_factory=list)
    reader: Reader | None = None
    asked: float = 0

    def shown(self, language: Language) -> dict[str, Any]:
        """The draft in the list of files."""
        totals = self.totals or {"sentence": {language: ""}, "open": 0, "figures": 0}
        return {
            "id": self.id, "name": self.name, "state": self.state, "told": self.told.in_(language),
            "sentence": totals["sentence"][language], "open": totals["open"], "figures": totals["figures"],
        }  # fmt: skip


@dataclass(eq=False)
class Visitor:
    """Somebody's browser, with their files by id."""

    id: str
    language: Language
    drafts: dict[str, Draft] = field(default_factory=dict)
    seen: float = field(default_factory=time.monotonic)


class Visitors:
    """All visitors by the secret of their cookie; their files lie below `folder`."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._known: dict[str, Visitor] = {}

    def arrived(self, language: Language) -> Visitor:
        """A new visitor."""
        visitor = Visitor(secrets.token_urlsafe(24), language)
        self._known[visitor.id] = visitor
        return visitor

    def known(self, cookie: str | None) -> Visitor | None:
        """The visitor with this cookie, seen now."""
        visitor = self._known.get(cookie or "")
        if visitor is not None:
            visitor.seen = time.monotonic()
        return visitor

    def drafts(self) -> Iterator[Draft]:
        """The files of everybody."""
        for visitor in self._known.values():
            yield from visitor.drafts.values()

    def brought(self, visitor: Visitor, name: str) -> Draft:
        """A new file of a visitor, with a folder of its own that holds nothing yet."""
        identity = secrets.token_urlsafe(12)
        folder = self._folder / identity
        folder.mkdir(mode=0o700)
        visitor.drafts[identity] = draft = Draft(identity, name, folder, 0)
        return draft

    async def left(self, visitor: Visitor, draft: Draft) -> None:
        """Take a file away, with its worker and its folder."""
        visitor.drafts.pop(draft.id, None)
        await forgotten(draft)

    async def sweep(self) -> None:
        """Forget who was idle too long, and the longest idle where there are too many."""
        by_time = sorted(self._known.values(), key=lambda one: one.seen, reverse=True)
        for at, visitor in enumerate(by_time):
            if at >= self._limits.visitors or time.monotonic() - visitor.seen > self._limits.idle:
                del self._known[visitor.id]
                for draft in tuple(visitor.drafts.values()):
                    await self.left(visitor, draft)


async def forgotten(draft: Draft) -> None:
    """End the worker of a file and delete the file."""
    if draft.reader is not None:
        await draft.reader.end()
        draft.reader = None
    shutil.rmtree(draft.folder, ignore_errors=True)
