"""Each kind of cause is told where it was planted, and nothing is told for sure that is a tie."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.actions.confronting import confronted
from audit.actions.explaining import explained
from audit.model.cause import Cause
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session

SUMS = """
- id: total
  title: {zh: 合计, en: The total}
  table: t
  for_each: [indicator, year]
  along: region
  check: 全市 == 东区 + 西区
"""
AGREE = """
- id: agree
  title: {zh: 一致, en: They agree}
  table: t
  for_each: [region, indicator, year]
  let: {figures: {}}
  check: min(figures) == max(figures)
"""
TREE = """
- id: tree
  title: {zh: 各区之和, en: The districts add up}
  table: t
  for_each: [indicator, year]
  hierarchy: region
  check: whole == sum(parts)
"""
POSITIVE = """
- id: positive
  title: {zh: 为正, en: Is positive}
  table: t
  where: {region: 全市}
  check: value > 0
"""


def table(root: Path, rules: str, **values: str) -> Path:
    """A table of (region, year): the numbers of each region for 2019, 2020, … and its rules."""
    rows = [["region", "indicator", "year", "value"]]
    for region, numbers in values.items():
        name = region.partition("_")[0]
        rows += [[name, "产值", str(2019 + n), value] for n, value in enumerate(numbers.split())]
    with (root / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [["" if cell == "-" else cell for cell in row] for row in rows]
        )
    (root / "r.yaml").write_text(rules, "utf-8")
    return root / "t.csv"


def found(source: Path, **settings: object) -> tuple[Cause, ...]:
    session = Session(
        Configuration(sources=(source,), rules=(source.parent / "r.yaml",), **settings)  # type: ignore[arg-type]
    )
    report = confronted(session.workspace, session.chosen, everything=True)
    return explained(session, report).causes


def edits(cause: Cause) -> set[tuple[str, str, str | None]]:
    return {(edit.row, edit.column, edit.after) for edit in cause.edits}


def test_a_blank_gets_the_one_value_that_the_relations_leave_it(tmp_path: Path) -> None:
    (cause,) = found(table(tmp_path, SUMS, 全市="100", 东区="60", 西区="-"))
    assert (cause.kind, cause.findings, cause.effect.holds) == ("blank", (), 1)
    assert {after for _, column, after in edits(cause) if column == "value"} == {"40"}
    assert len(cause.checks) == 1


def test_a_blank_that_is_only_limited_is_told_with_its_range(tmp_path: Path) -> None:
    rules = SUMS.replace("==", ">=")
    (cause,) = found(table(tmp_path, rules, 全市="100", 东区="60", 西区="-"))
    assert (cause.kind, cause.edits) == ("blank", ())
    assert "at most 40" in cause.message.en and "不超过40" in cause.message.zh


def test_blanks_that_hang_together_are_told_as_one_in_rows_and_in_columns(tmp_path: Path) -> None:
    rules = SUMS + SUMS.replace("id: total", "id: south").replace(
        "全市 == 东区 + 西区", "西区 == 南区 + 北区"
    )
    (cause,) = found(table(tmp_path, rules, 全市="100", 东区="60", 西区="-", 南区="-", 北区="15"))
    assert {after for _, column, after in edits(cause) if column == "value"} == {"40", "25"}
    assert len(cause.checks) == 2
    (tmp_path / "t.csv").write_text("k,a,b,c,d,e\np,100,60,,,15\nq,9,4,5,3,2\n", "utf-8")
    record = "- {{id: {0}, title: {{zh: 和, en: Sum}}, table: t, check: {1}}}\n"
    (tmp_path / "r.yaml").write_text(
        record.format("x", "a == b + c") + record.format("y", "c == d + e"), "utf-8"
    )
    (cause,) = found(tmp_path / "t.csv")
    assert edits(cause) == {("p", "c", "40"), ("p", "d", "25")}


def test_a_value_that_would_break_a_relation_is_not_deduced(tmp_path: Path) -> None:
    rules = SUMS + SUMS.replace("id: total", "id: some").replace("全市 == 东区 + 西区", "西区 >= 0")
    assert not [
        cause
        for cause in found(table(tmp_path, rules, 全市="8", 东区="10", 西区="-"))
        if cause.kind == "blank"
    ]


def test_relations_that_each_can_hold_but_not_together_are_one_question(tmp_path: Path) -> None:
    rules = "\n".join(
        f"""- id: {name}
  title: {{zh: 和, en: Sum}}
  table: t
  for_each: [k]
  along: name
  check: {check}"""
        for name, check in (("first", "a == c + d"), ("second", "g == d + e"))
    )
    ends = {"a": (2.5, 3.5), "c": (0.5, 1.5), "d": (0.5, 1.5), "e": (0, 0.5), "g": (0, 0.5)}
    rows = [f"1,{name},{(low + high) / 2},{low},{high}" for name, (low, high) in ends.items()]
    (tmp_path / "t.csv").write_text("\n".join(["k,name,value,low,high", *rows, ""]), "utf-8")
    (tmp_path / "r.yaml").write_text(rules, "utf-8")
    (cause,) = found(tmp_path / "t.csv")
    assert (cause.kind, len(cause.findings), cause.edits) == ("question", 2, ())
    assert "not all together" in cause.message.en


def test_a_sum_that_rounding_explains_is_no_conflict(tmp_path: Path) -> None:
    (cause,) = found(table(tmp_path, SUMS, 全市="10.0", 东区="3.3", 西区="6.6"))
    assert cause.kind == "question" and "not all together" not in cause.message.en


def test_relations_that_only_rounding_keeps_apart_are_one_matter(tmp_path: Path) -> None:
    rules = SUMS + SUMS.replace("id: total", "id: south").replace(
        "全市 == 东区 + 西区", "西区 == 南区 + 北区"
    )
    source = table(tmp_path, rules, 全市="10.0", 东区="3.3", 西区="6.6", 南区="3.3", 北区="3.4")
    (cause,) = found(source)
    assert len(cause.findings) == 2 and cause.edits == ()
    assert cause.message.en.startswith("only rounding keeps these relations apart")


def test_relations_that_rounding_explains_each_but_not_together_are_a_conflict(tmp_path: Path) -> None:
    """Where the west comes down to 6.55 for its other name, the sum cannot come up to 9.95."""
    rules = SUMS + SUMS.replace("id: total", "id: same").replace("全市 == 东区 + 西区", "西区 == 丙区")
    source = table(tmp_path, rules, 全市="10.0", 东区="3.3", 西区="6.6", 丙区="6.5")
    (cause,) = found(source)
    assert len(cause.findings) == 2 and cause.message.en.startswith(
        "each of these relations can hold, but not all together"
    )


@pytest.mark.parametrize(("stated", "fits"), [("60 70", "60"), ("70 60", "60")])
def test_of_two_values_the_one_is_told_with_which_the_sum_holds(
    tmp_path: Path, stated: str, fits: str
) -> None:
    first, second = stated.split()
    source = table(tmp_path, AGREE + SUMS, 全市="100", 东区=first, 西区="40", 东区_2=second)
    told = [cause for cause in found(source) if cause.kind == "stated_twice"]
    assert [{after for _, column, after in edits(cause) if column == "value"} for cause in told] == [{fits}]
    assert f"{fits} at" in told[0].message.en


def test_two_values_of_which_nothing_speaks_for_one_are_a_tie(tmp_path: Path) -> None:
    (cause,) = found(table(tmp_path, AGREE, 东区="60", 东区_2="70"))
    assert cause.kind == "stated_twice" and "another correction is as likely" in cause.message.en
    assert [way.confidence for way in cause.alternatives] == [cause.confidence]


def test_figures_in_each_others_place_are_told_as_one_exchange(tmp_path: Path) -> None:
    source = table(tmp_path, SUMS, 全市="60 130", 东区="100 70", 西区="40 60")
    (cause,) = [cause for cause in found(source) if cause.edits]
    exchanged = [way for way in (cause, *cause.alternatives) if len({edit.row for edit in way.edits}) == 2]
    assert exchanged, "that whole and part were exchanged is among the corrections"


def test_a_series_moved_by_a_year_is_told_once(tmp_path: Path) -> None:
    source = table(tmp_path, SUMS, 全市="100 230 310 420", 东区="200 260 350 60", 西区="40 30 50 70")
    first, *_ = found(source)
    assert len(first.findings) == 4 and "moved by one row" in first.message.en
    assert {after for _, column, after in edits(first) if column == "value"} == {"60", "200", "260", "350"}


@pytest.mark.parametrize(
    ("parent", "numbers", "after"),
    [("全市", {"全市": "100 200 300", "东区": "60 120 180", "西区": "40 80 120", "南区": "5 6 7"}, None),
     ("", {"全市": "105 206 307", "东区": "60 120 180", "西区": "40 80 120", "南区": "5 6 7"}, "全市")],
)  # fmt: skip
def test_a_code_list_is_in_doubt_where_moving_a_part_settles_most_checks(
    tmp_path: Path, parent: str, numbers: dict[str, str], after: str | None
) -> None:
    codes = tmp_path / "regions.csv"
    codes.write_text(
        f"code,parent,breakdown\n全市,,full\n东区,全市,\n西区,全市,\n南区,{parent},\n北区,南区,\n", "utf-8"
    )
    source = table(tmp_path, TREE, **numbers)
    first, *_ = found(source, codes={"region": codes})
    assert (first.kind, len(first.findings)) == ("code_list", 3)
    assert edits(first) == {("南区", "parent", after)}


def test_a_rule_that_fails_in_most_of_its_checks_is_doubted_before_the_figures(tmp_path: Path) -> None:
    source = table(tmp_path, SUMS, 全市="101 233 319 437 511", 东区="60 60 60 60 60", 西区="20 20 20 20 20")
    (cause,) = found(source)
    assert (cause.kind, len(cause.findings), cause.edits) == ("rule", 5, ())


def test_a_finding_about_a_row_that_no_key_names_gets_its_edit(tmp_path: Path) -> None:
    source = table(tmp_path, POSITIVE + SUMS, 全市="-100", 东区="60", 西区="40")
    (cause,) = found(source)
    assert len(cause.findings) == 2
    assert edits(cause) == {("全市", "value", "100")}


def test_each_of_several_plans_is_explained(tmp_path: Path) -> None:
    text = "一、目标\n到2019年，全市产值达到{}亿元，其中东区产值600亿元，西区产值500亿元。\n"
    for name, total in (("a", 1000), ("b", 900)):
        (tmp_path / f"{name}.txt").write_text(text.format(total), "utf-8")
    session = Session(Configuration(sources=(tmp_path / "a.txt", tmp_path / "b.txt")))
    report = check(session.configuration).complete
    told = explained(session, report)
    assert {finding.id for finding in report.findings} == {f for cause in told.causes for f in cause.findings}
    assert report.findings


SHARE = """
- id: share
  title: {zh: 占比, en: The share}
  table: t
  check: c == a / b * 100
"""


def record(root: Path, rules: str, *rows: str) -> Path:
    """A table of rows `name,a,b,c` and its rules."""
    (root / "t.csv").write_text("\n".join(["k,a,b,c", *rows, ""]), "utf-8")
    (root / "r.yaml").write_text(rules, "utf-8")
    return root / "t.csv"


@pytest.mark.parametrize(
    ("slipped", "put_back"),
    [
        ("19,480,38647,50.4", ("a", "19480")),
        ("19480,36847,50.4", ("b", "38647")),
        ("19480,38647,54.0", ("c", "50.4")),
        ("19480,38647,72.3", ("c", "50.4")),
    ],
)
def test_a_figure_of_a_share_that_slipped_is_put_back(
    tmp_path: Path, slipped: str, put_back: tuple[str, str]
) -> None:
    row = slipped.replace("19,480", "1948")
    source = record(tmp_path, SHARE, f"p,{row}", "q,19813,47494,41.7", "r,24141,42548,56.7")
    (cause,) = found(source)
    assert edits(cause) == {("p", *put_back)}


def test_two_numbers_of_two_relations_in_each_others_place_are_one_exchange(tmp_path: Path) -> None:
    total = "- {id: total, title: {zh: 和, en: Sum}, table: t, check: a == b + c}\n"
    (cause,) = found(record(tmp_path, total, "p,1586,1452,116", "q,1568,1462,124"))
    assert "in each other's place" in cause.message.en and len(cause.findings) == 2
    assert edits(cause) == {("p", "a", "1568"), ("q", "a", "1586")}


def test_a_rule_for_several_columns_is_held_apart_by_column(tmp_path: Path) -> None:
    """What settles the findings in one column settles none in another."""
    rules = """
- id: total
  title: {zh: 和, en: Sum}
  table: t
  for_columns: [a, b]
  for_each: []
  along: k
  check: x == y + z
"""
    first, second = found(record(tmp_path, rules, "x,1586,950,1", "y,1452,450,1", "z,116,450,1"))
    assert {frozenset(edits(one)) for one in (first, second)} == {
        frozenset({("x", "a", "1568")}), frozenset({("x", "b", "900")}),
    }  # fmt: skip
    assert {len(one.findings) for one in (first, second)} == {1}


def test_a_blank_that_no_number_can_fill_is_a_question_with_the_relations_in_conflict(tmp_path: Path) -> None:
    rules = SUMS + SUMS.replace("id: total", "id: some").replace("全市 == 东区 + 西区", "西区 >= 0")
    (cause,) = found(table(tmp_path, rules, 全市="8", 东区="10", 西区="-"))
    assert (cause.kind, cause.edits, len(cause.checks)) == ("question", (), 2)
    assert "8 == 10 + ?" in cause.message.en and "? >= 0" in cause.message.en
