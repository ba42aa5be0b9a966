"""The Python of the READMEs runs as it stands, from a folder with the files that it names."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from audit.cli import main

ROOT = Path(__file__).parents[2]
RULES = """
- id: own.sum
  title: {zh: 各区之和等于全市, en: The districts add up to the city}
  for_each: [indicator]
  hierarchy: region
  check: whole == sum(parts)
"""
FRAME = pd.DataFrame(
    {"indicator": ["labs"] * 3, "region": ["city", "east", "west"], "value": [5.0, 2.0, 3.0]}
)


def blocks(name: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)


def test_both_readmes_show_the_same_code() -> None:
    english, chinese = (
        [re.sub(r"#.*|message\.\w+", "", block) for block in blocks(name)]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert [block.split() for block in english] == [block.split() for block in chinese]
    assert len(english) >= 3


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_code_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my-rules.yaml").write_text(RULES, encoding="utf-8")
    assert CliRunner().invoke(main, ["init", "my-plans"]).exit_code == 0
    here: dict[str, Any] = {"frame": FRAME}
    ran = 0
    for block in blocks(name):
        if "great_expectations" in block and importlib.util.find_spec("great_expectations") is None:
            continue  # .ci/run tries these where it is installed
        exec(compile(block, name, "exec"), here)
        ran += 1
    assert ran >= 2 and here["report"].summary.holds == 1
    assert "audit_rule" in Path("schema.yaml").read_text("utf-8")
    if "result" in here:
        assert here["result"].success and Path("report.html").exists()
