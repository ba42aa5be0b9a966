from xml.etree import ElementTree

from audit.reporting.junit import render
from tests.reporting.sample import sample


def parsed() -> ElementTree.Element:
    return ElementTree.fromstring(render(sample(), language="en").encode())


def test_a_suite_for_each_rule_and_a_case_for_each_key() -> None:
    root = parsed()
    report = sample()
    *suites, unread = root
    assert [suite.get("name", "").split()[0] for suite in suites] == [rule.id for rule in report.rules]
    assert (
        unread.get("name") in ("读取方式与未读取、未核对的内容", "How it was read, and what was not")
        and len(unread) == 6
    )
    assert len(root.findall(".//testcase")) == len(report.checks) + 1 + len(unread)
    assert root.get("tests") == str(len(report.checks) + 1 + len(unread))
    assert root.get("failures") == "15"
    assert root.get("skipped") == str(4 + len(unread))


def test_a_failure_tells_the_relation_the_figures_and_where_they_stand() -> None:
    failure = parsed().find(".//testcase[@name='zone-plan: 研发机构 · 2022']/failure")
    assert failure is not None and failure.text is not None
    assert failure.get("type") == "error"
    assert "90 ≠ 50 + 30 = 80   imbalance +10 家" in failure.text
    assert "extracted/targets/zone-plan.csv:10" in failure.text


def test_what_was_not_tested_is_never_a_pass() -> None:
    root = parsed()
    reasons = [skipped.get("message", "") for skipped in root.iter("skipped")]
    assert "could not be tested, missing: 北区" in reasons
    assert "The rule found nothing to check." in reasons
    assert any("两处口径不同" in reason for reason in reasons)


def test_hostile_words_come_back_as_words() -> None:
    text = "".join(parsed().itertext())
    assert "]]></failure></script><!-- --> -->" in text
    assert "\x1b" not in text
