"""What an earlier run found is found again by content only."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from pathlib import Path

import pytest

from audit.actions import checking
from audit.actions.checking import check
from audit.cli import main
from audit.workspace.configuration import Configuration
from audit.workspace.last_run import remember_run
from audit.workspace.session import Session

CLONE = Path(__file__).parent.parent.parent
SUM = "zone-action-plan/自创区/未来型先导型产业/销售收入/2019/level"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(CLONE / "extracted", tmp_path / "plans" / "extracted")
    return tmp_path / "plans"


def found(workspace: Path, **settings: object) -> list[str]:
    report = check(Configuration(sources=(workspace,), severity="info", **settings)).report  # type: ignore[arg-type]
    return [finding.id for finding in report.findings]


def test_an_unchanged_workspace_gives_the_same_report(workspace: Path) -> None:
    first = check(Configuration(sources=(workspace,)))
    again = check(Configuration(sources=(workspace,)))
    assert again == first


def test_a_changed_figure_is_never_answered_from_memory(workspace: Path) -> None:
    before = found(workspace)
    table = workspace / "extracted" / "targets" / "zone-action-plan.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",1650,1650,1650,1650,", ",1850,1850,1850,1850,"), encoding="utf-8")
    after = found(workspace)
    assert len(set(after) - set(before)) >= 1
    table.write_text(text, encoding="utf-8")
    assert found(workspace) == before


def test_a_run_is_remembered_only_where_it_read_what_it_is_remembered_by(workspace: Path) -> None:
    table = workspace / "extracted" / "targets" / "zone-action-plan.csv"
    configuration = Configuration(sources=(workspace,))
    for written_to in (False, True):
        session = Session(configuration)
        assert session.basis is not None
        if written_to:
            table.write_text(table.read_text("utf-8") + "\n", encoding="utf-8")
        assert session.basis.was_read(session) is not written_to


def test_a_new_rule_counts_at_once(workspace: Path) -> None:
    before = found(workspace)
    (workspace / "rules").mkdir()
    rule = "- id: own.small\n  title: 小\n  where: {kind: target, unit: 亿元}\n  check: value < 1000\n"
    (workspace / "rules" / "own.yaml").write_text(rule, encoding="utf-8")
    assert len(found(workspace)) > len(before)


def test_a_broken_table_is_told_although_an_earlier_run_was_fine(workspace: Path) -> None:
    found(workspace)
    (workspace / "extracted" / "documents.csv").unlink()
    with pytest.raises(Exception, match="there is no such file"):
        found(workspace)


def test_a_damaged_entry_is_none(workspace: Path, tmp_path: Path) -> None:
    before = found(workspace)
    for entry in (tmp_path / "cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-20])
    assert found(workspace) == before


def test_rules_that_were_read_before_are_the_same_rules(workspace: Path, tmp_path: Path) -> None:
    before = found(workspace)
    shutil.rmtree(tmp_path / "cache" / "audit" / "checked-workspaces")
    assert any((tmp_path / "cache" / "audit" / "read-rules").rglob("*"))
    assert found(workspace) == before


def test_an_entry_that_would_call_something_is_none_and_calls_nothing(
    workspace: Path, tmp_path: Path
) -> None:
    class Call:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "called"),)

    before = found(workspace)
    call = pickle.dumps(Call())
    kinds = ("checked-workspaces", "last-runs", "read-rules", "resolved-plans")
    entries = [
        path for kind in kinds for path in (tmp_path / "cache" / "audit" / kind).rglob("*") if path.is_file()
    ]
    assert len(entries) == len(kinds)
    for entry in entries:
        entry.write_bytes(hashlib.sha256(call).hexdigest().encode() + b"\n" + call)
    assert found(workspace) == before
    assert not (tmp_path / "called").exists()


def test_what_a_run_came_to_is_kept_once_its_report_is_out(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out: list[tuple[bool, bool]] = []

    def remember(*run: object) -> None:
        out.append(("errors" in capsys.readouterr().out, (tmp_path / "r.json").exists()))
        remember_run(*run)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "remember_run", remember)
    told = ["check", str(workspace), "--lang", "en", "--quiet", "-o", str(tmp_path / "r.json")]
    for _ in range(2):
        with pytest.raises(SystemExit) as end:
            main(told)
        assert end.value.code == 1
    assert out == [(True, True)], "and nothing is kept anew of a run that is remembered"
