"""What is blank in a row of one's own table is deduced where the relations leave it one value, and nothing else is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from audit.cli import main

SHARED = Path(os.environ.get("AUDIT_SHARED", Path(__file__).parents[4] / "shared")) / "acceptance"
CASES: list[dict[str, Any]] = [
    {"rules": ["a + b == c", "c + d == e"], "cells": {"a": 3, "b": 4, "c": None, "d": None, "e": 12}, "expect": {"c": 7, "d": 5}},
    {"rules": ["a + b == c", "a >= 0", "b >= 0"], "cells": {"a": None, "b": None, "c": 0}, "expect": {"a": 0, "b": 0}},
    {"rules": ["a + b == c"], "cells": {"a": None, "b": None, "c": 9}, "expect": {}},
    {"rules": ["a + b == c", "a >= 0"], "cells": {"a": None, "b": 9, "c": 7}, "expect": {}},
    {"rules": ["a + b == c"], "cells": {"a": 6886, "b": -33, "c": 6919}, "kind": "sign", "expect": {"b": 33}},
]  # fmt: skip


def causes(folder: Path, cells: Mapping[str, int | None], rules: Sequence[str]) -> list[dict[str, Any]]:
    row = ",".join("" if value is None else str(value) for value in cells.values())
    (folder / "t.csv").write_text(f"id,{','.join(cells)}\nr1,{row}\n", "utf-8")
    numbers = ", ".join(f'{name} = ""' for name in cells)
    (folder / "audit.toml").write_text(
        f'[tables.t]\nfile = "t.csv"\nkey = ["id"]\nnumbers = {{{numbers}}}\n', "utf-8"
    )
    told = [{"id": f"r{number}", "title": rule, "check": rule} for number, rule in enumerate(rules)]
    (folder / "r.yaml").write_text(yaml.safe_dump(told), "utf-8")
    done = CliRunner().invoke(
        main, ["check", str(folder), "--rules", str(folder / "r.yaml"), "--format", "json"]
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)["causes"]
    return found


def shared(*names: str) -> list[Any]:
    files = [SHARED / name for name in names]
    if not all(file.exists() for file in files):
        return [pytest.param({}, marks=pytest.mark.skip(reason="the shared cases are not here"))]
    read = [case for file in files for case in yaml.safe_load(file.read_text("utf-8"))]
    wanted = [
        case for case in read if case.get("kind") is None or (case["kind"] == "sign" and case["expect"])
    ]
    return [pytest.param(case, id=case["id"]) for case in wanted]


@pytest.mark.parametrize("case", [*CASES, *shared("deduced.yaml", "signs.yaml")])
def test_what_follows_is_told_and_nothing_else(tmp_path: Path, case: dict[str, Any]) -> None:
    found = causes(tmp_path, case["cells"], case["rules"])
    expected = {name: str(value) for name, value in case["expect"].items()}
    if case.get("kind"):
        ways = [
            edits
            for cause in found
            for edits in (cause["edits"], *(a["edits"] for a in cause["alternatives"]))
        ]
        assert expected in [{edit["column"]: edit["to"] for edit in edits} for edits in ways]
        return
    deduced = [edit for cause in found if cause["kind"] == "blank" for edit in cause["edits"]]
    assert {edit["column"]: edit["to"] for edit in deduced} == expected
