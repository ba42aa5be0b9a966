"""Every row of a workspace is proved against its source, or told with file, line and column."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from audit.actions.proving import prove
from audit.model.errors import InputError
from audit.tables.package import read_package
from tests.tables.workspace import REPOSITORY, change, make

TEXT = (
    "全市规划（市政〔2030〕1号）\n到2032年，全市产值达到 30 亿元，其中东区12.5亿元以上。\n"
    "增速保持在3-5%。建设钢铁、化工2个产业。\n"
)
SHARED = Path(os.environ.get("AUDIT_SHARED", REPOSITORY.parent / "shared")) / "sources"


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A package whose rows all stand in `sources/plan.txt`."""
    make(tmp_path)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "plan.txt").write_bytes(TEXT.encode())
    targets = tmp_path / "targets.csv"
    for line, literal, evidence in (
        (2, "30", "产值达到 30 亿元"),
        (3, "12.5", "东区12.5亿元以上"),
        (4, "3-5", "增速保持在3-5%"),
    ):
        start = TEXT.index(evidence) + evidence.index(literal)
        place = {"start": str(start), "end": str(start + len(literal))}
        change(targets, line, literal=literal, evidence=evidence, **place)
    listed = TEXT.index("2个产业")
    change(
        tmp_path / "lists.csv",
        2,
        items="钢铁;化工",
        evidence="化工2个产业",
        start=str(listed),
        end=str(listed + 1),
    )
    start, end = at("东区")
    change(tmp_path / "mentions.csv", 2, name="东区", evidence="其中东区12", start=str(start), end=str(end))
    start, end = at("全市规划（市政〔2030〕1号）")
    change(
        tmp_path / "citations.csv",
        2,
        cited_title="全市规划",
        cited_number="市政〔2030〕1号",
        start=str(start),
        end=str(end),
    )
    change(tmp_path / "documents.csv", 2, sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    return tmp_path


def told(root: Path) -> list[str]:
    return [fault.sentence() for fault in prove(read_package(root), root / "sources").faults]


def test_rows_that_stand_in_the_source_are_proved(workspace: Path) -> None:
    proof = prove(read_package(workspace), workspace / "sources")
    assert proof.faults == ()
    assert proof.rows == {"targets": 3, "lists": 1, "mentions": 1, "citations": 1}


@pytest.mark.parametrize(
    ("table", "line", "cells", "sentence"),
    [
        (
            "targets", 2, {"literal": "31", "value": "31", "low": "31", "high": "31"},
            "literal “31” does not stand at 31–33, where the text has “30”",
        ),
        ("targets", 3, {"low": ""}, "low should be 12.5"),
        ("targets", 3, {"bound": "exact", "high": "12.5"}, "bound “exact” differs from the words around “12.5”"),
        ("targets", 4, {"literal": "3-6", "high": "6"}, "literal “3-6” does not stand at"),
        ("targets", 3, {"evidence": "西区12.5亿元以上"}, "evidence “西区12.5亿元以上” is not the text around"),
        ("targets", 2, {"unit": "万元"}, "unit “万元”"),
        ("lists", 2, {"stated_count": "3"}, "stated_count “3” differs from the text, which has “2”"),
        ("lists", 2, {"listed_count": "3"}, "listed_count “3” should be 2, the number of items"),
        ("lists", 2, {"items": "钢铁;造船"}, "items “钢铁;造船” names “造船”, which stands nowhere"),
        ("mentions", 2, {"name": "西区"}, "name “西区” differs from the text, which has “东区”"),
        ("citations", 2, {"cited_number": "市政〔2031〕1号"}, "cited_number “市政〔2031〕1号” does not stand near"),
        ("documents", 2, {"sha256": "0" * 64}, f"sha256 “{'0' * 64}” is not the digest of"),
        ("documents", 2, {"sha256": ""}, "sha256 is not the digest of"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_proved_is_told(
    workspace: Path, table: str, line: int, cells: dict[str, str], sentence: str
) -> None:
    change(workspace / f"{table}.csv", line, **cells)
    if table == "targets" and "unit" in cells:
        change(workspace / "indicators.csv", 2, **cells)
        change(workspace / "targets.csv", 3, **cells)
    assert any(found.startswith(f"{table}.csv:{line}: {sentence}") for found in told(workspace)), told(
        workspace
    )


@pytest.mark.parametrize(
    ("line", "cells", "given"),
    [
        (2, {"value": "31", "low": "31", "high": "31"}, "31"),
        (2, {"literal": "31"}, "30"),
        (4, {"high": "6"}, "3-6"),
    ],
)
def test_a_row_whose_literal_says_another_number_is_refused_before_anything_is_proved(
    workspace: Path, line: int, cells: dict[str, str], given: str
) -> None:
    change(workspace / "targets.csv", line, **cells)
    with pytest.raises(
        InputError, match=rf"targets\.csv:{line}: literal .* does not state what the row gives, {given}"
    ):
        told(workspace)


def test_a_document_without_source_is_told(workspace: Path) -> None:
    (workspace / "sources" / "plan.txt").unlink()
    assert told(workspace) == [
        f"documents.csv:2: id “plan” has no source text {workspace.as_posix()}/sources/plan.txt."
    ]


def test_a_folder_that_is_none_is_refused(workspace: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        prove(read_package(workspace), workspace / "nowhere")


def test_tables_without_documents_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("a\n1\n", encoding="utf-8")
    resource = {"name": "own", "path": "own.csv", "schema": {"fields": [{"name": "a"}]}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    with pytest.raises(InputError, match="lists no table “documents”"):
        prove(read_package(tmp_path), tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sources of the shipped tables are not here")
def test_every_shipped_row_is_proved() -> None:
    proof = prove(read_package(REPOSITORY / "extracted"), SHARED)
    assert [fault.sentence() for fault in proof.faults] == []
    assert proof.documents == 4
    assert proof.rows["targets"] == sum(
        len(path.read_text("utf-8").splitlines()) - 1
        for path in (REPOSITORY / "extracted" / "targets").glob("*.csv")
    )
