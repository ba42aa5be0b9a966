"""Every JSON that audit prints is as its published schema says, and every schema names all the kinds that there are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from click.testing import CliRunner

import audit.reporting as reporting
from audit.cli import main
from audit.diagnosis.linting.lint import LintKind
from audit.diagnosis.mutation.slips import Slip
from audit.model.cause import CauseKind
from audit.model.difference import FigureKind, RelationKind, RowKind

ROOT = Path(__file__).parents[2]
FOLDER = Path(reporting.__file__).parent / "schemas"
DRAFT = "青山市行动计划\n\n一、目标\n\n（一）到2026年，全市高新技术企业达到300家。\n\n"
DRAFT += "二、任务\n\n（一）到2026年，全市高新技术企业达到{}家。\n"
CONTRADICTING = """
- {id: a.one, title: t, table: votes, check: cast > 5}
- {id: a.two, title: t, table: votes, check: cast < 3}
- {id: a.three, title: t, table: votes, check: cast > 4}
"""


def schema(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


def kinds(value: object) -> list[list[str]]:
    """Every enumeration in a schema."""
    if isinstance(value, dict):
        own = [value["enum"]] if isinstance(value.get("enum"), list) else []
        return own + [found for part in value.values() for found in kinds(part)]
    return [found for part in value for found in kinds(part)] if isinstance(value, list) else []


def said(name: str, folder: Path) -> str:
    """What a command prints in the format of a schema."""
    old, new, rules = folder / "old.txt", folder / "new.txt", folder / "rules.yaml"
    old.write_text(DRAFT.format(300), "utf-8")
    new.write_text(DRAFT.format(320), "utf-8")
    rules.write_text(CONTRADICTING, "utf-8")
    votes = str(ROOT / "examples/votes")
    command = {
        "audit-report-1": ["check", votes],
        "audit-difference-1": ["diff", str(old), str(new)],
        "audit-lint-1": ["rules", "lint", "-C", votes, "--rules", str(rules)],
        "audit-mutation-1": ["coverage", str(new), "--mutate"],
        "audit-try-1": ["try", f"{votes}/votes.csv:8.cast=5111", "-C", votes],
    }[name]
    done = CliRunner().invoke(main, [*command, "--format", "json"])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_what_is_printed_is_as_the_schema_says(name: str, tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    found = json.loads(said(name, tmp_path))
    jsonschema.validate(found, schema(name))
    assert found["schema"] == schema(name)["properties"]["schema"]["const"]
    assert schema(name)["$id"] == f"{name}.json"
    assert found.keys() <= schema(name)["properties"].keys()


@pytest.mark.parametrize(
    ("name", "known"),
    [("audit-report-1", CauseKind), ("audit-difference-1", FigureKind), ("audit-difference-1", RelationKind),
     ("audit-difference-1", RowKind), ("audit-lint-1", LintKind), ("audit-mutation-1", Slip)],
)  # fmt: skip
def test_a_schema_names_every_kind(name: str, known: object) -> None:
    assert list(get_args(known)) in kinds(schema(name))
