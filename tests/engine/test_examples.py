"""A rule's own examples, judged as its checks are."""

from __future__ import annotations

import pytest

from audit.engine.examples import try_examples
from audit.language.plan import Catalogue, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import outline
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError

SHAPE = TableShape(
    "targets", {"id": "text", "region": "text", "value": "number", "note": "text", "done": "boolean"}, ("id",)
)
REGIONS = {
    code: Member(code, parent) for code, parent in (("zone", None), ("north", "zone"), ("south", "zone"))
}
CATALOGUE = Catalogue({"targets": SHAPE}, {"region": CodeList("region", REGIONS)}, lambda table, column: ())


def verdicts(rule: str, *examples: str) -> list[str]:
    """The verdicts that a rule gives to examples, each the cells in YAML."""
    cases = ", ".join(f"{{{cells}}}" for cells in examples)
    (read,) = read_rules_text(f"- {{id: r, title: t, {rule}, examples: {{holds: [{cases}]}}}}\n")
    return [trial.verdict for trial in try_examples(outline(read, CATALOGUE))]


ALONG = "for_each: [], along: region, check: zone == north + south"
HIERARCHY = "for_each: [], hierarchy: region, check: whole == sum(parts)"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("zone: 5, north: 2, south: 3", "holds"), ("zone: 5, north: 2, south: 4", "violated"),
        ("zone: 5, north: 2", "untestable"), ("zone: 5, north: 2, south: null", "untestable"),
        ("zone: 130家以上, north: 80家, south: 60家", "reconcilable"), ("zone: 130家以上, north: 80家, south: 40家", "violated"),
        ("zone: 58亿元, north: 12亿元, south: 45亿元", "reconcilable"), ("zone: 58家, north: 12家, south: 45家", "violated"),
        ("zone: 3-5家, north: 2家, south: 2家", "holds"), ("zone: [5, 5], north: 2, south: 3", "holds"),
        ("zone: [5, 6], north: 2, south: 3", "untestable"), ("zone: 1.5万家, north: 1万家, south: 4900家", "reconcilable"),
        ("zone: 0.3, north: 0.1, south: 0.2", "holds"), ("zone: -1, north: -3, south: 2", "holds"),
    ],
)  # fmt: skip
def test_cells_are_read_as_a_plan_writes_them(cells, expected):
    assert verdicts(ALONG, cells) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("whole: 5, parts: [2, 3]", "holds"), ("whole: 5, parts: [2, null]", "untestable"), ("whole: 2, parts: [2]", "holds"),
        ("whole: null, parts: [2, 3]", "untestable"), ("whole: 4, parts: [2, 2]", "holds"),
    ],
)  # fmt: skip
def test_a_list_gives_the_cells_of_an_aggregate(cells, expected):
    assert verdicts(HIERARCHY, cells) == [expected]


def test_zero_is_taken_for_what_is_missing_where_the_rule_says_so():
    assert verdicts(ALONG + ", missing: {south: zero}", "zone: 5, north: 5") == ["holds"]
    assert verdicts(HIERARCHY + ", missing: {parts: zero}", "whole: 5, parts: [5, null]") == ["untestable"]
    assert verdicts(HIERARCHY + ", missing: {parts: known}", "whole: 5, parts: [5, null]") == ["holds"]


def test_skip_and_applies_do_not_hide_an_example():
    assert verdicts(
        HIERARCHY + ", missing: skip, applies: count(whole) > 1", "whole: 5", "whole: 5, parts: [5]"
    ) == ["untestable", "holds"]


def test_texts_and_truths():
    assert verdicts("check: 'note == \"x\" and done'", "note: x, done: true", "note: y, done: true", "note: x, done: false") == [
        "holds", "violated", "violated",
    ]  # fmt: skip


def test_a_cell_that_is_no_number_is_told():
    with pytest.raises(InputError, match="the example gives “zone” as “many”, which is no number"):
        verdicts(ALONG, "zone: many")
