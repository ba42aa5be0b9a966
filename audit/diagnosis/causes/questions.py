"""Findings that no edit settles: those that ask one question are told as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.diagnosis.causes.situation import Situation
from audit.language.expression import names
from audit.language.rule import Rule
from audit.language.selections import conditions_of
from audit.model.phrase import Phrase
from audit.model.report import SEVERITIES, Finding

_NAMED = 12


def group_of(situation: Situation, finding: Finding) -> tuple[object, ...]:
    """What a finding asks, and where: findings that are equal in it ask one question.

    Rules that demand the same of the same rows ask the same; of clauses those of one chapter are asked about together.
    """
    key, rule = finding.check.key, situation.rules[finding.check.rule]
    document = key.get("document", "")
    chapter = situation.chapter(document, key.get("clause", "")) if rule.table == "clauses" else ""
    return (*demand_of(rule), document, chapter)


def demand_of(rule: Rule) -> tuple[object, ...]:
    """What a rule demands: its check, with what the names there take, and of which rows. Each record rule and
    hierarchy demands its own."""
    taken = [rule.operands.get(name) for name in dict.fromkeys(names(rule.check))]
    selections = tuple(
        (one.table, one.column, one.reading, conditions_of(one.conditions))
        for one in taken
        if one is not None
    )
    if len(selections) != len(taken) or not taken:
        return (rule.id,)
    keys = tuple(name for name, _ in rule.for_each)
    return rule.table, rule.check_text, conditions_of(rule.where), keys, selections


def about(findings: Sequence[Finding], rules: Mapping[str, Rule], labels: Mapping[str, str]) -> Phrase:
    """One finding in its own words; several by the title of the weightiest's rule and what they are about.

    `labels` are the English names of codes.
    """
    ordered = sorted(findings, key=lambda one: SEVERITIES.index(one.severity))
    if len(ordered) == 1:
        return ordered[0].message
    title = rules[ordered[0].check.rule].title
    told = [_told(finding, findings) for finding in findings]
    named = list(dict.fromkeys(names for names in told if names))
    zh = "、".join(" ".join(names) for names in named[:_NAMED])
    en = ", ".join(" ".join(labels.get(name, name) for name in names) for names in named[:_NAMED])
    if len(named) > _NAMED:
        zh, en = f"{zh}等", f"{en} and others"
    return Phrase(
        f"{title.zh}：{len(findings)} 处不符合" + (f"（{zh}）" if zh else ""),
        f"{title.en}: {len(findings)} do not" + (f" ({en})" if en else ""),
    )


def _told(finding: Finding, others: Sequence[Finding]) -> tuple[str, ...]:
    """What tells a finding from the others: the parts of its key that are not the same in all."""
    key = finding.check.key
    return tuple(
        value
        for name, value in key.items()
        if name not in ("start", "relation") and any(other.check.key.get(name) != value for other in others)
    )
