"""How two versions differ, as text, JSON, Markdown or a page; each a pure function of a `Difference`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from audit.model.difference import Difference
from audit.model.phrase import Language
from audit.reporting import format_for

FORMATS = {"text": ".txt", "json": ".json", "markdown": ".md", "html": ".html"}


class Render(Protocol):
    """What every format module gives as `render`."""

    def __call__(self, difference: Difference, *, language: Language) -> str: ...


def renderer(name: str) -> Render:
    """The `render` function of the format called `name`; its module is loaded now."""
    return cast(Render, import_module(f"audit.reporting.difference.{name}").render)


def format_of(path: Path) -> str:
    """The name of the format that the suffix of `path` asks for; InputError when no format has it."""
    return format_for(path, {name: (suffix,) for name, suffix in FORMATS.items()})
