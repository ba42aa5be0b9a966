"""The rooms of the package import one way only, as `[tool.importlinter]` in pyproject.toml says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = re.compile(r"\b(utils?|helpers?|common|misc|manager)\b")
LIGHT = (
    "pandas",
    "pandera",
    "docx",
    "pdfplumber",
    "lxml",
    "xlsxwriter",
    "jinja2",
    "duckdb",
    "openpyxl",
    "pyarrow",
    "polars",
    "narwhals",
    "numpy",
)


def test_the_rooms_import_one_way() -> None:
    linted = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout


def test_modules_are_named_for_what_they_hold() -> None:
    named = [path.relative_to(ROOT).as_posix() for path in (ROOT / "audit").rglob("*.py")]
    assert [name for name in named if FORBIDDEN.search(name)] == []


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["check", str(ROOT)]])
def test_a_run_imports_nothing_heavy_that_it_does_not_need(arguments: list[str], tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from audit.cli import main\n"
        f"try: main({arguments!r})\n"
        f"except SystemExit: print([name for name in {LIGHT!r} if name in sys.modules], file=sys.stderr)"
    )
    environment = {"XDG_CACHE_HOME": str(tmp_path), "PATH": ""}
    for _ in range(2):  # the second run remembers the report, and needs no engine
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=environment
        )
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_records_that_never_change_are_all_defined_alike() -> None:
    written = [
        path for path in (ROOT / "audit").rglob("*.py") if "@dataclass(frozen=True" in path.read_text("utf-8")
    ]
    assert written == [], "define them with audit.model.frozen, which a short run does not wait for"
