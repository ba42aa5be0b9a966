"""A report on the sample draft, made by hand: a few of its planted mistakes, one waived, one figure that agrees."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from audit.documents.model import SourceDocument
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check, FigureUse, Finding, Report, Severity, Summary, Verdict, Waiver

DRAFT = Path(__file__).parents[1] / "data" / "draft"
ID = "draft"
WAIVER = Waiver("口径不同", "definition", "李四", "2024-03-01", "2024-12-31")


def cell(document: SourceDocument, operand: str, clause: str, before: str, literal: str, unit: str) -> Cell:
    """The figure that stands as `literal` right after `before` in the draft."""
    start = document.text.index(before + literal) + len(before)
    value = Decimal(literal)
    return Cell(
        operand=operand,
        id=f"{operand}-{literal}",
        document=ID,
        clause=clause,
        literal=literal,
        value=value,
        low=value,
        high=value,
        unit=unit,
        evidence=document.text[start - len(before) : start + len(literal)],
        start=start,
        end=start + len(literal),
    )


def report_on(document: SourceDocument) -> Report:
    """The report; the draft is read from any of its formats."""
    growth = (
        cell(document, "总数", "二（一）", "三年新增高新技术企业", "120", "家"),
        cell(document, "青石街道", "二（一）", "其中青石街道", "45", "家"),
        cell(document, "柳湾街道", "二（一）", "柳湾街道", "38", "家"),
        cell(document, "临港新城", "二（一）", "临港新城", "47", "家"),
    )
    twice = (
        cell(document, "正文", "一（三）", "研发机构达到", "65", "家"),
        cell(document, "表1", "一（三）", "研发机构\t家\t36\t42\t50\t", "60", "家"),
    )
    total = tuple(
        cell(document, operand, "二（四）", before, literal, "万元")
        for operand, before, literal in (
            ("企业研发补助", "企业研发补助\t4000\t", "4500"),
            ("平台运行补助", "平台运行补助\t6000\t", "7000"),
            ("人才引育补助", "人才引育补助\t2000\t", "2500"),
            ("合计", "合计\t12000\t", "14500"),
        )
    )
    box = (
        cell(document, "总投资", "二（五）", "项目总投资", "12", "亿元"),
        cell(document, "设备", "二（五）", "设备投资", "7", "亿元"),
    )
    waived = (cell(document, "研发投入", "一（二）", "全区研发投入", "20", "亿元"),)
    sums = Phrase("各部分之和大于总数", "the parts exceed the whole")
    findings = (
        _finding("parts", growth, "120 >= 45 + 38 + 47", -10, sums),
        _finding("twice", twice, "65 == 60", 5, Phrase("同一目标两处不一致", "one target is stated twice")),
        _finding("total", total, "4500 + 7000 + 2500 == 14500", -500, Phrase("合计不符", "the total is off")),
        _finding("again", growth[:1], "120 == 110", 10, Phrase("与前文不符", "differs"), "warning", "reconcilable"),
        _finding("box", box, "12 == 7", 5, Phrase("投资不平", "investment is off")),
        _finding("old", waived, "20 == 19", 1, Phrase("已说明", "explained"), "error", "violated", WAIVER),
    )  # fmt: skip
    agreed = cell(document, "人才", "二（三）", "累计引进高层次人才", "90", "名")
    untested = cell(document, "公寓", "二（三）", "新增人才公寓", "1200", "套")
    holds = _check("years", (agreed,), "90 == 25 + 30 + 35", 0, "holds")
    return Report(
        version="0",
        summary=Summary(12, 11, 6, 0, 7, 1, 1, 5, 0, 1),
        documents=(),
        inputs=(),
        rules=(),
        findings=findings,
        untestable=(),
        unbound_rules=(),
        checks=(*(finding.check for finding in findings), holds),
        figures=(
            *(_use(one, ("parts",)) for one in growth),
            _use(agreed, ("years",)),
            _use(untested, ()),
        ),
    )


def _check(identity: str, cells: tuple[Cell, ...], equation: str, gap: int, verdict: Verdict) -> Check:
    left = cells[0].value or Decimal(0)
    return Check(
        id=identity,
        rule=f"draft.{identity}",
        key={},
        verdict=verdict,
        left=left,
        right=left - gap,
        imbalance=Decimal(gap),
        left_low=None,
        left_high=None,
        right_low=None,
        right_high=None,
        equation=equation,
        formula=f"`0` {equation.split()[1]} " + " + ".join(f"`{n}`" for n in range(1, len(cells))),
        cells=cells,
    )


def _finding(
    identity: str,
    cells: tuple[Cell, ...],
    equation: str,
    gap: int,
    message: Phrase,
    severity: Severity = "error",
    verdict: Verdict = "violated",
    waiver: Waiver | None = None,
) -> Finding:
    check = _check(identity, cells, equation, gap, verdict)
    return Finding(check, severity, 1, message, Phrase("", ""), waiver=waiver)


def _use(one: Cell, checks: tuple[str, ...]) -> FigureUse:
    return FigureUse(one, one.operand, "", "", "2026", "level", checks)
