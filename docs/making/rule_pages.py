"""A page for every rule of the library: what it checks, why, what it does not check, what holds and what breaks it.

Every example of a page has been run by the rule; one that does not come out as it says stops the making.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from audit.actions.rehearsal import Rehearsal, rehearse
from audit.language.files import builtin_rules
from audit.language.rule import Example, Rule
from audit.model.phrase import Language, Phrase
from audit.reporting.labels import severity_label, verdict_label
from audit.reporting.rules import declared, facts
from audit.wording import Words, words
from audit.workspace.configuration import Configuration
from audit.workspace.packs import PACKS, PLANS
from audit.workspace.rulebook import pack_files
from audit.workspace.session import Session
from docs.making.marking import block, code, sentence, table

ROOT = Path(__file__).parents[2]
FAMILIES: dict[str, Phrase] = {
    "arithmetic": Phrase("合计：整体等于各部分之和", "Sums: what is made up of parts equals them"),
    "bounds": Phrase("界限：部分不超过整体", "Bounds: a part never exceeds its whole"),
    "citations": Phrase("引文：文号与标题相符，不引用尚不存在的文件", "Citations: number and title belong together"),
    "consistency": Phrase("一致：多处写明的同一目标相同", "Consistency: what is stated twice agrees"),
    "figures": Phrase("指标：停滞、没有余地、缺基数等", "Figures: what a single figure implies"),
    "lists": Phrase("名单：写“N 项”的列出 N 项", "Lists: “N things” names N things, each once"),
    "names": Phrase("名称：一事一名", "Names: one name for one thing"),
    "relations": Phrase("文中关系：文字自己写明的合计、占比、增长", "Relations: what a text itself says of its figures"),
    "structure": Phrase("结构：任务有人负责，目标有任务", "Structure: every task has a lead, every goal a task"),
    "budget": Phrase("预算与决算表（规则包 budget）", "Budgets and accounts (pack `budget`)"),
    "bulletin": Phrase("统计公报（规则包 bulletin）", "Bulletins of statistics (pack `bulletin`)"),
    "sdmx": Phrase("SDMX 数据（规则包 sdmx）", "SDMX data (pack `sdmx`)"),
}  # fmt: skip
"""The files of the library, as the index tells them."""
LEVELS: tuple[Phrase, ...] = (
    Phrase("文件格式", "the file"), Phrase("同一文件之内", "within a document"), Phrase("各版本之间", "between versions"),
    Phrase("与其他文件", "with another document"), Phrase("与其他领域", "with another domain"),
    Phrase("与外部数据", "with outside data"),
)  # fmt: skip
"""The validation levels of the ESS."""
_TEXTS: dict[str, Phrase] = {
    "rules": Phrase("内置规则", "Built-in rules"),
    "intro": Phrase(
        "随 audit 提供的每条规则各有一页，由规则文件自动生成；页上的例子都由规则本身试验过。{count} 条规则、{examples} 个例子。",
        "Every rule that ships with audit has a page, made from the rule files; the examples on it have been run by the rule "
        "itself. {count} rules, {examples} examples.",
    ),
    "rule": Phrase("规则", "Rule"),
    "title": Phrase("内容", "What it says"),
    "severity": Phrase("级别", "Severity"),
    "level": Phrase("ESS 层级", "ESS level"),
    "what": Phrase("检查什么", "What it checks"),
    "why": Phrase("为什么", "Why"),
    "limits": Phrase("不检查什么", "What it does not check"),
    "tells": Phrase("问题的措辞", "What a finding says"),
    "examples": Phrase("例子", "Examples"),
    "text": Phrase("规则全文", "The rule itself"),
    "verdict": Phrase("结论", "Verdict"),
    "operand": Phrase("操作数", "Operand"),
    "takes": Phrase("取什么", "What it takes"),
    "cells": Phrase("单元格", "Cells"),
    "holding": Phrase("成立的例子", "An example that holds"),
    "breaking": Phrase("不成立的例子", "An example that breaks it"),
    "none": Phrase("没有另行说明。", "It says nothing of that."),
    "fact": Phrase("项目", "Part"),
    "said": Phrase("规则所写", "What the rule says"),
    "found": Phrase(
        "在大连四份规划上（`reports/report.json`）：校验 {checks}，成立 {holds}，可由取舍解释 {reconcilable}，违反 {violated}，"
        "无法检验 {untestable}。",
        "On the four plans of Dalian (`reports/report.json`): checks {checks}, hold {holds}, reconcilable {reconcilable}, "
        "violated {violated}, untestable {untestable}.",
    ),
    "shown": Phrase("同样的内容在终端中：", "The same in a terminal:"),
    "more": Phrase("其余例子", "Further examples"),
}


def rule_pages(language: Language) -> dict[str, str]:
    """The pages by their path: `rules/index.md` and `rules/ID.md`."""
    rehearsals = _rehearsed()
    found = _on_the_plans()
    pages = {"rules/index.md": _index(rehearsals, language)}
    for one in rehearsals:
        pages[f"rules/{one.rule.id}.md"] = "\n".join(_page(one, found.get(one.rule.id), language))
    return pages


def by_family(language: Language) -> Iterator[tuple[str, list[str]]]:
    """The title of every family with the paths of its pages, for the navigation."""
    for family, title in FAMILIES.items():
        own = [f"rules/{one.rule.id}.md" for one in _rehearsed() if family_of(one.rule) == family]
        yield title.in_(language).partition("：")[0].partition(": ")[0].replace("`", ""), own


def family_of(rule: Rule) -> str:
    """The family of a rule: the file of the library that it stands in."""
    return Path(rule.at.path).stem


@cache
def _rehearsed() -> tuple[Rehearsal, ...]:
    """Every rule that ships, tried: those on plans on the tables of the repository, the others on what they suppose."""
    packs = tuple(path for name in PACKS if name != PLANS.name for path in pack_files(name))
    alone = Configuration(sources=(Path(__file__).parent,), rules=packs)
    found = (*rehearse(Session(Configuration(sources=(ROOT,)))), *rehearse(Session(alone)))
    wrong = [one.rule.id for one in found if not one.passed or one.plan is None]
    if wrong:
        raise ValueError(f"examples of rules do not come out as they say: {', '.join(wrong)}")
    return found


def _on_the_plans() -> Mapping[str, Mapping[str, Any]]:
    report = json.loads((ROOT / "reports/report.json").read_text("utf-8"))
    return {rule["id"]: rule for rule in report["rules"]}


def _index(rehearsals: tuple[Rehearsal, ...], language: Language) -> str:
    def say(name: str, **values: object) -> str:
        return _TEXTS[name].in_(language).format(**values)

    _ = words(language)
    lines = [f"# {say('rules')}", ""]
    lines += [say("intro", count=len(rehearsals), examples=sum(len(one.trials) for one in rehearsals)), ""]
    heads = [say("rule"), say("title"), say("severity"), say("level")]
    for family, title in FAMILIES.items():
        own = [one.rule for one in rehearsals if family_of(one.rule) == family]
        rows = [
            [
                f"[{rule.id}]({rule.id}.md)",
                rule.title.in_(language),
                severity_label(rule.severity, _),
                f"{rule.level} {LEVELS[rule.level].in_(language)}",
            ]
            for rule in own
        ]
        lines += [f"## {title.in_(language)}", "", table(heads, rows)]
    return "\n".join(lines)


def _page(one: Rehearsal, found: Mapping[str, Any] | None, language: Language) -> Iterator[str]:
    rule, _ = one.rule, words(language)
    said = {name: text.in_(language) for name, text in _TEXTS.items()}
    yield f"# {rule.id}\n"
    yield f"**{rule.title.in_(language)}**\n"
    level = f"{said['level']} {rule.level} ({LEVELS[rule.level].in_(language)})"
    place = f"{_file(rule).relative_to(builtin_rules().parent).as_posix()}:{rule.at.line}"
    yield f"{severity_label(rule.severity, _)} · {level} · `{rule.table}` · `{place}`\n"
    yield f"## {said['what']}\n"
    yield block(rule.check_text)
    apart = {
        _("What it checks"),
        _("Why"),
        _("What it does not check"),
        _("What it tells"),
        _("Severity"),
        _("Where it stands"),
    }
    rows = [[name, value] for name, value in facts(rule, None, _) if value and name not in apart]
    yield table([said["fact"], said["said"]], rows)
    if rule.operands:
        yield table(
            [said["operand"], said["takes"]], [[code(name), told] for name, told in declared(rule, _)]
        )
    yield f"## {said['why']}\n\n{sentence(rule.because.in_(language), language)}\n"
    limits = rule.limits.in_(language) if rule.limits else said["none"]
    yield f"## {said['limits']}\n\n{sentence(limits, language)}\n"
    if rule.message:
        yield f"## {said['tells']}\n\n{block(rule.message.in_(language))}"
    yield from _examples(rule, language)
    if found and found["checks"]:
        yield said["found"].format(**found) + "\n"
    yield f"## {said['text']}\n\n{block(_written(rule), 'yaml')}"
    rules = "" if rule.at.path.startswith("rules/") else f" --rules rules/packs/{family_of(rule)}.yaml"
    yield f"{said['shown']}\n\n{block(f'audit rules show {rule.id}{rules} --lang {language}', 'sh')}"


def _examples(rule: Rule, language: Language) -> Iterator[str]:
    """One example that holds and one that breaks, each as a table, then the others on a line each."""
    said = {name: text.in_(language) for name, text in _TEXTS.items()}
    _ = words(language)
    holding = next(e for e in rule.examples if e.verdict == "holds")
    breaking = next(e for e in rule.examples if e.verdict in ("violated", "reconcilable"))
    yield f"## {said['examples']}\n"
    for name, example in (("holding", holding), ("breaking", breaking)):
        yield f"### {said[name]}\n"
        yield table([said["operand"], said["cells"]], _cells(example))
        yield f"{said['verdict']}: **{verdict_label(example.verdict, _)}**\n"
    others = [e for e in rule.examples if e not in (holding, breaking)]
    if others:
        yield f"### {said['more']}\n"
        yield table(
            [said["verdict"], said["cells"]], [[verdict_label(e.verdict, _), _line(e, _)] for e in others]
        )


def _cells(example: Example) -> Iterator[list[str]]:
    for name, given in example.cells.items():
        cells = given if isinstance(given, tuple) else (given,)
        yield [code(name), ", ".join("?" if one is None else one for one in cells) or "–"]


def _line(example: Example, _: Words) -> str:
    return "; ".join(f"{name} = {cells}" for name, cells in _cells(example))


def _file(rule: Rule) -> Path:
    """The file that a rule stands in; those on plans are told as `rules/…` wherever they are."""
    path = Path(rule.at.path)
    return path if path.is_absolute() else builtin_rules().parent / path


def _written(rule: Rule) -> str:
    """The rule as it stands in its file."""
    lines = _file(rule).read_text("utf-8").splitlines()
    start = rule.at.line - 1
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("- id:")), len(lines))
    return "\n".join(line for line in lines[start:end] if not line.startswith("#"))
