"""`audit try`: what edits would do is told; only --apply writes, and only what it showed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from tests.diagnosis.causes.test_finding_causes import amended
from tests.workspace.zone import make

WHOLE = "zone-plan/创新区/-/销售收入/2032/level"
PART = "zone-plan/南区/-/销售收入/2032/level"
PLAIN = (
    '\ufeffregion,indicator,period,value\r\n全市,"产值,合计",2019,30\r\n'
    '东区,"产值,合计",2019,10\r\n西区,"产值,合计",2019,15\r\n'
)
TOTAL = (
    "- id: total\n  title: {zh: 合计, en: The total}\n  table: t\n  for_each: [indicator, period]\n"
    "  along: region\n  check: 全市 == 东区 + 西区\n"
)


def run(source: Path, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, ["try", "-C", str(source), "--lang", "en", *arguments], input=answer)


def content(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    return amended(tmp_path, _1650="1560")


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_bytes(PLAIN.encode())
    (tmp_path / "r.yaml").write_text(TOTAL, "utf-8")
    return tmp_path / "t.csv"


def test_an_edit_that_mends_a_sum_tells_what_it_settles_and_writes_nothing(zone: Path) -> None:
    before = content(zone)
    result = run(zone, f"{WHOLE}.value=1650")
    assert result.exit_code == 0, result.output
    assert "would be settled (1)" in result.stdout and "would come to hold (1)" in result.stdout
    assert "only 1650亿元 keeps its 1 relation true" in result.stdout
    assert content(zone) == before


def test_an_edit_that_breaks_a_sum_ends_with_1(tmp_path: Path) -> None:
    result = run(make(tmp_path), f"{PART}.value=600")
    assert result.exit_code == 1
    assert "would break or get worse (1)" in result.stdout and "1650 == 600 + 1000" in result.stdout


def test_several_edits_are_tried_together(tmp_path: Path) -> None:
    result = run(make(tmp_path), f"{PART}.value=600", f"{WHOLE}.value=1600")
    assert result.exit_code == 0
    assert "No relation that is checked would be told otherwise" in result.stdout


def test_literal_and_interval_and_evidence_follow_the_value_and_the_id_the_key(tmp_path: Path) -> None:
    told = run(make(tmp_path), f"{WHOLE}.value=1600", f"{PART}.period=2031").stdout
    for line in ("literal: 1650 → 1600", "low: 1650 → 1600", "→ 创新区销售收入1600亿元"):
        assert line in told
    assert "id: zone-plan/南区/-/销售收入/2032/level → zone-plan/南区/-/销售收入/2031/level" in told


def test_a_row_may_be_named_by_file_and_line_or_with_its_table(plain: Path) -> None:
    rules = ("--rules", str(plain.parent / "r.yaml"))
    for row in ("t.csv:4", str(plain) + ":4", "西区", "t:西区"):
        assert "15 → 20" in run(plain, *rules, f"{row}.value=20").stdout


def test_a_number_may_be_written_as_a_plan_writes_it(tmp_path: Path) -> None:
    assert "value: 1650 → 15000" in run(make(tmp_path), f"{WHOLE}.value=1.5万").stdout


def test_apply_shows_the_difference_asks_and_changes_that_line_only(plain: Path) -> None:
    rules = ("--rules", str(plain.parent / "r.yaml"))
    refused = run(plain, *rules, "西区.value=20", "--apply", answer="n\n")
    assert "Nothing was written." in refused.stdout and plain.read_bytes() == PLAIN.encode()
    done = run(plain, *rules, "西区.value=20", "--apply", answer="y\n")
    assert '-西区,"产值,合计",2019,15\n+西区,"产值,合计",2019,20\n' in done.stdout
    assert plain.read_bytes() == PLAIN.replace("2019,15", "2019,20").encode()


def test_apply_writes_without_asking_with_yes_and_what_it_wrote_holds(zone: Path) -> None:
    assert run(zone, f"{WHOLE}.value=1650", "--apply", "--yes").exit_code == 0
    assert CliRunner().invoke(main, ["check", str(zone)]).exit_code == 0


def test_a_machine_is_told_the_same(zone: Path) -> None:
    told = json.loads(run(zone, f"{WHOLE}.value=1650", "--format", "json").stdout)
    assert [edit["to"] for edit in told["edits"] if edit["column"] == "value"] == ["1650"]
    assert len(told["settles"]) == len(told["holds"]) == 1 and told["breaks"] == told["written"] == []
    assert (told["ranges"][0]["low"], told["ranges"][0]["high"]) == ("1650", "1650")
    done = run(zone, f"{WHOLE}.value=1650", "--format", "json", "--apply", "--yes")
    assert json.loads(done.stdout)["written"]


def test_where_nobody_answers_nothing_is_written(plain: Path) -> None:
    result = run(plain, "--rules", str(plain.parent / "r.yaml"), "西区.value=20", "--apply")
    assert result.exit_code == 2 and "--yes" in result.stderr
    assert plain.read_bytes() == PLAIN.encode()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("销售收入", "is no edit"),
        ("nobody.value=3", "there is no row “nobody”"),
        (f"{WHOLE}.valeu=3", "the nearest is “value”"),
        (f"{WHOLE}.value=many", "is no number"),
        (f"{WHOLE}.value=3家", "is no number in the unit of the row"),
        (f"{WHOLE}.period=soon", "is no period"),
        (f"{WHOLE}.region=东区", "is not in the column code of regions"),
        ("zone-plan.csv:99.value=3", "there is no row"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_a_sentence(zone: Path, edit: str, told: str) -> None:
    before = content(zone)
    result = run(zone, edit, "--apply", "--yes")
    assert result.exit_code == 2, result.output
    assert told in result.stderr and len(result.stderr.strip().splitlines()) == 1
    assert content(zone) == before


def test_one_cell_has_one_value(zone: Path) -> None:
    result = run(zone, f"{WHOLE}.value=1650", f"{WHOLE}.value=1640")
    assert result.exit_code == 2 and "edited twice" in result.stderr


def test_a_file_that_is_no_plain_csv_is_tried_but_never_written(plain: Path) -> None:
    plain.write_text(PLAIN.replace('"产值,合计"', "产值").replace(",", ";").replace("\r", ""), "utf-8")
    before = plain.read_bytes()
    rules = ("--rules", str(plain.parent / "r.yaml"))
    assert "would come to hold (1)" in run(plain, *rules, "西区.value=20").stdout
    refused = run(plain, *rules, "西区.value=20", "--apply", "--yes")
    assert refused.exit_code == 2 and "is no CSV with a row a line" in refused.stderr
    assert plain.read_bytes() == before


def test_a_plan_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("一、目标\n到2032年销售收入1650亿元。\n", "utf-8")
    result = run(tmp_path / "plan.txt", "x.value=3")
    assert result.exit_code == 2 and "audit extract" in result.stderr
