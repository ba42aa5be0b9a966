"""A rule said in words is a rule: it reads back, its examples hold, and it is kept beside those that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.actions.confronting import confronted
from audit.actions.stating import DIMENSIONS, FILE, Says, Statement, ensure_known, keep, rule_text, stated
from audit.language.reading import read_rules_text
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from audit.model.report import Report
from audit.workspace.drafts import load_draft
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


def statement(says: Says = "sum", **more: Any) -> Statement:
    parts = ("企业", "平台", "人才") if says in ("sum", "within") else ("平台",)
    return Statement(**{"title": "合计", "because": "由三项组成", "dimension": "indicator", "says": says, "whole": "合计",
                        "parts": parts, **more})  # fmt: skip


def checked(workspace: Workspace, book: Rulebook) -> Report:
    return confronted(workspace, book, everything=True)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    plan = tmp_path_factory.mktemp("plan") / "plan.txt"
    plan.write_text("2025年，全市投资10亿元，其中东区6亿元、西区5亿元。\n", "utf-8")
    return load_draft(plan).workspace


@given(
    NAMES,
    NAMES,
    st.sampled_from(get_args(Says)),
    st.sampled_from(DIMENSIONS),
    st.lists(NAMES, min_size=2, unique=True),
)
def test_whatever_the_words_the_text_reads_back_as_they_are(
    title: str, because: str, says: Says, dimension: str, members: list[str]
) -> None:
    whole, *parts = members
    parts = parts if says in ("sum", "within") else parts[:1]
    said = statement(says, title=title, because=because, dimension=dimension, whole=whole, parts=tuple(parts))
    (rule,) = read_rules_text(rule_text(said))
    assert (rule.title.zh, rule.because.en) == (title, because)
    assert dimension not in [name for name, _ in rule.for_each]


@pytest.mark.parametrize("says", get_args(Says))
def test_the_examples_of_every_kind_have_the_verdicts_that_they_say(says: Says, workspace: Workspace) -> None:
    parts = ("东区", "西区") if says in ("sum", "within") else ("东区",)
    tried = stated(
        statement(says, whole="投资", parts=parts), workspace, lambda w, b: confronted(w, b, everything=True)
    )
    assert [trial.example.verdict for trial in tried.trials] == ["holds", "violated", "untestable"]
    assert all(trial.passed for trial in tried.trials)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"because": ""}, {"dimension": "value"}, {"says": "guess"}, {"severity": "fatal"}, {"whole": ""},
        {"parts": ()}, {"parts": ("合计", "企业")}, {"says": "equal", "parts": ("企业", "平台")},
    ],
)  # fmt: skip
def test_what_is_not_said_completely_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        rule_text(statement(**wrong))


def test_rules_are_kept_one_after_the_other_and_the_same_only_once(tmp_path: Path) -> None:
    for says in ("sum", "within"):
        assert keep(tmp_path, rule_text(statement(says))) == tmp_path / FILE
    before = (tmp_path / FILE).read_bytes()
    assert len(read_rules_text(before.decode())) == 2
    with pytest.raises(InputError):
        keep(tmp_path, rule_text(statement("sum")))
    assert (tmp_path / FILE).read_bytes() == before


def test_figures_of_two_tiers_are_not_taken_for_one_stated_twice(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "2025年，全市一般公共预算收入完成120亿元，其中：税收收入完成80亿元；非税收入完成40亿元。\n\n"
        "2025年，市本级一般公共预算收入完成60亿元，其中：税收收入完成45亿元；非税收入完成25亿元。\n",
        "utf-8",
    )
    said = statement(whole="一般公共预算收入", parts=("税收收入", "非税收入"))
    found = stated(said, load_draft(plan).workspace, checked).report.summary
    assert (found.holds, found.checks) == (1, 2)


def test_what_a_draft_names_anew_can_be_said_and_is_kept_only_where_it_is_known(workspace: Workspace) -> None:
    codes = CodeList.of("region", [Member("北区", aliases=("北边",))])
    older = replace(workspace, codes={"region": codes})
    said = statement(dimension="region", whole="全市", parts=("东区", "西区"))
    assert stated(said, older, checked).text == stated(said, workspace, checked).text
    with pytest.raises(InputError, match="全市"):
        ensure_known(said, codes)
    ensure_known(statement("equal", dimension="region", whole="北区", parts=("北边",)), codes)
    ensure_known(said, None)
