"""The causes behind the findings of a run: hypotheses are made, tried, weighed; what none explains is a question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from audit.diagnosis.causes import figures, measures, missing_rows, names, places, terms
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.situation import Situation, key_of
from audit.diagnosis.causes.weighing import Explanation, Tried, explanations, grouped
from audit.diagnosis.trials.outcomes import Key, outcomes
from audit.diagnosis.trials.trial import Change, Trial
from audit.language.plan import Plan
from audit.language.rule import Rule
from audit.model.cause import Alternative, Cause, Edit, Effect
from audit.model.phrase import Phrase
from audit.model.report import Check, Finding, Severity

_WEIGHT: dict[Severity, int] = {"error": 4, "warning": 2, "info": 1}
MOST_TRIED = 400


def causes(
    situation: Situation, around: Sequence[Check], plans: Sequence[Plan], rules: Sequence[Rule]
) -> tuple[Cause, ...]:
    """The causes behind all findings, the heaviest first; every finding belongs to exactly one.

    `around` are the checks that share figures with a finding, those that hold among them. Without `plans` nothing is
    tried, and every cause is a question.
    """
    by_id = {rule.id: rule for rule in rules}
    hypotheses = list(_proposed(situation, around, by_id))[:MOST_TRIED] if plans else []
    trials = [Trial(f"{number}", hypothesis.changes) for number, hypothesis in enumerate(hypotheses)]
    found = outcomes(trials, plans, situation.tables)
    tried = [Tried(hypotheses[int(name)], outcome) for name, outcome in found.items()]
    findings = {key_of(finding.check): finding for finding in situation.findings}
    explained = explanations(tried, findings)
    settled = {key for explanation in explained for key in explanation.settles}
    left = [key for key in findings if key not in settled]
    questions = grouped(left, {key: _group(finding) for key, finding in findings.items()})
    told = [
        *(_explained(situation, explanation, findings) for explanation in explained),
        *(_asked(keys, findings, by_id) for keys in questions),
    ]
    weights = {finding.id: _WEIGHT[finding.severity] for finding in situation.findings}
    return tuple(sorted(told, key=lambda cause: (-sum(weights[one] for one in cause.findings), cause.id)))


def _proposed(
    situation: Situation, around: Sequence[Check], rules: Mapping[str, Rule]
) -> Iterable[Hypothesis]:
    yield from figures.proposals(situation, around, rules)
    yield from measures.proposals(situation)
    yield from missing_rows.proposals(situation, rules)
    yield from terms.proposals(situation)
    yield from names.proposals(situation)
    yield from places.proposals(situation, rules)


def _group(finding: Finding) -> tuple[str, str]:
    """Findings of one rule in one document ask one question."""
    return finding.check.rule, finding.check.key.get("document", "")


def _explained(situation: Situation, explanation: Explanation, findings: Mapping[Key, Finding]) -> Cause:
    chosen = explanation.chosen
    ids = tuple(findings[key].id for key in findings if key in explanation.settles)
    return Cause(
        id=_identity(chosen.hypothesis.kind, ids),
        kind=chosen.hypothesis.kind,
        message=chosen.hypothesis.about,
        confidence=explanation.confidence,
        findings=ids,
        checks=ids,
        edits=_edits(situation, chosen.hypothesis.changes),
        effect=Effect(
            len(chosen.outcome.settled),
            len(chosen.outcome.new),
            len(chosen.outcome.hold - chosen.outcome.settled),
        ),
        alternatives=tuple(
            Alternative(_edits(situation, other.hypothesis.changes), confidence)
            for other, confidence in explanation.others[:3]
        ),
    )


def _asked(keys: Sequence[Key], findings: Mapping[Key, Finding], rules: Mapping[str, Rule]) -> Cause:
    own = [findings[key] for key in keys]
    ids = tuple(finding.id for finding in own)
    title = rules[own[0].check.rule].title
    message = (
        own[0].message
        if len(own) == 1
        else Phrase(f"{title.zh}：{len(own)} 处不符合", f"{title.en}: {len(own)} do not")
    )
    return Cause(_identity("question", ids), "question", message, Decimal(0), ids, ids, (), Effect(0, 0, 0))


def _identity(kind: str, ids: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([kind, sorted(ids)]).encode()).hexdigest()[:12]


def _edits(situation: Situation, changes: Sequence[Change]) -> tuple[Edit, ...]:
    found = []
    for change in changes:
        before = situation.rows[change.table][change.row] if change.row is not None else {}
        after = change.after or {}
        row = situation.name(change)
        found += [
            Edit(change.table, row, column, before.get(column), after.get(column))
            for column in (after or before)
            if before.get(column) != after.get(column)
        ]
    return tuple(found)
