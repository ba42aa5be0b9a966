"""Which variants some rule catches: all of them are confronted together, as tables with one more key, the variant.

A check can only change where the figure that slipped takes part. Rules that go by indicator (all their operands match
it, or lead from one indicator to another) never set figures of unrelated indicators together, so for them a variant
has only the figures of its figure's kin; rules that do not (how many goals a document has) see whole tables, in
chunks. The verdicts are those of the whole table in either case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from audit.diagnosis.figures import FIGURES
from audit.diagnosis.mutation.variants import Variant
from audit.diagnosis.trials.outcomes import Key
from audit.diagnosis.trials.stacking import TRIAL, by_trial, keyed_by, repeated, stacked
from audit.diagnosis.trials.trial import Row
from audit.engine.confront import Confrontation, confront
from audit.engine.frames import Table
from audit.engine.predicate import RECONCILABLE, VIOLATED
from audit.language.plan import Plan

KIN = "indicator"
CHUNK = 100_000
Findings = dict[Key, int]
"""The worst verdict (its number) of every finding, by rule and key."""


def caught(
    variants: Sequence[Variant], rows: Sequence[Row], plans: Sequence[Plan], tables: Mapping[str, Table]
) -> dict[str, tuple[str, ...]]:
    """The rules that catch each variant, by its name, sorted; none for one that goes unnoticed.

    A rule catches a variant with a finding at warning or above that the unchanged tables do not have, or one that is
    worse there: violated instead of reconcilable. `rows` are the rows of the figures' table as text; plans that take
    no figures are left out.
    """
    concerned = [p for p in plans if FIGURES in p.tables and p.rule.severity != "info"]
    found: dict[str, set[str]] = {variant.name: set() for variant in variants}
    known = next(iter(_findings(confront(concerned, tables)).values()), {})
    for chosen, some, figures in _runs(variants, rows, concerned, tables[FIGURES]):
        crossed = keyed_by(some) - {FIGURES}
        names = [variant.name for variant in chosen]
        run = {**tables, FIGURES: figures} | {name: repeated(tables[name], names) for name in crossed}
        confrontations = confront([by_trial(plan, {FIGURES, *crossed}) for plan in some], run)
        for name, findings in _findings(confrontations).items():
            found[name] |= {key[0] for key, verdict in findings.items() if verdict > known.get(key, 0)}
    return {name: tuple(sorted(rules)) for name, rules in found.items()}


def _runs(
    variants: Sequence[Variant], rows: Sequence[Row], plans: Sequence[Plan], table: Table
) -> Iterator[tuple[Sequence[Variant], list[Plan], Table]]:
    """Variants with the plans that look at them together and their tables, of at most about `CHUNK` rows."""
    near = [plan for plan in plans if _by_kin(plan)]
    far = [plan for plan in plans if not _by_kin(plan)]
    kin = _kin(rows, near)
    if near:
        for chosen in _chunks(variants, lambda variant: len(kin[variant.figure])):
            related = {variant.name: kin[variant.figure] for variant in chosen}
            yield chosen, near, stacked(table, rows, [variant.trial for variant in chosen], related)
    if far:
        for chosen in _chunks(variants, lambda _: len(rows)):
            yield chosen, far, stacked(table, rows, [variant.trial for variant in chosen])


def _chunks(variants: Sequence[Variant], size: Callable[[Variant], int]) -> Iterator[Sequence[Variant]]:
    start, total = 0, 0
    for place, variant in enumerate(variants):
        if total and total + size(variant) > CHUNK:
            yield variants[start:place]
            start, total = place, 0
        total += size(variant)
    if total:
        yield variants[start:]


def _by_kin(plan: Plan) -> bool:
    """Whether a plan sets a figure together with figures of its own and of related indicators only."""
    figures = [operand for operand in plan.operands if operand.table == FIGURES]
    return plan.record or all(KIN in dict(operand.matched) for operand in figures)


def _kin(rows: Sequence[Row], plans: Sequence[Plan]) -> list[list[int]]:
    """For each figure the rows of all figures whose indicators the plans relate to its own, itself among them."""
    leader: dict[str, str] = {}

    def found(indicator: str) -> str:
        while (above := leader.get(indicator, indicator)) != indicator:
            indicator = above
        return indicator

    for plan in plans:
        for operand in plan.operands:
            for link in operand.links:
                for one, other in link.pairs if link.column == KIN else ():
                    leader[found(one)] = found(other)
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[found(row[KIN] or "")].append(place)
    return [groups[found(row[KIN] or "")] for row in rows]


def _findings(confrontations: Iterable[Confrontation]) -> dict[str, Findings]:
    """The findings of every variant; under "" those of tables without variants."""
    found: dict[str, Findings] = defaultdict(dict)
    for confrontation in confrontations:
        rank = ((confrontation.verdicts == RECONCILABLE) * 1) + ((confrontation.verdicts == VIOLATED) * 2)
        for check, key in confrontation.keys_of(rank.nonzero()[0]).items():
            name = key.pop(TRIAL, "")
            finding = (confrontation.plan.rule.id, tuple(key.items()))
            found[name][finding] = max(found[name].get(finding, 0), int(rank[check]))
    return found
