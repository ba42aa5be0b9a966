"""What MkDocs calls when it builds the site: the pages that are written and those that are made are laid together."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # MkDocs loads this file by its path

from docs.making.pages import made_pages, made_rules  # noqa: E402

LAID = ROOT / "build/pages"


def on_config(config: Any) -> Any:
    """The pages are taken from the folder where all are laid; every rule has its place in the navigation."""
    if config.docs_dir == str(LAID):  # the second language of the same build
        return config
    shutil.rmtree(LAID, ignore_errors=True)
    shutil.copytree(config.docs_dir, LAID)
    for path, text in made_pages().items():
        (LAID / path).parent.mkdir(parents=True, exist_ok=True)
        (LAID / path).write_text(text, "utf-8")
    config.docs_dir = str(LAID)
    families = list(made_rules("en"))
    config.nav.append({"Rules": ["rules/index.md", *({title: paths} for title, paths in families)]})
    (chinese,) = [one for one in config.plugins["i18n"].config.languages if one.locale == "zh"]
    told = zip(families, made_rules("zh"), strict=True)
    chinese.nav_translations |= {title: translated for (title, _), (translated, _) in told}
    return config
