"""The causes behind the findings of a run: hypotheses are made, tried, weighed; what none explains is a question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from audit.diagnosis.causes import (
    blanks,
    calculations,
    code_lists,
    exchanges,
    figures,
    joint,
    measures,
    missing_rows,
    names,
    places,
    questions,
    rules_in_doubt,
    stated_twice,
    terms,
)  # fmt: skip
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.causes.weighing import Explanation, Tried, explanations, grouped, of_untestable
from audit.diagnosis.trials.outcomes import ROW, Key, Outcome, outcomes
from audit.diagnosis.trials.trial import Change, Trial
from audit.language.plan import Plan
from audit.model.cause import Alternative, Cause, CauseKind, Edit, Effect
from audit.model.phrase import Phrase
from audit.model.report import Check, Finding, RuleCard, Severity

_WEIGHT: dict[Severity, int] = {"error": 4, "warning": 2, "info": 1}
MOST_TRIED = 400
_SHOWN = 3
_NOTHING = Outcome(frozenset(), frozenset(), frozenset(), frozenset())


def causes(
    situation: Situation, around: Sequence[Check], plans: Sequence[Plan], cards: Sequence[RuleCard] = ()
) -> tuple[Cause, ...]:
    """The causes behind all findings, the heaviest first; every finding belongs to exactly one.

    `around` are the checks that share figures with a finding or an untestable check, those that hold among them; `cards`
    tell how often each rule held. Without `plans` nothing is tried, and every cause is a question. Causes of untestable
    checks alone (a blank, a figure stated twice) come last.
    """
    tried = list(_tried(situation, around, plans, cards)) if plans else []
    key_of = situation.key_of if plans else _by_itself
    findings = {key_of(finding.check): finding for finding in situation.findings}
    explained = explanations((one for one in tried if not one.hypothesis.concerns), findings)
    settled = {key for explanation in explained for key in explanation.settles}
    left = [key for key in findings if key not in settled]
    asked = grouped(left, {key: questions.group_of(situation, f) for key, f in findings.items()})
    spelt = [one for one in explained if _only_spelt(situation, one, findings)]
    told = [
        *(_explained(situation, one, findings) for one in explained if one not in spelt),
        *(_asked([findings[key] for key in keys], situation) for keys in asked),
    ]
    if spelt:
        told.append(_spellings([_explained(situation, one, findings) for one in spelt], situation.labels))
    taken = [change for one in explained for change in one.chosen.hypothesis.changes]
    open_ones = [_untestable(situation, one) for one in of_untestable(tried, taken)]
    weights = {finding.id: _WEIGHT[finding.severity] for finding in situation.findings}
    return (
        *sorted(told, key=lambda cause: (-sum(weights[one] for one in cause.findings), cause.id)),
        *sorted(open_ones, key=lambda cause: (-cause.effect.holds, cause.id)),
    )


def _by_itself(check: Check) -> Key:
    """A check by its own id: enough where nothing is tried, and no row has to be looked up."""
    return check.rule, ((ROW, check.id),)


def _tried(
    situation: Situation, around: Sequence[Check], plans: Sequence[Plan], cards: Sequence[RuleCard]
) -> Iterator[Tried]:
    hypotheses = list(_proposed(situation, around))[:MOST_TRIED]
    trials = [
        Trial(f"{number}", hypothesis.changes)
        for number, hypothesis in enumerate(hypotheses)
        if hypothesis.changes
    ]
    found = outcomes(trials, plans, situation.tables)
    for number, hypothesis in enumerate(hypotheses):
        yield Tried(hypothesis, found.get(f"{number}", _NOTHING))
    yield from code_lists.tried(situation, around)
    yield from joint.tried(situation, around)
    yield from rules_in_doubt.tried(situation, {card.id: card for card in cards})


def _proposed(situation: Situation, around: Sequence[Check]) -> Iterable[Hypothesis]:
    corrected = list(figures.proposals(situation, around))
    yield from corrected
    yield from calculations.proposals(situation)
    yield from stated_twice.proposals(situation)
    yield from measures.proposals(situation)
    yield from missing_rows.proposals(situation)
    yield from terms.proposals(situation)
    yield from names.proposals(situation)
    yield from places.proposals(situation)
    yield from exchanges.proposals(situation, corrected)
    yield from blanks.proposals(situation, around)


def _explained(situation: Situation, explanation: Explanation, findings: Mapping[Key, Finding]) -> Cause:
    hypothesis = explanation.chosen.hypothesis
    ids = tuple(findings[key].id for key in findings if key in explanation.settles)
    cause = _cause(situation, explanation, ids, ids)
    return cause if hypothesis.changes else _as_question(cause)


def _cause(
    situation: Situation, explanation: Explanation, ids: tuple[str, ...], checks: tuple[str, ...]
) -> Cause:
    chosen = explanation.chosen
    message = (
        _tied(explanation) if explanation.alike and chosen.hypothesis.changes else chosen.hypothesis.about
    )
    return Cause(
        id=_identity(chosen.hypothesis.kind, ids or (*checks, *_rows(chosen.hypothesis))),
        kind=chosen.hypothesis.kind,
        message=message,
        confidence=explanation.confidence,
        findings=ids,
        checks=checks,
        edits=_edits(situation, chosen.hypothesis.changes),
        effect=Effect(
            len(chosen.outcome.settled),
            len(chosen.outcome.new),
            len(chosen.outcome.hold - chosen.outcome.settled),
        ),
        alternatives=tuple(
            Alternative(_edits(situation, other.hypothesis.changes), confidence)
            for other, confidence in explanation.others[:3]
            if other.hypothesis.changes
        ),
    )


def _tied(explanation: Explanation) -> Phrase:
    """What is said where another correction is as likely: of figures that slipped each one, of others that there is one."""
    about = explanation.chosen.hypothesis.about
    if explanation.chosen.hypothesis.kind != "figure":
        return Phrase(
            f"也许{about.zh}（另有同样可能的改法）", f"perhaps {about.en} (another correction is as likely)"
        )
    alike = [about, *(one.hypothesis.about for one in explanation.alike)]
    told = list(dict.fromkeys(alike))
    zh, en = "，或".join(one.zh for one in told[:_SHOWN]), ", or ".join(one.en for one in told[:_SHOWN])
    more_zh, more_en = ("，或其他改法", ", or another correction") if len(told) > _SHOWN else ("", "")
    return Phrase(f"也许{zh}{more_zh}", f"perhaps {en}{more_en}")


def _rows(hypothesis: Hypothesis) -> tuple[str, ...]:
    """What tells hypotheses on the same untestable checks apart."""
    return () if hypothesis.changes else (hypothesis.about.en,)


def _as_question(cause: Cause) -> Cause:
    """A cause that no edit settles settles nothing."""
    return Cause(cause.id, cause.kind, cause.message, cause.confidence, cause.findings, cause.checks, (),
                 Effect(0, 0, 0), cause.alternatives)  # fmt: skip


def _untestable(situation: Situation, explanation: Explanation) -> Cause:
    """What stands behind untestable checks alone."""
    return _cause(situation, explanation, (), tuple(sorted(explanation.chosen.hypothesis.concerns)))


def _asked(own: Sequence[Finding], situation: Situation) -> Cause:
    ids = tuple(finding.id for finding in own)
    message = questions.about(situation, own)
    return Cause(_identity("question", ids), "question", message, Decimal(0), ids, ids, (), Effect(0, 0, 0))


def _only_spelt(situation: Situation, one: Explanation, findings: Mapping[Key, Finding]) -> bool:
    """Whether nothing but the likeness of names, a note each, speaks for their being one thing."""
    if one.chosen.hypothesis.kind != "name" or not one.settles <= one.chosen.hypothesis.asked:
        return False
    notes = all(findings[key].severity == "info" for key in one.settles)
    return notes and not names.told_apart_in_one_document(situation, one.chosen.hypothesis)


def _spellings(own: Sequence[Cause], labels: Mapping[str, str]) -> Cause:
    """All that is spelt in two ways as one table: the names with what they may be written as."""
    if len(own) == 1:
        return own[0]
    ids = tuple(one for cause in own for one in cause.findings)
    return Cause(
        id=_identity("name", ids),
        kind="name",
        message=Phrase(
            f"{len(own)} 组名称写法不一，请统一（如 {_pairs(own[0].edits, {})}）",
            f"{len(own)} things are written in several ways (such as {_pairs(own[0].edits, labels)})",
        ),
        confidence=min(cause.confidence for cause in own),
        findings=ids,
        checks=ids,
        edits=tuple(edit for cause in own for edit in cause.edits),
        effect=Effect(*(sum(getattr(cause.effect, n) for cause in own) for n in ("gone", "new", "holds"))),
    )


def _pairs(edits: Sequence[Edit], labels: Mapping[str, str]) -> str:
    """The names that edits exchange, a code by its label."""
    names = ((edit.before or "", edit.after or "") for edit in edits)
    return ", ".join(dict.fromkeys(f"{labels.get(a, a)} → {labels.get(b, b)}" for a, b in names))


def _identity(kind: CauseKind, ids: Sequence[str]) -> str:
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
