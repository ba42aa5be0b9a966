"""How sure an explanation is beside others: by what each settles, and by what it leaves."""

from __future__ import annotations

from decimal import Decimal

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.weighing import Tried, explanations
from audit.diagnosis.trials.outcomes import Key, Outcome
from audit.diagnosis.trials.trial import Change
from audit.model.phrase import Phrase

NONE = frozenset[Key]()


def key(name: str) -> Key:
    return name, ()


def tried(name: str, *settled: str, hold: int = 0, computed: bool = False) -> Tried:
    hypothesis = Hypothesis(
        "figure", (Change("t", 0, {"value": name}),), Phrase(name, name), computed=computed
    )
    keys = frozenset(map(key, settled))
    return Tried(hypothesis, Outcome(keys, NONE, keys | {key(f"{name} {n}") for n in range(hold)}, NONE))


def confidence(*hypotheses: Tried) -> Decimal:
    (found,) = explanations(hypotheses, [key(name) for name in "abc"])
    return found.confidence


def test_a_rival_that_leaves_a_finding_counts_less_than_one_that_settles_all() -> None:
    best = tried("best", "a", "b", "c", hold=2)
    assert confidence(best, tried("part", "a", "b")) > confidence(
        best, tried("whole", "a", "b", "c")
    ) + Decimal("0.1")
    assert confidence(best, tried("part", "a", "b")) >= Decimal("0.9")


def test_equal_explanations_are_equally_likely_and_neither_is_likely() -> None:
    assert confidence(tried("one", "a"), tried("two", "a")) < Decimal("0.5")


def test_numbers_that_only_fit_as_well_as_each_other_explain_nothing() -> None:
    assert (
        explanations([tried("one", "a", computed=True), tried("two", "a", computed=True)], [key("a")]) == ()
    )
    assert len(explanations([tried("one", "a", computed=True)], [key("a")])) == 1


def test_nothing_is_certain() -> None:
    assert confidence(tried("best", "a", "b", "c", hold=9)) == Decimal("0.99")


def test_an_explanation_of_hundreds_of_findings_is_weighed_too() -> None:
    names = [str(n) for n in range(400)]
    (found,) = explanations([tried("all", *names), tried("some", *names[1:])], [key(name) for name in names])
    assert found.confidence >= Decimal("0.5")
