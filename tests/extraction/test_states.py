"""How far a named thing is to be, by the words beside its name."""

from __future__ import annotations

import pytest

from audit.extraction.things.states import state_of
from audit.extraction.verification import Sourced, verify_mentions
from audit.model.rows import Mention, MentionState

NAME = "甲研究院"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("依托乙大学，筹建开放式的甲研究院，整合资源。", "planned"),
        ("提出甲研究院建设方案，", "planned"),
        ("2031年，启动建设丙中心、丁中心和甲研究院，新增机构3家。", "building"),
        ("乙中心建成，甲研究院开工建设。", "building"),
        ("到2032年，甲研究院投入运行。", "standing"),
        ("丙中心和甲研究院全面建成并投入运行，", "standing"),
        ("筹建的甲研究院建成并启用。", "standing"),
        ("筹建丙中心，引进甲研究院。", None),
        ("筹建丙中心。甲研究院开展研究。", None),
        ("支持甲研究院、乙中心建成，", None),
    ],
)
def test_the_words_between_the_commas_around_a_name_tell_its_state(
    text: str, state: MentionState | None
) -> None:
    start = text.index(NAME)
    assert state_of(text, start, start + len(NAME)) == state


def test_a_state_or_a_year_that_the_words_do_not_tell_is_not_proved() -> None:
    text = "到2032年，甲研究院投入运行。"
    start = text.index(NAME)
    row = Mention("p", "一", NAME, "institute", "goal", NAME, start, start + len(NAME), "standing", 2032)
    assert verify_mentions([Sourced(row, "p.csv", 2)], text) == []
    wrong = Mention("p", "一", NAME, "institute", "goal", NAME, start, start + len(NAME), "planned", 2033)
    faults = verify_mentions([Sourced(wrong, "p.csv", 2)], text)
    assert [str(fault).split(":")[2].split()[0] for fault in faults] == ["state", "year"]
