"""The docs are true: every block of code on every page has been run, and what it prints is what stands there.

`AUDIT_UPDATE_GOLDEN=1 pytest tests/docs` writes the outputs into the pages anew.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.docs.page_runner import BLOCK, GX, Page

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs/pages"
EVERY = sorted(path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.md"))


@pytest.mark.parametrize("name", EVERY)
def test_what_a_page_shows_is_what_happens(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (PAGES / name).read_text("utf-8")
    python = [block["body"] for block in BLOCK.finditer(text) if block["language"] == "python"]
    if not GX and any("great_expectations" in body for body in python):
        pytest.skip("Great Expectations is not installed; .ci/run tries this page where it is")
    (tmp_path / "here").mkdir()
    if "examples/" in text:
        shutil.copytree(ROOT / "examples", tmp_path / "here/examples")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if name.startswith("zh/") else "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")
    now = Page(name).done(text)
    if os.environ.get("AUDIT_UPDATE_GOLDEN"):
        (PAGES / name).write_text(now, "utf-8")
    assert text == now, f"AUDIT_UPDATE_GOLDEN=1 pytest tests/docs brings {name} up to date"


@pytest.mark.parametrize("name", [name for name in EVERY if name.startswith("zh/")])
def test_both_languages_show_the_same_commands(name: str) -> None:
    ours, english = (
        [line for block in BLOCK.finditer((PAGES / page).read_text("utf-8")) for line in block["body"].splitlines()
         if line.startswith("$ ")]
        for page in (name, name.replace("zh/", "en/", 1))
    )  # fmt: skip
    assert ours == english
