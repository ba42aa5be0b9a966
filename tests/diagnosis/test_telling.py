"""What a finding says in a sentence."""

from __future__ import annotations

from tests.engine.small import report


def test_a_name_broken_by_a_page_is_told_whole_and_once():
    rows = [
        {"id": "1", "item": "a", "name": "创新\n\n中心"}, {"id": "2", "item": "a", "name": "创新中心"},
    ]  # fmt: skip
    let = {"names": {"column": "name", "item": "any"}}
    found = report(
        "count(names) == 0", {"mentions": rows}, table="mentions", for_each=[], let=let,
        message={"zh": "写作{names}", "en": "written {names}"},
    )  # fmt: skip
    assert [finding.message.zh for finding in found.findings] == ["写作创新中心"]


def test_sides_go_by_the_names_that_the_rule_gives_them():
    rows = [{"id": "1", "north": 1, "south": 2, "all": 4}]
    found = report("all == north + south", {"t": rows}, table="t")
    assert [finding.message.en for finding in found.findings] == [
        "1: all is 4, not equal to north + south, which is 3; they differ by 1"
    ]
    assert "左边" not in found.findings[0].message.zh
