"""`Report.to_frame`, `save` and `_repr_html_`: a report as those who work with frames and notebooks take it."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pandas as pd
import polars as pl
import pytest

import audit
from audit.errors import InputError
from audit.model.report import FrameOf
from audit.report import Report, read_report, report_cards
from audit.reporting.outline import groups
from tests.reporting.sample import HOSTILE, sample

RULE = """
- id: sum
  title: {zh: 各区之和, en: The districts add up}
  for_each: [indicator]
  hierarchy: region
  check: whole == sum(parts)
"""
FRAME = pl.DataFrame(
    {
        "id": ["a", "b", "c", "d", "e", "f"],
        "indicator": ["labs"] * 3 + ["firms"] * 3,
        "region": ["city", "east", "west"] * 2,
        "value": [1560, 650, 1000, 5, 2, 3],
    }
)
CODES = {"region": {"city": None, "east": "city", "west": "city"}}


def made(**more: object) -> Report:
    return audit.check({"targets": FRAME}, RULE, CODES, **more)  # type: ignore[arg-type]


def test_all_checks_and_figures_are_kept_only_on_request() -> None:
    report = made()
    assert report.checks == () and report.figures == () and report.summary.checks == 2
    assert len(made(everything=True).checks) == 2
    for part in ("checks", "figures"):
        with pytest.raises(InputError, match="everything=True"):
            report.to_frame(part)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="causes=True"):
        report.to_frame("causes")


@pytest.mark.parametrize("of", get_args(FrameOf))
def test_pandas_and_polars_get_the_same_frame(of: FrameOf) -> None:
    report = made(everything=True, causes=True)
    here, there = report.to_frame(of), report.to_frame(of, library="polars")
    assert isinstance(here, pd.DataFrame) and isinstance(there, pl.DataFrame)
    assert list(here.columns) == there.columns and len(here) == len(there) > 0
    told = [{name: None if pd.isna(v) else v for name, v in row.items()} for row in here.to_dict("records")]
    assert told == there.to_dicts()


def test_a_finding_is_a_row_with_its_key_in_columns_and_numbers_as_numbers() -> None:
    (row,) = made().to_frame("findings", library="polars", language="zh").to_dicts()
    assert row["relation"] == "1560 ≠ 650 + 1000 = 1650" and row["imbalance"] == -90.0
    assert (row["key_indicator"], row["key_region"]) == ("labs", "city")
    assert "不等于各部分之和" in row["message"] and row["waived"] is False
    cells = made().to_frame("cells").set_index("row")
    assert cells.loc["b", "value"] == 650 and set(cells["check"]) == {row["id"]}


def test_a_frame_of_nothing_has_its_columns_and_types() -> None:
    nothing = audit.check({"targets": FRAME}, RULE.replace("==", ">="), CODES).to_frame("findings")
    held = made().to_frame("rules", library="polars")
    assert held["holds"].to_list() == [1] and held.schema["holds"] == pl.Int64
    assert len(nothing) == 1
    empty = audit.check({"targets": FRAME.tail(3)}, RULE, CODES).to_frame("findings", library="polars")
    assert empty.is_empty() and empty.schema["left"] == pl.Float64 and empty.schema["waived"] == pl.Boolean


def test_what_is_asked_for_wrongly_is_told() -> None:
    with pytest.raises(InputError, match="'figure'; use one of findings"):
        made().to_frame("figure")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="'spark'; use one of pandas, polars"):
        made().to_frame(library="spark")  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", [".html", ".xlsx", ".docx", ".md", ".json", ".sarif", ".xml", ".txt"])
def test_a_report_is_saved_in_the_format_of_the_suffix(suffix: str, tmp_path: Path) -> None:
    made(everything=True).save(tmp_path / f"r{suffix}", language="zh")
    content = (tmp_path / f"r{suffix}").read_bytes()
    assert content.startswith(b"PK") if suffix in (".xlsx", ".docx") else "labs" in content.decode("utf-8")


def test_a_saved_report_lists_all_checks_when_it_kept_them(tmp_path: Path) -> None:
    for everything in (True, False):
        made(everything=everything).save(str(tmp_path / "r.json"))
        assert bool(read_report((tmp_path / "r.json").read_text("utf-8")).checks) is everything
    made(everything=True).save(tmp_path / "r.json", all_checks=False)
    assert "checks" not in json.loads((tmp_path / "r.json").read_text("utf-8"))


def test_a_report_is_never_saved_over_what_it_was_made_from(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULE, encoding="utf-8")
    report = audit.check({"targets": FRAME}, rules, CODES)
    assert [source.path for source in report.inputs] == [rules.as_posix()]
    (tmp_path / "r.md").symlink_to(rules)
    with pytest.raises(InputError, match="never overwritten"):
        report.save(tmp_path / "r.md")
    with pytest.raises(InputError, match="no report format has the suffix"):
        report.save(tmp_path / "r.pdf")
    assert rules.read_text("utf-8") == RULE


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cards_hold_every_finding_and_nothing_that_acts(language: str) -> None:
    report = sample()
    page = _Elements(report_cards(report, language))  # type: ignore[arg-type]
    assert page.names <= {
        "div",
        "p",
        "strong",
        "span",
        "code",
        "details",
        "summary",
        "table",
        "tbody",
        "tr",
        "td",
    }
    assert page.attributes <= {"style", "lang", "open"}
    assert all(finding.id in page.words for group in groups(report) for finding in group.findings[:5])
    assert all(rule in page.words for rule in report.unbound_rules)
    assert "<script>" in page.words and HOSTILE["control"] not in page.words


def test_a_notebook_shows_the_cards_and_counts_those_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    (finding,) = made().findings
    several = tuple(replace(finding, check=replace(finding.check, id=f"{n}")) for n in range(25))
    shown = replace(made(), findings=several)._repr_html_()
    assert shown.count("<details") == 5 and "and 20 more" in shown


def test_pandas_frames_need_nothing_but_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame(FRAME.to_dict(as_series=False)).astype({"indicator": "category"})
    frame["more"] = pd.array([1, None, 3, 4, 5, 6], dtype="Int64")

    def wants_pyarrow(_: object) -> None:
        raise ImportError("pyarrow is required")

    monkeypatch.setattr(pl, "from_pandas", wants_pyarrow)
    assert audit.check({"targets": frame}, RULE, CODES).summary == made().summary
