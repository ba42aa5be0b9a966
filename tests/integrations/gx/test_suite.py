"""`audit.gx.suite` and `report`: rules become a suite that is saved, run, shown in Data Docs, and read back as a report."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pytest

import audit.gx
from audit.errors import InputError
from audit.report import read_report
from tests.integrations.gx.batches import CODES, ROWS, RULES, of_pandas

ROOT = Path(__file__).parents[3]
OURS = "expect_figures_to_hold_together"
HOSTILE = "<script>alert(1)</script> $check & $nothing"


def types(suite: Any) -> list[str]:
    return [one.expectation_type for one in suite.expectations]


@pytest.mark.parametrize(
    ("rule", "type_", "kwargs"),
    [
        ("check: not (a is missing)", "expect_column_values_to_not_be_null", {"column": "a"}),
        ("check: a >= 0 and a <= 10, missing: skip", "expect_column_values_to_be_between",
         {"column": "a", "min_value": 0, "max_value": 10}),
        ("check: 0 < a, missing: skip", "expect_column_values_to_be_between",
         {"column": "a", "min_value": 0, "strict_min": True}),
        ("check: a >= -2.5, missing: skip", "expect_column_values_to_be_between", {"column": "a", "min_value": -2.5}),
        ("check: 'b == \"x\" or b == \"y\"', missing: skip", "expect_column_values_to_be_in_set",
         {"column": "b", "value_set": ["x", "y"]}),
        ("check: a >= 0", OURS, {}),
        ("check: value >= 0, missing: skip", OURS, {}),
        ("check: a >= 0 and b >= 0, missing: skip", OURS, {}),
        ("check: a >= c, missing: skip", OURS, {}),
        ("check: a >= 0, missing: skip, tolerance: 1", OURS, {}),
        ("check: a >= 0, missing: skip, where: {b: x}", OURS, {}),
    ],
)  # fmt: skip
def test_a_rule_is_gx_own_where_that_says_exactly_the_same(
    rule: str, type_: str, kwargs: dict[str, Any]
) -> None:
    (one,) = audit.gx.suite(f"- {{id: r, title: t, {rule}}}\n").expectations
    assert one.expectation_type == type_
    assert kwargs.items() <= one.configuration.kwargs.items()


def test_a_rule_keeps_its_severity_and_its_words(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    suite = audit.gx.suite(tmp_path / "rules.yaml", codes=CODES, native=False)
    assert [one.severity.value for one in suite.expectations] == ["critical", "warning"]
    assert suite.expectations[0].meta["audit"]["rule"] == "own.sum"
    assert "各区之和等于全市" in suite.expectations[0].rules


def test_the_schema_of_a_table_is_gx_own_expectations() -> None:
    found = types(audit.gx.suite(workspace=ROOT, table="targets"))
    assert set(found) == {
        "expect_column_values_to_not_be_null", "expect_column_values_to_be_unique", "expect_column_values_to_be_in_set",
        "expect_column_values_to_match_regex", "expect_column_values_to_be_between",
        "expect_column_value_lengths_to_be_between",
    }  # fmt: skip
    assert "expect_compound_columns_to_be_unique" in types(audit.gx.suite(workspace=ROOT, table="clauses"))
    with pytest.raises(InputError, match="the nearest is “targets”"):
        audit.gx.suite(workspace=ROOT, table="target")


def project(folder: Path, language: str = "en", rules: str = RULES, rows: pd.DataFrame = ROWS) -> Any:
    """A file context with a CSV source, a suite, a validation definition and a checkpoint that builds Data Docs."""
    context = gx.get_context(mode="file", project_root_dir=folder)
    (folder / "data").mkdir()
    rows.to_csv(folder / "data" / "rows.csv", index=False)
    source = context.data_sources.add_pandas_filesystem("files", base_directory=folder / "data")
    batch = source.add_csv_asset("rows").add_batch_definition_path("all", path="rows.csv")
    suite = context.suites.add(
        audit.gx.suite(rules, codes=CODES, keys=["period", "region"], language=language, native=False)  # type: ignore[arg-type]
    )
    suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column="value"))
    suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column="nowhere"))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name="v", data=batch, suite=suite)
    )
    return context, context.checkpoints.add(
        gx.Checkpoint(
            name="c", validation_definitions=[definition],
            actions=[gx.checkpoint.UpdateDataDocsAction(name="docs")], result_format="SUMMARY",
        )
    )  # fmt: skip


def docs(folder: Path) -> str:
    """The page of Data Docs on the validation, as a reader sees its words."""
    (page,) = folder.glob("gx/uncommitted/data_docs/local_site/validations/**/*.html")
    return page.read_text("utf-8")


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_saved_suite_reads_back_as_it_was(tmp_path: Path) -> None:
    context, _ = project(tmp_path)
    again = gx.get_context(mode="file", project_root_dir=tmp_path)
    assert again.suites.get("audit").to_json_dict() == context.suites.get("audit").to_json_dict()
    assert types(again.suites.get("audit"))[:2] == [OURS, OURS]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "The districts add up to the city",
                "the city consists of these districts",
                "1 error found",
                "1 of 3 checks hold",
            ),
        ),
        ("zh", ("各区之和等于全市", "全市由这些区组成", "3 项校验中 1 项成立")),
    ],
)
def test_data_docs_say_what_is_expected_and_what_was_found(
    language: str, told: tuple[str, ...], tmp_path: Path
) -> None:
    _, checkpoint = project(tmp_path, language)
    assert not checkpoint.run().success
    shown = words(docs(tmp_path))
    assert "1560 ≠ 650 + 1000 = 1650" in shown
    assert [part for part in told if part not in shown] == []


def test_no_word_of_a_rule_or_of_the_data_acts_in_data_docs(tmp_path: Path) -> None:
    rules = RULES.replace("The districts add up to the city", f"'{HOSTILE}'")
    rows = ROWS.assign(period=ROWS["period"].replace("2019", HOSTILE))
    _, checkpoint = project(tmp_path, rules=rules, rows=rows)
    checkpoint.run()
    page = docs(tmp_path)
    assert "<script>alert" not in page
    assert words(page).count("<script>alert(1)</script> $check") >= 2


def test_a_validation_of_gx_becomes_a_report_in_every_format(tmp_path: Path) -> None:
    _, checkpoint = project(tmp_path)
    report = audit.gx.report(checkpoint.run())
    rules = {finding.check.rule: finding for finding in report.findings}
    assert set(rules) == {"own.sum", "gx.column_values_to_not_be_null"}
    assert rules["own.sum"].check.imbalance == -90 and len(rules["own.sum"].check.cells) == 3
    assert "1 of 9 values are unexpected" in rules["gx.column_values_to_not_be_null"].message.en
    assert {check.rule for check in report.untestable} == {"own.sum", "gx.column_values_to_not_be_null"}
    assert report.summary.checks == 13 and report.summary.holds == 9 and report.summary.untestable == 2
    for suffix in (".html", ".xlsx", ".sarif", ".json", ".md", ".docx", ".xml"):
        report.save(tmp_path / f"report{suffix}", language="zh")
    assert read_report((tmp_path / "report.json").read_text("utf-8")).findings == report.findings
    assert set(report.to_frame("findings")["rule"]) == set(rules)


def test_one_result_and_a_suite_result_become_reports_too(tmp_path: Path) -> None:
    batch = of_pandas(ROWS, tmp_path)
    held = audit.gx.report(batch.validate(gxe.ExpectTableRowCountToEqual(value=9)))
    assert (held.summary.holds, held.findings) == (1, ())
    failed = audit.gx.report(batch.validate(gxe.ExpectColumnMaxToBeBetween(column="value", max_value=10)))
    assert "observed 1560" in failed.findings[0].message.en
    suite = audit.gx.suite("value >= 700", keys=["period", "region"])
    assert len(audit.gx.report(batch.validate(suite)).findings) > 2
