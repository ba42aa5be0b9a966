"""A report to render in tests: an invented zone of two districts, checked, with hostile words planted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audit.model.cause import Alternative, Cause, Edit, Effect
from audit.model.phrase import Phrase
from audit.model.report import (
    Cell,
    Check,
    FigureUse,
    Finding,
    Input,
    LeftOut,
    Reading,
    Report,
    RuleCard,
    Severity,
    Summary,
    Unreadable,
    Verdict,
    Waiver,
)
from audit.model.rows import Clause, Document

HOSTILE: dict[str, str] = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> & \"'</td>",
    "formula": "=cmd|'/C calc'!A0",
    "plus": "+1+1",
    "at": "@SUM(1+1)",
    "markdown": "| a | `b` [x](javascript:alert(1)) **c** <b>\n# head",
    "control": "\x1b[31mred\x1b[0m\x07\x00\u202egnirts\u2028line\ttab",
    "long": "长" * 10_000,
    "annotation": "%0A::error file=x::boo\r\n::warning::no",
    "template": "{{ 7*7 }} {% raw %} ${x} %(y)s {0}",
    "close": "]]></failure></script><!-- --> -->",
}

DOCUMENTS = (
    Document("zone-plan", "东政办发〔2021〕7号", "东海创新区三年行动计划（2021—2023年）",
             "东海市人民政府办公厅", "2021-03-01", "创新区", "2021/2023", "ab" * 32, True),
    Document("city-guide", "东政办发〔2021〕6号", "东海市科技创新指南", "东海市人民政府办公厅",
             "2021-02-20", "东海市", "2021/2024", "cd" * 32, True),
    Document("work-plan", None, "2021年工作要点", None, None, "东海市", "2021", None, False),
)  # fmt: skip

CLAUSES = tuple(
    Clause(
        "zone-plan", clause, parent, clause[-1], "chapter" if parent is None else "part", heading, None, None
    )
    for clause, parent, heading in (
        ("二", None, "发展目标"),
        ("三", None, "重点任务"),
        ("三(一)", "三", "发展先导产业"),
        ("三(二)", "三", "建设研发机构"),
    )
)

RULES = (
    RuleCard(
        id="sums.zone-total",
        title=Phrase("两区之和等于创新区", "The districts add up to the zone"),
        severity="error",
        level=1,
        because=Phrase(
            "创新区由南区和北区组成，没有别的部分", "the zone consists of the two districts and nothing else"
        ),
        limits=Phrase("不核对跨年累计", "does not look at running totals over years"),
        expression="创新区 == 南区 + 北区",
        source="rules/sums.yaml",
        line=12,
    ),
    RuleCard(
        id="across.same-target",
        title=Phrase("两份文件的同一目标一致", "Two plans state one target alike"),
        severity="warning",
        level=2,
        because=Phrase("同一目标只能有一个数", "one target has one number"),
        limits=None,
        expression="here == there",
        source="rules/across.yaml",
        line=3,
    ),
    RuleCard(
        id="structure.task-has-lead",
        title=Phrase("每项任务都有牵头单位", "Every task has a body in charge"),
        severity="warning",
        level=1,
        because=Phrase("没有牵头单位的任务无人负责", "a task nobody leads is nobody's task"),
        limits=None,
        expression="lead is not missing",
        source="rules/structure.yaml",
        line=40,
    ),
    RuleCard(
        id="sums.never-bound",
        title=Phrase("从未绑定的规则", "A rule that binds nothing"),
        severity="error",
        level=1,
        because=Phrase("用于试验", "for trial"),
        limits=None,
        expression="甲 == 乙",
        source="rules/sums.yaml",
        line=90,
    ),
)
READING = Reading(
    numerals=40,
    read=37,
    left_out=(LeftOut("a number without unit", 2), LeftOut(HOSTILE["template"], 1)),
    unreadable=(Unreadable("表2 第3行", "3..5"), Unreadable("表2 第4行", HOSTILE["html"])),
)
_INDICATORS = {"研发机构": "家", "高新技术企业": "家", "销售收入": "亿元", "孵化器面积": "万平方米"}
_REGIONS = ("创新区", "南区", "北区")


def figure(
    operand: str,
    value: str | None,
    *,
    document: str = "zone-plan",
    clause: str = "三(一)阶段目标2021",
    indicator: str = "研发机构",
    region: str = "",
    period: str = "2021",
    unit: str | None = None,
    evidence: str | None = None,
    literal: str | None = None,
    low: str | None = "",
    high: str | None = "",
    line: int = 2,
    start: int = 100,
) -> Cell:
    """A figure as an operand; `low`/`high` "" means as stated."""
    number = None if value is None else Decimal(value)
    unit = _INDICATORS.get(indicator, "") if unit is None else unit
    literal = value or "" if literal is None else literal
    region = region or operand
    return Cell(
        operand=operand,
        id=f"{document}/{region}/-/{indicator}/{period}/level",
        document=document,
        clause=clause,
        literal=literal,
        value=number,
        low=number if low == "" else None if low is None else Decimal(low),
        high=number if high == "" else None if high is None else Decimal(high),
        unit=unit,
        evidence=f"{indicator}达到{literal}{unit}" if evidence is None else evidence,
        start=start,
        end=start + len(literal),
        dimensions={"document": document, "region": region, "indicator": indicator, "period": period},
        source=f"extracted/targets/{document}.csv",
        line=line,
    )


def sum_check(
    verdict: Verdict,
    whole: Cell,
    *parts: Cell,
    rule: str = "sums.zone-total",
    key: dict[str, str] | None = None,
    identity: str = "",
    missing: tuple[str, ...] = (),
) -> Check:
    """A check `whole == sum of parts` with its sides computed."""
    left = whole.value
    values = [part.value for part in parts]
    right = None if None in values or missing else sum((v for v in values if v is not None), Decimal(0))
    lows = [part.low for part in parts]
    highs = [part.high for part in parts]
    return Check(
        id=identity or f"{rule}/{whole.id}",
        rule=rule,
        key=whole.dimensions if key is None else key,
        verdict=verdict,
        left=left,
        right=right,
        imbalance=None if left is None or right is None else left - right,
        left_low=whole.low,
        left_high=whole.high,
        right_low=None if None in lows else sum((v for v in lows if v is not None), Decimal(0)),
        right_high=None if None in highs else sum((v for v in highs if v is not None), Decimal(0)),
        equation=f"{whole.value} == " + " + ".join(str(v) for v in values),
        formula="`0` == " + " + ".join(f"`{n}`" for n in range(1, len(parts) + 1)) + " + `?`" * bool(missing),
        cells=(whole, *parts),
        missing=missing,
    )


def finding(
    check: Check, severity: Severity = "error", message: Phrase | None = None, **changes: object
) -> Finding:
    """`check` as a finding."""
    card = next((rule for rule in RULES if rule.id == check.rule), RULES[0])
    message = message or Phrase(
        f"{check.cells[0].operand}与其余之和不等", f"{check.cells[0].operand} is not the sum of the rest"
    )
    return replace(Finding(check, severity, card.level, message, card.because), **changes)  # type: ignore[arg-type]


def _sums() -> list[Check]:
    """Twelve sums; those of 研发机构 2022, 销售收入 2023 and 高新技术企业 2021 do not hold as stated."""
    table = {
        ("研发机构", "2021"): ("30", "20", "10"), ("研发机构", "2022"): ("90", "50", "30"),
        ("研发机构", "2023"): ("120", "70", "50"), ("高新技术企业", "2021"): ("150", "100", "60"),
        ("高新技术企业", "2022"): ("300", "200", "100"), ("高新技术企业", "2023"): ("450", "300", "150"),
        ("销售收入", "2021"): ("650.5", "400.2", "250.3"), ("销售收入", "2022"): ("1000", "600", "400"),
        ("销售收入", "2023"): ("1560", "650", "1000"), ("孵化器面积", "2021"): ("58", "12", "45"),
        ("孵化器面积", "2022"): ("60", "15", "45"),
        ("孵化器面积", "2023"): ("1000000000000000.1234", "1", "2"),
    }  # fmt: skip
    checks = []
    for line, ((indicator, period), values) in enumerate(table.items(), start=2):
        loose = indicator == "孵化器面积" and period == "2021"
        cells = [
            figure(
                region, value, indicator=indicator, period=period,
                clause=f"三({'一二'[place > 0]})阶段目标{period}",
                line=line * 3 + place, start=1000 + line * 100 + place * 10,
                low=str(Decimal(value) - Decimal("0.5")) if loose else "",
                high=str(Decimal(value) + Decimal("0.5")) if loose else "",
            )
            for place, (region, value) in enumerate(zip(_REGIONS, values, strict=True))
        ]  # fmt: skip
        key = {"document": "zone-plan", "indicator": indicator, "period": period}
        check = sum_check("holds", *cells, key=key, identity=f"sum{line:02d}")
        if check.imbalance:
            check = replace(check, verdict="reconcilable" if loose else "violated")
        checks.append(check)
    return checks


def _hostile() -> list[Check]:
    checks = []
    for line, (name, text) in enumerate(HOSTILE.items(), start=50):
        cells = [
            figure("here", "5", evidence=text, indicator=text[:60], region="南区", line=line),
            figure(
                "there", "6", evidence=text, document="city-guide", clause=text[:30], region="南区", line=line
            ),
        ]
        key = {"indicator": text[:80], "period": "2021"}
        check = sum_check("violated", *cells, rule="across.same-target", key=key, identity=f"hostile-{name}")
        checks.append(replace(check, equation=f"5 == 6 {text}"))
    return checks


def sample() -> Report:
    """Three documents, four rules, 26 checks, 18 findings of every kind."""
    sums, hostile = _sums(), _hostile()
    lead = Check(
        "lead-14", "structure.task-has-lead", {"document": "zone-plan", "clause": "三(二)14"}, "violated",
        None, None, None, None, None, None, None, "lead is missing",
        (Cell("lead", "zone-plan/三(二)14", "zone-plan", "三(二)14", "", None, None, None, "", "", None, None,
              {"document": "zone-plan", "clause": "三(二)14"}, "extracted/clauses/zone-plan.csv", 15),),
    )  # fmt: skip
    bound = sum_check(
        "holds",
        figure("here", "130", high=None, clause="二", indicator="高新技术企业", period="2024", line=4),
        figure(
            "there", "130", document="city-guide", clause="一(二)", indicator="高新技术企业", period="2024"
        ),
        rule="across.same-target",
        key={"indicator": "高新技术企业", "period": "2024"},
        identity="same-1",
    )
    gaps = [
        sum_check(
            "untestable",
            figure("创新区", "1650", indicator="投资", period=period, unit="亿元", line=30),
            figure("南区", "650", indicator="投资", period=period, unit="亿元", line=31),
            key={"document": "zone-plan", "indicator": "投资", "period": period},
            identity=f"gap{period}",
            missing=("北区",),
        )
        for period in ("2021", "2022")
    ]
    checks = (*sums, *hostile, bound, lead, *gaps)
    return report_of(
        checks,
        [
            *(finding(check) for check in sums if check.verdict == "violated"),
            finding(lead, "warning", Phrase("任务14没有牵头单位", "task 14 has no body in charge")),
            *(finding(check, "warning") for check in sums if check.verdict == "reconcilable"),
            *(
                finding(
                    check, "warning", Phrase(f"不一致 {check.cells[0].evidence}", check.cells[0].evidence)
                )
                for check in hostile
            ),
        ],
    )


def explained() -> Report:
    """The sample with a cause of one figure, that settles a sum, and a question of two findings."""
    report = sample()
    first = next(finding for finding in report.findings if finding.id == "sum03")
    asked = tuple(finding.id for finding in report.findings if finding.check.rule == "across.same-target")[:2]
    whole = first.check.cells[0]
    edits = tuple(
        Edit("targets", whole.id, column, "90", "80") for column in ("literal", "value", "low", "high")
    )
    slip = Cause(
        "slip1", "figure", Phrase("90家应为80家", "90家 should read 80家"), Decimal("0.8"), (first.id,), (first.id,),
        edits, Effect(1, 0, 2), (Alternative((Edit("targets", whole.id, "value", "90", "70"),), Decimal("0.1")),),
    )  # fmt: skip
    question = Cause(
        "question1", "question", Phrase("两份文件说法不一", "two plans disagree"), Decimal(0), asked, asked, (),
        Effect(0, 0, 0),
    )  # fmt: skip
    return replace(report, causes=(question, slip), labels={"南区": "South District"})


def report_of(checks: tuple[Check, ...], findings: list[Finding]) -> Report:
    """A whole report around `checks`: rule counts, figures and totals follow. The third finding is waived."""
    if len(findings) > 2:
        waiver = Waiver("两处口径不同", "definition", "王审计", "2024-01-05", "2025-01-01")
        findings[2] = replace(findings[2], waiver=waiver)
    uses: dict[str, FigureUse] = {}
    for check in checks:
        for cell in check.cells:
            if cell.value is None:
                continue
            name = f"{cell.id}@{cell.line}"
            known = uses.get(name)
            seen = (*known.checks, check.id) if known else (check.id,)
            dims = cell.dimensions
            together = check.verdict != "untestable" and len(check.cells) > 1
            uses[name] = FigureUse(
                cell,
                dims["indicator"],
                dims["region"],
                dims.get("industry", ""),
                dims["period"],
                "level",
                seen,
                compared=together or bool(known and known.compared),
            )
    idle = figure("高新区", "7", indicator="国际论坛", unit="场", clause="二", line=99)
    figures = (*uses.values(), FigureUse(idle, "国际论坛", "南区", "", "2021", "count", ()))
    rules = tuple(_counted(rule, checks) for rule in RULES)
    count = {verdict: sum(check.verdict == verdict for check in checks) for verdict in
             ("holds", "reconcilable", "violated", "untestable")}  # fmt: skip
    return Report(
        version="0.1.0",
        summary=Summary(
            figures=len(figures),
            figures_covered=len(figures) - 1,
            figures_compared=len(figures) - 1,
            rules=len(rules),
            rules_unbound=1,
            checks=len(checks),
            waived=sum(finding.waiver is not None for finding in findings),
            **count,
        ),
        documents=DOCUMENTS,
        inputs=(Input("extracted/targets/zone-plan.csv", "12" * 32), Input("rules/sums.yaml", "34" * 32)),
        rules=rules,
        findings=tuple(findings),
        untestable=tuple(check for check in checks if check.verdict == "untestable"),
        unbound_rules=("sums.never-bound",),
        checks=checks,
        figures=figures,
        clauses=CLAUSES,
        reading=READING,
        notes=(Phrase("第 2 页的图片", "a picture on page 2"),),
    )


def _counted(rule: RuleCard, checks: tuple[Check, ...]) -> RuleCard:
    own = [check.verdict for check in checks if check.rule == rule.id]
    counts = {verdict: own.count(verdict) for verdict in ("holds", "reconcilable", "violated", "untestable")}
    return replace(rule, checks=len(own), **counts)  # type: ignore[arg-type]


def large(findings: int, checks: int) -> Report:
    """A report of many `checks`, the first `findings` of which do not hold."""
    made = []
    for number in range(checks):
        indicator = f"指标{number % 997}"
        period = str(2000 + number % 30)
        values = ("100", "60", "39" if number < findings else "40")
        cells = [
            figure(region, value, indicator=indicator, period=period, unit="家", clause=f"三({number % 9})",
                   line=number * 3 + place, document=DOCUMENTS[number % 3].id)
            for place, (region, value) in enumerate(zip(_REGIONS, values, strict=True))
        ]  # fmt: skip
        key = {"indicator": indicator, "period": period, "row": str(number)}
        verdict: Verdict = "violated" if number < findings else "holds"
        made.append(sum_check(verdict, *cells, key=key, identity=f"c{number:06d}"))
    return report_of(tuple(made), [finding(check) for check in made[:findings]])
