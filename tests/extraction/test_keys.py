"""Keys: what a figure is of, whose, when and in which account is read; only figures whose whole key is earned are held
against each other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.actions.extracting import extract_to
from audit.extraction import extract
from audit.model.rows import Figure
from audit.workspace.configuration import Configuration
from tests.extraction.reporting import reported

BULLETIN = "白云市2023年国民经济和社会发展统计公报\n\n"
BUDGET = "白云市2025年预算执行情况和2026年预算草案的报告\n\n"
PLAN = "白云市国民经济和社会发展第十四个五年规划和2035年远景目标纲要\n\n"


def figure(text: str, literal: str) -> Figure:
    return next(f for f in extract(text).figures if f.literal == literal)


@pytest.mark.parametrize(
    ("text", "literal", "period"),
    [
        (BULLETIN + "全年进出口120亿元。12月份，居民消费价格上涨1.2%。", "1.2", "2023-12"),
        (BULLETIN + "1-10月，工业增加值增长5.1%。", "5.1", "2023-01/2023-10"),
        (BULLETIN + "前三季度，工业增加值增长5.2%。", "5.2", "2023-01/2023-09"),
        (BULLETIN + "上半年工业增加值增长5.3%。", "5.3", "2023H1"),
        (BULLETIN + "上半年增速回升，全年工业增加值增长5.4%。", "5.4", "2023"),
        ("白云市2023年一季度经济运行分析\n\n地区生产总值512.4亿元，增长3%。", "512.4", "2023Q1"),
        (PLAN + "地区生产总值年均增长6%。", "6", "2021/2025"),
        (PLAN + "按照与到2035年基本实现现代化目标相衔接的要求，森林覆盖率达到43%。", "43", "2025"),
        (PLAN + "今后五年，地区生产总值年均增长5.5%。", "5.5", "2021/2025"),
        (PLAN + "到2025年，工业总产值达到5200亿元，比2020年的4000亿元增加1200亿元。", "4000", "2020"),
        (BULLETIN + "软件收入从2013年的2.4亿元增长到2023年的9.1亿元，年均增速达14.3%。", "14.3", "2013/2023"),
    ],
)  # fmt: skip
def test_the_period_is_that_of_the_words(text: str, literal: str, period: str) -> None:
    assert figure(text, literal).period == period


TABLE = BULLETIN + "表1 工业增加值（亿元）\n行业\t{}\t{}\n钢铁\t31.5\t42.6\n化工\t51.7\t62.8\n"


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (("2022年", "2023年"), ("2022", "2023")),
        (("2023年一季度", "2023年二季度"), ("2023Q1", "2023Q2")),
        (("1-6月", "7-12月"), ("2023-01/2023-06", "2023-07/2023-12")),
        (("2023年6月", "2023年1-6月"), ("2023-06", "2023-01/2023-06")),
        (("2022年上半年", "2022年全年"), ("2022H1", "2022")),
        (("2021—2022年", "2023年"), ("2021/2022", "2023")),
    ],
)
def test_the_period_of_a_cell_is_that_of_its_head_in_the_same_words(
    heads: tuple[str, str], periods: tuple[str, str]
) -> None:
    text = TABLE.format(*heads)
    assert tuple(figure(text, literal).period for literal in ("31.5", "42.6")) == periods


@pytest.mark.parametrize(
    ("text", "literal", "kind"),
    [
        (BUDGET + "一、2025年预算执行情况\n全市一般公共预算收入完成308.1亿元。", "308.1", "baseline"),
        (BUDGET + "一、2025年预算执行情况\n批准的全市一般公共预算收入为310.2亿元。", "310.2", "target"),
        (BUDGET + "二、2026年预算草案\n全市一般公共预算收入320亿元。", "320", "target"),
        ("2024年白云市政府工作报告\n\n一、2023年工作回顾\n地区生产总值达到900亿元。", "900", "baseline"),
        ("2024年白云市政府工作报告\n\n今年，地区生产总值增长5%。", "5", "target"),
        ("2024年1-8月白云市进出口\n\n进出口总额45亿元。", "45", "baseline"),
        ("2024年上半年白云市工作要点\n\n进出口总额达到55亿元。", "55", "target"),
        ("2024年白云市政府工作报告\n\n去年，地区生产总值增长6%。", "6", "baseline"),
        (PLAN + "研究开发支出按160%加计扣除。", "160", "threshold"),
        (PLAN + "对困难人员按照不低于低保标准的150%施保。", "150", "threshold"),
        (PLAN + "投资净收益为-1339万元。", "-1339", "baseline"),
        (PLAN + "新增企业为-30家。", "-30", "target"),
    ],
)
def test_goals_and_results_of_a_report_are_told_apart(text: str, literal: str, kind: str) -> None:
    assert figure(text, literal).kind == kind


def test_the_account_and_the_tier_are_those_last_named() -> None:
    text = BUDGET + (
        "一、2025年预算执行情况\n（一）一般公共预算\n全市一般公共预算收入完成308.1亿元。支出完成523.6亿元。\n"
        "市本级（含高新区）收入完成71.2亿元。支出完成140.3亿元。\n（二）政府性基金预算\n全市收入完成180.4亿元。\n"
    )
    assert [(f.account, f.tier) for f in extract(text).figures] == [
        ("一般公共预算", None),
        ("一般公共预算", None),
        ("一般公共预算", "市本级(含高新区)"),
        ("一般公共预算", "市本级(含高新区)"),
        ("政府性基金预算", None),
    ]


TWICE = "consistency.stated-twice"


@pytest.mark.parametrize(
    "text",
    [
        BULLETIN + "一、综合\n全年一般公共预算支出376.82亿元，比上年增长5.2%。\n二、财政\n全年一般公共预算支出达到367.82亿元。\n",
        BULLETIN + "一、综合\n全年规模以上工业增加值增长6.3%。\n二、工业\n全年规模以上工业增加值比上年增长3.6%。\n",
        BUDGET + "一、2025年预算执行情况\n全市一般公共预算收入完成308.1亿元。全市平衡情况：一般公共预算收入318.1亿元，"
        "上级补助收入50亿元。\n",
        PLAN + "一、目标\n到2025年，常住人口城镇化率达到65%，森林覆盖率达到43%。\n二、生态\n到2025年，森林覆盖率达到34%。\n",
    ],
)  # fmt: skip
def test_what_is_stated_twice_with_two_values_is_told_once(text: str, tmp_path: Path) -> None:
    (finding,) = reported(text, tmp_path, TWICE)
    assert (finding.severity, finding.certain) == ("error", True)


@pytest.mark.parametrize(
    "text",
    [
        BULLETIN + "全年城镇居民人均可支配收入4万元。其中工资性收入2万元。\n"
        "全年农村居民人均可支配收入2万元。其中工资性收入1万元。\n",
        BULLETIN + "年末普通高校7所；在校学生9.3万人。中等职业学校26所；在校学生4.7万人。\n",
        BUDGET + "一、2025年预算执行情况\n全市一般公共预算支出完成523.6亿元。\n市级一般公共预算支出完成140.3亿元。\n",
        BUDGET + "一、2025年预算执行情况\n一般公共预算支出完成523.6亿元。\n二、2026年预算草案\n一般公共预算支出540亿元。\n",
        BUDGET + "一、2025年预算执行情况\n备案的一般公共预算支出为482.01亿元，调整后的一般公共预算支出为498.24亿元。\n",
        BUDGET + "一、2025年支出情况\n统筹安排资金1.5亿元，支持甲。统筹安排资金2.5亿元，支持乙。\n",
        BULLETIN + "全年一般公共预算收入增长21.7%，可比增长12.7%。\n",
        BULLETIN + "全年居民消费价格上涨0.3%。12月份，居民消费价格上涨1.2%。\n",
        PLAN + "到2025年，森林覆盖率达到43%。\n到2023年，森林覆盖率达到42%。\n",
        BULLETIN + "一、综合\n全年一般公共预算收入318.4亿元，增长5.8%。\n"
        "二、园区\n青石区完成投资735亿元；实现一般公共预算收入48.7亿元。\n",
        PLAN + "一、养老\n扩大养老保险覆盖面，参保人数达到610万人。\n二、工伤\n扩大工伤保险覆盖范围，参保人数达到355万人。\n",
        BULLETIN + "一、住房\n新增保障性住房2688套。\n二、五年成就\n新增保障性住房4.4万套。\n",
        BULLETIN + "年末卫生技术人员431万人，增长1.3%。农村共有卫生院51277个。卫生技术人员94万人，增长2.5%。\n",
        PLAN + "一、生产\n固定资产交付使用率，由“十三五”期间的73.6%提高到75%。\n"
        "二、结构\n食品消费比重，由“十三五”期间的58%下降到55%。\n",
        BUDGET + "一、2025年预算执行情况\n财政总收入49亿元，完成收入计划50亿元的98%，同比增长4%。\n"
        "一般公共预算收入30亿元，完成收入计划25亿元的120%，同比增长26%。\n",
        "白云市2023年1-6月经济运行情况分析\n\n一般公共预算收入完成68亿元。\n"
        "确保全年地区生产总值增长6%；一般公共预算收入完成134亿元。\n",
        PLAN + "养老保险基金收入21亿元。支出19亿元。本年收支结余2亿元，年末滚存结余28亿元。\n"
        "医疗保险基金收入23亿元。支出15亿元。本年收支结余8亿元，年末滚存结余37亿元。\n",
        "产量为1330万桶，此前预期为1323万桶。\n需求为2.031亿桶，此前预期为2.029亿桶。\n",
        PLAN + "本解锁期可解锁对象为313人。\n本解锁期可解锁对象为308人。\n",
        "密度726人/平方公里，与甲地（产出6.5亿元/平方公里）、乙地（产出9.6亿元/平方公里）相比。\n",
        PLAN + "2025年铀矿开采量为18313吨。其次为南部矿区，2025年铀矿开采量5034吨。\n",
        BULLETIN + "一、五年成就\n草原沙化治理116万亩。\n二、生态\n草原沙化治理24万亩。\n",
        PLAN + "五年内，医院床位增加25万张，医护人员增加60万人，增加12万张，增加30万人。\n",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_not_held_against_each_other(text: str, tmp_path: Path) -> None:
    assert reported(text, tmp_path, TWICE) == ()


def test_a_key_of_which_a_part_is_inherited_is_told_as_such() -> None:
    text = BULLETIN + "全年进出口总额90亿元。其中一般贸易出口30亿元。\n"
    assert [f.sure for f in extract(text).figures] == ["certain", "inferred"]


def test_documents_that_state_one_result_differently_are_told_once(tmp_path: Path) -> None:
    old, new, folder = tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "in-force"
    old.write_text(
        BULLETIN + "全年一般公共预算支出376.82亿元。\n全年地区生产总值900亿元。\n", encoding="utf-8"
    )
    new.write_text(
        "白云市2023年预算执行情况的报告\n\n一、支出\n2023年，一般公共预算支出367.82亿元。\n2023年，地区生产总值900亿元。\n",
        encoding="utf-8",
    )
    extract_to([old], folder)
    run = check(Configuration(sources=(new,), only=("consistency.same-target",)), against=folder)
    (finding,) = run.report.findings
    assert {cell.literal for cell in finding.check.cells} == {"376.82", "367.82"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("信息和技术服务业、租赁和商务服务业增加值比上年分别增长7.1%和8.8%。",
         ["信息和技术服务业增加值增速", "租赁和商务服务业增加值增速"]),
        ("集成电路、工业仪表、机器人等产品产量比上年分别增长11.2%、31.0%和18.4%。",
         ["集成电路产量增速", "工业仪表产量增速", "机器人产量增速"]),
        ("小麦产量和玉米产量比上年分别增长2.1%和3.4%。", ["小麦产量增速", "玉米产量增速"]),
    ],
)  # fmt: skip
def test_as_many_nouns_as_numbers_are_paired(sentence: str, names: list[str]) -> None:
    text = f"云岭市2025年国民经济和社会发展统计公报\n\n一、综合\n{sentence}\n"
    assert [figure.indicator for figure in extract(text).figures] == names


@pytest.mark.parametrize(
    ("text", "literal", "indicator"),
    [
        ("300个项目完成投资546亿元，完成率106.18%。", "106.18", "完成率"),
        ("地区生产总值迈上新台阶，从2019年540亿元增加到2024年815亿元。", "815", "地区生产总值"),
        ("仅次于大众交通285.92%的年内涨幅。", "285.92", "仅次于大众交通涨幅"),
        ("偷盗案由前年的25213宗，跌至去年的21965宗。", "21965", "偷盗案"),
    ],
)
def test_a_rate_is_called_by_its_own_noun(text: str, literal: str, indicator: str) -> None:
    assert figure(BULLETIN + text, literal).indicator == indicator


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    text = (
        "雲嶺市2025年國民經濟和社會發展統計公報\n\n一般公共預算收入12.5億元，其中稅收收入10億元、非稅收入2.5億元。\n"
        "失業人數43萬6千人，減少3千人或0.68%。\n"
    )
    found = {figure.literal: figure for figure in extract(text).figures}
    assert (found["12.5"].indicator, found["12.5"].unit) == ("一般公共预算收入", "亿元")
    assert (found["0.68"].indicator, found["43萬6千"].value) == ("失业人数降幅", 436000)
    assert [row.literal for row in extract(text).relations] == ["12.5", "10", "2.5"]
