"""The bigger a slip, the louder: numbers only judge, so that no slip escapes by being gross."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extraction.reporting import reported

TITLE = "云岭市2025年国民经济和社会发展统计公报\n\n一、综合\n"
TIED = {
    "share": "一般公共预算收入400亿元，其中税收收入{}亿元，占一般公共预算收入的比重为70%。",
    "share of a part": "支出总数500亿元，其中农业{}亿元，占20%。",
    "bracket": "全市播种面积600万亩（水田{}万亩、旱田250万亩）。",
    "base and change": "到2025年，产值达到520亿元，比2020年的{}亿元增加120亿元。",
    "growth": "产值由2020年的{}亿元增加到2025年的520亿元，增长30%。",
    "budget": "收入年初预算为{}亿元，实际完成63亿元，为预算的105%。",
    "stated twice": "一般公共预算收入{}亿元。\n二、总结\n2025年，一般公共预算收入310亿元。",
}
TRUE = {
    "share": 280, "share of a part": 100, "bracket": 350, "base and change": 400, "growth": 400, "budget": 60,
    "stated twice": 310,
}  # fmt: skip
GROWING = (1.05, 2, 10_000)
RANK = {"info": 0, "warning": 1, "error": 2}


@pytest.mark.parametrize("kind", TIED)
def test_what_is_told_of_a_slip_never_gets_quieter_as_the_slip_grows(kind: str, tmp_path: Path) -> None:
    def loudest(number: float) -> int:
        written = f"{number:.4f}".rstrip("0").rstrip(".")
        found = reported(
            TITLE + TIED[kind].format(written),
            tmp_path,
            "consistency.*" if kind == "stated twice" else "relations.*",
        )
        return max((RANK[finding.severity] for finding in found), default=-1)

    assert loudest(TRUE[kind]) == -1
    for way in (GROWING, tuple(1 / factor for factor in GROWING)):
        told = [loudest(TRUE[kind] * factor) for factor in way]
        assert told == sorted(told) and told[-1] == RANK["error"], (kind, way, told)
