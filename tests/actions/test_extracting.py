"""Plans read into tables: whole, accepted by a check, and checked as the plans themselves are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.actions.checking import check
from audit.actions.extracting import extract_to
from audit.model.report import Report
from audit.workspace.configuration import Configuration
from audit.workspace.sources import document_id
from tests.workspace.command import REPOSITORY

DRAFTS = REPOSITORY / "tests" / "data" / "draft"
TEXT = """关于印发云浦区建设方案的通知
一、主要目标
到2026年，建设研发机构30家，其中高新园12家、临港园18家。人均水平达到3.5万元/人，用地/产出比2.1。
二、重点任务
（一）平台建设。新增平台5个，（责任单位：区科技局；;区财政局）
"""


@pytest.fixture(autouse=True)
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def checked(source: Path) -> Report:
    return check(Configuration(sources=(source,)), everything=True).complete


@pytest.mark.parametrize("name", ["draft.txt", "draft.docx", "draft.html", "draft.pdf"])
def test_the_tables_of_a_draft_give_the_report_of_the_draft(tmp_path: Path, name: str) -> None:
    extract_to([DRAFTS / name], tmp_path / "w")
    draft, tables = checked(DRAFTS / name), checked(tmp_path / "w")
    assert tables.summary == draft.summary
    assert [(f.id, f.severity, f.certain, f.message) for f in tables.findings] == [
        (f.id, f.severity, f.certain, f.message) for f in draft.findings
    ]
    assert any(not finding.certain for finding in tables.findings)
    used = [[(use.cell.id, use.checks) for use in report.figures] for report in (draft, tables)]
    assert used[0] == used[1]


@pytest.mark.parametrize(
    "name",
    ["a b.txt", "区计划；草案.txt", "a;b.txt", "tab\there.txt", " .txt", "a\nb.txt", "（一）plan.v2.txt"],
)
def test_whatever_a_plan_is_called_its_tables_are_accepted(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, "utf-8")
    extract_to([tmp_path / name], tmp_path / "w")
    assert checked(tmp_path / "w").summary == checked(tmp_path / name).summary


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=30))
def test_the_id_of_a_document_holds_nothing_that_ids_of_figures_are_built_with(name: str) -> None:
    found = document_id(Path(f"{name}.txt"))
    assert found and not any(character.isspace() or character in "/;\\" for character in found)
    found.encode()


def test_plans_of_one_id_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    for name in ("a b.txt", "a-b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    with pytest.raises(Exception, match="two plans are called a-b"):
        extract_to([tmp_path / "a b.txt", tmp_path / "a-b.txt"], tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_a_workspace_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    written = Path.write_bytes

    def full_disk(path: Path, data: bytes) -> int:
        if "clauses" in path.parts:
            raise OSError(28, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(Exception, match="No space left"):
        extract_to([tmp_path / "a.txt"], tmp_path / "w")
    assert sorted(os.listdir(tmp_path)) == ["a.txt"]
