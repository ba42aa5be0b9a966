"""Findings that no edit settles: those that ask one question are told as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.telling import joint_sentence
from audit.language.expression import names
from audit.language.rule import Rule
from audit.language.selections import conditions_of
from audit.model.phrase import Phrase
from audit.model.report import SEVERITIES, Finding


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


def about(situation: Situation, findings: Sequence[Finding]) -> Phrase:
    """What is the matter with findings that ask one question, in one sentence; of one finding its own.

    Of several rules the one counts that tells most of the findings, the severest first; where none tells all of them
    it is the severest finding's sentence, and how many there are.
    """
    ordered = sorted(findings, key=lambda one: SEVERITIES.index(one.severity))
    if len(ordered) == 1:
        return ordered[0].message
    checks = [finding.check for finding in ordered]
    for rule, _ in Counter(check.rule for check in checks).most_common():
        told = joint_sentence(situation.rules[rule], checks, situation.titles, situation.labels)
        if told is not None:
            return told
    first, count = ordered[0].message, len(ordered)
    return Phrase(f"{first.zh}（这样的共 {count} 处）", f"{first.en} ({count} such places)")
