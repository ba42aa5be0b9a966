"""Rules held against each other: what is told is so, and what is fine stays quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.diagnosis.linting.lint import Lint, lint
from audit.language.files import builtin_rules, rule_files
from audit.language.reading import read_rules
from audit.language.rule import Rule
from audit.model.codes import CodeList, Member
from audit.workspace.loading import load

ROOT = Path(__file__).parents[3]
REGIONS = CodeList.of(
    "region",
    [
        Member("Z", attributes={"breakdown": "full"}), Member("N", "Z", ("North",)), Member("S", "Z"),
        Member("C", attributes={"breakdown": "of_which"}), Member("D", "C"), Member("E", "C"),
    ],
)  # fmt: skip
SUM = "for_each: [indicator, period], {} hierarchy: region, check: whole == sum(parts)"


def rules(tmp_path: Path, *bodies: str) -> tuple[Rule, ...]:
    """Rules r1, r2, … of these bodies in flow style."""
    text = "".join(
        f"- {{id: r{number}, title: {{zh: 规则, en: A rule}}, table: targets, {body}}}\n"
        for number, body in enumerate(bodies, 1)
    )
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    return read_rules([(path, "rules.yaml")])


def told(*found: Lint) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return {(one.kind, one.rules, one.by) for one in found}


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (["check: x > 1", "check: x > 2"], {("redundant", ("r1",), ("r2",))}),
        (["check: x + y >= 0", "check: x >= 0", "check: y >= 0"], {("implied", ("r1",), ("r2", "r3"))}),
        (["check: x > 3", "check: x < 2"], {("contradictory", ("r1", "r2"), ())}),
        (["check: x > 3 and x < 2"], {("contradictory", ("r1",), ())}),
        (["check: x != 3", "check: x == 3"], {("contradictory", ("r1", "r2"), ())}),
        (["check: lead is missing", "check: lead is not missing"], {("contradictory", ("r1", "r2"), ())}),
        (["check: name == 'a'", "check: name == 'b'"], {("contradictory", ("r1", "r2"), ())}),
        (["check: abs(x - y) <= 1", "check: x == y"], {("redundant", ("r1",), ("r2",))}),
        (["check: x == 3, tolerance: 1", "check: x == 5, tolerance: 1"], set()),
        (["check: x >= x - 1"], {("never_binding", ("r1",), ())}),
        (["applies: x > 5 and x < 3, check: y == 4"], {("never_binding", ("r1",), ())}),
        (["check: abs(x) >= 3", "check: x == 0"], {("contradictory", ("r1", "r2"), ())}),
        (["check: '4 < max(x, y)'", "check: x > 4"], {("redundant", ("r1",), ("r2",))}),
        (["check: 'min(x, y) == 3'", "check: x > 4", "check: y > 5"], {("contradictory", ("r1", "r2", "r3"), ())}),
    ],
)  # fmt: skip
def test_what_rows_are_asked_is_held_against_each_other(
    tmp_path: Path, bodies: list[str], expected: set[object]
) -> None:
    assert told(*lint(rules(tmp_path, *bodies), (), {})) == expected


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (["if a == 'a' then b == 'b1'", "if a == 'a' then b == 'b2'"], ("r1", "r2")),
        (["if income > 0 then job == 'yes'", "if job == 'yes' then income == 0"], ("r1", "r2")),
        (["if x > 0 and a == 'a' then y > 1", "if x > 2 then z > 0", "if a == 'a' then y < 1"], ("r1", "r3")),
    ],
)  # fmt: skip
def test_rules_that_exclude_each_other_where_all_of_them_ask_something_are_told_so(
    tmp_path: Path, bodies: list[str], expected: tuple[str, ...]
) -> None:
    found = lint(rules(tmp_path, *(f"check: {body}" for body in bodies)), (), {})
    assert [(one.kind, one.rules, one.why) for one in found] == [("contradictory", expected, "applied")]


def test_what_can_never_be_met_is_not_told_again_as_what_excludes_itself_on_a_condition(
    tmp_path: Path,
) -> None:
    found = lint(rules(tmp_path, "check: if x > 1 then y < 0", "check: x > 2", "check: y > 1"), (), {})
    assert [(one.rules, one.why) for one in found] == [(("r1", "r2", "r3"), "")]


@pytest.mark.parametrize(
    "bodies",
    [
        ["where: {kind: target}, check: x > 3", "where: {kind: baseline}, check: x < 2"],
        ["applies: y > 1, check: x > 3", "applies: y < 1, check: x < 2"],
        ["where: {kind: target}, check: x > 3", "check: x > 2, where: {indicator: a}"],
        ["check: if x > 1 then y > 1", "check: if x < 1 then y < 1, where: {kind: target}"],
        ["check: if a == 'a' then b == 'b'", "check: if a == 'c' then b == 'd'"],
        [SUM.format(""), SUM.format("where: {measure: level},").replace("==", ">=").replace("period]", "period, unit]")],
        ["for_each: [indicator], let: {a: {measure: level}}, check: count(a) >= 1",
         "for_each: [indicator], let: {a: {measure: rate}}, check: count(a) == 0"],
    ],
)  # fmt: skip
def test_rules_that_speak_of_other_figures_or_at_other_times_are_fine(
    tmp_path: Path, bodies: list[str]
) -> None:
    assert lint(rules(tmp_path, *bodies), (), {}) == ()


def test_what_is_asked_of_more_figures_is_asked_of_those_within(tmp_path: Path) -> None:
    found = lint(rules(tmp_path, "check: x > 3", "where: {kind: target}, check: x > 2"), (), {})
    assert told(*found) == {("redundant", ("r2",), ("r1",))}


def test_a_hierarchy_says_what_the_members_named_say_once_the_codes_are_known(tmp_path: Path) -> None:
    own, shipped = rules(
        tmp_path, "for_each: [indicator, period], along: region, check: Z == North + S",
        SUM.format("where: {region: {breakdown: full}},"),
    )  # fmt: skip
    assert told(*lint([own], [shipped], {"region": REGIONS})) == {("duplicate", ("r1",), ("r2",))}
    assert lint([own], [shipped], {}) == ()


def test_parts_of_a_hierarchy_that_must_make_up_and_exceed_the_whole_contradict(tmp_path: Path) -> None:
    found = rules(
        tmp_path, SUM.format("where: {region: {breakdown: full}},"),
        "for_each: [indicator, period], along: region, check: Z > North + S",
    )  # fmt: skip
    assert told(*lint(found, (), {"region": REGIONS})) == {("contradictory", ("r1", "r2"), ())}


def test_operands_go_by_what_they_take_not_by_their_names(tmp_path: Path) -> None:
    found = rules(
        tmp_path, "for_each: [region], let: {a: {measure: level}, b: {measure: rate}}, check: a >= max(b)",
        "for_each: [region], let: {b: {measure: level}, a: {measure: rate}}, check: b >= max(a) - 1",
    )  # fmt: skip
    assert told(*lint(found, (), {})) == {("redundant", ("r2",), ("r1",))}


def test_the_least_is_known_not_to_exceed_the_greatest_and_counts_not_to_be_negative(tmp_path: Path) -> None:
    found = rules(
        tmp_path, "for_each: [region], let: {a: {}}, check: min(a) <= max(a)",
        "for_each: [region], let: {a: {}}, check: count(a) >= 0",
    )  # fmt: skip
    assert {one.rules[0] for one in lint(found, (), {}) if one.kind == "never_binding"} == {"r1", "r2"}


def test_the_shipped_rules_are_clean_with_and_without_codes() -> None:
    shipped = read_rules([(path, path.name) for path in rule_files((builtin_rules(),))])
    assert lint(shipped, shipped, {}) == ()
    assert lint(shipped, shipped, load(ROOT).codes) == ()
