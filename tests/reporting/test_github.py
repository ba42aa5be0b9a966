import re

from audit.reporting.github import LIMIT, render
from tests.reporting.sample import large, sample

COMMAND = re.compile(r"^::(error|warning|notice) ((?:\w+=[^,:]*,?)*)::(.*)$")


def test_findings_become_annotations_at_their_row() -> None:
    first = render(sample(), language="en").splitlines()[0]
    assert first.startswith(
        "::error file=extracted/targets/zone-plan.csv,line=9,title=创新区 is not the sum of the rest [sums.zone-total]"
    )
    assert "%0A90 ≠ 50 + 30 = 80   imbalance +10 家%0A" in first


def test_no_word_of_a_plan_starts_a_command_of_its_own() -> None:
    lines = render(sample(), language="zh").splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert all(COMMAND.match(line) for line in commands)
    assert not any("::" in line for line in lines if not line.startswith("::"))


def test_the_limits_of_a_step_are_kept_and_the_rest_is_counted() -> None:
    text = render(large(25, 30), language="en")
    assert text.count("::error ") == LIMIT
    assert "14 more findings (error) are not annotated" in text


def test_waived_findings_are_not_annotated() -> None:
    assert "line=24" not in render(sample(), language="en")
    assert "1 waived" in render(sample(), language="en")
