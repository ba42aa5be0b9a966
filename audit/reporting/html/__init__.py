"""The report as one HTML file that needs nothing else: no network, no server; in Chinese and English.

The data stands in the page once, as JSON (`data.py`); the scripts in this folder draw it. A content security
policy lets only these scripts and this style sheet run, so no word of a plan can act.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.html.data import BOUNDS, pack
from audit.wording import words

__all__ = ["BOUNDS", "render"]

_FOLDER = Path(__file__).parent
SCRIPTS = (
    "dom",
    "store",
    "diagram",
    "findings",
    "summary",
    "texts",
    "tables",
    "figures",
    "pictures",
    "rules",
    "page",
)
_MESSAGE = re.compile(r'\b(?:_|plural)\(\s*"((?:[^"\\]|\\.)*)"')


def render(report: Report, *, language: Language, all_checks: bool = False, rest: str = "") -> str:
    """The whole page, opening in `language`; all checks and figures are always in it, to jump to, within `BOUNDS`: `rest` is
    the file of the others."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    script, sheet = scripts(), style()
    data = {"language": language, "words": chinese(script), **pack(report, rest)}
    _ = words(language)
    return environment.get_template("page.html.j2").render(
        lang="zh-CN" if language == "zh" else "en",
        title=_("Do the figures hold together?"),
        sentence=data["sentence"][language],
        counts=data["counts"][language],
        needs_script=_("This report needs JavaScript; the same findings are in the Excel and Word reports."),
        style=sheet,
        script=script,
        style_hash=_digest(sheet),
        script_hash=_digest(script),
        data=quiet(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
    )


@cache
def scripts() -> str:
    """All scripts of the page as one strict script."""
    return bundle(SCRIPTS)


@cache
def bundle(names: tuple[str, ...], more: tuple[Path, ...] = ()) -> str:
    """Scripts of this folder by their names, and `more` of another page behind them, as one strict script."""
    paths = (*(_FOLDER / f"{name}.js" for name in names), *more)
    parts = [path.read_text("utf-8") for path in paths]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def style() -> str:
    """The style sheet of the page."""
    return (_FOLDER / "page.css").read_text("utf-8")


def chinese(script: str) -> dict[str, str]:
    """The Chinese of every message in `script`, by its English."""
    _ = words("zh")
    messages = sorted({json.loads(f'"{found}"') for found in _MESSAGE.findall(script)})
    return {message: _(message) for message in messages}


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def quiet(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)
