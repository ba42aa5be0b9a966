"""The same table says the same in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.documents.opening import read_document
from audit.extraction import Extract, extract
from tests.documents.formats import FORMATS, Part, Table

TITLE = "青禾市产业发展规划（2024—2026年）"

STACKED: Table = (
    ("区域", "企业数（家）", "<", "产值（亿元）", "<"),
    ("^", "2025年", "2026年", "2025年", "2026年"),
    ("全市", "30", "50", "10", "20"),
    ("北岭区", "20", "30", "4", "8"),
    ("南川县", "10", "20", "6", "12"),
)
LABELS: Table = (
    ("区域", "指标", "单位", "2025年", "2026年"),
    ("北岭区", "企业数", "家", "20", "30"),
    ("^", "产值", "亿元", "4", "8"),
    ("南川县", "企业数", "家", "10", "25"),
    ("^", "产值", "亿元", "6", "12"),
)
BUDGET: Table = (
    (
        "预算科目",
        "2025年决算数",
        "2026年预算数",
        "增长%",
        "预算科目",
        "2025年决算数",
        "2026年预算数",
        "增长%",
    ),
    ("一、税收收入", "60", "66", "10", "一、教育支出", "50", "55", "10"),
    ("二、非税收入", "40", "44", "10", "二、卫生支出", "30", "33", "10"),
    ("收入合计", "100", "110", "10", "三、农业支出", "20", "22", "10"),
    ("", "", "", "", "支出合计", "100", "110", "10"),
)
OF_WHICH: Table = (
    ("指标", "年末数（万人）", "比重（%）"),
    ("常住人口", "200", "100"),
    ("其中：城镇", "120", "60"),
    ("　　　乡村", "80", "40"),
    ("其中：男性", "101", "50.5"),
    ("　　　女性", "99", "49.5"),
)
PLAN: Table = (
    ("类别", "序号", "指标", "2020年", "2025年", "年均增长〔累计〕", "属性"),
    ("经济发展", "1", "地区生产总值增长（%）", "3.1", "—", "6.5左右", "预期性"),
    ("^", "2", "常住人口城镇化率（%）", "60.5", "65以上", "〔4.5〕", "预期性"),
    ("绿色生态", "3", "森林覆盖率（%）", "40", "42.5", "〔2.5〕", "约束性"),
    ("^", "4", "粮食产能（万吨）", "100", ">110", "-", "约束性"),
)
DUTIES: Table = (
    ("序号", "重点任务", "主要目标", "责任单位"),
    ("1", "加快网络建设", "到2026年，建成基站3000个，其中北岭区2000个、南川县1000个。", "市工信局"),
    ("2", "培育企业", "新增规上企业60家，培育上市企业5家。", "市发改委、市科技局"),
)
CODES: Table = (
    ("科目编码", "科目名称", "预算数（万元）", "执行数（万元）"),
    ("201", "一般公共服务支出", "90", "80"),
    ("20101", "人大事务", "50", "44"),
    ("2010101", "行政运行", "30", "26"),
    ("2010102", "人大会议", "20", "18"),
    ("20102", "政协事务", "40", "36"),
    ("205", "教育支出", "210", "200"),
    ("20501", "教育管理事务", "10", "9"),
    ("20502", "普通教育", "200", "191"),
    ("合计", "", "300", "280"),
)
TABLES = {
    "stacked heads": STACKED, "several label columns": LABELS, "side by side": BUDGET, "parts under 其中": OF_WHICH,
    "goals of a plan": PLAN, "cells with prose": DUTIES, "codes": CODES,
}  # fmt: skip
FIGURES = {
    "stacked heads": 12, "several label columns": 8, "side by side": 21, "parts under 其中": 10,
    "goals of a plan": 10, "cells with prose": 5, "codes": 18,
}  # fmt: skip


def read(path: Path, form: str, table: Table) -> Extract:
    parts: tuple[Part, ...] = (TITLE, "一、主要目标", "表1 主要情况", table, "二、保障措施")
    FORMATS[form](path / f"plan.{form}", parts)
    source = read_document(path / f"plan.{form}")
    return extract(source.text, "plan", tables=source.tables)


def told(found: Extract) -> tuple[list[object], list[object]]:
    """The figures and relations without their places."""
    figures = [
        (f.literal, f.value, f.low, f.high, f.unit, f.indicator, f.region, f.period, f.measure, f.kind)
        for f in found.figures
    ]
    relations = [(r.kind, r.role, r.literal, r.unit, r.binding, r.sure) for r in found.relations]
    return figures, relations


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "html"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_in_every_format(name: str, form: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, form, TABLES[name])) == told(read(tmp_path, "html", TABLES[name]))


@pytest.mark.parametrize("name", TABLES)
def test_every_number_of_a_table_is_a_figure(name: str, tmp_path: Path) -> None:
    assert len(read(tmp_path, "html", TABLES[name]).figures) == FIGURES[name]
