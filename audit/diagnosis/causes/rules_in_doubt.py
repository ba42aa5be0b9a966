"""A rule in doubt: most of its checks do not hold, so that it more likely does not fit than so many figures slipped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.linear import is_linear
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.causes.weighing import Tried
from audit.diagnosis.trials.outcomes import Key, Outcome
from audit.model.phrase import Phrase
from audit.model.report import RuleCard

LEAST = 5
"""So many findings of a rule at least."""


def tried(situation: Situation, cards: Mapping[str, RuleCard]) -> Iterator[Tried]:
    """For every rule that sets sides beside each other and fails in most of the checks that could be made."""
    failed = Counter(finding.check.rule for finding in situation.findings)
    keys: dict[str, set[Key]] = defaultdict(set)
    for finding in situation.findings:
        keys[finding.check.rule].add(situation.key_of(finding.check))
    for name, count in failed.items():
        card, rule = cards.get(name), situation.rules[name]
        made = card.holds + card.reconcilable + card.violated if card else 0
        if count >= LEAST and 2 * count > made and is_linear(rule):
            about = Phrase(
                f"规则存疑：“{rule.title.zh}”的 {made} 项校验有 {count} 项不成立，可能规则不适用，而不是数字都错",
                f"the rule is in doubt: {count} of {made} checks of “{rule.title.en}” fail, so it may not fit here",
            )
            outcome = Outcome(frozenset(keys[name]), frozenset(), frozenset(), frozenset())
            yield Tried(Hypothesis("rule", (), about, least=LEAST), outcome)
